/** Quotes, `$…` and backquotes: everything that may stand inside a word and contain more of the same. */
import { joiner } from '../joined-text.js';
import { decodeAnsi } from './ansi-quotes.js';
import { inSubstitution, innerReader, MAX_DEPTH, type Reader } from './reader.js';

/** A part of a word's value: that part of the text, or `text` in its place. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}

/** A word while it is being read. */
export interface WordDraft {
  readonly pieces: Piece[];
  /** Start of the text that is not yet in a piece. */
  from: number;
  variable: boolean;
  glob: boolean;
  /** Some of it was quoted or escaped. */
  marked: boolean;
  /** Some of it stands outside quotes. */
  bare: boolean;
}

/** Moves what was read up to `end` into a piece and goes on at `next`: what lies between is no part of the value. */
export function cut(draft: WordDraft | undefined, end: number, next: number): void {
  if (!draft) return;
  if (end > draft.from) draft.pieces.push({ start: draft.from, end });
  draft.from = next;
}

/** Without a draft, here and below, the text is only moved over and its substitutions are read. */
export function readSingleQuotes(reader: Reader, draft: WordDraft | undefined): void {
  const { text, pos, output } = reader;
  const found = text.indexOf("'", pos + 1);
  if (found < 0) output.complete = false;
  const end = found < 0 ? text.length : found;
  reader.pos = Math.min(end + 1, text.length);
  if (!draft) return;
  draft.marked = true;
  cut(draft, pos, pos + 1);
  cut(draft, end, reader.pos);
}

export function readDoubleQuotes(reader: Reader, draft: WordDraft | undefined): void {
  const { text } = reader;
  if (draft) draft.marked = true;
  cut(draft, reader.pos, reader.pos + 1);
  reader.pos++;
  while (reader.pos < text.length) {
    const { pos } = reader;
    const char = text[pos];
    if (char === '"') {
      cut(draft, pos, pos + 1);
      reader.pos++;
      return;
    }
    if (char === '\\') {
      const next = text[pos + 1] ?? '';
      if (next === '\n') cut(draft, pos, pos + 2);
      else if (next !== '' && '$`"\\'.includes(next)) cut(draft, pos, pos + 1);
      reader.pos = Math.min(pos + 2, text.length);
    } else if (char === '$') readDollar(reader, draft, true);
    else if (char === '`') readBackquotes(reader, draft, true);
    else reader.pos++;
  }
  reader.output.complete = false;
}

const VARIABLE = /[A-Za-z_]\w*|[0-9@*#?$!-]/y;

/** Reads what a `$` begins; `inDouble`: inside double quotes or a here-document. */
export function readDollar(reader: Reader, draft: WordDraft | undefined, inDouble: boolean): void {
  const { text, pos } = reader;
  const next = text[pos + 1];
  if (next === "'" && !inDouble) {
    readAnsiQuotes(reader, draft);
  } else if (next === '"' && !inDouble) {
    cut(draft, pos, pos + 1);
    reader.pos++;
    readDoubleQuotes(reader, draft);
  } else if (next === '(' || next === '{') {
    if (draft) draft.variable = true;
    if (isTooDeep(reader)) reader.pos += 2;
    else if (next === '{') readBraces(reader, inDouble);
    else if (!readArithmetic(reader, pos + 1)) readSubstitution(reader);
  } else {
    VARIABLE.lastIndex = pos + 1;
    const found = VARIABLE.test(text);
    reader.pos = found ? VARIABLE.lastIndex : pos + 1;
    if (found && draft) draft.variable = true;
  }
}

/** Reads `$(list)`, `<(list)` or `>(list)`. */
export function readSubstitution(reader: Reader): void {
  if (isTooDeep(reader)) {
    reader.pos += 2;
    return;
  }
  inSubstitution(reader, reader.pos, () => {
    reader.pos += 2;
    reader.readList(reader, ')');
  });
}

/** Reads `((…))` if its first bracket is at `open` and it is arithmetic; otherwise leaves the place as it is. */
export function readArithmetic(reader: Reader, open: number): boolean {
  const { text, output } = reader;
  if (text[open + 1] !== '(') return false;
  const end = arithmeticEnd(reader, open + 2);
  if (end < 0) return false;
  reader.pos = open + 2;
  output.depth++;
  readExpansions(reader, end);
  output.depth--;
  if (reader.pos > end) output.complete = false;
  else reader.pos = end + 2;
  return true;
}

/** Offset of the `))`, or -1 when the brackets close apart from each other, or never. */
function arithmeticEnd({ text, output }: Reader, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length && output.lookahead > 0; at++) {
    output.lookahead--;
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth < 0) return text[at + 1] === ')' ? at : -1;
  }
  return -1;
}

