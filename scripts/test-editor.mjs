// Runs test/editor/grammars, then the mocha suite of test/editor/suite in a real VS Code, against the packaged extension: in
// the extension host with Node, as on a desktop, and in the one that is a web worker, as on vscode.dev.
//   node scripts/test-editor.mjs [--host node|web] [--oldest] [--vsix FILE] [--grep TEXT]
// --oldest: in the oldest VS Code that package.json claims to work in, instead of the newest. Only with Node: a VS Code in a web
// page is always the newest, and one this old does not load its tests there.
// VERBOSE=1 also prints what VS Code itself says.
// It builds nothing but the package; dist/ must be there. On failure VS Code's logs are in artefacts/vscode-logs/.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { testGrammars } from '../test/editor/grammars/run.mjs';
import { startVSCode } from '../test/vscode-host/host.mjs';
import { newest, oldest } from '../test/vscode-host/versions.mjs';
import { logFolder } from '../test/vscode-host/server.mjs';
import { root } from './bundle.mjs';
import { bundleSuite } from './editor-suite.mjs';
import { obtainPackage } from './package.mjs';
import { lineMark, suiteOutput } from './suite-output.mjs';

const HOSTS = { node: 'with Node', web: 'in a web worker' };

/** @returns {Promise<boolean>} whether every test passed, in every host */
async function testEditor({ vsix, grep, host, oldest: old = false }) {
  if (host !== undefined && !Object.hasOwn(HOSTS, host)) throw new Error('--host is node or web.');
  const { vsix: file, extension, files } = await obtainPackage(vsix);
  checkContents(files);
  checkSize(statSync(file).size);
  const { tests, locate } = await bundleSuite(extension, { grep, lineMark });
  const version = old ? oldest : newest;
  const counts = { passed: 0, failed: 0 };
  if (host === undefined && grep === undefined) {
    console.log('\nGrammars, with those of VS Code:');
    const { passed, failed } = await testGrammars();
    counts.passed += passed;
    counts.failed += failed;
  }
  for (const one of host === undefined ? Object.keys(HOSTS) : [host]) {
    const { passed, failed } = await runIn(one, { version, extension, tests, locate });
    counts.passed += passed;
    counts.failed += failed;
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0;
}

/** @returns {Promise<{ passed: number, failed: number }>} */
async function runIn(host, { version, extension, tests, locate }) {
  const vscode = await startVSCode({
    version,
    workspace: join(root, 'test/editor/workspace'),
    webTests: host === 'web',
  });
  console.log(`\nVS Code ${vscode.version}, extension host ${HOSTS[host]}:`);
  const output = suiteOutput(locate);
  let code;
  try {
    code = await vscode.runTests({ extension, tests, log: output.take });
  } finally {
    await vscode.close({ failed: code !== 0 });
    if (code !== 0) console.error(`What VS Code said is in ${logFolder}`);
  }
  const counts = output.counts();
  if (counts === undefined) {
    throw new Error(`VS Code ended with code ${code} before the suite had run.\n${output.others.join('\n')}`);
  }
  const errors = vscode.errors().filter((line) => OURS.test(line));
  for (const error of errors) console.log(`Not expected on the console: ${error}`);
  return { passed: counts.passed, failed: counts.failed + errors.length };
}

/** Errors on the console of the window that come from the extension. */
const OURS = /\[bulkhead\.bulkhead\]|dist\/(?:browser\/)?(?:client|server)\./;

/** What a user installs, file by file: nothing may slip in, nothing may be missing. */
const CONTENTS = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/ThirdPartyNotices.txt',
  'extension/changelog.md',
  'extension/dist/browser/client.cjs',
  'extension/dist/browser/server.js',
  'extension/dist/cli.js',
  'extension/dist/client.cjs',
  'extension/dist/server.cjs',
  'extension/docs/bulkhead.schema.json',
  'extension/l10n/bundle.l10n.de.json',
  'extension/media/icon.png',
  'extension/media/view.svg',
  'extension/media/walkthrough/configure.svg',
  'extension/media/walkthrough/fix.svg',
  'extension/media/walkthrough/harden.svg',
  'extension/media/walkthrough/open.svg',
  'extension/media/walkthrough/see.svg',
  'extension/package.json',
  'extension/package.nls.de.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/syntaxes/bulkhead-heredoc.injection.tmLanguage.json',
  'extension/syntaxes/bulkhead-ignore.injection.tmLanguage.json',
];

/** Parts of the command line tool, which esbuild names and numbers. */
const CLI_PART = /^extension\/dist\/cli\/[\w-]+\.js$/;

function checkContents(files) {
  const unexpected = files.filter((file) => !CONTENTS.includes(file) && !CLI_PART.test(file));
  const missing = CONTENTS.filter((file) => !files.includes(file));
  if (!files.some((file) => CLI_PART.test(file))) missing.push('extension/dist/cli/*.js');
  if (unexpected.length + missing.length === 0) return;
  throw new Error(`The package holds other files than scripts/test-editor.mjs expects.
unexpected: ${unexpected.join(', ') || 'none'}
missing: ${missing.join(', ') || 'none'}`);
}

/** Bytes that a user downloads at most. */
const MOST_BYTES = 2_000_000;

function checkSize(bytes) {
  if (bytes > MOST_BYTES) throw new Error(`The package has ${bytes} bytes, ${MOST_BYTES} at most.`);
}

try {
  const { values } = parseArgs({
    options: {
      vsix: { type: 'string' },
      grep: { type: 'string' },
      host: { type: 'string' },
      oldest: { type: 'boolean' },
    },
  });
  process.exitCode = (await testEditor(values)) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
