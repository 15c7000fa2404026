/**
 * Comments by which a user accepts a finding:
 *   # bulkhead-ignore rule[, rule][ until YYYY-MM-DD]: reason     on the same line or the line above
 *   # bulkhead-ignore-file rule[, rule][ until YYYY-MM-DD]: reason     at the top of the file
 */
import type { ContainerDocument } from '../model/document.js';
import type { Span } from '../text/span.js';
import type { Finding, Suppression } from './finding.js';

export interface IgnoreComment {
  readonly scope: 'line' | 'file';
  readonly rules: readonly string[];
  /** Offset behind the last rule's id: where another one can be added. */
  readonly rulesEnd: number;
  readonly until: string | undefined;
  readonly reason: string | undefined;
  readonly span: Span;
  /** Zero-based line of the comment. */
  readonly line: number;
}

const IGNORE =
  /^(#\s*bulkhead-ignore(-file)?\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*))(?:\s+until\s+(\d{4}-\d{2}-\d{2}))?\s*(?::\s*(.*))?$/;

export function readIgnoreComments(document: ContainerDocument): readonly IgnoreComment[] {
  const { source } = document;
  return document.comments.flatMap((span) => {
    const match = IGNORE.exec(source.slice(span).trimEnd());
    if (match === null) return [];
    const reason = match[5]?.trim();
    return [
      {
        scope: match[2] === undefined ? ('line' as const) : ('file' as const),
        rules: (match[3] ?? '').split(',').map((rule) => rule.trim()),
        rulesEnd: span.start + (match[1] ?? '').length,
        until: match[4],
        reason: reason === '' ? undefined : reason,
        span,
        line: source.lineAt(span.start),
      },
    ];
  });
}

/** A function that tells what accepts a finding, if anything does. Comments past their day accept nothing. */
export function readSuppressions(
  document: ContainerDocument,
  today: string,
): (finding: Finding) => Suppression | undefined {
  const comments = readIgnoreComments(document).filter(
    (comment) => comment.until === undefined || comment.until >= today,
  );
  if (comments.length === 0) return () => undefined;
  return (finding) => {
    const line = document.source.lineAt(finding.at.start);
    const instructionLine = document.commentLineAbove(finding.at.start);
    const comment = comments.find(
      (one) => one.rules.includes(finding.rule.id) && covers(one, line, instructionLine, document),
    );
    return (
      comment && { reason: comment.reason, until: comment.until, by: 'bulkhead-ignore', at: comment.span }
    );
  };
}

function covers(
  comment: IgnoreComment,
  line: number,
  instructionLine: number | undefined,
  document: ContainerDocument,
): boolean {
  if (comment.scope === 'file') return true;
  if (comment.line === line) return true;
  if (!isAlone(comment, document)) return false;
  // Comments may stand above each other: skip those between this one and what follows.
  const { source } = document;
  let next = comment.line + 1;
  while (source.slice(source.lineSpan(next)).trimStart().startsWith('#')) next++;
  // Inside an instruction of several lines the comment stands above the whole instruction.
  return next === line || next === instructionLine;
}

function isAlone({ span, line }: IgnoreComment, { source }: ContainerDocument): boolean {
  return source.text.slice(source.lineSpan(line).start, span.start).trim() === '';
}
