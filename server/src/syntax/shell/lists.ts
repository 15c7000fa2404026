/** Lists of commands: operators, groups, subshells, and the keywords of compound commands. */
import { readCommand, readRedirect } from './commands.js';
import { readCaseHead, readCasePattern, readCondition, readForHead } from './compounds.js';
import { readArithmetic } from './expansions.js';
import { readHeredocs } from './heredocs.js';
import { type Reader, skipComment, skipShellBlanks } from './reader.js';
import type { ShellJoin } from './tree.js';

type Frame = '(' | '{' | 'if' | 'loop' | 'case';

/** A list while it is being read. An own stack of brackets and keywords instead of recursion: there is no limit to it. */
interface List {
  readonly reader: Reader;
  readonly frames: Frame[];
  /** How many of each are in `frames`. */
  readonly open: Record<Frame, number>;
  /** What joins the next command to the one before; undefined directly behind a command. */
  join: ShellJoin | undefined;
  pipeline: number;
}

const KEYWORD =
  /(?:if|then|elif|else|fi|while|until|for|select|do|done|case|esac|function|coproc|[{}!]|\[\[)(?=[\s;&|()<>]|$)/y;
const FUNCTION = /[^\s;&|()<>'"$`\\=]+[ \t]*\([ \t]*\)/y;

export function readList(reader: Reader, closer: ')' | undefined): void {
  const open = { '(': 0, '{': 0, if: 0, loop: 0, case: 0 };
  const list: List = { reader, frames: [], open, join: 'first', pipeline: 0 };
  while (reader.pos < reader.text.length) {
    skipShellBlanks(reader);
    const char = reader.text[reader.pos];
    if (char === undefined) break;
    if (char === ')' && closer && open['('] === 0) {
      reader.pos++;
      finish(list);
      return;
    }
    if (!readOperator(list, char)) readStep(list, char);
  }
  if (closer || reader.heredocs.length > 0) reader.output.complete = false;
  finish(list);
}

function finish({ reader, frames, join }: List): void {
  if (frames.length > 0 || join === 'and' || join === 'or' || join === 'pipe') reader.output.complete = false;
}

/** Reads what joins or separates commands, and comments; false when something else stands here. */
function readOperator(list: List, char: string): boolean {
  const { reader } = list;
  const { text, pos } = reader;
  const next = text[pos + 1];
  if (char === '\n') {
    reader.pos++;
    list.join ??= 'then';
    if (reader.heredocs.length > 0) readHeredocs(reader);
  } else if (char === '#') skipComment(reader);
  else if (char === ';') {
    if (next === ';' || next === '&') readCaseEnd(list);
    else join(list, 'then', 1);
  } else if (char === '&' && next !== '>') {
    if (next === '&') join(list, 'and', 2);
    else join(list, 'background', 1);
  } else if (char === '|') {
    if (next === '|') join(list, 'or', 2);
    else join(list, 'pipe', next === '&' ? 2 : 1);
  } else return false;
  return true;
}

function join(list: List, kind: ShellJoin, length: number): void {
  // An operator without a command in front of it is an error of syntax, also for `;`.
  if (list.join !== undefined) list.reader.output.complete = false;
  list.join = kind;
  list.reader.pos += length;
}

/** `;;`, `;&` or `;;&` behind a branch of `case`. */
function readCaseEnd(list: List): void {
  const { reader, frames } = list;
  reader.pos += reader.text.startsWith(';;&', reader.pos) ? 3 : 2;
  list.join = 'then';
  if (frames.at(-1) === 'case') readBranch(list);
  else reader.output.complete = false;
}

/** Reads the pattern of the next branch, or the `esac`. */
function readBranch(list: List): void {
  if (readCasePattern(list.reader) === 'esac') close(list, 'case');
}

/** Reads a bracket, a keyword or a command. */
function readStep(list: List, char: string): void {
  const { reader } = list;
  if (char === '(') {
    if (readArithmetic(reader, reader.pos)) {
      afterCompound(list);
      return;
    }
    reader.pos++;
    push(list, '(');
    return;
  }
  if (char === ')') {
    reader.pos++;
    close(list, '(');
    return;
  }
  KEYWORD.lastIndex = reader.pos;
  const keyword = KEYWORD.exec(reader.text)?.[0];
  if (keyword !== undefined) {
    readKeyword(list, keyword);
    return;
  }
  FUNCTION.lastIndex = reader.pos;
  if (FUNCTION.test(reader.text)) {
    reader.pos = FUNCTION.lastIndex;
    list.join ??= 'then';
    return;
  }
  const kind = startCommand(list);
  readCommand(reader, kind, list.pipeline);
}

/** The join of the command that starts now; numbers its pipeline. */
function startCommand(list: List): ShellJoin {
  // Two commands without anything between them: only behind a compound command, and only by mistake.
  if (list.join === undefined) list.reader.output.complete = false;
  const kind = list.join ?? 'then';
  if (kind !== 'pipe' || list.pipeline === 0) list.pipeline = ++list.reader.output.pipelines;
  list.join = undefined;
  return kind;
}

const OPENERS: ReadonlyMap<string, Frame> = new Map<string, Frame>([
  ['{', '{'],
  ['if', 'if'],
  ['while', 'loop'],
  ['until', 'loop'],
]);
const CLOSERS: ReadonlyMap<string, Frame> = new Map<string, Frame>([
  ['}', '{'],
  ['fi', 'if'],
  ['done', 'loop'],
  ['esac', 'case'],
]);
const BETWEEN: ReadonlyMap<string, Frame> = new Map<string, Frame>([
  ['then', 'if'],
  ['elif', 'if'],
  ['else', 'if'],
  ['do', 'loop'],
]);

function readKeyword(list: List, keyword: string): void {
  const { reader, frames } = list;
  if (keyword === '[[') {
    const kind = startCommand(list);
    readCondition(reader, kind, list.pipeline);
    afterCompound(list);
    return;
  }
  reader.pos += keyword.length;
  const opened = OPENERS.get(keyword);
  const closed = CLOSERS.get(keyword);
  const inside = BETWEEN.get(keyword);
  if (opened) push(list, opened);
  else if (closed) close(list, closed);
  else if (inside) {
    if (frames.at(-1) !== inside) reader.output.complete = false;
    list.join ??= 'then';
  } else if (keyword === 'for' || keyword === 'select') {
    readForHead(reader);
    push(list, 'loop');
    list.join ??= 'then';
  } else if (keyword === 'case') {
    readCaseHead(reader);
    push(list, 'case');
    list.join ??= 'then';
    readBranch(list);
  } else if (keyword === 'function') readFunctionName(reader);
  // `!` and `coproc` change nothing about the command behind them.
}

const FUNCTION_NAME = /[ \t]*[^\s;&|()<>]+[ \t]*(?:\([ \t]*\))?/y;

function readFunctionName(reader: Reader): void {
  FUNCTION_NAME.lastIndex = reader.pos;
  if (FUNCTION_NAME.test(reader.text)) reader.pos = FUNCTION_NAME.lastIndex;
}

function push({ frames, open }: List, frame: Frame): void {
  frames.push(frame);
  open[frame]++;
}

/** Closes the innermost of its kind, and what was left open inside it. */
function close(list: List, frame: Frame): void {
  const { frames, open, reader } = list;
  if (frames.at(-1) !== frame) reader.output.complete = false;
  while (open[frame] > 0) {
    const last = frames.pop();
    if (last === undefined) break;
    open[last]--;
    if (last === frame) break;
  }
  afterCompound(list);
}

/** Behind a compound command: its redirects apply to all of it and are listed with none of its commands. */
function afterCompound(list: List): void {
  const { reader } = list;
  const { current } = reader;
  list.join = undefined;
  reader.current = undefined;
  do skipShellBlanks(reader);
  while (readRedirect(reader));
  reader.current = current;
}
