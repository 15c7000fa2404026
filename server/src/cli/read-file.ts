/** Bytes -> text, with a reason in plain words when that is not possible. */
import { readFileSync, statSync } from 'node:fs';

export interface TextFile {
  /** Without the byte order mark. */
  readonly text: string;
  /** The mark in front of the text, or nothing; belongs back there when the file is written. */
  readonly bom: string;
  /** Some bytes are not UTF-8; writing the text back would damage them. */
  readonly lossy: boolean;
}

export type ReadResult = TextFile | { readonly problem: string };

const BOM = '\ufeff';
/** Far above every real Dockerfile and Compose file; what is larger is something else. */
const LIMIT = 4 * 1024 * 1024;

/** Reads a whole file. `limit` in bytes. */
export function readText(path: string, limit = LIMIT): ReadResult {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return { problem: ABSENT };
    const { size } = found;
    if (size > limit) return { problem: tooLarge(size, limit) };
    return decode(readFileSync(path), limit);
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

export function decode(bytes: Uint8Array, limit = LIMIT): ReadResult {
  if (bytes.length > limit) return { problem: tooLarge(bytes.length, limit) };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { problem: 'is written in UTF-16; Docker reads UTF-8 only, save it as UTF-8' };
  if (bytes.includes(0)) return { problem: 'is a binary file (it holds zero bytes)' };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const bom = text.startsWith(BOM) ? BOM : '';
  return { text: text.slice(bom.length), bom, lossy: text.includes('\ufffd') && !isUtf8(bytes) };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function tooLarge(size: number, limit: number): string {
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `is too large: ${megabytes(size)}, and at most ${megabytes(limit)} are read`;
}

const ABSENT = 'does not exist';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: ABSENT,
  ENOTDIR: ABSENT,
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  EISDIR: 'is a folder',
  ELOOP: 'is a symbolic link that leads in a circle',
  EROFS: 'lies on a read-only file system',
  ENOSPC: 'has no room left on the device',
};

/** What went wrong with a file, as the end of a sentence that starts with its name. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
}
