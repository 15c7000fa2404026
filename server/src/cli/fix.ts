/** `bulkhead fix`: repairs what can be repaired, as a diff or in the files themselves. */
import { english } from '../l10n/message.js';
import { count, printable } from '../report/plain-text.js';
import type { AnyRule, Applicability } from '../rules/rule.js';
import type { Arguments } from './arguments.js';
import { type FoundFile, isUnread } from './files.js';
import { type CliIo, complain, complainAll, EXIT } from './io.js';
import { loadProjects } from './projects.js';
import { reasonOf } from './read-file.js';
import { type Refusal, type Repair, repairAll } from './repair.js';
import { nothingFound, optionValue, select } from './selection.js';
import { outputStyle } from './terminal.js';
import { type Change, unifiedDiff } from './unified-diff.js';
import { createFile, replaceFile } from './write-file.js';

export async function fix(args: Arguments, io: CliIo, registry: readonly AnyRule[]): Promise<number> {
  const selection = await select(args, io, registry);
  if ('errors' in selection) {
    complainAll(io, selection.errors);
    return EXIT.failed;
  }
  const allowed = new Set<Applicability>(args.options.has('unsafe') ? ['safe', 'unsafe'] : ['safe']);
  let code: number = EXIT.clean;
  const refuse = (path: string, { reason, code: own }: Refusal) => {
    complain(io, `${path} ${reason}.`);
    code = Math.max(code, own);
  };
  const found = selection.files;
  const readable = found.filter((file): file is FoundFile => !isUnread(file));
  const projects = await loadProjects(readable, selection.named, io.cwd);
  const files = found.length;
  for (const file of found)
    if (isUnread(file)) refuse(file.path, { reason: file.problem, code: EXIT.failed });
  const { repairs, refused } = repairAll({ files: readable, projects, selection, allowed, io });
  for (const { file, refusal } of refused) refuse(file.path, refusal);
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
    ...creates,
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
    for (const one of creates)
      attempt(one.path, () =>
        one.before === undefined ? createFile(one.absolute, one.after) : replaceFile(one.absolute, one.after),
      );
  }
  // A filter always passes its text on, changed or not.
  for (const { file, after } of all) if (file.isStdin) io.stdout.write(after);
  return code;
}

function summary(changed: readonly Repair[], files: number, written: boolean, unsafe: boolean): string {
  if (changed.length === 0) {
    return `${count(files, 'file')}, nothing to fix${unsafe ? '' : ' safely; `--unsafe` also applies fixes that may change behaviour'}.\n`;
  }
  const details = changed.flatMap(({ file, applied, shared, creates, reasons }) => [
    `  ${file.path}`,
    ...(reasons.length > 0 ? [`    changed by fixes of ${reasons.join(', ')}`] : []),
    ...tally(applied.map(({ rule, title }) => `${english(title)} [${rule}]`)),
    ...shared.map(
      ({ block, entries, keys }) =>
        `    ${count(entries.length, 'service')} take ${keys.join(', ')} from ${block}`,
    ),
    ...creates.map(({ path, before }) => `    ${before === undefined ? 'new file' : 'more in'} ${path}`),
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
