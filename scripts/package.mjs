// Makes artefacts/bulkhead-<version>.vsix from what is built in dist/, and unpacks it into artefacts/vsix/, where the
// editor tests find exactly what a user would install. Also a command: node scripts/package.mjs
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { noticesText } from './notices.mjs';
import { unzip } from './zip.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Packages the extension. Does not build it: `dist/` must be there.
 * @returns {Promise<{ vsix: string, extension: string, id: string, files: string[] }>} the package, the folder of its
 *   unpacked extension, the extension's id and the names in the package
 * @throws {Error} saying what to do when nothing is built or vsce refuses
 */
export async function packageExtension() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const entry of [manifest.main, manifest.browser]) {
    if (entry && !existsSync(join(root, entry)))
      throw new Error(`${entry} is missing. Build first: npm run build`);
  }
  writeFileSync(join(root, 'ThirdPartyNotices.txt'), await noticesText());
  const vsix = join(root, `artefacts/${manifest.name}-${manifest.version}.vsix`);
  mkdirSync(join(root, 'artefacts'), { recursive: true });
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  try {
    await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', ...flags, '--out', vsix],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
    );
  } catch (error) {
    throw new Error(
      `vsce could not package the extension:\n${error.stdout ?? ''}${error.stderr ?? error.message}`,
    );
  }
  return { vsix, ...unpackExtension(vsix) };
}

/** Unpacks a package into artefacts/vsix/, in place of what was there. */
export function unpackExtension(vsix) {
  const folder = join(root, 'artefacts/vsix');
  rmSync(folder, { recursive: true, force: true });
  const files = unzip(vsix, folder);
  const extension = join(folder, 'extension');
  const { publisher, name } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  return { extension, id: `${publisher}.${name}`, files };
}

/** A package that exists already, unpacked; without a path one is made now. */
export async function obtainPackage(path) {
  if (path === undefined) return packageExtension();
  const vsix = resolve(path);
  if (!existsSync(vsix)) throw new Error(`${path} does not exist; --vsix needs the path of a .vsix file.`);
  return { vsix, ...unpackExtension(vsix) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { vsix, files } = await packageExtension();
    console.log(`${vsix}: ${files.length} files, ${Math.round(statSync(vsix).size / 1024)} KB`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
