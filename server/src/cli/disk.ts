/** The file system as the engine sees it: texts by URI, read only. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toFileUri } from '../documents/compose/effective/uri.js';
import type { FileSystem } from '../engine/project.js';
import { readText } from './read-file.js';

/** `texts` are files that are at hand already, by URI: standard input, or what was read before. */
export function diskFiles(texts: ReadonlyMap<string, string> = new Map()): FileSystem {
  const known = new Map<string, string | undefined>(texts);
  return {
    async read(uri) {
      if (!known.has(uri)) known.set(uri, readUri(uri));
      return known.get(uri);
    },
  };
}

function readUri(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  const content = readText(fileURLToPath(uri));
  return 'problem' in content ? undefined : content.text;
}

export function uriOf(path: string): string {
  return toFileUri(resolve(path).split(sep).join('/'));
}

/** Folders that a project around this file may read from: its repository, or what lies below the current folder. */
export function rootsOf(path: string, cwd: string): readonly string[] {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return [uriOf(folder)];
    if (folder === dirname(folder)) break;
  }
  const inside = !relative(cwd, path).startsWith('..');
  return [uriOf(inside ? cwd : dirname(path))];
}
