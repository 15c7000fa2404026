/** Words of the shell. Offsets are those of the text being read. */
import { type Joiner, originOf, spanIn } from '../joined-text.js';
import {
  cut,
  type Piece,
  readBackquotes,
  readDollar,
  readDoubleQuotes,
  readSingleQuotes,
  readSubstitution,
  type WordDraft,
} from './expansions.js';
import { isShellBlank, type Reader, skipComment } from './reader.js';
import type { ShellWord } from './tree.js';

export interface RawWord extends Pick<WordDraft, 'variable' | 'glob' | 'marked'> {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** What makes up `value`; undefined when it is the text from `start` to `end`. */
  readonly pieces: readonly Piece[] | undefined;
  /** All of it was quoted. */
  readonly quoted: boolean;
}

/**
 * How words end: in `[[ … ]]` the characters `<>|&` are no operators of the list, and the pattern behind its `=~`
 * may hold brackets too.
 */
export type WordMode = 'list' | 'condition' | 'pattern';

const PLAIN = /[\w./:=@%,^-]+/y;

/** Reads the word at `reader.pos`, where no blank, line break or operator must be: it has at least one character. */
export function readWord(reader: Reader, mode: WordMode = 'list'): RawWord {
  const { text, pos: start } = reader;
  PLAIN.lastIndex = start;
  if (PLAIN.test(text) && isWordEnd(text, PLAIN.lastIndex)) {
    const end = PLAIN.lastIndex;
    reader.pos = end;
    return { ...PLAIN_WORD, start, end, value: text.slice(start, end) };
  }
  const draft: WordDraft = {
    pieces: [],
    from: start,
    variable: false,
    glob: false,
    marked: false,
    bare: false,
  };
  do {
    PLAIN.lastIndex = reader.pos;
    if (PLAIN.test(text)) {
      reader.pos = PLAIN.lastIndex;
      draft.bare = true;
    }
  } while (reader.pos < text.length && readPart(reader, draft, start, mode));
  const { variable, glob, marked, bare, pieces } = draft;
  const end = reader.pos;
  const base = { start, end, variable, glob, marked, quoted: marked && !bare };
  if (pieces.length === 0 && draft.from === start)
    return { ...base, value: text.slice(start, end), pieces: undefined };
  cut(draft, end, end);
  return { ...base, value: pieces.map((piece) => pieceText(text, piece)).join(''), pieces };
}

const PLAIN_WORD = { variable: false, glob: false, marked: false, quoted: false, pieces: undefined };

/** Whether a plain word surely ends here; most do, and need no closer look. */
function isWordEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at >= text.length || code === 10 || code === 59 || isShellBlank(code);
}

function pieceText(text: string, piece: Piece): string {
  return piece.text ?? text.slice(piece.start, piece.end);
}

/** Reads one special character and what belongs to it; false at the end of the word. */
function readPart(reader: Reader, draft: WordDraft, start: number, mode: WordMode): boolean {
  const { text, pos } = reader;
  const char = text[pos] ?? '';
  if (char === "'") readSingleQuotes(reader, draft);
  else if (char === '"') readDoubleQuotes(reader, draft);
  else if (char === '\\') readEscape(reader, draft);
  else if (char === '$') {
    if (text[pos + 1] !== "'" && text[pos + 1] !== '"') draft.bare = true;
    readDollar(reader, draft, false);
  } else if (char === '`') {
    draft.bare = true;
    readBackquotes(reader, draft, false);
  } else if (char === '(') return readBracket(reader, draft, start, mode);
  else if (endsWord(reader, mode)) return false;
  else {
    draft.bare = true;
    if (char === '<' || char === '>') {
      draft.variable = true;
      readSubstitution(reader);
      return true;
    }
    draft.glob ||= isGlobAt(text, pos, start);
    draft.variable ||= char === '~' && isHomeAt(text, pos, start);
    reader.pos++;
  }
  return true;
}

function endsWord({ text, pos }: Reader, mode: WordMode): boolean {
  const char = text[pos] ?? '';
  if (char === '\n' || char === ';' || char === ')' || isShellBlank(char.charCodeAt(0))) return true;
  if (char === '&') return mode === 'list' || text[pos + 1] === '&';
  if (char === '|') return mode === 'list' || text[pos + 1] === '|';
  return mode !== 'pattern' && (char === '<' || char === '>') && text[pos + 1] !== '(';
}

