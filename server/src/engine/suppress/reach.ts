/** What a comment covers: lines, services or stages, everything. */
import type { ContainerDocument, Section } from '../../model/document.js';
import { once } from '../../text/once.js';
import type { SourceText } from '../../text/source-text.js';
import { contains, type Place, type Span } from '../../text/span.js';
import type { Scope } from './comments.js';

/** Where a finding stands in the document under analysis. */
export interface Position {
  readonly line: number;
  /** The first line of the statement of several lines that it stands in; the line itself otherwise. */
  readonly statement: number;
  readonly section: Section | undefined;
}

export interface Reach {
  covers(position: Position): boolean;
  /** The lines on which all that it covers stands or starts; undefined when these are not all. */
  readonly lines: readonly number[] | undefined;
  /** The services or stages that it covers whole, or on whose name it stands. */
  readonly sections: readonly Section[];
  /** Whether a value in it comes from a variable: what a rule makes of it may differ from place to place. */
  readonly variable: () => boolean;
}

/** Undefined for a place in another document. */
export function positionOf(
  at: Place,
  section: Section | undefined,
  document: ContainerDocument,
): Position | undefined {
  if (at.file !== undefined) return undefined;
  const line = document.source.lineAt(at.start);
  return { line, statement: statementLine(document, at.start, line), section };
}

/** Tells what comments of a document cover. What is the same for many of them is worked out once. */
export function reachReader(document: ContainerDocument): (span: Span, scope: Scope) => Reach {
  const { source } = document;
  const below = linesBelow(source);
  const names = once(() => sectionsByLine(document));
  return (span, scope) => {
    if (scope === 'file')
      return {
        covers: () => true,
        lines: undefined,
        sections: document.sections,
        variable: () => hasVariable(source.text),
      };
    const line = source.lineAt(span.start);
    const next = isAlone(source, span) ? below(line) : line;
    const named = names().get(next) ?? [];
    switch (scope) {
      case 'section': {
        const around = named.length > 0 ? [] : document.sections.filter((one) => contains(one.span, span));
        return sectionReach(named.length > 0 ? named : around, source);
      }
      case 'line':
        return {
          covers: (position) =>
            position.line === next || position.statement === next || position.line === line,
          lines: [line, next],
          sections: named,
          variable: () => hasVariable(source.slice(source.lineSpan(next))),
        };
      case 'block':
        return blockReach(next, named, source);
    }
  };
}

function sectionReach(sections: readonly Section[], source: SourceText): Reach {
  return {
    covers: ({ section }) => section !== undefined && sections.includes(section),
    lines: [],
    sections,
    variable: () => sections.some((section) => hasVariable(source.slice(section.span))),
  };
}

function blockReach(first: number, named: readonly Section[], source: SourceText): Reach {
  const last = once(() => blockEnd(source, first));
  return {
    covers: ({ line, statement, section }) =>
      statement === first ||
      (first <= line && line <= last()) ||
      (section !== undefined && named.includes(section)),
    lines: undefined,
    sections: named,
    variable: () => hasVariable(source.text),
  };
}

function sectionsByLine(document: ContainerDocument): ReadonlyMap<number, readonly Section[]> {
  const lines = new Map<number, Section[]>();
  for (const section of document.sections) {
    const line = nameLine(section, document);
    if (line === undefined) continue;
    const others = lines.get(line);
    if (others) others.push(section);
    else lines.set(line, [section]);
  }
  return lines;
}

/** Whether nothing but blanks stands in front of a comment. */
export function isAlone(source: SourceText, { start }: Span): boolean {
  return (
    source.text
      .slice(source.lineSpan(source.lineAt(start)).start, start)
      .replace('\uFEFF', '')
      .trim() === ''
  );
}

/** Comments may stand above each other: tells the first line below that is none. */
function linesBelow(source: SourceText): (line: number) => number {
  const known = new Map<number, number>();
  return (line) => {
    let next = known.get(line) ?? line + 1;
    while (source.slice(source.lineSpan(next)).trimStart().startsWith('#'))
      next = known.get(next) ?? next + 1;
    for (let above = line; above < next && !known.has(above); above++) known.set(above, next);
    return next;
  };
}

/** The line on which a service's name or a stage's FROM stands; undefined when it lies in another document. */
export function nameLine({ namePlace }: Section, document: ContainerDocument): number | undefined {
  if (namePlace.file !== undefined) return undefined;
  return statementLine(document, namePlace.start, document.source.lineAt(namePlace.start));
}

/** Inside an instruction of several lines a comment stands above the whole instruction. */
function statementLine(document: ContainerDocument, offset: number, line: number): number {
  return document.commentLineAbove(offset) ?? line;
}

/** The last line that is indented deeper than this one, or continues it as an item of its list. */
function blockEnd(source: SourceText, first: number): number {
  const indentOf = (text: string) => text.length - text.trimStart().length;
  const head = source.slice(source.lineSpan(first));
  const indent = indentOf(head);
  let last = first;
  for (let line = first + 1; line < source.lineStarts.length; line++) {
    const text = source.slice(source.lineSpan(line));
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const isItem = /^\s*- /.test(text) && !/^\s*- /.test(head) && indentOf(text) === indent;
    if (indentOf(text) <= indent && !isItem) break;
    last = line;
  }
  return last;
}

function hasVariable(text: string): boolean {
  return text.includes('$');
}
