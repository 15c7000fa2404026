/** What a service or key comes to over all files of its project, and where each value is written. */
import { say } from '../../l10n/message.js';
import type { Tell } from '../../l10n/translate.js';
import type { EffectiveValue } from '../../model/document.js';
import type { Markup } from '../markup.js';

export function effectiveHover({ name, text }: EffectiveValue, markup: Markup, tell: Tell): string {
  // Only code can be marked: the sentence has its place for it.
  const heading = tell(say`Effective: ${markup.code(name)}`);
  return markup.paragraphs([markup.bold(heading), markup.block(text, 'yaml')]);
}
