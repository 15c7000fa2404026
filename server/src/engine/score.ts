/** How a project stands in each of the ten practices: what a report or a view shows before any single finding. */
import { type Practice, type PracticeSlug, practices } from '../rules/practices.js';
import type { Severity } from '../rules/rule.js';

/**
 * - danger: at least one error, a direct way to the host
 * - attention: something to do, nothing of that gravity
 * - ok: everything was read, rules of the practice ran, and nothing was found
 * - unknown: nothing was found, but not everything was looked at either
 */
export type PracticeState = 'danger' | 'attention' | 'ok' | 'unknown';

export interface PracticeScore {
  readonly practice: Practice;
  readonly state: PracticeState;
  /** Without the accepted ones. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly accepted: number;
}

export interface Scored {
  readonly findings: Iterable<ScoredFinding>;
  /** Whether every file was read to its end and no rule failed. */
  readonly complete: boolean;
  /** Practices of which a rule ran on a file it can judge. */
  readonly checked: ReadonlySet<PracticeSlug>;
}

export interface ScoredFinding {
  readonly practice: PracticeSlug;
  readonly severity: Severity;
  readonly isAccepted?: boolean;
}

/** One entry for each practice, in their order. */
export function scorePractices({ findings, complete, checked }: Scored): readonly PracticeScore[] {
  const tallies = new Map(practices.map(({ slug }) => [slug, emptyTally()]));
  for (const { practice, severity, isAccepted = false } of findings) {
    const tally = tallies.get(practice);
    if (tally === undefined) continue;
    if (isAccepted) tally.accepted++;
    else tally.counts[severity]++;
  }
  return practices.map((practice) => {
    const { counts, accepted } = tallies.get(practice.slug) ?? emptyTally();
    return { practice, state: stateOf(counts, complete && checked.has(practice.slug)), counts, accepted };
  });
}

function emptyTally(): { readonly counts: Record<Severity, number>; accepted: number } {
  return { counts: { error: 0, warning: 0, info: 0, hint: 0 }, accepted: 0 };
}

function stateOf(counts: Readonly<Record<Severity, number>>, isCertain: boolean): PracticeState {
  if (counts.error > 0) return 'danger';
  if (counts.warning + counts.info + counts.hint > 0) return 'attention';
  return isCertain ? 'ok' : 'unknown';
}
