/** The line of a finding in three pieces, for formats that can mark the middle one. */
import type { SourceText } from '../../text/source-text.js';
import type { Span } from '../../text/span.js';

export interface MarkedLine {
  /** From 1. */
  readonly line: number;
  readonly before: string;
  /** Empty when the range is. */
  readonly marked: string;
  readonly after: string;
}

const LONGEST = 160;
const LEAD = 40;
const CUT = '…';

/** The part of the range on its first line. Of a very long line the neighbourhood of the range is kept. */
export function markedLine(source: SourceText, at: Span): MarkedLine {
  const line = source.lineAt(at.start);
  const whole = source.lineSpan(line);
  const start = Math.min(at.start, whole.end);
  const end = Math.max(start, Math.min(at.end, whole.end, start + LONGEST));
  const isLong = whole.end - whole.start > LONGEST;
  const from = isLong ? Math.max(whole.start, start - LEAD) : whole.start;
  const to = isLong ? Math.min(whole.end, Math.max(end, from + LONGEST)) : whole.end;
  // A cut may go through a pair of surrogates.
  const slice = (a: number, b: number) => source.text.slice(a, b).replace(/\p{Cs}/gu, '');
  return {
    line: line + 1,
    before: (from > whole.start ? CUT : '') + slice(from, start),
    marked: slice(start, end),
    after: slice(end, to) + (to < whole.end ? CUT : ''),
  };
}
