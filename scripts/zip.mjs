// Unpacks a .vsix (a zip file): only what vsce writes, so no encryption, no zip64, no links.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/**
 * Writes every file of the archive below `folder`.
 * @returns {string[]} their names in the archive
 * @throws {Error} when the archive is damaged or a name points outside of the folder
 */
export function unzip(archive, folder) {
  const bytes = readFileSync(archive);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY)
    throw new Error(`${archive} is not a zip file`);
  const names = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error(`${archive} is damaged`);
    const method = bytes.readUInt16LE(at + 10);
    const packedSize = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const header = bytes.readUInt32LE(at + 42);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (name.endsWith('/')) continue;
    const target = join(folder, name);
    if (relative(folder, target).split(sep)[0] === '..') throw new Error(`${archive} holds ${name}`);
    // The local header repeats the name and has an extra field of another length.
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const packed = bytes.subarray(start, start + packedSize);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, method === 0 ? packed : inflateRawSync(packed));
    names.push(name);
  }
  return names;
}
