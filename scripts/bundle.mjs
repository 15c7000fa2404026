// One place that says how TypeScript of this repository becomes JavaScript. Used by the build, the tests and the scripts.
import { readFileSync } from 'node:fs';
import { build, context } from 'esbuild';

export const root = new URL('..', import.meta.url).pathname;

/** Settings shared by everything that runs in Node. */
export const nodeOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
  sourcemap: 'linked',
};

const NETWORK = /^(?:node:)?(?:net|tls|http|https|http2|dns|dns\/promises|dgram|undici)$/;

/**
 * For everything that is shipped: whatever asks for a network module gets an empty one, so that no code of ours or of a
 * library can open a connection. What libraries want them for (the language server over a socket, look-ups of image tags)
 * is not offered. `fetch` and `WebSocket` are no modules; test/offline.test.ts looks for them.
 * @type {import('esbuild').Plugin}
 */
export const offline = {
  name: 'offline',
  setup(build) {
    build.onResolve({ filter: NETWORK }, ({ path }) => ({ path, namespace: 'offline' }));
    build.onLoad({ filter: /.*/, namespace: 'offline' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
  },
};

/**
 * Tables of facts as text that is parsed when the program starts: V8 reads JSON several times as fast as the same data as
 * JavaScript, which it reads once to compile it and once more to run it.
 * @type {import('esbuild').Plugin}
 */
export const facts = {
  name: 'facts',
  setup(build) {
    build.onLoad({ filter: /[\\/]facts[\\/]data[\\/][^\\/]+\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
  },
};

/** @param {import('esbuild').BuildOptions[]} bundles */
export async function buildAll(bundles, { watch = false } = {}) {
  if (!watch) return Promise.all(bundles.map((bundle) => build(bundle)));
  const contexts = await Promise.all(bundles.map((bundle) => context(bundle)));
  return Promise.all(contexts.map((one) => one.watch()));
}
