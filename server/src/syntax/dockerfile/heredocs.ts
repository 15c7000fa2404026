/** Here-documents of ADD, COPY and RUN: `<<NAME` words in the line and the bodies that follow it. */
import type { Span } from '../../text/span.js';
import { lineEnd, nextLine, skipBlanks } from '../continuation.js';
import { type JoinedText, spanIn } from '../joined-text.js';
import type { Heredoc } from './tree.js';
import { quotedWordEnd, unquote } from './words.js';

/** A `<<NAME` word; `at` is its place in the joined line. */
export interface HeredocOpener extends Pick<Heredoc, 'name' | 'opener' | 'quoted' | 'stripTabs'> {
  readonly at: Span;
}

/**
 * The openers of a line, by BuildKit's reading: a whole word `[fd]<<[-]NAME` between blanks, so `<<EOF>file` names
 * the document "EOF>file". A line that ends inside a quote has none. The escape character is always the backslash.
 */
export function heredocOpeners(joined: JoinedText, start: number): HeredocOpener[] {
  const { text } = joined;
  if (!text.includes('<<', start)) return [];
  const openers: HeredocOpener[] = [];
  for (let at = skipBlanks(text, start, text.length); at < text.length; ) {
    const word = quotedWordEnd(text, at, text.length, '\\');
    if (word.open) return [];
    const opener = openerAt(joined, { start: at, end: word.end });
    if (opener) openers.push(opener);
    at = skipBlanks(text, word.end, text.length);
  }
  return openers;
}

function openerAt(joined: JoinedText, at: Span): HeredocOpener | undefined {
  const { text } = joined;
  let arrow = at.start;
  while (arrow < at.end && isDigit(text.charCodeAt(arrow))) arrow++;
  if (!text.startsWith('<<', arrow)) return undefined;
  const stripTabs = text[arrow + 2] === '-';
  const raw = text.slice(arrow + (stripTabs ? 3 : 2), at.end);
  if (raw === '' || raw.includes('<')) return undefined;
  const name = unquote(raw, '\\');
  return { at, name, opener: spanIn(joined, at.start, at.end), quoted: name !== raw, stripTabs };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Finds the bodies of heredocs, one after the other, in one text. */
export interface HeredocReader {
  /** Reads the bodies of these openers from the line at `start` on; `next` is the line behind the last one. */
  read(openers: readonly HeredocOpener[], start: number): { heredocs: Heredoc[]; next: number };
}

/** A keyword at the start of a line, where a heredoc without end is taken to stop. */
const INSTRUCTION =
  /(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)[ \t]/y;

export function heredocReader(text: string): HeredocReader {
  /** Last line with this text; made at the first heredoc, so that searches for a missing end stay cheap. */
  let lastLines: Map<string, number> | undefined;

  function hasEnd(name: string, stripTabs: boolean, start: number): boolean {
    lastLines ??= lastLineOfEachText(text);
    const last = lastLines.get(stripTabs ? `\t${name}` : name);
    return last !== undefined && last >= start;
  }

  function readOne(opener: HeredocOpener, start: number): { heredoc: Heredoc; next: number } {
    const { name, quoted, stripTabs } = opener;
    const made = { name, opener: opener.opener, quoted, stripTabs };
    const closed = hasEnd(name, stripTabs, start);
    let at = start;
    while (at < text.length) {
      const stop = lineEnd(text, at, text.length);
      if (closed && lineEquals(text, at, stop, name, stripTabs)) {
        const heredoc = { ...made, body: { start, end: at }, closer: { start: at, end: stop } };
        return { heredoc, next: nextLine(text, stop, text.length) };
      }
      INSTRUCTION.lastIndex = at;
      if (!closed && INSTRUCTION.test(text)) break;
      at = nextLine(text, stop, text.length);
    }
    return { heredoc: { ...made, body: { start, end: at }, closer: undefined }, next: at };
  }

  return {
    read(openers, start) {
      const heredocs: Heredoc[] = [];
      let next = start;
      for (const opener of openers) {
        const one = readOne(opener, next);
        heredocs.push(one.heredoc);
        next = one.next;
      }
      return { heredocs, next };
    },
  };
}

function lineEquals(text: string, start: number, end: number, name: string, stripTabs: boolean): boolean {
  const from = stripTabs ? skipTabs(text, start, end) : start;
  return end - from === name.length && text.startsWith(name, from);
}

/** With a tab in front: the line without its leading tabs. */
function lastLineOfEachText(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (let at = 0; at < text.length; ) {
    const stop = lineEnd(text, at, text.length);
    lines.set(text.slice(at, stop), at);
    lines.set(`\t${text.slice(skipTabs(text, at, stop), stop)}`, at);
    at = nextLine(text, stop, text.length);
  }
  return lines;
}

function skipTabs(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === '\t') at++;
  return at;
}
