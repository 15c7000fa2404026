/** What an analysis says about the ten practices, in the shapes that an editor's view can draw. */
import type { Range } from 'vscode-languageserver-types';
import { BY_BASELINE, fingerprintsOf } from '../engine/baseline.js';
import type { Finding, Suppression } from '../engine/finding.js';
import { kindsOf } from '../engine/rule-kinds.js';
import { rulePage } from '../engine/rule-page.js';
import { type PracticeState, scorePractices } from '../engine/score.js';
import { words } from '../l10n/message.js';
import type { Tell } from '../l10n/translate.js';
import type { PracticeSlug } from '../rules/practices.js';
import type { RuleMeta, Severity } from '../rules/rule.js';
import { type DiagnosticInput, membersOf, shownFindings } from './diagnostics.js';
import { toVisibleRange } from './to-lsp.js';

export interface CardFinding {
  /** Names the finding in its file, also after edits elsewhere in it. */
  readonly id: string;
  readonly rule: string;
  /** The rule's page. */
  readonly href: string;
  readonly practice: PracticeSlug;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** The service or stage it belongs to. */
  readonly subject?: CardSubject;
  /** What its rule can offer at best; whether it can here shows when somebody asks. */
  readonly fix: 'safe' | 'other' | 'none';
}

export interface CardSubject {
  readonly kind: 'service' | 'stage';
  readonly name: string;
}

/** A risk that somebody accepted, or accepted until a day that is over. */
export interface CardAcceptance {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly subject?: CardSubject;
  readonly reason?: string;
  /** Last day on which it holds, `2026-11-24`. */
  readonly until?: string;
  readonly isOver: boolean;
  /** The comment's word, the tool whose comment it is, the name of the configuration file, or `baseline`. */
  readonly by: string;
  /** Where it is accepted, unless that is in a baseline. `offset`: in UTF-16 units, for another file. */
  readonly at?: { readonly uri: string; readonly range?: Range; readonly offset?: number };
}

export interface CardFile {
  readonly uri: string;
  /** Everything was read and every rule ran. */
  readonly complete: boolean;
  /** Practices of which a rule ran. */
  readonly checked: readonly PracticeSlug[];
  /** As the editor shows findings, but what is missing one by one. */
  readonly findings: readonly CardFinding[];
  readonly accepted: readonly CardAcceptance[];
}

export interface CardPractice {
  readonly slug: PracticeSlug;
  readonly number: number;
  readonly title: string;
  readonly short: string;
  readonly summary: string;
  readonly state: PracticeState;
  readonly counts: Readonly<Record<Severity, number>>;
}

export interface ScoreCard {
  /** All ten, in their order; none when no file was looked at. */
  readonly practices: readonly CardPractice[];
  /** Every file that was looked at, by URI. */
  readonly files: readonly CardFile[];
}

export function cardFile(input: DiagnosticInput): CardFile {
  const { uri, analysis } = input;
  const { findings, document } = analysis;
  const prints = new Map(
    fingerprintsOf(findings, document.source).map((print, i) => [findings[i], print] as const),
  );
  const ran = analysis.ran.filter((rule) => kindsOf(rule).includes(document.kind));
  const toCommon = (finding: Finding) => ({
    id: prints.get(finding) ?? '',
    rule: finding.rule.id,
    severity: finding.severity,
    message: input.capabilities.tell(finding.message),
    range: toVisibleRange(document.source, finding.at),
    ...(finding.section && { subject: { kind: finding.section.kind, name: finding.section.name } }),
  });
  const shown = shownFindings(input).flatMap(({ entry }) => membersOf(entry));
  const accepted = findings.flatMap((finding): readonly CardAcceptance[] => {
    const why = finding.suppressed ?? finding.expired;
    if (why === undefined) return [];
    return [{ ...toCommon(finding), ...toReason(why, input), isOver: finding.suppressed === undefined }];
  });
  return {
    uri,
    complete: analysis.complete,
    checked: [...new Set(ran.map(({ meta }) => meta.practice))],
    findings: shown.map((finding) => ({
      ...toCommon(finding),
      href: rulePage(finding.rule.id),
      practice: finding.rule.practice,
      fix: bestFix(finding.rule),
    })),
    accepted,
  };
}

function toReason({ reason, until, by, at }: Suppression, { uri, analysis }: DiagnosticInput) {
  const isElsewhere = at.file !== undefined && at.file !== uri;
  const place = isElsewhere
    ? { uri: at.file ?? uri, offset: at.start }
    : { uri, range: toVisibleRange(analysis.document.source, at) };
  return {
    by,
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
    ...(by !== BY_BASELINE && { at: place }),
  };
}

function bestFix({ fixes }: RuleMeta): CardFinding['fix'] {
  if (fixes.includes('safe')) return 'safe';
  return fixes.length > 0 ? 'other' : 'none';
}

/** For a file of which nothing could be read. */
export function unreadCardFile(uri: string): CardFile {
  return { uri, complete: false, checked: [], findings: [], accepted: [] };
}

export function scoreCard(files: readonly CardFile[], tell: Tell): ScoreCard {
  const sorted = [...files].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  if (sorted.length === 0) return { practices: [], files: [] };
  const scores = scorePractices({
    findings: sorted.flatMap(({ findings }) =>
      findings.map(({ practice, severity }) => ({ practice, severity })),
    ),
    complete: sorted.every(({ complete }) => complete),
    checked: new Set(sorted.flatMap(({ checked }) => checked)),
  });
  return {
    practices: scores.map(({ practice: { slug, number, title, short, summary }, state, counts }) => ({
      slug,
      number,
      title: tell(words(title)),
      short: tell(words(short)),
      summary: tell(words(summary)),
      state,
      counts,
    })),
    files: sorted,
  };
}
