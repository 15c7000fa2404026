/** A line of source with the range underlined, fitted to the width of the terminal. */

import { displayWidth, expandTabs, printable } from '../../report/plain-text.js';
import type { SourceText } from '../../text/source-text.js';
import type { Span } from '../../text/span.js';

export interface Excerpt {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Spaces and carets that belong below the text. */
  readonly underline: string;
}

const CUT = '…';
/** Columns kept in front of the range when the start of a long line is cut off. */
const LEAD = 16;

/** The part of the range on its first line; an empty range gets one caret. */
export function excerpt(source: SourceText, at: Span, width: number): Excerpt {
  const line = source.lineAt(at.start);
  const whole = source.lineSpan(line);
  const end = Math.min(Math.max(at.end, at.start), whole.end);
  const start = Math.min(at.start, end);
  // A minified line can hold hundreds of kilobytes: only the neighbourhood of the range is looked at.
  const from = Math.max(whole.start, start - 4 * width);
  const to = Math.min(whole.end, Math.max(start, Math.min(end, start + width)) + 4 * width);
  const before = columns(source.text.slice(from, start));
  const all = printable(source.text.slice(from, to));
  const upToEnd = columns(source.text.slice(from, Math.min(end, to)));
  const view = cutOut(
    expandTabs(all),
    before,
    upToEnd,
    from > whole.start,
    to < whole.end,
    Math.max(width, 24),
  );
  return { line: line + 1, text: view.text, underline: ' '.repeat(view.start) + '^'.repeat(view.length) };
}

function columns(text: string): number {
  return displayWidth(expandTabs(printable(text)));
}

/** The columns of `text` that fit, with the marked ones among them. */
function cutOut(
  text: string,
  start: number,
  end: number,
  cutBefore: boolean,
  cutAfter: boolean,
  width: number,
): { readonly text: string; readonly start: number; readonly length: number } {
  const total = displayWidth(text);
  const fits = !cutBefore && !cutAfter && total <= width;
  const reach = Math.max(end, start + 1);
  const first =
    fits || (!cutBefore && reach <= width - 1) ? 0 : Math.max(0, Math.min(start - LEAD, total - (width - 1)));
  const hasHead = cutBefore || first > 0;
  const room = width - (hasHead ? 1 : 0);
  const hasTail = cutAfter || total - first > room;
  const slice = sliceColumns(text, first, room - (hasTail ? 1 : 0));
  const shift = (hasHead ? 1 : 0) - slice.first;
  const last = Math.min(reach, slice.first + displayWidth(slice.text));
  return {
    text: ((hasHead ? CUT : '') + slice.text + (hasTail ? CUT : '')).trimEnd(),
    start: start + shift,
    length: Math.max(1, last - start),
  };
}

/** Characters from a column on; a wide character that does not fit is left out. */
function sliceColumns(
  text: string,
  from: number,
  width: number,
): { readonly text: string; readonly first: number } {
  let column = 0;
  let first: number | undefined;
  let result = '';
  for (const character of text) {
    const own = displayWidth(character);
    if (column >= from) {
      first ??= column;
      if (column + own > first + width) break;
      result += character;
    }
    column += own;
  }
  return { text: result, first: first ?? from };
}
