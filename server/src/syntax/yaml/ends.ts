/** Where quotes, brackets and plain scalars end, without regard to indentation. */
import { indentOf } from './block-lines.js';
import {
  isBlank,
  isBreak,
  isComment,
  isFlowIndicator,
  isGap,
  isIdle,
  lineEnd,
  lineStart,
  nextLine,
  skipBlanks,
} from './lines.js';

/** Behind the quote that closes the one at `start`; -1 when there is none. */
export function quotedEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  return -1;
}

/**
 * Behind the bracket that closes the one at `start`. -1 when there is none, or when a line between them ends and the
 * next one begins without any separator: then it is rather the lines of a block that follow an unfinished bracket.
 */
export function flowEnd(text: string, start: number): number {
  let depth = 0;
  let separated = true;
  let broken = false;
  for (let at = start; at < text.length; ) {
    const code = text.charCodeAt(at);
    const char = text[at];
    if (isBlank(code)) {
      at++;
      continue;
    }
    if (isBreak(code)) {
      broken = true;
      at++;
      continue;
    }
    if (isComment(text, at)) {
      at = lineEnd(text, at);
      continue;
    }
    const closing = char === ']' || char === '}';
    if (broken && !separated && !closing && char !== ',' && char !== ':') return -1;
    broken = false;
    separated = char === '[' || char === '{' || char === ',';
    if (closing) depth--;
    else if (char === '[' || char === '{') depth++;
    if (depth === 0) return at + 1;
    if (char === '"' || char === "'") {
      at = quotedEnd(text, at);
      if (at < 0) return -1;
    } else if (closing || separated) {
      at++;
    } else {
      separated = char === ':';
      at = separated ? at + 1 : Math.max(at + 1, flowPlainEnd(text, at, text.length, true));
    }
  }
  return -1;
}

/** End of a plain scalar inside brackets, which may go on in the next lines, or of its part on this line. */
export function flowPlainEnd(text: string, start: number, limit: number, oneLine = false): number {
  let end = start;
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (isFlowIndicator(code) || (at > start && isComment(text, at)) || (oneLine && isBreak(code))) break;
    if (code === 58 && (isGap(next) || isFlowIndicator(next))) break;
    if (!isBlank(code) && !isBreak(code)) end = at + 1;
  }
  return end;
}

/** End of a plain scalar's part on one line: its end, a comment or a `:` before a blank. */
export function plainPartEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBreak(code) || (code === 58 && isGap(text.charCodeAt(at + 1)))) break;
    if (at > start && isComment(text, at)) break;
  }
  return at;
}

/**
 * Brackets inside the one at `start` that are still open when, before `limit`, a line comes that is indented no deeper
 * than the line they are opened on: in a text laid out line by line, they were meant to end at `end`, in front of it.
 */
export function openByLayout(
  text: string,
  start: number,
  limit: number,
): { readonly open: readonly number[]; readonly end: number } | undefined {
  const stack: { readonly at: number; readonly indent: number }[] = [];
  let line = lineStart(text, start);
  let end = start;
  for (let at = start; at < limit; ) {
    const code = text.charCodeAt(at);
    const char = text[at];
    if (isBlank(code)) {
      at++;
      continue;
    }
    if (isBreak(code) || isComment(text, at)) {
      at = nextLine(text, at);
      while (at < limit && isIdle(text, at)) at = nextLine(text, at);
      line = at;
      at = skipBlanks(text, at);
      const closes = text[at] === ']' || text[at] === '}';
      const least = indentOf(text, line) + (closes ? 1 : 0);
      const open = stack.slice(1).filter(({ indent }) => indent >= least);
      if (at < limit && open.length > 0) return { open: open.map((one) => one.at), end };
      continue;
    }
    if (char === '"' || char === "'") {
      const stop = quotedEnd(text, at);
      at = stop < 0 ? at + 1 : stop;
    } else if (isFlowIndicator(code)) {
      if (char === '[' || char === '{') stack.push({ at, indent: indentOf(text, line) });
      else if (char !== ',') stack.pop();
      at++;
    } else {
      at = Math.max(at + 1, flowPlainEnd(text, at, text.length, true));
    }
    end = at;
  }
  return undefined;
}
