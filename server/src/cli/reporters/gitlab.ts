/**
 * The Code Quality report of GitLab: shown in merge requests, compared by fingerprint. It knows no files that were read
 * in part, so these are entries of their own: a missing entry would pass as solved.
 */
import type { Severity } from '../../rules/rule.js';
import type { FileProblem, FileReport, ReportedFinding } from '../run-result.js';
import { printable } from '../terminal.js';
import type { Reporter } from './reporter.js';
import { fingerprintGiver, type FingerprintGiver } from './shared/fingerprint.js';
import { shownPlace } from './shared/place.js';

export const reportGitlab: Reporter = ({ files }) => {
  const names = fingerprintGiver();
  const issues = files.flatMap((file) => [
    ...file.problems.map((problem) => problemIssue(file, problem, names)),
    ...file.findings
      .filter(({ finding }) => !finding.suppressed)
      .map((reported) => findingIssue(file, reported, names)),
  ]);
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};

type Gravity = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

const GRAVITY: Readonly<Record<Severity, Gravity>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

function findingIssue(file: FileReport, reported: ReportedFinding, names: FingerprintGiver) {
  const { rule, severity, message, at } = reported.finding;
  const { path, range } = shownPlace(file, at);
  return {
    type: 'issue',
    check_name: rule.id,
    description: printable(message),
    categories: ['Security'],
    severity: GRAVITY[severity],
    fingerprint: names.ofFinding(file, reported),
    location: { path, lines: { begin: range?.start.line ?? 1, end: range?.end.line ?? 1 } },
  };
}

function problemIssue(file: FileReport, problem: FileProblem, names: FingerprintGiver) {
  const { path, range } = problem.at ? shownPlace(file, problem.at) : { path: file.path, range: undefined };
  return {
    type: 'issue',
    check_name: problem.kind,
    description: printable(problem.message),
    categories: ['Bug Risk'],
    severity: problem.kind === 'incomplete' ? 'minor' : 'major',
    fingerprint: names.ofProblem(file, problem),
    location: { path, lines: { begin: range?.start.line ?? 1, end: range?.end.line ?? 1 } },
  };
}
