/** The heads of `for` and `case`, and `[[ … ]]`. */
import { isWordStart } from './commands.js';
import { readArithmetic } from './expansions.js';
import { spanIn } from '../joined-text.js';
import { type Reader, skipComment, skipShellBlanks } from './reader.js';
import type { ShellJoin } from './tree.js';
import { type RawWord, readWord, shellWord } from './words.js';

/** Reads `name in words` or `((…))` behind `for`, up to the `;` or line break. */
export function readForHead(reader: Reader): void {
  skipShellBlanks(reader);
  if (readArithmetic(reader, reader.pos)) {
    skipShellBlanks(reader);
    if (reader.text[reader.pos] === ';') reader.pos++;
    return;
  }
  if (isWordStart(reader)) readWord(reader);
  else reader.output.complete = false;
  skipLines(reader);
  if (takeWord(reader, 'in')) {
    for (skipShellBlanks(reader); isWordStart(reader); skipShellBlanks(reader)) {
      if (reader.text[reader.pos] === '#') skipComment(reader);
      else readWord(reader);
    }
  }
  if (reader.text[reader.pos] === ';') reader.pos++;
}

/** Reads `word in` behind `case`. */
export function readCaseHead(reader: Reader): void {
  skipShellBlanks(reader);
  if (isWordStart(reader)) readWord(reader);
  skipLines(reader);
  if (!takeWord(reader, 'in')) reader.output.complete = false;
}

/** Reads `a|b)` or the `esac` in its place. */
export function readCasePattern(reader: Reader): 'pattern' | 'esac' {
  skipLines(reader);
  if (takeWord(reader, 'esac')) return 'esac';
  const { text } = reader;
  if (text[reader.pos] === '(') reader.pos++;
  for (;;) {
    skipShellBlanks(reader);
    if (isWordStart(reader)) readWord(reader);
    else if (text[reader.pos] === '|') reader.pos++;
    else break;
  }
  if (text[reader.pos] === ')') reader.pos++;
  else reader.output.complete = false;
  return 'pattern';
}

/** Reads `[[ … ]]` as one command whose words are all that stands between blanks. */
export function readCondition(reader: Reader, join: ShellJoin, pipeline: number): void {
  const { output, source, text, pos: start, parent } = reader;
  const number = output.muted === 0 ? output.commands.push(undefined) - 1 : undefined;
  const outer = reader.current;
  reader.current = number;
  const raws: RawWord[] = [];
  let isClosed = false;
  while (!isClosed) {
    skipShellBlanks(reader);
    const char = text[reader.pos];
    if (char === '\n') {
      reader.pos++;
      continue;
    }
    if (char === undefined || char === ';') break;
    const before = raws.at(-1);
    const mode = before?.value === '=~' && !before.marked ? 'pattern' : 'condition';
    OPERATOR.lastIndex = reader.pos;
    const operator = mode === 'condition' || char === ')' ? OPERATOR.exec(text)?.[0] : undefined;
    const from = reader.pos;
    if (operator) reader.pos += operator.length;
    else {
      const word = readWord(reader, mode);
      if (reader.pos === from) break;
      raws.push(word);
      isClosed = word.value === ']]' && !word.marked;
    }
  }
  if (!isClosed) output.complete = false;
  reader.current = outer;
  if (number === undefined) return;
  const words = raws.map((word) => shellWord(reader, word));
  output.commands[number] = {
    span: spanIn(source, start, raws.at(-1)?.end ?? start),
    assignments: [],
    words,
    program: '[[',
    programWord: words[0],
    args: words.slice(1),
    wrappers: [],
    redirects: [],
    join,
    pipeline,
    context: reader.context,
    parent,
    input: undefined,
  };
}

const OPERATOR = /&&|\|\||[()]|[<>](?!\()/y;

/** Moves over blanks, line breaks and comments. */
function skipLines(reader: Reader): void {
  for (;;) {
    skipShellBlanks(reader);
    const char = reader.text[reader.pos];
    if (char === '\n') reader.pos++;
    else if (char === '#') skipComment(reader);
    else return;
  }
}

/** Moves over the word if it stands here and ends here. */
function takeWord(reader: Reader, word: string): boolean {
  const { text, pos } = reader;
  if (!text.startsWith(word, pos)) return false;
  const next = text[pos + word.length];
  if (next !== undefined && !/[\s;&|()<>]/.test(next)) return false;
  reader.pos += word.length;
  return true;
}
