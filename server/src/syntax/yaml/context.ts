/**
 * What stands in front of a syntax error: the quotes and brackets still open there and the last token. js-yaml forgets
 * its state when it stops, so the text is scanned once more up to that place, where it is known to be well-formed.
 */
import { flowPlainEnd, plainPartEnd, quotedEnd } from './ends.js';
import {
  isBlank,
  isBreak,
  isComment,
  isFlowIndicator,
  isGap,
  lineEnd,
  nextLine,
  skipBlanks,
  skipSpaces,
} from './lines.js';

export interface Opener {
  readonly at: number;
  readonly mark: '"' | "'" | '[' | '{';
}

export interface Token {
  readonly kind: 'plain' | 'quoted' | 'flow' | 'alias';
  readonly start: number;
  readonly end: number;
  /** End of the part on the line it starts on. */
  readonly firstEnd: number;
  /** Nothing but dashes, tags and anchors stands in front of it on its line. */
  readonly ownLine: boolean;
}

export interface Context {
  /** Outermost first. */
  readonly open: readonly Opener[];
  /** Columns of the block collections around it, outermost first. */
  readonly columns: readonly number[];
  readonly last: Token | undefined;
  /** Inside brackets: the end of the last token or indicator. */
  readonly filled: number;
  /** Where the block scalar begins in whose lines the place lies. */
  readonly blockScalar: number | undefined;
}

