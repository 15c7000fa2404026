// Bundles test/editor/suite into one CommonJS file that an extension host can load, in Node and in a web worker.
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { buildAll, nodeOptions, root } from './bundle.mjs';

/**
 * @param {string} extension the unpacked extension under test. The bundle goes into a folder of its own in there, because
 *   VS Code runs tests in the host of the extension that they lie in.
 * @param {{ grep?: string, lineMark?: string }} options `grep`: run only the tests whose full title contains this;
 *   `lineMark`: begins every line that the suite prints
 * @returns {Promise<{ tests: string, locate: (line: string) => string | undefined }>} `tests`: for VS Code's
 *   `extensionTestsPath`; `locate`: see `locator`
 */
export async function bundleSuite(extension, { grep = '', lineMark = '' } = {}) {
  const sources = join(root, 'test/editor/suite');
  const files = readdirSync(sources).filter((name) => name.endsWith('.test.ts'));
  // ".cjs": the manifest of the extension may say `"type": "module"`, and the web worker has no ES modules.
  const tests = join(extension, 'suite-of-tests/index.cjs');
  // index.ts first: it defines `suite` and `test`.
  const lines = ["export { run } from './index.ts';", ...files.sort().map((name) => `import './${name}';`)];
  await buildAll([
    {
      ...nodeOptions,
      stdin: { contents: lines.join('\n'), resolveDir: sources, loader: 'ts' },
      outfile: tests,
      format: 'cjs',
      // Only what both hosts have; `vscode` is the one module that each of them provides.
      platform: 'browser',
      external: ['vscode'],
      sourcemap: 'external',
      define: {
        GREP: JSON.stringify(grep),
        LINE_MARK: JSON.stringify(lineMark),
        // mocha's one-file build would assign itself to a `module` it finds, and with that replace `run`.
        module: 'undefined',
      },
    },
  ]);
  return { tests, locate: locator(tests) };
}

/**
 * Extension hosts ignore source maps. The returned function changes a line of a stack trace to name the source, and
 * gives undefined for a line that is of no use to the reader: one inside mocha or Node. Other lines come back as they are.
 */
function locator(bundle) {
  const map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')));
  const place = /(?:[^\s(]*\/)?suite-of-tests\/index\.cjs(#vscode-extension)?:(\d+):(\d+)/;
  return (line) => {
    if (/^\s+at .*\(?node:internal/.test(line)) return undefined;
    const found = place.exec(line);
    if (found === null) return line;
    // The web worker wraps the file into a function, which adds two lines on top.
    const above = found[1] === undefined ? 0 : 2;
    const { originalSource, originalLine } = map.findEntry(
      Number(found[2]) - above - 1,
      Number(found[3]) - 1,
    );
    if (originalSource === undefined) return line;
    if (originalSource.includes('node_modules')) return undefined;
    const source = relative(root, join(bundle, '..', originalSource));
    return line.replace(found[0], () => `${source}:${originalLine + 1}`);
  };
}
