/** Variables in the words of a Dockerfile, with BuildKit's operators. */
import { type Message, say } from '../../l10n/message.js';
import type { Escape } from '../continuation.js';
import { longestMatch, matchLengths, parsePattern, type Pattern, stepsOfMatch } from './pattern.js';

/** The variable may have any value, or none. */
export const UNKNOWN: unique symbol = Symbol('unknown');
/** Value of a variable; undefined when it is certainly not set. */
export type Lookup = (name: string) => string | undefined | typeof UNKNOWN;

export interface Expansion {
  /** Quotes and escapes removed. References that could not be resolved stay as written. */
  readonly value: string;
  /** False when a variable that counts is unknown, or with a `problem`. */
  readonly complete: boolean;
  /** Part of the value comes from the default of a `-` or `:-` in the text. */
  readonly usedDefault: boolean;
  /** Every variable that is referred to, also in parts that do not count, in order and with repetitions. */
  readonly names: readonly string[];
  /** Why BuildKit refuses the text. The value is then the text as written. */
  readonly problem?: Message;
  /** With a `problem` that is ours, not BuildKit's: it was too much to read. */
  readonly excessive?: true;
}

/** How much variables may stand for: UTF-16 units of their values, and steps of patterns. Shared by all words of a file. */
export interface ExpansionRoom {
  left: number;
}

/** More than the variables of any real file stand for; a few lines of variables made of variables reach it. */
const MAX_EXPANSION = 10_000_000;

export function expansionRoom(): ExpansionRoom {
  return { left: MAX_EXPANSION };
}

/**
 * `raw` is a word with its quotes and escapes, without continuation marks. What it takes is taken off `room`: a few
 * lines of variables made of variables can stand for more text than there is memory.
 */
export function expand(
  raw: string,
  lookup: Lookup,
  escapeChar: Escape = '\\',
  room: ExpansionRoom = expansionRoom(),
): Expansion {
  const state: State = {
    text: raw,
    pos: 0,
    depth: 0,
    lookup,
    escapeChar,
    names: [],
    problem: undefined,
    left: room.left,
    isExcessive: false,
  };
  const { value, known, usedDefault } = readText(state, '', false);
  const { names, problem, isExcessive } = state;
  if (problem === undefined) {
    room.left = state.left;
    return { value, complete: known, usedDefault, names };
  }
  const excessive = isExcessive && { excessive: true as const };
  return { value: raw, complete: false, usedDefault: false, names, problem, ...excessive };
}

interface State {
  readonly text: string;
  pos: number;
  depth: number;
  readonly lookup: Lookup;
  readonly escapeChar: Escape;
  readonly names: string[];
  problem: Message | undefined;
  /** Units that values may still have. */
  left: number;
  isExcessive: boolean;
}

interface Part {
  readonly value: string;
  readonly known: boolean;
  readonly usedDefault: boolean;
}

const MAX_DEPTH = 50;
const EMPTY: Part = { value: '', known: true, usedDefault: false };
const plain = (value: string): Part => ({ value, known: true, usedDefault: false });

/** Reads up to `stop`, which is passed, or to the end of the text if it is ''. In patterns, escapes stay as they are. */
function readText(state: State, stop: '' | '}' | '/', keepEscapes: boolean): Part {
  const { text, escapeChar } = state;
  const parts: Part[] = [];
  while (state.pos < text.length && state.problem === undefined) {
    const char = text[state.pos] ?? '';
    if (char === stop) {
      state.pos++;
      return together(state, parts);
    }
    if (char === "'") parts.push(readSingleQuotes(state));
    else if (char === '"') readDoubleQuotes(state, parts, keepEscapes);
    else if (char === '$') parts.push(readReference(state));
    else if (char === escapeChar) {
      parts.push(plain((keepEscapes ? char : '') + (text[state.pos + 1] ?? '')));
      state.pos += 2;
    } else parts.push(readPlain(state, stop));
  }
  if (stop !== '') fail(state, say`\`${stop}\` is missing behind \`\${\``);
  return together(state, parts);
}

/** A run of characters without meaning. */
function readPlain(state: State, stop: string): Part {
  const { text, escapeChar, pos } = state;
  const special = `'"$${escapeChar}${stop}`;
  do state.pos++;
  while (state.pos < text.length && !special.includes(text[state.pos] ?? ''));
  return plain(text.slice(pos, state.pos));
}

function together(state: State, parts: readonly Part[]): Part {
  if (parts.length === 1) return parts[0] ?? EMPTY;
  if (state.problem !== undefined) return EMPTY;
  return {
    value: parts.map(({ value }) => value).join(''),
    known: parts.every(({ known }) => known),
    usedDefault: parts.some(({ usedDefault }) => usedDefault),
  };
}

function readSingleQuotes(state: State): Part {
  const { text, pos } = state;
  const end = text.indexOf("'", pos + 1);
  if (end < 0) return fail(state, say`a single quote is left open`);
  state.pos = end + 1;
  return plain(text.slice(pos + 1, end));
}

function readDoubleQuotes(state: State, parts: Part[], keepEscapes: boolean): void {
  const { text, escapeChar } = state;
  state.pos++;
  while (state.pos < text.length && state.problem === undefined) {
    const char = text[state.pos] ?? '';
    if (char === '"') {
      state.pos++;
      return;
    }
    if (char === '$') parts.push(readReference(state));
    else if (char === escapeChar) {
      const next = text[state.pos + 1] ?? '';
      const isEscape = next === '"' || next === '$' || next === escapeChar;
      parts.push(plain(isEscape && !keepEscapes ? next : char + next));
      state.pos += 2;
    } else parts.push(readPlain(state, '"'));
  }
  fail(state, say`a double quote is left open`);
}

