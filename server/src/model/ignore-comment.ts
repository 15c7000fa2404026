/** A comment by which a user accepts findings, and what became of it: known once all other rules have run. */
import type { Message } from '../l10n/message.js';
import type { Edit } from '../text/edit.js';
import type { Place } from '../text/span.js';

export interface IgnoreComment {
  /** From the comment sign to the end of the comment. */
  readonly at: Place;
  /** Why it accepts nothing whatever stands there, as the end of a sentence: "no rule is named". */
  readonly mistake: Message | undefined;
  /** Why its author accepts the findings; undefined when nothing is said, or no more than the word that stands for it. */
  readonly reason: string | undefined;
  /** The names in it, in order; empty when it cannot be understood. */
  readonly entries: readonly IgnoreEntry[];
  /** Takes these entries out; all of them or none named takes the whole comment out. */
  remove(entries: readonly IgnoreEntry[]): readonly Edit[];
  /** Makes a place for the reason, behind all that is written. */
  explain(): readonly Edit[];
}

export interface IgnoreEntry {
  readonly name: string;
  readonly at: Place;
  /**
   * - used: it accepted something, or would have before its day was over
   * - unused: the rule ran to its end and found nothing that the comment covers
   * - unknown: there is no such rule
   * - undecided: the rule did not run, or what is not known here may make it report
   */
  readonly use: 'used' | 'unused' | 'unknown' | 'undecided';
  /** For an unknown name: the rule that was probably meant. */
  readonly meant: string | undefined;
}
