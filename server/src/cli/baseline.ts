/** `bulkhead baseline`: accepts what is found today, so that only new findings are shown from now on. */
import { existsSync } from 'node:fs';
import { analyse } from '../engine/analyse.js';
import { type BaselineEntry, baselineText, entriesOf } from '../engine/baseline.js';
import { type BaselineChange, changedBaseline } from '../engine/baseline-change.js';
import { count } from '../report/plain-text.js';
import type { AnyRule } from '../rules/rule.js';
import type { Arguments } from './arguments.js';
import { type Baseline, isGone } from './baselines.js';
import { type FoundFile, isUnread } from './files.js';
import { type CliIo, complain, complainAll, EXIT } from './io.js';
import { loadProjects, type Opened } from './projects.js';
import { reasonOf } from './read-file.js';
import { nothingFound, optionValue, type Selection, select } from './selection.js';
import { createFile, replaceFile } from './write-file.js';

/** One baseline file, and what was seen of the files that it speaks of. */
interface Book {
  readonly baseline: Baseline;
  /** By path as in the entries, then by fingerprint. */
  readonly seen: Map<string, Map<string, BaselineEntry>>;
  /** Paths of files that could not be read to their end: their old entries stay. */
  readonly unsure: Set<string>;
}

export async function baseline(args: Arguments, io: CliIo, registry: readonly AnyRule[]): Promise<number> {
  const selection = await select(args, io, registry);
  if ('errors' in selection) {
    complainAll(io, selection.errors);
    return EXIT.failed;
  }
  if (selection.files.length === 0) {
    complain(io, nothingFound(selection, optionValue(args, 'kind')));
    return EXIT.failed;
  }
  const unread = selection.files.filter(isUnread);
  complainAll(
    io,
    unread.map(({ path, problem }) => `${path} ${problem}.`),
  );
  if (unread.length > 0) return EXIT.failed;
  const books = await readBooks(selection, io);
  if ('errors' in books) {
    complainAll(io, books.errors);
    return EXIT.failed;
  }
  let code: number = EXIT.clean;
  for (const book of books) code = Math.max(code, write(book, args.options.has('update'), io));
  return code;
}

async function readBooks(
  selection: Selection,
  io: CliIo,
): Promise<readonly Book[] | { readonly errors: readonly string[] }> {
  const { rules, known, named } = selection;
  const found = selection.files.filter((file): file is FoundFile => !isUnread(file));
  const projects = await loadProjects(found, named, io.cwd);
  const books = new Map<string, Book>();
  const errors = new Set<string>();
  const look = (file: FoundFile, opened: Opened | undefined, isNamed: boolean) => {
    const scope = selection.scopeOf(file);
    if ('errors' in scope) {
      for (const error of scope.errors) errors.add(error);
      return;
    }
    if (opened === undefined || file.absolute === undefined) return;
    if (!isNamed && scope.isExcluded(file.absolute)) return;
    const book: Book = books.get(scope.baseline.absolute) ?? {
      baseline: scope.baseline,
      seen: new Map(),
      unsure: new Set(),
    };
    books.set(scope.baseline.absolute, book);
    const path = scope.baseline.pathOf(file.absolute);
    const analysis = analyse({ ...opened, rules, known, config: scope.config, today: io.today });
    if (!analysis.complete) {
      if (!book.unsure.has(path))
        complain(io, `${file.path} could not be read completely; what is known of it stays.`);
      book.unsure.add(path);
    }
    const prints = book.seen.get(path) ?? new Map<string, BaselineEntry>();
    for (const entry of entriesOf(analysis.findings, analysis.document.source, path))
      prints.set(entry.fingerprint, entry);
    book.seen.set(path, prints);
  };
  for (const file of found) look(file, projects.open(file, file.text), true);
  for (const { file, open } of projects.members) look(file, open(), false);
  return errors.size > 0 ? { errors: [...errors] } : [...books.values()];
}

function write(book: Book, update: boolean, io: CliIo): number {
  const { absolute, shown } = book.baseline;
  const exists = existsSync(absolute);
  const before = exists ? book.baseline.entries() : [];
  if ('problem' in before) {
    complain(io, `${before.problem} It is left as it is; move it away if it is not needed.`);
    return EXIT.failed;
  }
  if (update && !exists) {
    complain(io, `there is no ${shown} to update; \`bulkhead baseline\` writes it.`);
    return EXIT.failed;
  }
  const change = changedBaseline({
    before,
    seen: book.seen,
    unsure: book.unsure,
    isGone: (entry) => isGone(entry, book.baseline),
    onlyRemove: update,
  });
  const after = change.entries;
  if (!exists && after.length === 0) {
    io.stdout.write('Nothing was found, so no baseline is needed.\n');
    return EXIT.clean;
  }
  try {
    const text = baselineText(after);
    if (exists) replaceFile(absolute, text);
    else createFile(absolute, text);
  } catch (error) {
    complain(io, `${shown} was not written, it ${reasonOf(error)}.`);
    return EXIT.failed;
  }
  io.stdout.write(`${summary(change, shown)}\n`);
  return book.unsure.size > 0 ? EXIT.findings : EXIT.clean;
}

function summary({ entries, added, removed }: BaselineChange, shown: string): string {
  const changes = [added > 0 ? `${added} added` : '', removed > 0 ? `${removed} taken out` : ''].filter(
    (part) => part !== '',
  );
  return `${shown}: ${count(entries.length, 'finding')} accepted${changes.length > 0 ? ` (${changes.join(', ')})` : ', as before'}.`;
}
