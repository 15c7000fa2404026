/** Finds which of many spans a place lies in, without asking each of them. */
import { contains, type Span } from './span.js';

/**
 * Answers with the items whose span contains a place, in their given order. Spans may lie inside each other; those that
 * lie side by side, as services and stages do, cost nothing.
 */
export function spanIndex<T>(items: readonly T[], spanOf: (item: T) => Span): (at: Span) => readonly T[] {
  const sorted = items
    .map((item, order) => ({ item, order, span: spanOf(item) }))
    .sort((a, b) => a.span.start - b.span.start);
  let furthest = Number.NEGATIVE_INFINITY;
  /** The furthest end of each span and those before it: behind it, none of them contains anything. */
  const ends = sorted.map(({ span }) => (furthest = Math.max(furthest, span.end)));
  return (at) => {
    const found: (typeof sorted)[number][] = [];
    for (let i = lastStarting(sorted, at.start); i >= 0 && (ends[i] ?? 0) >= at.end; i--) {
      const one = sorted[i];
      if (one !== undefined && contains(one.span, at)) found.push(one);
    }
    return found.sort((a, b) => a.order - b.order).map(({ item }) => item);
  };
}

/** Index of the last span that starts at this offset or before it; -1 when all start behind it. */
function lastStarting(sorted: readonly { readonly span: Span }[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
