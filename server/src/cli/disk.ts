/** The file system as the engine sees it: texts by URI, read only. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toFileUri } from '../documents/compose/effective/uri.js';
import type { FileSystem } from '../engine/project.js';
import { readText } from './read-file.js';

export interface Disk {
  /** Reads nothing that lies outside these folders, given as URIs, nor what a link in them leads to outside. */
  within(roots: readonly string[]): FileSystem;
}

/** `texts` are files that are at hand already, by URI: standard input, or what was read before. */
export function diskFiles(texts: ReadonlyMap<string, string> = new Map()): Disk {
  const known = new Map<string, string | undefined>();
  return {
    within(roots) {
      const folders = roots.flatMap((root) => realPath(fileURLToPath(root)) ?? []);
      return {
        async read(uri) {
          const given = texts.get(uri);
          if (given !== undefined || !uri.startsWith('file:')) return given;
          const path = realPath(fileURLToPath(uri));
          if (path === undefined || !folders.some((folder) => isBelow(path, folder))) return undefined;
          if (!known.has(path)) known.set(path, readPath(path));
          return known.get(path);
        },
      };
    },
  };
}

function readPath(path: string): string | undefined {
  const content = readText(path);
  return 'problem' in content ? undefined : content.text;
}

/** Undefined for what is not there. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
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
