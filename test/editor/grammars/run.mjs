// Runs the tests of syntaxes/. They need the VS Code of test/vscode-host for its grammars, but start none.
import { join } from 'node:path';
import { run } from 'node:test';
import { install } from '../../vscode-host/install.mjs';

/** @returns {Promise<{ passed: number, failed: number }>} what failed has been printed */
export async function testGrammars() {
  await install();
  const counts = { passed: 0, failed: 0 };
  const events = run({ files: [join(import.meta.dirname, 'grammars.test.mjs')] });
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.details.type !== 'suite') counts.passed++;
    if (type !== 'test:fail' || data.details.type === 'suite') continue;
    counts.failed++;
    const { cause = data.details.error } = data.details.error;
    console.log(`  not ok: ${data.name}\n${cause.stack ?? cause}`);
  }
  console.log(`  ${counts.passed} passed, ${counts.failed} failed`);
  return counts;
}
