// One place that says how TypeScript of this repository becomes JavaScript. Used by the build, the tests and the scripts.
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

/** @param {import('esbuild').BuildOptions[]} bundles */
export async function buildAll(bundles, { watch = false } = {}) {
  if (!watch) return Promise.all(bundles.map((bundle) => build(bundle)));
  const contexts = await Promise.all(bundles.map((bundle) => context(bundle)));
  return Promise.all(contexts.map((one) => one.watch()));
}
