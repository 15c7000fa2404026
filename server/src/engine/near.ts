/** Near misses in words: what somebody may have meant who typed a name that does not exist. */
import { nearest } from '../facts/nearest.js';

/** " Did you mean `a` or `b`?", or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const names = nearest(word, candidates).map((name) => `\`${name}\``);
  return names.length === 0 ? '' : ` Did you mean ${oneOf(names)}?`;
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
