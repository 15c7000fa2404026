/** Lines and blanks as YAML sees them: a lone `\r` ends a line too. All offsets are UTF-16. */

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;

export function isBreak(code: number): boolean {
  return code === LF || code === CR;
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Blank, line break or end of the text: what must stand behind `:`, `-` and `?` to make them indicators. */
export function isGap(code: number): boolean {
  return isBlank(code) || isBreak(code) || Number.isNaN(code);
}

/** A character that separates or closes entries inside brackets. */
export function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** Start of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

/** End of the line that holds `offset`, without its break. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** Start of the line behind the one that holds `offset`; the length of the text behind the last line. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return Math.min(
    text.length,
    text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1,
  );
}

export function skipSpaces(text: string, offset: number): number {
  let at = offset;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

export function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Whether a `#` at `offset` begins a comment, given that it stands outside scalars. */
export function isComment(text: string, offset: number): boolean {
  if (text.charCodeAt(offset) !== 35) return false;
  return offset === 0 || isGap(text.charCodeAt(offset - 1)) || text.charCodeAt(offset - 1) === 0xfeff;
}

/** Whether the line that starts at `start` is blank or holds a comment alone. */
export function isIdle(text: string, start: number): boolean {
  const first = skipBlanks(text, start);
  return first >= text.length || isBreak(text.charCodeAt(first)) || isComment(text, first);
}

/** Behind the last character of the line that is neither blank nor part of a comment; `offset` at least. */
export function contentEnd(text: string, offset: number): number {
  let end = offset;
  for (let at = offset; at < text.length && !isBreak(text.charCodeAt(at)); at++) {
    if (at > offset && isComment(text, at)) break;
    if (!isBlank(text.charCodeAt(at))) end = at + 1;
  }
  return end;
}