/** Reads the substitutions in a text that is otherwise no list of words: arithmetic, the body of a here-document. */
export function readExpansions(reader: Reader, end: number): void {
  const { text } = reader;
  while (reader.pos < end) {
    const char = text[reader.pos];
    if (char === '\\') reader.pos += 2;
    else if (char === '$') readDollar(reader, undefined, true);
    else if (char === '`') readBackquotes(reader, undefined, true);
    else reader.pos++;
  }
}

const BRACES_HEAD = /[#!]?\w*(?:\[[^\]\n]{0,200}\])?([#%/^,]?)/y;

/** Reads `${…}`. Its quotes stay in the value of the word, as all of it does. */
function readBraces(reader: Reader, inDouble: boolean): void {
  const { text, output } = reader;
  BRACES_HEAD.lastIndex = reader.pos + 2;
  const isPattern = (BRACES_HEAD.exec(text)?.[1] ?? '') !== '';
  reader.pos += 2;
  output.depth++;
  while (reader.pos < text.length && text[reader.pos] !== '}') {
    const char = text[reader.pos];
    if (char === '\\') reader.pos = Math.min(reader.pos + 2, text.length);
    else if (char === '"') readDoubleQuotes(reader, undefined);
    else if (char === "'" && (isPattern || !inDouble)) readSingleQuotes(reader, undefined);
    else if (char === '$') readDollar(reader, undefined, inDouble);
    else if (char === '`') readBackquotes(reader, undefined, inDouble);
    else if ((char === '<' || char === '>') && text[reader.pos + 1] === '(' && !inDouble)
      readSubstitution(reader);
    else reader.pos++;
  }
  output.depth--;
  if (reader.pos < text.length) reader.pos++;
  else output.complete = false;
}

export function readBackquotes(reader: Reader, draft: WordDraft | undefined, inDouble: boolean): void {
  const { text, pos, source, output } = reader;
  if (draft) draft.variable = true;
  const content = joiner();
  let from = pos + 1;
  let at = from;
  while (at < text.length && text[at] !== '`') {
    if (text[at] === '\\' && at + 1 < text.length) {
      const next = text[at + 1] ?? '';
      if ('$`\\'.includes(next) || (inDouble && next === '"')) {
        content.add(source, from, at);
        from = at + 1;
      }
      at++;
    }
    at++;
  }
  const end = Math.min(at, text.length);
  content.add(source, from, end);
  if (end === text.length) output.complete = false;
  if (!isTooDeep(reader)) {
    inSubstitution(reader, pos, () => {
      const inner = innerReader(reader, content.done(), 'substitution');
      inner.readList(inner, undefined);
    });
  }
  reader.pos = Math.min(end + 1, text.length);
}

function readAnsiQuotes(reader: Reader, draft: WordDraft | undefined): void {
  const { text, pos } = reader;
  const decoded = decodeAnsi(text, pos + 2);
  if (!decoded.closed) reader.output.complete = false;
  reader.pos = decoded.end;
  if (!draft) return;
  draft.marked = true;
  cut(draft, pos, pos + 2);
  draft.pieces.push(...decoded.pieces);
  draft.from = decoded.end;
}

function isTooDeep({ output }: Reader): boolean {
  if (output.depth < MAX_DEPTH) return false;
  output.complete = false;
  return true;
}
