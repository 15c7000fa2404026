/** Scripts inside a command: `sh -c '…'`, `eval …`, `su - x -c '…'`, and what a shell reads from standard input. */
import { type JoinedText, joiner, originOf } from '../joined-text.js';
import { innerReader, MAX_NESTING, type Reader } from './reader.js';
import type { ShellWord } from './tree.js';
import { addValue, type RawWord } from './words.js';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'rbash']);

/** Whether the program is a shell whose scripts can be read. */
export function isPosixShell(program: string): boolean {
  return SHELLS.has(program);
}

/** Which of a program's arguments are a script: from one to behind another, or standard input. */
export type ScriptPlace = { readonly from: number; readonly to: number } | 'input' | undefined;

export function scriptPlace(program: string, args: readonly ShellWord[]): ScriptPlace {
  if (SHELLS.has(program)) return shellScript(args);
  if (program === 'eval') {
    const from = args[0]?.value === '--' ? 1 : 0;
    return from < args.length ? { from, to: args.length } : undefined;
  }
  if (program === 'su' || program === 'runuser') return commandOption(args, /^(?:-[a-zA-Z]*c|--command)$/);
  if (program === 'trap') {
    const from = args[0]?.value === '--' ? 1 : 0;
    const isScript = args.length > from + 1 && !/^(?:-.*|\d*)$/.test(args[from]?.value ?? '');
    return isScript ? { from, to: from + 1 } : undefined;
  }
  return undefined;
}

function shellScript(args: readonly ShellWord[]): ScriptPlace {
  let isCommand = false;
  let readsInput = false;
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value ?? '';
    if (!/^[-+]./.test(value)) {
      if (isCommand) return { from: at, to: at + 1 };
      return readsInput || value === '-' ? 'input' : undefined;
    }
    if (value === '--') {
      const next = at + 1;
      if (isCommand && next < args.length) return { from: next, to: next + 1 };
      return next === args.length || readsInput ? 'input' : undefined;
    }
    if (value.startsWith('--')) {
      if (value === '--rcfile' || value === '--init-file') at++;
      continue;
    }
    if (value.startsWith('-')) {
      isCommand ||= value.includes('c');
      readsInput ||= value.includes('s');
    }
    if (/[oO]$/.test(value)) at++;
  }
  return isCommand ? undefined : 'input';
}

function commandOption(args: readonly ShellWord[], option: RegExp): ScriptPlace {
  for (const [at, { value }] of args.entries()) {
    if (value.startsWith('--command=')) return { from: at, to: at + 1 };
    if (option.test(value) && at + 1 < args.length) return { from: at + 1, to: at + 2 };
  }
  return undefined;
}

/** The words joined by blanks, as `eval` does it. */
export function scriptText(reader: Reader, words: readonly RawWord[]): JoinedText {
  const joined = joiner();
  for (const [index, word] of words.entries()) {
    if (index > 0) joined.addText(' ', originOf(reader.source, word.start) - 1);
    if (word.value.startsWith('--command=')) {
      const whole = joiner();
      addValue(whole, reader, word);
      joined.add(whole.done(), '--command='.length, word.value.length);
    } else addValue(joined, reader, word);
  }
  return joined.done();
}

/** Lists the commands of a script that the command with the number `parent` runs. */
export function readNested(reader: Reader, source: JoinedText, parent: number | undefined): void {
  const { output } = reader;
  if (output.muted > 0 || source.text.trim() === '') return;
  if (output.nesting >= MAX_NESTING) {
    output.complete = false;
    return;
  }
  output.nesting++;
  const inner = innerReader(reader, source, 'nested');
  inner.parent = parent;
  inner.current = parent;
  inner.readList(inner, undefined);
  output.nesting--;
}
