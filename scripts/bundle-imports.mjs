// What each shipped bundle loads from outside itself, as JSON: { "server.cjs": ["fs", …] }. Builds in memory, or into a
// folder of its own, never into dist/:
//   node scripts/bundle-imports.mjs [folder]
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { bundles, entryFile } from './build.mjs';
import { root } from './bundle.mjs';

const [folder] = process.argv.slice(2);
const found = {};
for (const bundle of bundles) {
  const name = relative(join(root, 'dist'), entryFile(bundle)).replaceAll('\\', '/');
  const { metafile } = await build({
    ...bundle,
    ...(folder === undefined ? { write: false } : elsewhere(bundle, folder, name)),
    metafile: true,
    sourcemap: false,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const outside = imports.filter((one) => one.external).map((one) => one.path);
  found[name] = [...new Set(outside)].sort();
}

/** Where the bundle goes when not into dist/. */
function elsewhere({ outfile }, folder, name) {
  return outfile === undefined ? { outdir: folder } : { outfile: join(folder, name) };
}

console.log(JSON.stringify(found));
