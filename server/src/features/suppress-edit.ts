/** The edit that accepts findings by a comment: a new line, or another id in a comment that is there already. */
import { type IgnoreComment, readIgnoreComments } from '../engine/suppress.js';
import type { ContainerDocument } from '../model/document.js';
import type { Edit } from '../text/edit.js';

/** Where the user says why; the word stays as a reminder when nothing is typed over it. */
const REASON = 'reason';

export interface SuppressRequest {
  readonly document: ContainerDocument;
  /** Where the finding starts. */
  readonly offset: number;
  readonly rules: readonly string[];
  /** `2026-11-24`: a comment past its day is not extended. */
  readonly today: string;
  /** Leave a place for the reason, for editors with tab stops. */
  readonly askReason: boolean;
}

/** Accepts the rules for the line of the finding; undefined where no comment can stand. */
export function suppressOnLine(request: SuppressRequest): Edit | undefined {
  const { document, offset } = request;
  const line = document.source.lineAt(offset);
  const commentLine = document.commentLineAbove(offset);
  const near = extensible(request, 'line').find(
    (comment) =>
      comment.line === line || (commentLine !== undefined && covers(comment.line, commentLine, document)),
  );
  if (near) return extend(near, request.rules);
  return commentLine === undefined ? undefined : insertLine(request, commentLine, 'bulkhead-ignore');
}

/** Accepts the rules for the whole file, below what stands at its top (parser directives, a licence). */
export function suppressInFile(request: SuppressRequest): Edit | undefined {
  const { document } = request;
  const existing = extensible(request, 'file')[0];
  if (existing) return extend(existing, request.rules);
  const { source } = document;
  const first = source.lineStarts.findIndex((_, line) => {
    const text = withoutMark(source.slice(source.lineSpan(line))).trim();
    return text !== '' && !text.startsWith('#');
  });
  if (first < 0) return undefined;
  const commentLine = document.commentLineAbove(source.lineSpan(first).start);
  return commentLine === undefined ? undefined : insertLine(request, commentLine, 'bulkhead-ignore-file');
}

function extensible(request: SuppressRequest, scope: IgnoreComment['scope']): readonly IgnoreComment[] {
  return readIgnoreComments(request.document).filter(
    (comment) => comment.scope === scope && (comment.until === undefined || comment.until >= request.today),
  );
}

/** Whether a comment line speaks for what follows the place: only comment lines lie between them. */
function covers(comment: number, commentLine: number, { source }: ContainerDocument): boolean {
  if (comment >= commentLine) return false;
  for (let line = comment; line < commentLine; line++)
    if (!source.slice(source.lineSpan(line)).trimStart().startsWith('#')) return false;
  return true;
}

function extend(comment: IgnoreComment, rules: readonly string[]): Edit | undefined {
  const added = rules.filter((rule) => !comment.rules.includes(rule));
  if (added.length === 0) return undefined;
  return {
    span: { start: comment.rulesEnd, end: comment.rulesEnd },
    text: added.map((rule) => `, ${rule}`).join(''),
  };
}

function insertLine(request: SuppressRequest, line: number, word: string): Edit {
  const { source } = request.document;
  const at = source.lineSpan(line);
  const text = source.slice(at);
  const start = at.start + (text.length - withoutMark(text).length);
  const indent = /^[ \t]*/.exec(withoutMark(text))?.[0] ?? '';
  const comment = `${indent}# ${word} ${request.rules.join(', ')}`;
  const span = { start, end: start };
  if (!request.askReason) return { span, text: comment + source.eol };
  const from = comment.length + 2;
  return {
    span,
    text: `${comment}: ${REASON}${source.eol}`,
    placeholder: { start: from, end: from + REASON.length },
  };
}

/** Without a byte order mark, which has to stay in front of everything. */
function withoutMark(line: string): string {
  return line.startsWith('\uFEFF') ? line.slice(1) : line;
}
