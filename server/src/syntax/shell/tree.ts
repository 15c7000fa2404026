/**
 * Shell commands as RUN, CMD and `sh -c` contain them. The tree is a flat list: rules ask "which commands run here
 * and with which words", seldom how they nest. Spans are offsets into the whole document, also behind line
 * continuations and comments of the surrounding Dockerfile.
 */
import type { Span } from '../../text/span.js';

export interface ShellWord {
  /** As written, quotes included. */
  readonly span: Span;
  /**
   * The word after removing quotes and escapes. Variable references stay as `$NAME` or `${NAME…}`; a command
   * substitution stays as written.
   */
  readonly value: string;
  /** Contains no variable, substitution or unquoted glob: `value` is what the program receives. */
  readonly literal: boolean;
  /** The whole word was quoted. */
  readonly quoted: boolean;
}

export interface ShellRedirect {
  /** With the descriptor in front of it: `>`, `>>`, `<`, `2>`, `2>&`, `&>`, `<<`, `<<<` … */
  readonly operator: string;
  readonly target: ShellWord;
  readonly span: Span;
}

/**
 * What stands between a command and the one before it in the same list; brackets and keywords in between do not count,
 * so the `b` of `a && (b; c)` has 'and'. 'then' is `;`, a line break, or a keyword.
 */
export type ShellJoin = 'first' | 'and' | 'or' | 'then' | 'pipe' | 'background';

export interface ShellCommand {
  /** From its first word to its last word or redirect. */
  readonly span: Span;
  /** `NAME=value` words in front of the command; a bash array is one word, brackets included. */
  readonly assignments: readonly ShellWord[];
  /** The command and its arguments, as written: `sudo apt-get install curl` has four. May be empty (only assignments). */
  readonly words: readonly ShellWord[];
  /**
   * The program that does the work: base name of the first word after assignments and wrappers (`sudo`, `env`,
   * `exec`, `command`, `time`, `nice`, `nohup`, `timeout`, `xargs`, `chroot DIR`, `gosu USER`, `su-exec USER`,
   * `setpriv …`, `doas`, `busybox`, `tini` and more: see wrappers.ts). '' when there is none or it is not literal.
   * Keywords (`if`, `then`, `do`, `!`, `{`) belong to no command: they are not among its words.
   */
  readonly program: string;
  /** The word that names the program. */
  readonly programWord: ShellWord | undefined;
  /** The words after `programWord`. */
  readonly args: readonly ShellWord[];
  /** Wrappers that stood in front, by base name: `['sudo']`. */
  readonly wrappers: readonly string[];
  readonly redirects: readonly ShellRedirect[];
  readonly join: ShellJoin;
  /**
   * Commands with the same number are joined by pipes, in order. Of a group on one side of a pipe, the command next
   * to the pipe: `a | (b; c) | d` has the pipelines a b and c d.
   */
  readonly pipeline: number;
  /**
   * Where the command stands: 'list' in the script itself or in a group or subshell of it, 'substitution' inside
   * `$(…)`, backquotes or `<(…)`, 'nested' inside `sh -c '…'` and the like.
   */
  readonly context: 'list' | 'substitution' | 'nested';
  /**
   * Index of the command that contains this substitution or nested script; undefined for the words of `for` and
   * `case`, which are no command.
   */
  readonly parent: number | undefined;
  /** The here-document or here-string given to standard input, as far as it is text. */
  readonly input: string | undefined;
}

export interface ShellScript {
  /** In order of writing; a nested command follows the command that contains it. */
  readonly commands: readonly ShellCommand[];
  /** False when a quote or bracket is left open or something was not understood. */
  readonly complete: boolean;
}
