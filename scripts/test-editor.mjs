// Runs the mocha suite of test/editor/suite in a real VS Code, against the packaged extension:
//   node scripts/test-editor.mjs [--vsix FILE] [--grep TEXT]
// KIND=web runs it in the web worker extension host; VERBOSE=1 also prints what VS Code itself says.
// It builds nothing but the package; dist/ must be there. On failure VS Code's logs are in artefacts/vscode-logs/.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startVSCode } from '../test/vscode-host/host.mjs';
import { logFolder } from '../test/vscode-host/server.mjs';
import { root } from './bundle.mjs';
import { bundleSuite } from './editor-suite.mjs';
import { obtainPackage } from './package.mjs';
import { lineMark, suiteOutput } from './suite-output.mjs';

/** @returns {Promise<boolean>} whether every test passed */
async function testEditor({ vsix, grep }) {
  const { extension, id, files } = await obtainPackage(vsix);
  checkContents(files);
  const { tests, locate } = await bundleSuite(extension, { grep, lineMark });
  const vscode = await startVSCode({
    workspace: join(root, 'test/editor/workspace'),
    inWebWorker: process.env.KIND === 'web' ? [id] : [],
  });
  const output = suiteOutput(locate);
  let code;
  try {
    code = await vscode.runTests({ extension, tests, log: output.take });
  } finally {
    await vscode.close({ failed: code !== 0 });
    if (code !== 0) console.error(`What VS Code said is in ${logFolder}`);
  }
  const summary = output.summary();
  if (summary === undefined) {
    throw new Error(`VS Code ended with code ${code} before the suite had run.\n${output.others.join('\n')}`);
  }
  console.log(summary);
  return code === 0;
}

/** What a user installs, file by file: nothing may slip in, nothing may be missing. */
const CONTENTS = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/ThirdPartyNotices.txt',
  'extension/changelog.md',
  'extension/dist/cli.js',
  'extension/dist/client.cjs',
  'extension/dist/server.cjs',
  'extension/docs/bulkhead.schema.json',
  'extension/media/icon.png',
  'extension/media/view.svg',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/syntaxes/bulkhead-ignore.injection.tmLanguage.json',
];

function checkContents(files) {
  const unexpected = files.filter((file) => !CONTENTS.includes(file));
  const missing = CONTENTS.filter((file) => !files.includes(file));
  if (unexpected.length + missing.length === 0) return;
  throw new Error(`The package holds other files than scripts/test-editor.mjs expects.
unexpected: ${unexpected.join(', ') || 'none'}
missing: ${missing.join(', ') || 'none'}`);
}

try {
  const { values } = parseArgs({ options: { vsix: { type: 'string' }, grep: { type: 'string' } } });
  process.exitCode = (await testEditor(values)) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
