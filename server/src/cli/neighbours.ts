/** The files beside a document that decide what it means. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MAIN_NAMES } from '../documents/compose/effective/discover.js';
import { readEnvFile } from '../documents/compose/env-file.js';
import type { OpenOptions } from '../documents/open.js';
import type { DocumentKind } from '../model/document.js';
import { readText } from './read-file.js';

/** Reads them from disk. Without a path (standard input) nobody looked. */
export function readNeighbours(path: string | undefined, kind: DocumentKind, cwd: string): OpenOptions {
  if (path === undefined) return {};
  switch (kind) {
    case 'compose': {
      const text = readOptional(join(dirname(path), '.env'));
      return text === undefined ? {} : { environment: readEnvFile(text) };
    }
    case 'dockerfile':
      return readDockerignore(path, cwd);
  }
}

/**
 * `Dockerfile.dockerignore` beats the .dockerignore of the build context. Which folder is the context stands
 * elsewhere (`build.context`, the command line), so the folders above are taken for candidates, up to the
 * repository's root or the current folder: better no finding than a false one.
 */
function readDockerignore(path: string, cwd: string): OpenOptions {
  const ownName = `${basename(path)}.dockerignore`;
  const own = readOptional(join(dirname(path), ownName));
  if (own !== undefined) return { dockerignore: own, dockerignorePath: ownName };
  for (const [above, folder] of foldersAbove(dirname(path), cwd).entries()) {
    const text = readOptional(join(folder, '.dockerignore'));
    if (text !== undefined)
      return { dockerignore: text, dockerignorePath: `${'../'.repeat(above)}.dockerignore` };
  }
  return { dockerignore: null };
}

/**
 * The Compose files by which Compose would start what lies around these files: they may build one of them, or include
 * it, even when nobody named them. Paths, those of near folders first.
 */
export function entriesAround(
  files: readonly { readonly absolute: string | undefined }[],
  cwd: string,
): readonly string[] {
  const starts = new Set(files.flatMap(({ absolute }) => (absolute === undefined ? [] : dirname(absolute))));
  const folders = new Set([...starts].flatMap((start) => foldersAbove(start, cwd)));
  return [...folders].flatMap(
    (folder) => MAIN_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? [],
  );
}

/** The folder and those above it that can belong to the same project. */
export function foldersAbove(start: string, cwd: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    folders.push(folder);
    if (existsSync(join(folder, '.git'))) return folders;
    if (folder === dirname(folder)) break;
  }
  // No repository: the current folder is where the project starts, if the file lies below it.
  const top = folders.indexOf(cwd);
  return folders.slice(0, top < 0 ? 1 : top + 1);
}

function readOptional(path: string): string | undefined {
  const content = readText(path);
  return 'problem' in content ? undefined : content.text;
}
