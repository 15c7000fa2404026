/** The state of one reading of a shell script, shared by the functions that read its parts. */
import { type JoinedText, originOf } from '../joined-text.js';
import type { ShellCommand } from './tree.js';

/** A command whose input may still follow on later lines. */
export type CommandDraft = { -readonly [K in keyof ShellCommand]: ShellCommand[K] };

/** What all texts of one script share: the script itself, its substitutions, and scripts quoted in it. */
export interface Output {
  /** Undefined while the command of that number is still being read. */
  readonly commands: (CommandDraft | undefined)[];
  complete: boolean;
  /** Number of the last pipeline. */
  pipelines: number;
  /** Substitutions and expansions around the place being read. */
  depth: number;
  /** Quoted scripts (`sh -c`) around the place being read. */
  nesting: number;
  /** Above 0, commands are read but not listed. */
  muted: number;
  /**
   * Document offsets of the substitutions already listed. The text of `sh -c "… $(x) …"` is read twice, by the outer
   * shell, which runs `x`, and as a script of its own.
   */
  readonly substitutions: Set<number>;
  /** Characters that may still be looked at in vain to tell `((` arithmetic from two subshells. */
  lookahead: number;
}

/** A `<<NAME` whose body follows behind the next line break. */
export interface PendingHeredoc {
  readonly command: number | undefined;
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  /** It feeds standard input, not another descriptor. */
  readonly isInput: boolean;
}

/** One text being read. */
export interface Reader {
  readonly source: JoinedText;
  readonly text: string;
  readonly output: Output;
  pos: number;
  context: ShellCommand['context'];
  /** The command that contains the list being read. */
  parent: number | undefined;
  /** The command being read, for the substitutions in its words. */
  current: number | undefined;
  readonly heredocs: PendingHeredoc[];
  /** Reads commands up to behind the `)` that belongs to none of them, or to the end of the text. */
  readonly readList: (reader: Reader, closer: ')' | undefined) => void;
}

/** Nested deeper than this, a `$(` is taken for text; keeps the stack and the time small whatever the text. */
export const MAX_DEPTH = 60;
export const MAX_NESTING = 6;

export function newReader(source: JoinedText, readList: Reader['readList']): Reader {
  const output: Output = {
    commands: [],
    complete: true,
    pipelines: 0,
    depth: 0,
    nesting: 0,
    muted: 0,
    substitutions: new Set(),
    lookahead: 4 * source.text.length + 1000,
  };
  return {
    source,
    text: source.text,
    output,
    pos: 0,
    context: 'list',
    parent: undefined,
    current: undefined,
    heredocs: [],
    readList,
  };
}

/** A reader for a text inside the one being read: a backquoted command, the body of a here-document. */
export function innerReader(outer: Reader, source: JoinedText, context: ShellCommand['context']): Reader {
  const { output, readList, parent, current } = outer;
  return { source, text: source.text, output, pos: 0, context, parent, current, heredocs: [], readList };
}

/** Reads what stands inside the current command, at `opener`. Its commands are listed unless they were before. */
export function inSubstitution(reader: Reader, opener: number, read: () => void): void {
  const { output, source, context, parent, current } = reader;
  const origin = originOf(source, opener);
  const isKnown = !source.whole && output.substitutions.has(origin);
  output.substitutions.add(origin);
  if (isKnown) output.muted++;
  output.depth++;
  reader.context = 'substitution';
  reader.parent = current;
  read();
  reader.context = context;
  reader.parent = parent;
  reader.current = current;
  output.depth--;
  if (isKnown) output.muted--;
}

export function isShellBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 11 || code === 12;
}

/** Moves over blanks and continued lines. */
export function skipShellBlanks(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const code = text.charCodeAt(reader.pos);
    if (isShellBlank(code)) reader.pos++;
    else if (code === 92 && text.charCodeAt(reader.pos + 1) === 10) reader.pos += 2;
    else return;
  }
}

/** Moves to the line break that ends a comment. */
export function skipComment(reader: Reader): void {
  const found = reader.text.indexOf('\n', reader.pos);
  reader.pos = found < 0 ? reader.text.length : found;
}
