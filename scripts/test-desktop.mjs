// The suite of test/editor/suite in the desktop VS Code, which @vscode/test-electron downloads. For machines with a
// display and the way out to the internet; `npm run test:editor` needs neither.
//   node scripts/test-desktop.mjs [--vsix FILE] [--grep TEXT]
// VSCODE_VERSION=1.93.1 tests that version instead of the newest; VSCODE=/path/to/code an installed one.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { parseArgs } from 'node:util';
import { calmSettings } from '../test/vscode-host/settings.mjs';
import { root } from './bundle.mjs';
import { bundleSuite } from './editor-suite.mjs';
import { obtainPackage } from './package.mjs';
import { lineMark, suiteOutput } from './suite-output.mjs';

/** @returns {Promise<boolean>} whether every test passed */
async function testDesktop({ vsix, grep }) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error('The desktop VS Code needs a display. Without one: xvfb-run -a npm run test:desktop');
  }
  const { runTests } = await import('@vscode/test-electron');
  const { extension } = await obtainPackage(vsix);
  const { tests, locate } = await bundleSuite(extension, { grep, lineMark });
  const output = suiteOutput(locate);
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-desktop-'));
  try {
    const launchArgs = prepare(folder);
    const installed = process.env.VSCODE;
    const stdout = new PassThrough();
    const read = lines(stdout, output.take);
    const failure = await runTests({
      ...(installed
        ? { vscodeExecutablePath: installed }
        : { version: process.env.VSCODE_VERSION ?? 'stable' }),
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      launchArgs,
      stdout,
    }).then(
      () => undefined,
      (error) => error,
    );
    stdout.end();
    await read;
    const summary = output.summary();
    if (summary === undefined) {
      throw new Error(
        `VS Code ended before the suite had run: ${failure?.message}\n${output.others.join('\n')}`,
      );
    }
    console.log(summary);
    return failure === undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A copy of the test workspace, and settings and extensions that are not the user's. */
function prepare(folder) {
  const workspace = join(folder, 'workspace');
  cpSync(join(root, 'test/editor/workspace'), workspace, { recursive: true });
  mkdirSync(join(folder, 'user/User'), { recursive: true });
  writeFileSync(join(folder, 'user/User/settings.json'), JSON.stringify(calmSettings, null, 2));
  return [
    workspace,
    '--disable-workspace-trust',
    `--user-data-dir=${join(folder, 'user')}`,
    `--extensions-dir=${join(folder, 'extensions')}`,
  ];
}

/** Passes on a stream line by line; resolves when it has ended. */
async function lines(stream, take) {
  for await (const line of createInterface({ input: stream })) take(line);
}

try {
  const { values } = parseArgs({ options: { vsix: { type: 'string' }, grep: { type: 'string' } } });
  process.exitCode = (await testDesktop(values)) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
