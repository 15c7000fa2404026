/** The disk as the engine sees it: texts by URI, read only, never through a link that leads out of the open folders. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RootedFileSystem } from './neighbours.js';

const MAX_BYTES = 4 * 1024 * 1024;

export function diskFiles(): RootedFileSystem {
  return {
    async read(uri, folders) {
      if (!uri.startsWith('file:')) return undefined;
      try {
        const path = await realpath(fileURLToPath(uri));
        if (!(await isBelow(path, folders))) return undefined;
        const { size } = await stat(path);
        // Editors hide a byte order mark, and count from behind it.
        return size > MAX_BYTES ? undefined : (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
      } catch {
        // Not there, not to be read, no text: to a project all the same.
        return undefined;
      }
    },
  };
}

async function isBelow(path: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const inside = relative(await realpath(fileURLToPath(folder)), path);
    if (inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(inside))
      return true;
  }
  return false;
}
