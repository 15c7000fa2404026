/** The difference of two texts as small edits, so that cursors, folds and marks elsewhere stay where they are. */
import { diffLines } from 'diff';
import type { Edit } from '../text/edit.js';

/** Beyond this many changed lines one replacement is as good, and cheaper to find. */
const MAX_EDIT_LENGTH = 2_000;

/** Edits that turn `before` into `after`; none when they are equal. */
export function lineEdits(before: string, after: string): readonly Edit[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: MAX_EDIT_LENGTH });
  if (parts === undefined) return [trimmed(before, 0, before.length, after)];
  const edits: Edit[] = [];
  let offset = 0;
  let removed = 0;
  let added = '';
  const flush = () => {
    if (removed > 0 || added !== '') edits.push(trimmed(before, offset - removed, offset, added));
    removed = 0;
    added = '';
  };
  for (const part of parts) {
    if (part.added) added += part.value;
    else {
      if (!part.removed) flush();
      offset += part.value.length;
      if (part.removed) removed += part.value.length;
    }
  }
  flush();
  return edits;
}

/** A replacement without the characters that both texts begin and end with. */
function trimmed(before: string, start: number, end: number, text: string): Edit {
  const old = before.slice(start, end);
  const most = Math.min(old.length, text.length);
  let front = 0;
  while (front < most && old[front] === text[front]) front++;
  while (front > 0 && !(isBorder(old, front) && isBorder(text, front))) front--;
  let back = 0;
  while (back < most - front && old.at(-1 - back) === text.at(-1 - back)) back++;
  while (back > 0 && !(isBorder(old, old.length - back) && isBorder(text, text.length - back))) back--;
  return { span: { start: start + front, end: end - back }, text: text.slice(front, text.length - back) };
}

/** Whether an editor can stand at this offset: not within `\r\n`, not within a character outside the basic plane. */
function isBorder(text: string, offset: number): boolean {
  const pair = text.slice(offset - 1, offset + 1);
  return pair !== '\r\n' && !/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair);
}
