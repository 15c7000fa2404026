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
