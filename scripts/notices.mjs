// ThirdPartyNotices.txt: names, versions and licences of every package whose code is in the bundles. Bundlers drop them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from './build.mjs';
import { root } from './bundle.mjs';

const ALLOWED = /^(MIT|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|ISC|0BSD|BlueOak-1\.0\.0)$/;

/**
 * The text of the notices.
 * @returns {Promise<string>}
 * @throws {Error} naming a package without a licence text, or with a licence that may not be shipped
 */
export async function noticesText() {
  const packages = new Map();
  for (const bundle of bundles) {
    const { metafile } = await build({ ...bundle, write: false, metafile: true, sourcemap: false });
    for (const input of Object.keys(metafile.inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined) packages.set(folder.replace(/^.*node_modules\//, ''), folder);
    }
  }
  const parts = [...packages].sort().map(([name, folder]) => notice(name, join(root, folder)));
  return `Bundled third-party software\n\n${parts.join('\n')}`;
}

function notice(name, folder) {
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!ALLOWED.test(license ?? ''))
    throw new Error(`${name} ${version} has the licence ${license}, which may not be shipped`);
  const file = existsSync(folder) && readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
