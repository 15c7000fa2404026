/** `bulkhead lint`: reads files, runs the rules, hands the result to a report format. */
import { fileURLToPath } from 'node:url';
import { type Analysis, analyse } from '../engine/analyse.js';
import { ruleRun } from '../engine/config.js';
import type { AbsenceMode } from '../engine/group.js';
import type { AnyRule, Severity } from '../rules/rule.js';
import { sourceText } from '../text/source-text.js';
import type { Place } from '../text/span.js';
import type { Arguments } from './arguments.js';
import { type FoundFile, isUnread, shownPath, type UnreadFile } from './files.js';
import { type CliIo, complain, EXIT } from './io.js';
import { openOutput } from './output.js';
import { loadProjects, type Opened } from './projects.js';
import { readText } from './read-file.js';
import { loadReporter } from './reporters/index.js';
import {
  type FileProblem,
  type FileReport,
  type LintRun,
  type Located,
  type ReportedFinding,
  summarise,
} from './run-result.js';
import { nothingFound, type Selection, select, optionValue } from './selection.js';
import { outputStyle, outputWidth } from './terminal.js';

export async function lint(args: Arguments, io: CliIo, registry: readonly AnyRule[]): Promise<number> {
  const report = await loadReporter(optionValue(args, 'format') ?? 'text');
  const selection = await select(args, io, registry);
  if (report === undefined || 'error' in selection) {
    complain(io, 'error' in selection ? selection.error : 'there is no such format.');
    return EXIT.failed;
  }
  const found = [...selection.files];
  const projects = await loadProjects(
    found.filter((file): file is FoundFile => !isUnread(file)),
    selection.named,
    io.cwd,
  );
  const files: FileReport[] = [];
  for (const file of found) {
    if (isUnread(file)) complain(io, `${file.path} ${file.problem}.`);
    files.push(
      isUnread(file) ? unreadReport(file) : analyseFile(file, projects.open(file, file.text), selection, io),
    );
  }
  for (const { file, open } of projects.members) {
    const opened = open();
    if (opened) addReport(files, analyseFile(file, opened, selection, io));
  }
  if (files.length === 0) {
    complain(io, nothingFound(selection, optionValue(args, 'kind')));
    return EXIT.failed;
  }
  const rules = selection.rules.filter((rule) => ruleRun(rule, selection.config) !== undefined);
  const run: LintRun = { files, rules, today: io.today, summary: summarise(files) };
  const output = openOutput(args, io);
  const text = report(run, {
    style: outputStyle(args, output.io),
    columns: outputWidth(output.io.stdout),
    absence: optionValue<AbsenceMode>(args, 'absence') ?? 'grouped',
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
  return {
    path,
    kind,
    status: 'error',
    problems: [{ message: `${path} ${problem}`, at: undefined, kind: 'unreadable' }],
    findings: [],
    sections: [],
    locate: () => ({ path, source: undefined }),
  };
}

/** A file that has a report already gets what this one says beyond it. */
function addReport(files: FileReport[], added: FileReport): void {
  const at = files.findIndex(({ path }) => path === added.path);
  const before = files[at];
  if (before === undefined) {
    files.push(added);
    return;
  }
  const key = ({ finding: { rule, at: place } }: ReportedFinding) => `${rule.id} ${place.start} ${place.end}`;
  const known = new Set(before.findings.map(key));
  const findings = [...before.findings, ...added.findings.filter((one) => !known.has(key(one)))];
  files[at] = { ...before, findings: findings.sort((a, b) => a.finding.at.start - b.finding.at.start) };
}

function analyseFile(
  file: FoundFile,
  opened: Opened,
  { rules, known, config }: Selection,
  io: CliIo,
): FileReport {
  const { document } = opened;
  const analysis = analyse({ ...opened, rules, known, config, today: io.today });
  // Fixes first: one that fails makes the analysis incomplete.
  const findings = analysis.findings.map((finding) => ({ finding, fixes: finding.fixes() }));
  const problems = problemsOf(analysis);
  const others = new Map<string, Located>();
  return {
    path: file.path,
    kind: file.kind,
    status: problems.length === 0 ? 'ok' : 'incomplete',
    problems,
    findings,
    sections: document.sections,
    locate: (place) => locateOther(place, others, io.cwd) ?? { path: file.path, source: document.source },
  };
}

function problemsOf({ problems, crashes }: Analysis): readonly FileProblem[] {
  return [
    ...problems,
    ...crashes.map(({ rule, error }) => ({
      message: `The rule \`${rule}\` failed, its findings are missing: ${error instanceof Error ? error.message : String(error)}`,
      at: undefined,
      kind: 'crash' as const,
    })),
  ];
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
