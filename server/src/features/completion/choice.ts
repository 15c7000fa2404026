import type { Message } from '../../l10n/message.js';
import type { Span } from '../../text/span.js';
import type { Wording } from '../markup.js';

/** One word to choose; the order of the list is the order in which it is shown. */
export interface Choice {
  readonly label: string;
  /** What is written; the label when left out. */
  readonly text?: string;
  /** What the typed word is compared with; the text when left out. */
  readonly filter?: string;
  /** On the line of the label: a few words. */
  readonly detail: Message;
  explain(markup: Wording): string;
}

export interface Choices {
  /** The word that a choice replaces. */
  readonly span: Span;
  readonly choices: readonly Choice[];
}
