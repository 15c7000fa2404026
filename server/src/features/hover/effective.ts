/** What a service or key comes to over all files of its project, and where each value is written. */
import { say } from '../../l10n/message.js';
import type { EffectiveValue } from '../../model/document.js';
import type { Wording } from '../markup.js';

/** `link` leads to all of the project, where the editor can follow one. */
export function effectiveHover(
  { name, text }: EffectiveValue,
  markup: Wording,
  link: string | undefined,
): string {
  // Only code can be marked: the sentence has its place for it.
  const heading = markup.tell(say`Effective configuration of ${markup.code(name)}`);
  return markup.paragraphs([
    markup.bold(heading),
    markup.block(text, 'yaml'),
    ...(link === undefined ? [] : [markup.link(markup.tell(say`Show all of the project`), link)]),
  ]);
}

/** For a hover in Markdown; undefined where the editor would not run the command. */
export function effectiveLink(command: string | undefined, uri: string): string | undefined {
  return command === undefined
    ? undefined
    : `command:${command}?${encodeURIComponent(JSON.stringify([uri]))}`;
}
