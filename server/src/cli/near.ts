/** Near misses: what somebody may have meant who typed a name that does not exist. */
import { editDistance } from '../facts/nearest.js';

/** At most three candidates that resemble the word, best first. */
export function nearest(word: string, candidates: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const name = candidate.toLowerCase();
    const contained = wanted.length > 2 && (name.includes(wanted) || wanted.includes(name));
    const score = contained ? 1 : Math.min(editDistance(wanted, name), rearranged(wanted, name));
    if (score <= allowed) scored.push({ candidate, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** " Did you mean `a` or `b`?", or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const names = nearest(word, candidates).map((name) => `\`${name}\``);
  return names.length === 0 ? '' : ` Did you mean ${oneOf(names)}?`;
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The same words in another order: `missing-user` for `user-missing`. */
function rearranged(a: string, b: string): number {
  const sorted = (name: string) => name.split('-').sort().join('-');
  return 1 + editDistance(sorted(a), sorted(b));
}
