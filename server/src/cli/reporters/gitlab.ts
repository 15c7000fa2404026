/**
 * The Code Quality report of GitLab: shown in merge requests, compared by fingerprint. It knows no files that were read
 * in part, so these are entries of their own: a missing entry would pass as solved.
 */
import type { Finding } from '../../engine/finding.js';
import { english } from '../../l10n/message.js';
import type { FileProblem, FileReport } from '../../report/lint-run.js';
import { printable } from '../../report/plain-text.js';
import type { Reporter } from '../../report/reporter.js';
import { shownPlace } from '../../report/shared/place.js';
import type { Severity } from '../../rules/rule.js';
import { findingPrints, problemPrints } from './shared/fingerprint.js';

export const reportGitlab: Reporter = ({ files }) =>
  `${JSON.stringify(files.flatMap(issuesOf), undefined, 2)}\n`;

function issuesOf(file: FileReport) {
  const ofProblems = problemPrints(file);
  const ofFindings = findingPrints(file);
  return [
    ...file.problems.map((problem, i) => problemIssue(file, problem, ofProblems[i] ?? '')),
    ...file.findings.flatMap(({ finding }, i) =>
      finding.suppressed ? [] : [findingIssue(file, finding, ofFindings[i] ?? '')],
    ),
  ];
}

type Gravity = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

const GRAVITY: Readonly<Record<Severity, Gravity>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

function findingIssue(file: FileReport, { rule, severity, message, at }: Finding, fingerprint: string) {
  const { path, range } = shownPlace(file, at);
  return {
    type: 'issue',
    check_name: rule.id,
    description: printable(english(message)),
    categories: ['Security'],
    severity: GRAVITY[severity],
    fingerprint,
    location: { path, lines: { begin: range?.start.line ?? 1, end: range?.end.line ?? 1 } },
  };
}

function problemIssue(file: FileReport, problem: FileProblem, fingerprint: string) {
  const { path, range } = problem.at ? shownPlace(file, problem.at) : { path: file.path, range: undefined };
  return {
    type: 'issue',
    check_name: problem.kind,
    description: printable(problem.message),
    categories: ['Bug Risk'],
    severity: problem.kind === 'incomplete' ? 'minor' : 'major',
    fingerprint,
    location: { path, lines: { begin: range?.start.line ?? 1, end: range?.end.line ?? 1 } },
  };
}
