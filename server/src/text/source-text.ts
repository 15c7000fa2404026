import type { Span } from './span.js';

/** Zero-based line and UTF-16 column, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * One text and its line structure. Lines end at `\n` or `\r\n`; a lone `\r` ends a line too, as in LSP.
 * Everything inside Bulkhead is an offset; this is where offsets become lines and back.
 */
export interface SourceText {
  readonly text: string;
  /** Offset at which each line starts; at least one entry. */
  readonly lineStarts: readonly number[];
  /** The line break to use in new text: that of the first line, `\n` in a text of one line. */
  readonly eol: '\n' | '\r\n';
  /** Clamps an offset outside the text to its ends. */
  positionAt(offset: number): Position;
  /** Clamps a position outside the text to the nearest offset. */
  offsetAt(position: Position): number;
  /** Index of the line that holds the offset. */
  lineAt(offset: number): number;
  /** The line without its break; an empty span at the end of the text for a line that does not exist. */
  lineSpan(line: number): Span;
  slice(span: Span): string;
}

const CR = 13;
const LF = 10;

export function sourceText(text: string): SourceText {
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === CR && text.charCodeAt(i + 1) === LF) i++;
    if (c === CR || c === LF) lineStarts.push(i + 1);
  }
  const firstBreak = text.indexOf('\n');
  const eol = firstBreak > 0 && text.charCodeAt(firstBreak - 1) === CR ? '\r\n' : '\n';

  const clamp = (offset: number) => Math.max(0, Math.min(offset, text.length));
  const startOf = (line: number) => lineStarts[line] ?? text.length;

  function lineAt(offset: number): number {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function lineSpan(line: number): Span {
    const start = startOf(line);
    let end = startOf(line + 1);
    while (end > start && (text.charCodeAt(end - 1) === LF || text.charCodeAt(end - 1) === CR)) end--;
    return { start, end };
  }

  return {
    text,
    lineStarts,
    eol,
    lineAt,
    lineSpan,
    positionAt(offset) {
      const at = clamp(offset);
      const line = lineAt(at);
      return { line, character: at - startOf(line) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      if (line >= lineStarts.length) return text.length;
      const { start } = lineSpan(line);
      return Math.max(start, Math.min(start + character, startOf(line + 1), text.length));
    },
    slice: (at) => text.slice(at.start, at.end),
  };
}
