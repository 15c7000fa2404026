/**
 * Logical lines of a Dockerfile: lines that end in the escape character are joined with the next one; comment lines
 * and blank lines in between do not count. The same rules as BuildKit's, which works on lines before it knows words.
 */
import type { Span } from '../text/span.js';
import { type JoinedText, joiner, partOf } from './joined-text.js';

export type Escape = '\\' | '`';

export interface LogicalLine {
  /** The line without continuations, comments between them and line breaks. Leading blanks are still there. */
  readonly joined: JoinedText;
  /** Behind the last line that belongs to it, without its break. Trailing blank and comment lines do not count. */
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
}

/**
 * Reads the logical line that starts at `start`; nothing at or behind `limit` is read. Comments met on the way are
 * added to `comments`.
 */
export function readLogicalLine(
  text: string,
  start: number,
  limit: number,
  escapeChar: Escape,
  comments?: { span: Span }[],
): LogicalLine {
  const first = lineEnd(text, start, limit);
  const firstMark = continuationMark(text, start, first, escapeChar);
  if (firstMark < 0) {
    return { joined: partOf(text, { start, end: first }), end: first, next: nextLine(text, first, limit) };
  }

  const document = partOf(text, { start: 0, end: limit });
  const joined = joiner();
  joined.add(document, start, firstMark);
  let end = first;
  let at = nextLine(text, first, limit);
  while (at < limit) {
    const stop = lineEnd(text, at, limit);
    const content = skipBlanks(text, at, stop);
    const from = at;
    at = nextLine(text, stop, limit);
    if (content === stop) continue;
    if (text[content] === '#') {
      comments?.push({ span: { start: content, end: stop } });
      continue;
    }
    const mark = continuationMark(text, from, stop, escapeChar);
    joined.add(document, from, mark < 0 ? stop : mark);
    end = stop;
    if (mark < 0) break;
  }
  const result = joined.done();
  return { joined: result.text === '' ? partOf(text, { start, end: start }) : result, end, next: at };
}

/**
 * The shell text of an instruction: its logical line, then, behind a line break, what follows it in the region (the
 * bodies of its heredocs), where the Dockerfile's own rules no longer hold.
 */
export function joinInstruction(text: string, region: Span, escapeChar: Escape): JoinedText {
  const line = readLogicalLine(text, region.start, region.end, escapeChar);
  if (line.next >= region.end) return line.joined;
  const joined = joiner();
  joined.add(line.joined, 0, line.joined.text.length);
  joined.addText('\n', line.next - 1);
  const rest = withoutCarriageReturns(text, { start: line.next, end: region.end });
  joined.add(rest, 0, rest.text.length);
  return joined.done();
}

/** The region with `\r\n` read as `\n`: no shell would get along with the carriage returns. */
export function withoutCarriageReturns(text: string, region: Span): JoinedText {
  const plain = partOf(text, region);
  if (!plain.text.includes('\r\n')) return plain;
  const joined = joiner();
  let from = 0;
  for (let at = plain.text.indexOf('\r\n'); at >= 0; at = plain.text.indexOf('\r\n', at + 2)) {
    joined.add(plain, from, at);
    from = at + 1;
  }
  joined.add(plain, from, plain.text.length);
  return joined.done();
}

/** End of the line without its break, or `limit`. */
export function lineEnd(text: string, start: number, limit: number): number {
  const found = text.indexOf('\n', start);
  let end = found < 0 || found > limit ? limit : found;
  while (end > start && text[end - 1] === '\r') end--;
  return end;
}

/** Start of the line after the one that ends (without its break) at `end`. */
export function nextLine(text: string, end: number, limit: number): number {
  let at = end;
  while (at < limit && text[at] === '\r') at++;
  return Math.min(at + 1, limit);
}

/** Blanks as BuildKit knows them between words; no line feed. */
export function isBlank(code: number): boolean {
  return (
    code === 32 || code === 9 || code === 13 || code === 11 || code === 12 || code === 0xa0 || code === 0x85
  );
}

export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Index of the escape character that continues the line, or -1. A doubled one does not. */
function continuationMark(text: string, start: number, end: number, escapeChar: Escape): number {
  let last = end - 1;
  while (last >= start && (text[last] === ' ' || text[last] === '\t')) last--;
  if (last < start || text[last] !== escapeChar) return -1;
  return last > start && text[last - 1] === escapeChar ? -1 : last;
}