const NAME = /[0-9]+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*/uy;

function readReference(state: State): Part {
  const { text, pos: start } = state;
  const isBraced = text[start + 1] === '{';
  NAME.lastIndex = start + (isBraced ? 2 : 1);
  const name = NAME.exec(text)?.[0] ?? '';
  if (!isBraced) {
    state.pos = start + 1 + name.length;
    if (name === '') return plain('$');
    return variable(state, name, start);
  }
  if (name === '') return fail(state, say`\`${text.slice(start, start + 4)}\` names no variable`);
  state.pos = start + 2 + name.length;
  if (state.depth >= MAX_DEPTH) return giveUp(state, say`the references are nested too deeply`);
  state.depth++;
  const part = readOperator(state, name, start);
  state.depth--;
  return part;
}

/** The value of a variable; '' when it is not set, the text from `start` on when it is unknown. */
function variable(state: State, name: string, start: number): Part {
  state.names.push(name);
  const value = lookUp(state, name);
  return value === UNKNOWN ? unknown(state, start) : plain(value ?? '');
}

/** The value of a variable, which is paid for. */
function lookUp(state: State, name: string): ReturnType<Lookup> {
  const value = state.lookup(name);
  if (typeof value === 'string') pay(state, value.length);
  return value;
}

function pay(state: State, units: number): void {
  state.left -= units;
  if (state.left < 0) giveUp(state, say`the variables stand for more text than can be read`);
}

function giveUp(state: State, problem: Message): Part {
  state.isExcessive ||= state.problem === undefined;
  return fail(state, problem);
}

function unknown({ text, pos }: State, start: number): Part {
  return { value: text.slice(start, pos), known: false, usedDefault: false };
}

/** Reads what follows the name in `${name…}`. */
function readOperator(state: State, name: string, start: number): Part {
  const { text } = state;
  const char = text[state.pos] ?? '';
  state.pos++;
  if (char === '}') return variable(state, name, start);
  state.names.push(name);
  const value = lookUp(state, name);
  if (state.problem !== undefined) return EMPTY;
  if (char === '/') return readReplacement(state, value, start);
  if (char === '#' || char === '%') return readTrim(state, char, value, start);
  const isColon = char === ':';
  const operator = isColon ? text[state.pos] : char;
  if (isColon) state.pos++;
  if (operator === undefined || char === '') return fail(state, say`\`}\` is missing behind \`\${\``);
  if (operator !== '-' && operator !== '+' && operator !== '?') {
    return fail(state, say`\`${isColon ? ':' : ''}${operator}\` is no operator of \`\${${name}}\``);
  }
  const word = readText(state, '}', false);
  if (value === UNKNOWN) return unknown(state, start);
  const isSet = value !== undefined && !(isColon && value === '');
  if (operator === '+') return isSet ? word : EMPTY;
  if (isSet) return plain(value);
  if (operator === '-') return { ...word, usedDefault: true };
  return fail(state, word.value ? say`\`${name}\` is not set: ${word.value}` : say`\`${name}\` is not set`);
}

/** `${name#pattern}`, `##`, `%`, `%%`. */
function readTrim(state: State, char: '#' | '%', value: ReturnType<Lookup>, start: number): Part {
  const word = readText(state, '}', true);
  if (value === UNKNOWN || !word.known) return unknown(state, start);
  const isLongest = word.value.startsWith(char);
  const pattern = parsePattern(isLongest ? word.value.slice(1) : word.value);
  const letters = [...(value ?? '')];
  pay(state, pattern.length * letters.length);
  if (state.problem !== undefined) return EMPTY;
  const isSuffix = char === '%';
  const lengths = isSuffix
    ? matchLengths([...pattern].reverse(), letters.toReversed())
    : matchLengths(pattern, letters);
  const length = isLongest ? lengths.at(-1) : lengths[0];
  if (length === undefined) return plain(letters.join(''));
  return plain((isSuffix ? letters.slice(0, letters.length - length) : letters.slice(length)).join(''));
}

/** `${name/pattern/text}`, and with `//` for every place. */
function readReplacement(state: State, value: ReturnType<Lookup>, start: number): Part {
  const isEvery = state.text[state.pos] === '/';
  if (isEvery) state.pos++;
  const word = readText(state, '/', true);
  const replacement = readText(state, '}', true);
  const pattern = parsePattern(word.value);
  const letters = [...(value === UNKNOWN ? '' : (value ?? ''))];
  if (value === UNKNOWN || !word.known || !replacement.known || pattern.length === 0)
    return unknown(state, start);
  const result = replace(state, letters, pattern, replacement.value, isEvery);
  return result === undefined ? unknown(state, start) : plain(result);
}

function replace(
  state: State,
  letters: string[],
  pattern: Pattern,
  text: string,
  isEvery: boolean,
): string | undefined {
  let result = '';
  let replaced = false;
  for (let at = 0; at < letters.length; ) {
    if (!replaced || isEvery) pay(state, stepsOfMatch(pattern, letters, at));
    if (state.problem !== undefined) return undefined;
    const length = replaced && !isEvery ? 0 : longestMatch(pattern, letters, at);
    if (length > 0) {
      pay(state, text.length);
      if (state.problem !== undefined) return undefined;
      result += text;
      replaced = true;
      at += length;
    } else {
      result += letters[at] ?? '';
      at++;
    }
  }
  return result;
}

function fail(state: State, problem: Message): Part {
  state.problem ??= problem;
  state.pos = state.text.length;
  return EMPTY;
}
