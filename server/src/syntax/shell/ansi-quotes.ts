/** The text of `$'…'`, with the escapes of C. */
import type { Piece } from './expansions.js';

const ESCAPE =
  /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/y;
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Reads from `start`, behind the opening quote, to behind the closing one. */
export function decodeAnsi(text: string, start: number): { pieces: Piece[]; end: number; closed: boolean } {
  const pieces: Piece[] = [];
  let from = start;
  let at = start;
  const flush = () => {
    if (at > from) pieces.push({ start: from, end: at });
  };
  while (at < text.length) {
    if (text[at] === "'") {
      flush();
      return { pieces, end: at + 1, closed: true };
    }
    ESCAPE.lastIndex = at;
    const found = text[at] === '\\' ? ESCAPE.exec(text) : null;
    if (!found) {
      at++;
      continue;
    }
    flush();
    const end = at + found[0].length;
    pieces.push({ start: at, end, text: decode(found) });
    at = end;
    from = at;
  }
  flush();
  return { pieces, end: text.length, closed: false };
}

function decode([, hex, short, long, octal, control, other = '']: RegExpExecArray): string {
  const digits = hex ?? short ?? long;
  const code = digits === undefined ? octal && Number.parseInt(octal, 8) : Number.parseInt(digits, 16);
  if (typeof code === 'number') return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 31);
  return SIMPLE[other] ?? ('\'"?\\'.includes(other) ? other : `\\${other}`);
}
