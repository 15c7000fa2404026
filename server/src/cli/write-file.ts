/** Writing that leaves either the old file or the new one, never half of it. */
import {
  chmodSync,
  chownSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Replaces the content of an existing file; mode and owner stay, a symbolic link keeps pointing to it. Throws. */
export function replaceFile(path: string, text: string): void {
  const real = realpathSync(path);
  const { mode, uid, gid } = statSync(real);
  const temporary = join(dirname(real), `.${basename(real)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { mode, flag: 'wx' });
    keepOwner(temporary, uid, gid, mode);
    renameSync(temporary, real);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes a file that does not exist yet, with the folders that lead to it. Throws when it exists. */
export function createFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
}

/** The mode given at creation is cut down by the umask, and changing the owner may clear bits of it. */
function keepOwner(path: string, uid: number, gid: number, mode: number): void {
  const own = statSync(path);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      chownSync(path, uid, gid);
    } catch {
      // Only root may give a file away; the user's own copy is the best there is.
    }
  }
  chmodSync(path, mode & 0o7777);
}
