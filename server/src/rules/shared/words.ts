/** Questions about the words of a command. */
import type { ShellCommand, ShellWord } from '../../model/build.js';
import { pipelineOf } from '../../model/pipelines.js';
import type { Span } from '../../text/span.js';

/**
 * Where a part of a word's value stands in the file; undefined where quotes or escapes inside the word make the two
 * differ.
 */
export function partOfWord(word: ShellWord, start: number, end: number): Span | undefined {
  const { span, value, quoted } = word;
  const shift = quoted ? 1 : 0;
  if (span.end - span.start !== value.length + 2 * shift) return undefined;
  return { start: span.start + shift + start, end: span.start + shift + end };
}

/** The words that are no options; `withValue`: options whose value is the next word. */
export function operandsOf(words: readonly ShellWord[], withValue: RegExp): readonly ShellWord[] {
  const operands: ShellWord[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    if (!word.value.startsWith('-') || word.value === '-') operands.push(word);
    else if (withValue.test(word.value)) index++;
  }
  return operands;
}

/** Whether what a command prints goes into a file: by a redirect, or through `tee`. */
export function writesFile(command: ShellCommand, commands: readonly ShellCommand[]): boolean {
  return (
    command.redirects.some(({ operator }) => operator.includes('>')) ||
    pipelineOf(commands, command).some(({ program }) => program === 'tee')
  );
}
