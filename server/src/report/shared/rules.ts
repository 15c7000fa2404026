/** What reports say about practices and rules rather than findings. */
import { kindsOf } from '../../engine/rule-kinds.js';
import { type PracticeScore, scorePractices } from '../../engine/score.js';
import { type PracticeSlug, practices } from '../../rules/practices.js';
import type { RuleMeta } from '../../rules/rule.js';
import type { LintRun } from '../lint-run.js';

/** How all files together stand in each practice. */
export function scoresOf(run: LintRun): readonly PracticeScore[] {
  const findings = run.files.flatMap((file) => file.findings.map(({ finding }) => finding));
  return scorePractices({
    findings: findings.map(({ rule, severity, suppressed }) => ({
      practice: rule.practice,
      severity,
      isAccepted: suppressed !== undefined,
    })),
    complete: run.files.every(({ status }) => status === 'ok'),
    checked: checkedPractices(run),
  });
}

/** Practices of which a rule ran on a kind of file that it can judge. */
function checkedPractices({ rules, files }: LintRun): ReadonlySet<PracticeSlug> {
  const kinds = new Set(files.map(({ kind }) => kind));
  return new Set(
    rules.filter((rule) => kindsOf(rule).some((kind) => kinds.has(kind))).map(({ meta }) => meta.practice),
  );
}

/** Rules with findings that nobody accepted, each once, in the order of the practices. */
export function rulesFound({ files }: LintRun): readonly RuleMeta[] {
  const found = new Map<string, RuleMeta>();
  for (const { finding } of files.flatMap((file) => file.findings)) {
    if (!finding.suppressed) found.set(finding.rule.id, finding.rule);
  }
  const order = new Map(practices.map(({ slug, number }) => [slug, number]));
  const rank = ({ practice }: RuleMeta) => order.get(practice) ?? 0;
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** Whether findings of the rule stand on a credential: reports that are passed around do not repeat such a line. */
export function standsOnCredential({ id }: RuleMeta): boolean {
  return /^(?:secret-in|password-in)-/.test(id);
}
