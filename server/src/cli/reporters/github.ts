/**
 * Workflow commands of GitHub Actions: annotations beside the lines of a pull request. Every line that this writes starts
 * with a word of our own, and what comes from a file is escaped: a service name must not become a command.
 */

import type { Finding } from '../../engine/finding.js';
import { type FindingGroup, GROUP_CODE, groupAbsences } from '../../engine/group.js';
import { english } from '../../l10n/message.js';
import type { FileProblem, FileReport } from '../../report/lint-run.js';
import { makeStyle, printable } from '../../report/plain-text.js';
import type { Reporter } from '../../report/reporter.js';
import { shownPlace } from '../../report/shared/place.js';
import { summaryLine } from '../../report/summary.js';
import type { Severity } from '../../rules/rule.js';
import type { Place } from '../../text/span.js';

export const reportGithub: Reporter = (run, view) => {
  const commands = run.files.flatMap((file) => [
    ...file.problems.map((problem) => problemCommand(problem, file)),
    ...findingCommands(file),
  ]);
  const plain = { ...view, style: makeStyle(false), columns: Number.POSITIVE_INFINITY };
  const summary = view.quiet ? [] : [summaryLine(run, plain)];
  return [...commands, ...summary].map((line) => `${line}\n`).join('');
};

type Level = 'error' | 'warning' | 'notice';

const LEVELS: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** Only ten annotations of each level are shown for a step: what one service lacks takes one of them. */
function findingCommands(file: FileReport): readonly string[] {
  const active = file.findings.map(({ finding }) => finding).filter(({ suppressed }) => !suppressed);
  return groupAbsences(active, file.absence).map((entry) =>
    entry.kind === 'single' ? findingCommand(entry.finding, file) : groupCommand(entry, file),
  );
}

function findingCommand({ severity, at, rule, message }: Finding, file: FileReport): string {
  return command(LEVELS[severity], file, at, rule.id, `${english(message)}\n${rule.advice}`);
}

function groupCommand({ severity, at, message }: FindingGroup, file: FileReport): string {
  return command(LEVELS[severity], file, at, GROUP_CODE, english(message));
}

function problemCommand({ kind, at, message }: FileProblem, file: FileReport): string {
  return command(kind === 'incomplete' ? 'warning' : 'error', file, at, kind, message);
}

function command(level: Level, file: FileReport, at: Place | undefined, id: string, message: string): string {
  const { path, range } = at ? shownPlace(file, at) : { path: file.path, range: undefined };
  const properties = [
    ['file', path],
    ...(range
      ? [
          ['line', range.start.line],
          ['endLine', range.end.line],
          ['col', range.start.column],
          ['endColumn', range.end.column],
        ]
      : []),
    ['title', `Bulkhead: ${id}`],
  ].map(([name, value]) => `${name}=${escapeProperty(printable(String(value)))}`);
  return `::${level} ${properties.join(',')}::${escapeData(printable(message))}`;
}

/** As `@actions/core` does it. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
