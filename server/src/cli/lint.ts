/** `bulkhead lint`: reads files, runs the rules, hands the result to a report format. */
import { fileURLToPath } from 'node:url';
import { analyse } from '../engine/analyse.js';
import type { AbsenceMode } from '../engine/group.js';
import {
  type FileReport,
  fileReport,
  type LintRun,
  type Located,
  type ReportedFinding,
  summarise,
  unreadableReport,
} from '../report/lint-run.js';
import type { AnyRule, Severity } from '../rules/rule.js';
import { sourceText } from '../text/source-text.js';
import type { Place } from '../text/span.js';
import type { Arguments } from './arguments.js';
import { type Baseline, entriesFor, goneEntries, obsoleteFingerprints, problemOf } from './baselines.js';
import { type FoundFile, isUnread, shownPath, type UnreadFile } from './files.js';
import { type CliIo, complain, complainAll, EXIT } from './io.js';
import { openOutput } from './output.js';
import { loadProjects, type Opened } from './projects.js';
import { readText } from './read-file.js';
import { loadReporter } from './reporters/index.js';
import type { Scope } from './scopes.js';
import { nothingFound, optionValue, type Selection, select } from './selection.js';
import { outputStyle, outputWidth } from './terminal.js';

export async function lint(args: Arguments, io: CliIo, registry: readonly AnyRule[]): Promise<number> {
  const report = await loadReporter(optionValue(args, 'format') ?? 'text');
  const selection = await select(args, io, registry);
  if (report === undefined || 'errors' in selection) {
    complainAll(io, 'errors' in selection ? selection.errors : ['there is no such format.']);
    return EXIT.failed;
  }
  const found = selection.files;
  const projects = await loadProjects(
    found.filter((file): file is FoundFile => !isUnread(file)),
    selection.named,
    io.cwd,
  );
  const { files, add } = reportList();
  const baselines = new Map<string, Baseline>();
  const ran = new Set<string>();
  const errors = new Set<string>();
  const absence = optionValue<AbsenceMode>(args, 'absence');
  const look = (file: FoundFile, opened: Opened | undefined, isNamed: boolean) => {
    const scope = selection.scopeOf(file);
    const problems = 'errors' in scope ? scope.errors : problemOf(scope.baseline);
    for (const problem of problems) errors.add(problem);
    if ('errors' in scope || problems.length > 0) return;
    if (!isNamed && file.absolute !== undefined && scope.isExcluded(file.absolute)) return;
    for (const id of selection.rulesIn(scope)) ran.add(id);
    baselines.set(scope.baseline.absolute, scope.baseline);
    if (opened) add(analyseFile(file, opened, { ...scope, ...(absence && { absence }) }, selection, io));
  };
  for (const file of found) {
    if (isUnread(file)) {
      complain(io, `${file.path} ${file.problem}.`);
      add(unreadReport(file));
    } else look(file, projects.open(file, file.text), true);
  }
  for (const { file, open } of projects.members) look(file, open(), false);
  if (errors.size > 0) {
    complainAll(io, [...errors]);
    return EXIT.failed;
  }
  if (files.length === 0) {
    complain(io, nothingFound(selection, optionValue(args, 'kind')));
    return EXIT.failed;
  }
  const rules = selection.rules.filter(({ meta }) => ran.has(meta.id));
  const summary = summarise(files, goneEntries([...baselines.values()]));
  const run: LintRun = { files, rules, today: io.today, summary };
  const output = openOutput(args, io);
  const text = report(run, {
    style: outputStyle(args, output.io),
    columns: outputWidth(output.io.stdout),
    quiet: args.options.has('quiet'),
    version: io.version,
  });
  const problem = output.finish(text);
  if (problem !== undefined) {
    complain(io, problem);
    return EXIT.failed;
  }
  return exitCode(run, optionValue<Severity | 'never'>(args, 'fail-on') ?? 'warning');
}

const GRAVITY: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

function exitCode({ summary }: LintRun, threshold: Severity | 'never'): number {
  if (summary.unreadable > 0) return EXIT.failed;
  if (threshold === 'never') return EXIT.clean;
  const grave = GRAVITY.slice(GRAVITY.indexOf(threshold)).some((severity) => summary.findings[severity] > 0);
  // What was not read may hold anything: such a file is never called clean.
  return grave || summary.incomplete > 0 ? EXIT.findings : EXIT.clean;
}

function unreadReport({ path, kind, problem }: UnreadFile): FileReport {
  return unreadableReport(path, kind, `${path} ${problem}`);
}

/** Reports in the order in which their files came. A file that has one already gets what the next says beyond it. */
function reportList(): { readonly files: readonly FileReport[]; add(report: FileReport): void } {
  const files: FileReport[] = [];
  const places = new Map<string, number>();
  return {
    files,
    add(report) {
      const at = places.get(report.path) ?? files.length;
      places.set(report.path, at);
      const before = files[at];
      files[at] = before === undefined ? report : merged(before, report);
    },
  };
}

function merged(before: FileReport, added: FileReport): FileReport {
  const key = ({ finding: { rule, at: place } }: ReportedFinding) => `${rule.id} ${place.start} ${place.end}`;
  const known = new Set(before.findings.map(key));
  const findings = [...before.findings, ...added.findings.filter((one) => !known.has(key(one)))];
  const obsolete = before.obsolete.filter((print) => added.obsolete.includes(print));
  return {
    ...before,
    obsolete,
    findings: findings.sort((a, b) => a.finding.at.start - b.finding.at.start),
  };
}

function analyseFile(
  file: FoundFile,
  opened: Opened,
  scope: Scope,
  { rules, known, rulesIn }: Selection,
  io: CliIo,
): FileReport {
  const { config } = scope;
  const entries = entriesFor(scope.baseline, file);
  const baseline = new Set(entries.map(({ fingerprint }) => fingerprint));
  const analysis = analyse({
    ...opened,
    rules,
    known,
    config,
    today: io.today,
    ...(baseline.size > 0 && { baseline }),
  });
  const others = new Map<string, Located>();
  return fileReport(analysis, {
    path: file.path,
    kind: file.kind,
    absence: scope.absence ?? 'grouped',
    obsolete: () => obsoleteFingerprints(entries, analysis, rulesIn(scope)),
    locate: (place) => locateOther(place, others, io.cwd),
  });
}

/** The file of a place that lies in another document; undefined for places in the document itself. */
function locateOther({ file }: Place, known: Map<string, Located>, cwd: string): Located | undefined {
  if (file === undefined) return undefined;
  const found = known.get(file) ?? readOther(file, cwd);
  known.set(file, found);
  return found;
}

function readOther(uri: string, cwd: string): Located {
  if (!uri.startsWith('file:')) return { path: uri, source: undefined };
  const absolute = fileURLToPath(uri);
  const content = readText(absolute);
  return {
    path: shownPath(absolute, cwd, true),
    source: 'problem' in content ? undefined : sourceText(content.text),
  };
}
