/** The disk as the engine sees it: texts by URI, read only, never through a link that leads out of the open folders. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UNREADABLE } from '../engine/project.js';
import type { RootedFileSystem } from './neighbours.js';

const MAX_BYTES = 4 * 1024 * 1024;

export function diskFiles(): RootedFileSystem {
  return {
    covers: (uri) => uri.startsWith('file:'),
    async read(uri, folders) {
      try {
        const path = await realpath(fileURLToPath(uri));
        if (!(await isBelow(path, folders))) return UNREADABLE;
        const found = await stat(path);
        // A folder of that name is no such file.
        if (!found.isFile()) return undefined;
        if (found.size > MAX_BYTES) return UNREADABLE;
        // Editors hide a byte order mark, and count from behind it.
        return (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
      } catch (error) {
        return isAbsent(error) ? undefined : UNREADABLE;
      }
    },
  };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

async function isBelow(path: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const inside = relative(await realpath(fileURLToPath(folder)), path);
    if (inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(inside))
      return true;
  }
  return false;
}
