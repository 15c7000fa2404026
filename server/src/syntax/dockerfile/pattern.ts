/** Patterns of `${name#pattern}` and the like: `*`, `?` and escaped characters; no brackets. */

const ANY = Symbol('*');
const ONE = Symbol('?');
export type Pattern = readonly (string | typeof ANY | typeof ONE)[];

/** Steps that one match may take, so that a long value cannot hold up the editor. */
const MAX_STEPS = 1_000_000;

export function parsePattern(text: string): Pattern {
  const pattern: (string | typeof ANY | typeof ONE)[] = [];
  const letters = [...text];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    if (letter === '\\') {
      at++;
      pattern.push(letters[at] ?? '\\');
    } else pattern.push(letter === '*' ? ANY : letter === '?' ? ONE : letter);
  }
  return pattern;
}

/** Lengths of all beginnings of the value that match, ascending; undefined when it would take too long. */
export function matchLengths(pattern: Pattern, letters: readonly string[]): number[] | undefined {
  if (pattern.length * (letters.length + 1) > MAX_STEPS) return undefined;
  let lengths = [0];
  for (const item of pattern) {
    const first = lengths[0];
    if (first === undefined) break;
    if (item === ANY) lengths = Array.from({ length: letters.length - first + 1 }, (_, at) => first + at);
    else {
      lengths = lengths.flatMap((at) => {
        const letter = letters[at];
        return letter !== undefined && (item === ONE || item === letter) ? [at + 1] : [];
      });
    }
  }
  return lengths;
}

/** Length of the longest match that starts at `at`, 0 for none; undefined when it would take too long. */
export function longestMatch(pattern: Pattern, letters: readonly string[], at: number): number | undefined {
  const first = pattern[0];
  if (typeof first === 'string' && first !== letters[at]) return 0;
  if (pattern.length * (letters.length + 1) * letters.length > MAX_STEPS) return undefined;
  return matchLengths(pattern, letters.slice(at))?.at(-1) ?? 0;
}
