/** A script that stands elsewhere in the document than where it was read. */
import type { Span } from '../../text/span.js';
import type { ShellCommand, ShellScript, ShellWord } from './tree.js';

/** The same script `by` characters further on; the script itself when that is 0. */
export function movedScript(script: ShellScript, by: number): ShellScript {
  if (by === 0) return script;
  return { commands: script.commands.map((command) => movedCommand(command, by)), complete: script.complete };
}

function movedCommand(command: ShellCommand, by: number): ShellCommand {
  const words = movedWords(command.words, by);
  const at = command.programWord === undefined ? -1 : command.words.indexOf(command.programWord);
  return {
    span: moved(command.span, by),
    assignments: movedWords(command.assignments, by),
    words,
    program: command.program,
    // One of the words and those behind it, as the parser has them.
    programWord: words[at],
    args: at < 0 ? [] : words.slice(at + 1),
    wrappers: command.wrappers,
    redirects: command.redirects.map(({ operator, target, span }) => ({
      operator,
      target: movedWord(target, by),
      span: moved(span, by),
    })),
    join: command.join,
    pipeline: command.pipeline,
    context: command.context,
    parent: command.parent,
    input: command.input,
  };
}

function movedWords(words: readonly ShellWord[], by: number): readonly ShellWord[] {
  return words.map((word) => movedWord(word, by));
}

function movedWord({ span, value, literal, quoted }: ShellWord, by: number): ShellWord {
  return { span: moved(span, by), value, literal, quoted };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
