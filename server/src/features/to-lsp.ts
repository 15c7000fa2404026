/** The border between offsets and LSP's lines and characters. Nothing else in features/ or lsp/ converts. */
import type { DiagnosticSeverity, Range } from 'vscode-languageserver-types';
import type { Severity } from '../rules/rule.js';
import type { SourceText } from '../text/source-text.js';
import type { Span } from '../text/span.js';

export function toRange(source: SourceText, at: Span): Range {
  return { start: source.positionAt(at.start), end: source.positionAt(at.end) };
}

export function toSpan(source: SourceText, range: Range): Span {
  const start = source.offsetAt(range.start);
  return { start, end: Math.max(start, source.offsetAt(range.end)) };
}

/**
 * A range to underline: on one line and not empty, since an empty one cannot be seen or clicked. An empty span grows
 * to the word at its place, or to the nearest text before it. Only in a blank text does it stay empty.
 */
export function toVisibleRange(source: SourceText, at: Span): Range {
  const line = source.lineSpan(source.lineAt(at.start));
  const start = Math.min(at.start, line.end);
  const end = Math.min(Math.max(at.end, start), line.end);
  if (start < end) return toRange(source, { start, end });
  return toRange(source, wordAt(source.text, start, line.end));
}

function wordAt(text: string, offset: number, lineEnd: number): Span {
  const isText = (index: number) => /\S/.test(text.charAt(index));
  if (offset < lineEnd && isText(offset)) {
    let end = offset;
    while (end < lineEnd && isText(end)) end++;
    return { start: offset, end };
  }
  let end = offset;
  while (end > 0 && !isText(end - 1)) end--;
  let start = end;
  while (start > 0 && isText(start - 1)) start--;
  return { start, end };
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, info: 3, hint: 4 };

export function toSeverity(severity: Severity): DiagnosticSeverity {
  return SEVERITY[severity];
}
