/** Which paths Git leaves out: the .gitignore files of a folder and of all folders above it, up to the repository's root. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';

/** The .gitignore of one folder; `outer` are those above it, which have less to say. */
export interface IgnoreLevel {
  readonly folder: string;
  readonly rules: Ignore;
  readonly outer: IgnoreLevel | undefined;
}

/** Git on these systems takes `README` and `readme` for one name. */
const FOLDS_CASE = process.platform === 'win32' || process.platform === 'darwin';

/** What holds for the entries of an absolute folder: its own file and those above it inside the same repository. */
export function ignoreLevelsOf(folder: string): IgnoreLevel | undefined {
  const folders = [folder];
  for (let at = folder; !isRepository(at); ) {
    const parent = dirname(at);
    // Outside of a repository nothing above the folder counts.
    if (parent === at) return withFolder(undefined, folder);
    folders.push(parent);
    at = parent;
  }
  return folders.reverse().reduce<IgnoreLevel | undefined>(withFolder, undefined);
}

/** The levels for a folder below: its own .gitignore, if it has one, comes first. */
export function withFolder(outer: IgnoreLevel | undefined, folder: string): IgnoreLevel | undefined {
  const text = readOptional(join(folder, '.gitignore'));
  if (text === undefined) return outer;
  return { folder, rules: createIgnore({ ignorecase: FOLDS_CASE }).add(text), outer };
}

/** Whether an absolute path below the level's folder is left out. The folder that holds it must not be. */
export function isIgnored(level: IgnoreLevel | undefined, path: string, isFolder: boolean): boolean {
  if (level === undefined) return false;
  const relative = path.slice(level.folder.endsWith(sep) ? level.folder.length : level.folder.length + 1);
  const name = relative.split(sep).join('/');
  const verdict = level.rules.test(isFolder ? `${name}/` : name);
  if (verdict.unignored) return false;
  if (verdict.ignored && !isParentIgnored(level, name)) return true;
  return isIgnored(level.outer, path, isFolder);
}

/**
 * Somebody wanted the folder although this level leaves it out: he named it, or a deeper .gitignore took it back.
 * Then the rule about the folder says nothing about what is in it.
 */
function isParentIgnored(level: IgnoreLevel, name: string): boolean {
  const slash = name.lastIndexOf('/');
  return slash > 0 && level.rules.ignores(name.slice(0, slash + 1));
}

function isRepository(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}

function readOptional(path: string): string | undefined {
  // Most folders have none, and to fail costs more than to ask.
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch {
    return undefined;
  }
}
