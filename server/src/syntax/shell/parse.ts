/**
 * Reads shell text as sh and bash do, as far as the commands and their words go. Bash's additions are understood
 * whatever the shell is called: a script with them is more likely meant for bash than wrong.
 */
import type { Span } from '../../text/span.js';
import { joinInstruction, withoutCarriageReturns } from '../continuation.js';
import type { JoinedText } from '../joined-text.js';
import { readList } from './lists.js';
import { newReader } from './reader.js';
import type { ShellCommand, ShellScript } from './tree.js';

export interface ShellOptions {
  /** The escape character of the Dockerfile, for `dockerfile`; a backslash when left out. */
  readonly escape?: '\\' | '`';
  /**
   * The region is the text of an instruction: its first logical line follows the rules of Dockerfiles for continued
   * lines, comments and blank lines; what follows that (heredocs) is plain shell text. When false, all of it is plain.
   */
  readonly dockerfile?: boolean;
}

/**
 * Reads the shell text in `region`. Spans are offsets into `text`. Never throws; a script with open quotes or brackets
 * gives what was understood and `complete: false`.
 */
export function parseShell(text: string, region: Span, options: ShellOptions = {}): ShellScript {
  const { escape: escapeChar = '\\', dockerfile = false } = options;
  return parseShellText(
    dockerfile ? joinInstruction(text, region, escapeChar) : withoutCarriageReturns(text, region),
  );
}

/** The same for a text put together from pieces of the document. */
export function parseShellText(source: JoinedText): ShellScript {
  const reader = newReader(source, readList);
  readList(reader, undefined);
  const { commands, complete } = reader.output;
  return { commands: inOrder(commands.filter((command) => command !== undefined)), complete };
}

/**
 * Sorts by place: the script in a word is read after all words of its command, so a substitution in a later word may
 * have come first.
 */
export function inOrder(commands: readonly ShellCommand[]): readonly ShellCommand[] {
  if (commands.every(({ span }, at) => span.start >= (commands[at - 1]?.span.start ?? 0))) return commands;
  const order = commands
    .map((command, index) => ({ command, index }))
    .sort((a, b) => a.command.span.start - b.command.span.start || a.index - b.index);
  const places = new Map(order.map(({ index }, place) => [index, place]));
  return order.map(({ command }) => ({
    ...command,
    parent: command.parent === undefined ? undefined : places.get(command.parent),
  }));
}
