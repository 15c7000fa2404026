/** Paths from the command line -> files to look at, in a stable order, each once. */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { detectKind } from '../documents/detect.js';
import type { DocumentKind } from '../model/document.js';
import { type IgnoreLevel, ignoreLevelsOf, isIgnored, withFolder } from './gitignore.js';
import { readText, reasonOf, type ReadResult } from './read-file.js';

export interface FoundFile {
  /** As shown to the user: relative to the current folder where that is possible, with `/`. */
  readonly path: string;
  /** Undefined for standard input without a name. */
  readonly absolute: string | undefined;
  readonly kind: DocumentKind;
  readonly text: string;
  readonly bom: string;
  readonly lossy: boolean;
  readonly isStdin: boolean;
}

/** Something that was asked for and could not be read. */
export interface UnreadFile {
  readonly path: string;
  readonly kind: DocumentKind | undefined;
  /** Ends a sentence that starts with the path: "does not exist". */
  readonly problem: string;
}

export interface FindOptions {
  readonly cwd: string;
  readonly kind: DocumentKind | undefined;
  /** Whether a file or folder that is met on the way, by absolute path, is left out. */
  readonly isExcluded?: (absolute: string) => boolean;
}

/** Never followed: what is in there was written by others, and there is much of it. */
const SKIPPED_FOLDERS = new Set(['node_modules', '.git', '.hg', '.svn']);
const YAML = /\.ya?ml$/i;

export const isUnread = (file: FoundFile | UnreadFile): file is UnreadFile => 'problem' in file;

/** Walks folders and reads files, one at a time while they are asked for. `-` must have been taken out before. */
export function* findFiles(
  paths: readonly string[],
  options: FindOptions,
): Generator<FoundFile | UnreadFile, void> {
  const seen = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(options.cwd, path);
    const show = (at: string) => shownPath(at, options.cwd, isAbsolute(path));
    try {
      const real = realpathSync(absolute);
      if (statSync(absolute).isDirectory()) {
        const { kind, isExcluded = () => false } = options;
        yield* walk({ absolute, real, show, seen, kind, isExcluded });
      } else if (!seen.has(real)) {
        seen.add(real);
        yield readNamed(absolute, show(absolute), options.kind);
      }
    } catch (error) {
      yield { path: show(absolute), kind: options.kind, problem: reasonOf(error) };
    }
  }
}

/** Standard input as a file. */
export function fromStdin(
  content: ReadResult,
  name: string | undefined,
  options: FindOptions,
): FoundFile | UnreadFile {
  const path =
    name === undefined ? '<stdin>' : shownPath(resolve(options.cwd, name), options.cwd, isAbsolute(name));
  if ('problem' in content) return { path, kind: options.kind, problem: content.problem };
  const kind = options.kind ?? (name && detectKind({ path: name, text: () => content.text })) ?? undefined;
  if (!kind) {
    const advice = 'say it with `--kind dockerfile`, `--kind compose` or `--stdin-filename NAME`';
    return { path, kind: undefined, problem: `could be any kind of file; ${advice}` };
  }
  const absolute = name === undefined ? undefined : resolve(options.cwd, name);
  return { path, absolute, kind, ...content, isStdin: true };
}

function readNamed(absolute: string, path: string, forced: DocumentKind | undefined): FoundFile | UnreadFile {
  const content = readText(absolute);
  if ('problem' in content) return { path, kind: forced, problem: content.problem };
  const kind = forced ?? detectKind({ path: absolute, text: () => content.text });
  if (kind === undefined) {
    const advice = 'if it is one, say so with `--kind dockerfile` or `--kind compose`';
    return { path, kind, problem: `is not recognised as a Dockerfile or Compose file; ${advice}` };
  }
  return { path, absolute, kind, ...content, isStdin: false };
}

interface Walk {
  readonly absolute: string;
  /** The same folder without symbolic links. */
  readonly real: string;
  readonly show: (absolute: string) => string;
  /** Real paths of all files that were met; grows. */
  readonly seen: Set<string>;
  readonly kind: DocumentKind | undefined;
  isExcluded(absolute: string): boolean;
}

/**
 * Symbolic links to folders are not followed, so there are no circles. A link to a file counts when the file itself
 * is not met on the way; that is known at the end only.
 */
function* walk(start: Walk): Generator<FoundFile | UnreadFile, void> {
  const links: string[] = [];
  yield* walkFolder(start.absolute, start.real, ignoreLevelsOf(start.absolute), start, links);
  for (const link of links) {
    try {
      if (!statSync(link).isFile()) continue;
      const real = realpathSync(link);
      if (start.seen.has(real)) continue;
      const file = readCandidate(link, start);
      if (file === undefined) continue;
      start.seen.add(real);
      yield file;
    } catch {
      // A link that leads nowhere is not a file of the folder.
    }
  }
}

function* walkFolder(
  folder: string,
  real: string,
  level: IgnoreLevel | undefined,
  start: Walk,
  links: string[],
): Generator<FoundFile | UnreadFile, void> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: start.show(folder), kind: undefined, problem: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    if (!(entry.isFile() || entry.isSymbolicLink()) || !mayBeOurs(entry.name)) continue;
    const path = join(folder, entry.name);
    if (isIgnored(level, path, false) || start.isExcluded(path)) continue;
    if (entry.isSymbolicLink()) links.push(path);
    else if (!start.seen.has(join(real, entry.name))) {
      const file = readCandidate(path, start);
      if (file === undefined) continue;
      start.seen.add(join(real, entry.name));
      yield file;
    }
  }
  for (const entry of entries) {
    if (!entry.isDirectory() || SKIPPED_FOLDERS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (isIgnored(level, path, true) || start.isExcluded(path)) continue;
    yield* walkFolder(path, join(real, entry.name), withFolder(level, path), start, links);
  }
}

function mayBeOurs(name: string): boolean {
  return YAML.test(name) || detectKind({ path: name }) !== undefined;
}

/** Undefined for files of other kinds. A large YAML file whose name says nothing is one of them. */
function readCandidate(absolute: string, start: Walk): FoundFile | UnreadFile | undefined {
  const byName = detectKind({ path: absolute });
  if (byName !== undefined && start.kind !== undefined && byName !== start.kind) return undefined;
  const content = readText(absolute);
  const path = start.show(absolute);
  if ('problem' in content)
    return byName === undefined ? undefined : { path, kind: byName, problem: content.problem };
  const kind = byName ?? detectKind({ path: absolute, text: () => content.text });
  if (kind === undefined || (start.kind !== undefined && kind !== start.kind)) return undefined;
  return { path, absolute, kind, ...content, isStdin: false };
}

/** Below the current folder always relative; elsewhere as the user wrote it. */
export function shownPath(absolute: string, cwd: string, wasAbsolute: boolean): string {
  const path = relative(cwd, absolute);
  if (path === '') return '.';
  const outside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  return (outside && wasAbsolute ? absolute : path).split(sep).join('/');
}
