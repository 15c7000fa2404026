import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashingRule, folderWith, sampleRules } from './support/cli.js';
import { assertGolden, nastyFolder, TINY } from './support/report.js';

test('practices, findings by service, accepted ones, and each advice once', async (t) => {
  const { code, out, err } = await folderWith(t, TINY).run(['--format', 'markdown']);
  assert.deepEqual({ code, err }, { code: 1, err: '' });
  assertGolden('report.md', out);
});

test('a practice that was not fully checked is not called clean', async (t) => {
  const clean = { 'compose.yaml': 'services: {db: {image: a, read_only: true, init: true}}\n' };
  const row = (out: string, number: number) =>
    out.split('\n').find((line) => line.startsWith(`| ${number} |`));
  const folder = folderWith(t, clean);
  const { out } = await folder.run(['--format', 'markdown']);
  assert.match(row(out, 3) ?? '', /nothing found/);
  assert.match(row(out, 1) ?? '', /not fully checked/);
  const crashed = await folder.run(['--format', 'markdown'], { rules: [crashingRule, ...sampleRules] });
  assert.match(row(crashed.out, 3) ?? '', /not fully checked/);
  assert.match(crashed.out, /⚠️ \*\*rule failed\*\*/);
});

test('names and reasons stay text', async (t) => {
  const { out } = await nastyFolder(t).run(['--format', 'markdown']);
  assert.match(out, /alert\(1\)/);
  const outsideCode = out.replace(/(?<!\\)(?<!`)(`+)(?!`) ?.*? ?\1(?!`)/g, 'CODE');
  assert.doesNotMatch(outsideCode, /(?<!\\)<\w/, 'no tag');
  assert.doesNotMatch(outsideCode, /(?<!\\)\]\((?!#|https:\/\/github\.com\/bulkhead)/, 'no link but ours');
  assert.doesNotMatch(outsideCode, /@\w/, 'nobody is called');
  for (const line of out.split('\n')) {
    if (line === '') continue;
    assert.match(
      line,
      /^(?:#{1,4} |\||- | {2}- |---$|Bulkhead |\d|\*\*Sample|Mend )/,
      'no line of a file of its own',
    );
  }
  const tableLines = out.split('\n').filter((line) => line.startsWith('|'));
  assert.equal(tableLines.length, 12);
});

test('findings of a baseline are counted, not listed', async (t) => {
  const folder = folderWith(t, TINY);
  await folder.run(['baseline']);
  for (const format of ['markdown', 'html']) {
    const { out } = await folder.run(['--format', format]);
    assert.match(out, /4 findings of the baseline/);
    assert.match(out, /runs on its own host/);
    assert.doesNotMatch(out, /Mend/);
  }
});
