import type { Message } from '../l10n/message.js';
import type { Section } from '../model/document.js';
import type { Place } from '../text/span.js';
import type { Fix, Related, RuleMeta, Severity } from '../rules/rule.js';

/** A problem that a rule found, with all that a report needs. */
export interface Finding {
  readonly rule: RuleMeta;
  readonly severity: Severity;
  /** On one line. */
  readonly at: Place;
  readonly message: Message;
  readonly related: readonly Related[];
  /** What is missing, for absence rules. */
  readonly missing: Message | undefined;
  /** The service or stage it belongs to. */
  readonly section: Section | undefined;
  /** Computed at the first call; empty when a fix cannot be expressed or failed. */
  fixes(): readonly Fix[];
  /** Set when the user accepted it. */
  readonly suppressed: Suppression | undefined;
  /** Set when a comment accepted it until a day that is over; the message says so too. */
  readonly expired: Suppression | undefined;
}

/** The places that explain a finding, without those that say the same of every finding of its section. */
export function ownRelated({ related, section }: Pick<Finding, 'related' | 'section'>): readonly Related[] {
  const uses = section?.usedBy ?? [];
  return related.filter(({ at }) => !uses.some((use) => use.at === at));
}

export interface Suppression {
  readonly reason: string | undefined;
  /** Last day on which it holds. */
  readonly until: string | undefined;
  /** What accepted it: the comment's word, `bulkhead-ignore`, or the tool whose comment it is, `hadolint`. */
  readonly by: string;
  readonly at: Place;
}

/** A rule that threw; its findings for this file are lost, the others are not. */
export interface Crash {
  readonly rule: string;
  readonly error: unknown;
}
