/** Patterns of `${name#pattern}` and the like: `*`, `?` and escaped characters; no brackets. */

const ANY = Symbol('*');
const ONE = Symbol('?');
export type Pattern = readonly (string | typeof ANY | typeof ONE)[];

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

/** Lengths of all beginnings of the value that match, ascending. Takes as many steps as both lengths multiplied. */
export function matchLengths(pattern: Pattern, letters: readonly string[]): number[] {
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

/** Length of the longest match that starts at `at`, 0 for none. */
export function longestMatch(pattern: Pattern, letters: readonly string[], at: number): number {
  return cannotStart(pattern, letters, at) ? 0 : (matchLengths(pattern, letters.slice(at)).at(-1) ?? 0);
}

/** How many steps that may take. */
export function stepsOfMatch(pattern: Pattern, letters: readonly string[], at: number): number {
  return cannotStart(pattern, letters, at) ? 1 : pattern.length * (letters.length - at);
}

function cannotStart([first]: Pattern, letters: readonly string[], at: number): boolean {
  return typeof first === 'string' && first !== letters[at];
}