const ARRAY = /^[A-Za-z_]\w*\+?=$/;

/** `name=(a b)`, `@(a|b)`: brackets that belong to the word. */
function readBracket(reader: Reader, draft: WordDraft, start: number, mode: WordMode): boolean {
  const { text, pos } = reader;
  const before = pos > start ? (text[pos - 1] ?? '') : '';
  const isArray = before === '=' && mode === 'list' && ARRAY.test(text.slice(start, pos));
  const isGlob = before !== '' && '@?*+!'.includes(before);
  if (!isArray && !isGlob && mode !== 'pattern') return false;
  draft.bare = true;
  if (isGlob) draft.glob = true;
  else draft.variable = true;
  let depth = 0;
  while (reader.pos < text.length) {
    const char = text[reader.pos];
    if (char === "'") readSingleQuotes(reader, undefined);
    else if (char === '"') readDoubleQuotes(reader, undefined);
    else if (char === '$') readDollar(reader, undefined, false);
    else if (char === '`') readBackquotes(reader, undefined, false);
    else if (char === '\\') reader.pos = Math.min(reader.pos + 2, text.length);
    else if (char === '#' && isArray && /\s/.test(text[reader.pos - 1] ?? '')) skipComment(reader);
    else {
      reader.pos++;
      if (char === '(') depth++;
      else if (char === ')' && --depth === 0) return true;
    }
  }
  reader.output.complete = false;
  return true;
}

function readEscape(reader: Reader, draft: WordDraft): void {
  const { text, pos } = reader;
  const next = text[pos + 1];
  if (next === '\n') cut(draft, pos, pos + 2);
  else {
    draft.bare = true;
    draft.marked = true;
    if (next !== undefined) cut(draft, pos, pos + 1);
  }
  reader.pos = Math.min(pos + 2, text.length);
}

const BRACES = /\{[^\s{}'"$]*(?:,|\.\.)[^\s{}'"$]*\}/y;
const BRACKETS = /\[[^\s'"$/\]]+\]/y;

/** `*`, `?`, `[a-z]`, and the braces `{a,b}` and `{1..3}`. */
function isGlobAt(text: string, pos: number, start: number): boolean {
  const char = text[pos];
  if (char === '*' || char === '?') return true;
  if (char !== '{' && char !== '[') return false;
  // An opener directly behind one was looked at from there; runs of them would cost quadratic time otherwise.
  if (pos > start && text[pos - 1] === char) return false;
  const pattern = char === '{' ? BRACES : BRACKETS;
  pattern.lastIndex = 0;
  return pattern.test(text.slice(pos, pos + 120));
}

/** `~` in front of a word or of an assigned value. */
function isHomeAt(text: string, pos: number, start: number): boolean {
  return pos === start || (text[pos - 1] === '=' && ASSIGNED.test(text.slice(start, pos)));
}

const ASSIGNED = /^[A-Za-z_]\w*=$/;

/** `NAME=…`, `NAME+=…`, `NAME[1]=…`. */
export function isAssignment({ text }: Reader, word: RawWord): boolean {
  ASSIGNMENT.lastIndex = word.start;
  return ASSIGNMENT.test(text) && ASSIGNMENT.lastIndex <= word.end;
}

const ASSIGNMENT = /[A-Za-z_]\w*(?:\[[^\]\s]{0,200}\])?\+?=/y;

export function shellWord({ source }: Reader, word: RawWord): ShellWord {
  return {
    span: spanIn(source, word.start, word.end),
    value: word.value,
    literal: !word.variable && !word.glob,
    quoted: word.quoted,
  };
}

/** Appends the value of a word, of which every part knows where it stands in the document. */
export function addValue(joined: Joiner, { source }: Reader, word: RawWord): void {
  if (!word.pieces) joined.add(source, word.start, word.end);
  for (const piece of word.pieces ?? []) {
    if (piece.text === undefined) joined.add(source, piece.start, piece.end);
    else joined.addText(piece.text, originOf(source, piece.start));
  }
}
