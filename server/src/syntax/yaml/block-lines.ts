/** Lines as blocks are made of: their indentation, and those that belong together by it. Lines are given by their start. */
import { isIdle, lineStart, nextLine, skipSpaces } from './lines.js';

/** Number of spaces in front of the line's content; a tab ends them. */
export function indentOf(text: string, line: number): number {
  return skipSpaces(text, line) - line;
}

/** Start of the nearest line below that is neither blank nor a comment. */
export function lineBelow(text: string, line: number): number | undefined {
  let start = nextLine(text, line);
  while (start < text.length && isIdle(text, start)) start = nextLine(text, start);
  return start < text.length ? start : undefined;
}

/** Start of the nearest line above that is neither blank nor a comment. */
export function lineAbove(text: string, line: number): number | undefined {
  let start = line;
  while (start > 0) {
    start = lineStart(text, start - 1);
    if (!isIdle(text, start)) return start;
  }
  return undefined;
}

/** Whether the line begins with a dash. */
export function isItem(text: string, line: number): boolean {
  return /^-\s/.test(text.slice(skipSpaces(text, line), skipSpaces(text, line) + 2));
}

export function startsDocument(text: string, line: number): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(line, line + 4));
}

/** Start of the first of the lines above, up to this one, that are indented by `indent` or deeper. */
export function blockStart(text: string, line: number, indent: number): number {
  let start = line;
  for (
    let at = lineAbove(text, line);
    at !== undefined && indentOf(text, at) >= indent;
    at = lineAbove(text, at)
  ) {
    if (startsDocument(text, at)) break;
    start = at;
  }
  return start;
}

/** Whether a blank line or a comment stands right above. */
export function isBelowBlank(text: string, line: number): boolean {
  return line > 0 && nextLine(text, lineAbove(text, line) ?? line) !== line;
}

/** Start of the first line below that is indented less than `indent`, or starts another document. */
export function blockEnd(text: string, line: number, indent: number): number {
  let at: number | undefined = lineBelow(text, line);
  while (at !== undefined && indentOf(text, at) >= indent && !startsDocument(text, at))
    at = lineBelow(text, at);
  return at ?? text.length;
}
