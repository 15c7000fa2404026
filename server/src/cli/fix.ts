/** `bulkhead fix`: repairs what can be repaired, as a diff or in the files themselves. */
import { existsSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { type Analysis, analyse } from '../engine/analyse.js';
import { fixText } from '../engine/fix.js';
import { count, printable } from '../report/plain-text.js';
import type { AnyRule, Applicability } from '../rules/rule.js';
import type { Arguments } from './arguments.js';
import { type FoundFile, isUnread } from './files.js';
import { type CliIo, complain, complainAll, EXIT } from './io.js';
import { loadProjects, type Projects } from './projects.js';
import { reasonOf } from './read-file.js';
import { nothingFound, optionValue, type Selection, select } from './selection.js';
import { outputStyle } from './terminal.js';
import { type Change, unifiedDiff } from './unified-diff.js';
import { createFile, replaceFile } from './write-file.js';

interface Repair {
  readonly file: FoundFile;
  /** With the byte order mark, if the file has one. */
  readonly before: string;
  readonly after: string;
  readonly creates: readonly { readonly absolute: string; readonly path: string; readonly text: string }[];
  readonly applied: readonly { readonly rule: string; readonly title: string }[];
}

/** Why a file was left alone. */
interface Refusal {
  readonly reason: string;
  readonly code: number;
}

export async function fix(args: Arguments, io: CliIo, registry: readonly AnyRule[]): Promise<number> {
  const selection = await select(args, io, registry);
  if ('errors' in selection) {
    complainAll(io, selection.errors);
    return EXIT.failed;
  }
  const allowed = new Set<Applicability>(args.options.has('unsafe') ? ['safe', 'unsafe'] : ['safe']);
  const repairs: Repair[] = [];
  let code: number = EXIT.clean;
  let files = 0;
  const refuse = (path: string, { reason, code: own }: Refusal) => {
    complain(io, `${path} ${reason}.`);
    code = Math.max(code, own);
  };
  const found = selection.files;
  const readable = found.filter((file): file is FoundFile => !isUnread(file));
  const projects = await loadProjects(readable, selection.named, io.cwd);
  for (const file of found) {
    files++;
    if (isUnread(file)) {
      refuse(file.path, { reason: file.problem, code: EXIT.failed });
      continue;
    }
    const repair = repairFile(file, projects, selection, allowed, io);
    if ('reason' in repair) refuse(file.path, repair);
    else repairs.push(repair);
  }
  if (files === 0) {
    complain(io, nothingFound(selection, optionValue(args, 'kind')));
    return EXIT.failed;
  }
  const changed = withoutClashes(repairs).filter(
    ({ before, after, creates }) => before !== after || creates.length > 0,
  );
  const write = args.options.has('write');
  const result = write ? writeAll(changed, repairs, io) : showDiff(changed, args, io);
  if (!args.options.has('quiet')) io.stderr.write(summary(changed, files, write, allowed.has('unsafe')));
  return Math.max(code, result);
}

function repairFile(
  file: FoundFile,
  projects: Projects,
  { rules, known, scopeOf }: Selection,
  allowed: ReadonlySet<Applicability>,
  io: CliIo,
): Repair | Refusal {
  const scope = scopeOf(file);
  if ('errors' in scope) return { reason: `was not fixed: ${scope.errors.join(' ')}`, code: EXIT.failed };
  const { config } = scope;
  // What the baseline hides is mended like the rest: it is there to become smaller.
  const analyseText = (text: string): Analysis =>
    analyse({ ...projects.open(file, text), rules, known, config, today: io.today });
  const problem = analyseText(file.text).problems.find(({ kind }) => kind === 'syntax');
  if (problem) {
    const line = file.text.slice(0, problem.at.start).split(/\r\n?|\n/).length;
    return {
      reason: `was not fixed, it has a syntax error in line ${line}: ${problem.message}`,
      code: EXIT.findings,
    };
  }
  const result = fixText({ text: file.text, analyse: analyseText, allowed });
  if (file.lossy && result.text !== file.text) {
    return {
      reason: 'was not fixed, it holds bytes that are not UTF-8; save it as UTF-8 first',
      code: EXIT.failed,
    };
  }
  const folder = file.absolute === undefined ? undefined : dirname(file.absolute);
  return {
    file,
    before: file.bom + file.text,
    after: file.bom + result.text,
    applied: result.applied,
    creates: result.creates.flatMap((created) => {
      if (folder === undefined) return [];
      const absolute = join(folder, created.path);
      const isInside = !relative(folder, absolute).startsWith('..');
      const path = posix.join(posix.dirname(file.path), created.path);
      return isInside && !existsSync(absolute) ? [{ absolute, path, text: created.text }] : [];
    }),
  };
}

/** Two files of one folder may ask for the same new file: the first one makes it. */
function withoutClashes(repairs: readonly Repair[]): readonly Repair[] {
  const made = new Set<string>();
  return repairs.map((repair) => ({
    ...repair,
    creates: repair.creates.filter(({ absolute }) => !made.has(absolute) && made.add(absolute)),
  }));
}

function showDiff(changed: readonly Repair[], args: Arguments, io: CliIo): number {
  const changes = changed.flatMap(({ file, before, after, creates }): Change[] => [
    ...(before === after ? [] : [{ path: file.path, before, after }]),
    ...creates.map(({ path, text }) => ({ path, before: undefined, after: text })),
  ]);
  const style = outputStyle(args, io);
  for (const change of changes) io.stdout.write(unifiedDiff(change, style));
  return changes.length === 0 ? EXIT.clean : EXIT.findings;
}

function writeAll(changed: readonly Repair[], all: readonly Repair[], io: CliIo): number {
  let code: number = EXIT.clean;
  const attempt = (path: string, write: () => void) => {
    try {
      write();
    } catch (error) {
      complain(io, `${path} was not written, it ${reasonOf(error)}.`);
      code = EXIT.failed;
    }
  };
  for (const { file, before, after, creates } of changed) {
    const { absolute } = file;
    if (absolute !== undefined && !file.isStdin && before !== after)
      attempt(file.path, () => replaceFile(absolute, after));
    for (const created of creates) attempt(created.path, () => createFile(created.absolute, created.text));
  }
  // A filter always passes its text on, changed or not.
  for (const { file, after } of all) if (file.isStdin) io.stdout.write(after);
  return code;
}

function summary(changed: readonly Repair[], files: number, written: boolean, unsafe: boolean): string {
  if (changed.length === 0) {
    return `${count(files, 'file')}, nothing to fix${unsafe ? '' : ' safely; `--unsafe` also applies fixes that may change behaviour'}.\n`;
  }
  const details = changed.flatMap(({ file, applied, creates }) => [
    `  ${file.path}`,
    ...tally(applied.map(({ rule, title }) => `${title} [${rule}]`)),
    ...creates.map(({ path }) => `    new file ${path}`),
  ]);
  const fixes = changed.reduce((sum, { applied }) => sum + applied.length, 0);
  const head = `${count(fixes, 'fix').replace(/fixs$/, 'fixes')} in ${count(changed.length, 'file')}`;
  return `${printable([`${head}${written ? '' : '; `--write` makes them'}:`, ...details].join('\n'))}\n`;
}

/** Equal lines as one with their number. */
function tally(lines: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, number]) => `    ${line}${number > 1 ? ` ${number} times` : ''}`);
}
