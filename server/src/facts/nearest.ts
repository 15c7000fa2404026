// Finds the known word that a typo probably meant.

/** The only candidate within two edits (one for words of four letters and less); undefined when none or several fit. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 40) return undefined;
  let best: string | undefined;
  let distance = (word.length <= 4 ? 1 : 2) + 1;
  let tie = false;
  for (const candidate of candidates) {
    const found = editDistance(word, candidate);
    if (found > distance) continue;
    tie = found === distance && best !== undefined;
    if (found < distance) best = candidate;
    distance = Math.min(distance, found);
  }
  return tie ? undefined : best;
}

/** Insertions, deletions, replacements and swaps of neighbours between two short words. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Longer words are no slips of the hand, and each costs a comparison with all candidates. */
const LONGEST = 100;

/** At most three candidates that resemble the word, best first. */
export function nearest(word: string, candidates: Iterable<string>): readonly string[] {
  if (word.length > LONGEST) return [];
  const wanted = word.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const name = candidate.toLowerCase();
    const contained = wanted.length > 2 && (name.includes(wanted) || wanted.includes(name));
    // As many edits are needed at least, which is quicker to tell.
    if (!contained && Math.abs(name.length - wanted.length) > allowed) continue;
    const score = contained ? 1 : Math.min(editDistance(wanted, name), rearranged(wanted, name));
    if (score <= allowed) scored.push({ candidate, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The same words in another order: `missing-user` for `user-missing`. */
function rearranged(a: string, b: string): number {
  const sorted = (name: string) => name.split('-').sort().join('-');
  return 1 + editDistance(sorted(a), sorted(b));
}
