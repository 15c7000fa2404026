/**
 * A text with small repairs in it, and the way back from its offsets to those of the text the user wrote. Repairs
 * overwrite characters or insert some, they never delete: so every offset of the source has one place in the result.
 */

export type Repair =
  | { readonly at: number; readonly insert: string }
  /** Every character from `at` to `end` that is no line break becomes `fill`, a blank unless it is said. */
  | { readonly at: number; readonly end: number; readonly fill?: string };

interface Insertion {
  /** Offset in the patched text. */
  readonly at: number;
  readonly length: number;
  /** Characters inserted by this one and all those before it. */
  readonly total: number;
}

export interface PatchedText {
  readonly text: string;
  readonly insertions: readonly Insertion[];
}

export function unpatched(text: string): PatchedText {
  return { text, insertions: [] };
}

/** Offsets of the repairs are those of the patched text; they must be in order and must not overlap. */
export function applyRepairs({ text, insertions }: PatchedText, repairs: readonly Repair[]): PatchedText {
  const pieces: string[] = [];
  const lengths: { at: number; length: number }[] = [];
  let copied = 0;
  let shift = 0;
  let known = 0;
  const keepUntil = (limit: number) => {
    for (let one = insertions[known]; one && one.at < limit; one = insertions[++known]) {
      lengths.push({ at: one.at + shift, length: one.length });
    }
  };
  for (const repair of repairs) {
    pieces.push(text.slice(copied, repair.at));
    copied = repair.at;
    keepUntil(repair.at);
    if ('insert' in repair) {
      pieces.push(repair.insert);
      const { length } = repair.insert;
      const before = lengths.at(-1);
      // Inside or right behind inserted text it is more of the same.
      if (before && repair.at + shift <= before.at + before.length) before.length += length;
      else lengths.push({ at: repair.at + shift, length });
      shift += length;
    } else {
      pieces.push(text.slice(repair.at, repair.end).replace(/[^\r\n]/g, repair.fill ?? ' '));
      copied = repair.end;
    }
  }
  pieces.push(text.slice(copied));
  keepUntil(Infinity);
  let total = 0;
  return {
    text: pieces.join(''),
    insertions: lengths.map(({ at, length }) => {
      total += length;
      return { at, length, total };
    }),
  };
}

/** The offset in the source; for one inside inserted text, the place where it was inserted. */
export function sourceOffset({ insertions }: PatchedText, offset: number): number {
  let low = 0;
  let high = insertions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((insertions[middle]?.at ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  const last = insertions[low - 1];
  if (last === undefined) return offset;
  return last.at + last.length > offset ? last.at - (last.total - last.length) : offset - last.total;
}
