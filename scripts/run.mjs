// Runs a TypeScript file of this repository: node scripts/run.mjs scripts/generate.ts [argument …]
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll, nodeOptions, root } from './bundle.mjs';

const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) {
  console.error('usage: node scripts/run.mjs FILE.ts [argument …]');
  process.exit(2);
}
const folder = join(root, 'dist-test/scripts');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, basename(entry).replace(/\.ts$/, '.mjs'));
await buildAll([{ ...nodeOptions, entryPoints: [entry], outfile, packages: 'external' }]);
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
