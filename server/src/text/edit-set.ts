/** Edits that can be made together, and a quick answer to whether one more can: there may be tens of thousands. */
import type { Edit } from './edit.js';
import type { Span } from './span.js';

export interface EditSet {
  /**
   * Whether an edit overlaps one of the set, or inserts where one of them inserts: both may create the same parent.
   */
  collides(edit: Edit): boolean;
  /** The same, but insertions at one place may follow each other. */
  overlaps(edit: Edit): boolean;
  /** The edits of one change, which do not overlap each other. */
  add(edits: readonly Edit[]): void;
  /** In the order in which they came. */
  readonly edits: readonly Edit[];
}

/** What the edits do to one file: replaced parts and places of insertions, each in order of place. */
interface Touched {
  readonly parts: Span[];
  readonly insertions: number[];
}

export function editSet(): EditSet {
  const edits: Edit[] = [];
  const files = new Map<string | undefined, Touched>();
  return {
    edits,
    overlaps: ({ span }) => overlaps(files.get(span.file), span),
    collides({ span }) {
      const touched = files.get(span.file);
      if (span.start < span.end || touched === undefined) return overlaps(touched, span);
      const { insertions } = touched;
      return (
        insertions[firstAt(insertions, span.start, (at) => at)] === span.start || overlaps(touched, span)
      );
    },
    add(added) {
      for (const edit of added) {
        const { span } = edit;
        edits.push(edit);
        const { parts, insertions } = touchedIn(files, span.file);
        if (span.start < span.end) insert(parts, span, ({ start }) => start);
        else insert(insertions, span.start, (at) => at);
      }
    },
  };
}

function overlaps(touched: Touched | undefined, { start, end }: Span): boolean {
  if (touched === undefined) return false;
  const { parts, insertions } = touched;
  // The last part that starts before the end: those before it end before it starts.
  const part = parts[firstAt(parts, end, ({ start: at }) => at) - 1];
  if (part !== undefined && part.end > start) return true;
  if (start === end) return false;
  const next = insertions[firstAt(insertions, start + 1, (at) => at)];
  return next !== undefined && next < end;
}

function touchedIn(files: Map<string | undefined, Touched>, file: string | undefined): Touched {
  const known = files.get(file);
  if (known !== undefined) return known;
  const touched: Touched = { parts: [], insertions: [] };
  files.set(file, touched);
  return touched;
}

function insert<T>(sorted: T[], item: T, placeOf: (item: T) => number): void {
  sorted.splice(firstAt(sorted, placeOf(item), placeOf), 0, item);
}

/** Index of the first item at this place or behind it. */
function firstAt<T>(sorted: readonly T[], place: number, placeOf: (item: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && placeOf(item) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
