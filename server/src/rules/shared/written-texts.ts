/** What the commands and inline files of a step may write into files, as text with a place that lies on one line. */
import type { Step } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import type { Place } from '../../text/span.js';

export interface WrittenText {
  readonly text: string;
  readonly at: Place;
}

/** Every word and heredoc of RUN, and the files that COPY and ADD hold themselves. */
export const writtenTexts: (step: Step) => readonly WrittenText[] = oncePer(readTexts);

function readTexts(step: Step): readonly WrittenText[] {
  if (step.kind === 'copy' || step.kind === 'add')
    return step.inline.map(({ text }) => ({ text, at: step.at }));
  if (step.kind !== 'run') return [];
  return step.script.commands.flatMap(({ words, input, programWord, span }) => {
    const command = programWord?.span ?? span;
    const texts = words.map(({ value, span: at }) => ({
      text: value,
      at: value.includes('\n') ? command : at,
    }));
    return input === undefined ? texts : [...texts, { text: input, at: command }];
  });
}