/** Well-formed text is expected up to `limit`; other text gives a less useful answer, never an error. */
export function contextAt(text: string, limit: number): Context {
  /** Columns of the block collections around the current line. */
  const columns: number[] = [];
  let last: Token | undefined;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  while (at < limit) {
    const start = at;
    const first = skipBlanks(text, start);
    if (first >= limit) break;
    if (
      isBreak(text.charCodeAt(first)) ||
      isComment(text, first) ||
      (first === start && text[first] === '%')
    ) {
      at = nextLine(text, first);
      continue;
    }
    const found = readLine(start, skipSpaces(text, start));
    if (found) return found;
  }
  return context([], last?.end ?? 0);

  /** Reads one line and what its values continue on; a result when the limit was met inside a token. */
  function readLine(start: number, content: number): Context | undefined {
    leave(content - start);
    at = content;
    if (at === start && /^(?:---|\.\.\.)/.test(text.slice(at, at + 3)) && isGap(text.charCodeAt(at + 3))) {
      columns.length = 0;
      at += 3;
    }
    let ownLine = true;
    /** Where the tag or anchor of the next key begins. */
    let properties: number | undefined;
    for (;;) {
      at = skipBlanks(text, at);
      if (at >= limit) return undefined;
      const code = text.charCodeAt(at);
      if (isGap(code) || isComment(text, at)) break;
      const char = text[at];
      const column = (properties ?? at) - start;
      if ((char === '-' || char === '?' || char === ':') && isGap(text.charCodeAt(at + 1))) {
        leave(column);
        columns.push(column);
        properties = undefined;
        at++;
        continue;
      }
      if (char === '!' || char === '&') {
        properties ??= at;
        at = char === '!' ? wordEnd(at) : nameEnd(at);
        continue;
      }
      if (char === '|' || char === '>') return skipBlockScalar();
      const tokenStart = at;
      const inside = readToken(ownLine);
      if (inside) return inside;
      const colon = skipBlanks(text, at);
      const oneLine = last?.start === tokenStart && last.firstEnd === last.end;
      if (!oneLine || text[colon] !== ':' || !isGap(text.charCodeAt(colon + 1))) break;
      leave(column);
      columns.push(column);
      at = colon + 1;
      properties = undefined;
      ownLine = false;
    }
    at = nextLine(text, at);
    return undefined;
  }

  /** Ends the collections that a line or entry at this column does not belong to. */
  function leave(column: number): void {
    while (columns.length > 0 && (columns.at(-1) ?? -1) >= column) columns.pop();
  }

  function context(open: readonly Opener[], filled: number, blockScalar?: number): Context {
    return { open, columns, last, filled, blockScalar };
  }

  function skipBlockScalar(): Context | undefined {
    const header = at;
    const parent = columns.at(-1) ?? -1;
    at = nextLine(text, at);
    while (at < limit) {
      const content = skipSpaces(text, at);
      const code = text.charCodeAt(content);
      if (!isBreak(code) && content - at <= parent) return undefined;
      if (limit <= lineEnd(text, content)) return context([], header, header);
      at = nextLine(text, content);
    }
    return undefined;
  }

  function readToken(ownLine: boolean): Context | undefined {
    const start = at;
    const char = text[at];
    if (char === '"' || char === "'") {
      const end = quotedEnd(text, at);
      if (end < 0 || end > limit) return context([{ at, mark: char }], at);
      setLast('quoted', start, end, ownLine);
    } else if (char === '[' || char === '{') {
      return readFlow(ownLine);
    } else if (char === '*') {
      setLast('alias', start, nameEnd(at), ownLine);
    } else {
      setLast('plain', start, plainEnd(columns.at(-1) ?? -1), ownLine);
    }
    return undefined;
  }

  function wordEnd(start: number): number {
    let end = start;
    while (!isGap(text.charCodeAt(end))) end++;
    return end;
  }

  /** End of the name of an anchor or alias, which brackets and commas end too. */
  function nameEnd(start: number): number {
    let end = start;
    while (!isGap(text.charCodeAt(end)) && !isFlowIndicator(text.charCodeAt(end))) end++;
    return end;
  }

  function setLast(kind: Token['kind'], start: number, end: number, ownLine: boolean): void {
    last = { kind, start, end, firstEnd: firstLineEnd(text, start, end), ownLine };
    at = end;
  }

  /** End of a plain scalar that may go on in lines indented deeper than `parent`. */
  function plainEnd(parent: number): number {
    let end = at;
    for (let from = at; ; ) {
      const stop = plainPartEnd(text, from);
      if (stop > from || end === at) end = Math.max(end, trimmedEnd(text, from, stop));
      if (stop >= limit || !isBreak(text.charCodeAt(stop))) return end;
      let next = nextLine(text, stop);
      while (next < limit && isBreak(text.charCodeAt(skipBlanks(text, next)))) next = nextLine(text, next);
      const content = skipBlanks(text, next);
      const goesOn = skipSpaces(text, next) - next > parent && !isComment(text, content) && content < limit;
      if (!goesOn || /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(next, next + 4))) return end;
      from = content;
    }
  }

  function readFlow(ownLine: boolean): Context | undefined {
    const start = at;
    const open: Opener[] = [];
    let filled = at;
    let end = at;
    while (end < limit) {
      const code = text.charCodeAt(end);
      const char = text[end];
      if (isBlank(code) || isBreak(code)) {
        end++;
        continue;
      }
      if (isComment(text, end)) {
        end = lineEnd(text, end);
        continue;
      }
      if (char === '[' || char === '{') {
        open.push({ at: end, mark: char });
        end++;
      } else if (char === ']' || char === '}') {
        open.pop();
        end++;
        if (open.length === 0) {
          setLast('flow', start, end, ownLine);
          return undefined;
        }
      } else if (char === '"' || char === "'") {
        const stop = quotedEnd(text, end);
        if (stop < 0 || stop > limit) return context([...open, { at: end, mark: char }], filled);
        last = {
          kind: 'quoted',
          start: end,
          end: stop,
          firstEnd: firstLineEnd(text, end, stop),
          ownLine: false,
        };
        end = stop;
      } else if (
        isFlowIndicator(code) ||
        ((char === ':' || char === '?') && isGap(text.charCodeAt(end + 1)))
      ) {
        end++;
      } else {
        const stop = Math.max(end + 1, flowPlainEnd(text, end, limit));
        last = {
          kind: 'plain',
          start: end,
          end: stop,
          firstEnd: firstLineEnd(text, end, stop),
          ownLine: false,
        };
        end = stop;
      }
      filled = end;
    }
    return context(open, filled);
  }
}

function firstLineEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isBreak(text.charCodeAt(at))) at++;
  return trimmedEnd(text, start, at);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
