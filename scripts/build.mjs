// Builds dist/: the command line tool, the language server and the VS Code client.
//   node scripts/build.mjs [--watch] [--if-missing]
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll, facts, nodeOptions, offline, root } from './bundle.mjs';

const dist = (name) => join(root, 'dist', name);
/** One copy of what packages bring in several versions and forms; all of them take the newest. */
const single = (name) => ({ [name]: join(root, `node_modules/${name}/lib/esm/main.js`) });
const oneOfEach = {
  alias: { ...single('vscode-languageserver-types'), ...single('vscode-languageserver-textdocument') },
};
/** Names stay as they are written: logs tell of failures by the names of functions, and to keep them apart costs time. */
const common = { ...nodeOptions, minifyWhitespace: true, minifySyntax: true, plugins: [offline, facts] };
/** Where there is no Node: esbuild fails on every import of one of its modules. */
const inBrowser = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  inject: [join(root, 'scripts/browser-globals.mjs')],
};

/** What is shipped. */
export const bundles = [
  {
    // In parts, so that a command loads only what it needs: `lsp` would read all rules for nothing.
    ...common,
    entryPoints: { cli: 'server/src/cli/main.ts' },
    outdir: dist(''),
    splitting: true,
    chunkNames: 'cli/[name]-[hash]',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...common,
    entryPoints: ['server/src/lsp/main.node.ts'],
    outfile: dist('server.cjs'),
    format: 'cjs',
    ...oneOfEach,
  },
  {
    ...common,
    entryPoints: ['client/src/extension.ts'],
    outfile: dist('client.cjs'),
    format: 'cjs',
    external: ['vscode'],
  },
  {
    ...inBrowser,
    entryPoints: ['server/src/lsp/main.browser.ts'],
    outfile: dist('browser/server.js'),
    format: 'iife',
    ...oneOfEach,
  },
  {
    ...inBrowser,
    entryPoints: ['client/src/browser.ts'],
    outfile: dist('browser/client.cjs'),
    format: 'cjs',
    external: ['vscode'],
  },
];

/** The file by which a bundle is loaded; those that are split have others beside it. */
export function entryFile({ outfile, outdir, entryPoints }) {
  return outfile ?? join(outdir, `${Object.keys(entryPoints)[0]}.js`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const watch = process.argv.includes('--watch');
  const isThere = bundles.every((bundle) => existsSync(entryFile(bundle)));
  if (!(process.argv.includes('--if-missing') && isThere)) {
    if (!watch) rmSync(join(root, 'dist'), { recursive: true, force: true });
    await buildAll(bundles, { watch });
  }
}
