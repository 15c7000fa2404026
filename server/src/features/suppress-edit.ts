/** The edit that accepts findings by a comment: a new line, or another name in a comment that is there already. */
import { type OwnComment, REASON, readOwnComments, type Scope } from '../engine/suppress/comments.js';
import { nameLine, reachReader } from '../engine/suppress/reach.js';
import type { ContainerDocument, Section } from '../model/document.js';
import type { Edit } from '../text/edit.js';

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

/** Accepts the rules for the line of the finding; undefined where no comment can be about it. */
export function suppressOnLine(request: SuppressRequest): Edit | undefined {
  const { document, offset } = request;
  const line = document.source.lineAt(offset);
  const statement = document.commentLineAbove(offset);
  if (statement === undefined) return undefined;
  const position = { line, statement, section: undefined };
  const reachOf = reachReader(document);
  const near = extensible(request, 'line').find(({ span, scope }) => reachOf(span, scope).covers(position));
  return near ? extend(near, request.rules) : insertLine(request, statement, 'bulkhead-ignore');
}

/**
 * Accepts the rules for a whole service or stage, above its name. Undefined where several names stand on one line:
 * nobody could tell which one is meant.
 */
export function suppressInSection(request: SuppressRequest, section: Section): Edit | undefined {
  const { document } = request;
  const line = nameLine(section, document);
  if (
    line === undefined ||
    document.sections.some((one) => one !== section && nameLine(one, document) === line)
  )
    return undefined;
  const reachOf = reachReader(document);
  const near = extensible(request, 'section').find(({ span, scope }) => {
    const { sections } = reachOf(span, scope);
    return sections.length === 1 && sections[0] === section;
  });
  return near ? extend(near, request.rules) : insertLine(request, line, `bulkhead-ignore-${section.kind}`);
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

/** Comments that name rules and whose day is not over. */
function extensible({ document, today }: SuppressRequest, scope: Scope): readonly OwnComment[] {
  return readOwnComments(document).filter(
    (comment) =>
      comment.scope === scope &&
      comment.mistake === undefined &&
      (comment.until === undefined || comment.until >= today),
  );
}

function extend(comment: OwnComment, rules: readonly string[]): Edit | undefined {
  const added = rules.filter((rule) => !comment.rules.some(({ name }) => name === rule));
  const last = comment.rules.at(-1);
  if (added.length === 0 || last === undefined) return undefined;
  return {
    span: { start: last.span.end, end: last.span.end },
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
