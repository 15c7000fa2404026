import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith } from './support/cli.js';
import { assertGolden, nastyFolder, TINY } from './support/report.js';

test('one command for each finding, one for what a service lacks, and the summary', async (t) => {
  const { code, out, err } = await folderWith(t, TINY).run(['--format', 'github']);
  assert.deepEqual({ code, err }, { code: 1, err: '' });
  assertGolden('report.github.txt', out);
});

test('a file that was not read to its end has a command of its own', async (t) => {
  const folder = folderWith(t, { Dockerfile: 'FROM node:22\nRUM ls\n' });
  const { out } = await folder.run(['--format', 'github', 'Dockerfile', 'gone.yaml']);
  assert.match(
    out,
    /^::error file=Dockerfile,line=2,endLine=2,col=1,endColumn=4,title=Bulkhead%3A syntax::/m,
  );
  assert.match(out, /^::error file=gone\.yaml,title=Bulkhead%3A unreadable::gone\.yaml does not exist$/m);
});

test('names and paths cannot become commands', async (t) => {
  const { out } = await nastyFolder(t).run(['--format', 'github', '--absence', 'separate']);
  const lines = out.trimEnd().split('\n');
  const commands = lines.filter((line) => line.startsWith('::'));
  assert.ok(commands.length >= 5);
  for (const line of commands) {
    const parts = /^::(error|warning|notice) ([^:]*)::(.*)$/.exec(line);
    assert.ok(parts, line);
    for (const property of (parts[2] ?? '').split(',')) {
      assert.match(property, /^(?:file|line|endLine|col|endColumn|title)=[^:,\r\n]*$/);
      assert.doesNotMatch(property, /%(?!25|0A|0D|3A|2C)/);
    }
    assert.doesNotMatch(parts[3] ?? '', /%(?!25|0A|0D)/);
  }
  // The rest is the summary, which holds numbers and words of our own.
  for (const line of lines.filter((one) => !one.startsWith('::'))) assert.match(line, /^\d+ [\w ,;`.-]+$/);
});

test('--quiet leaves the summary out', async (t) => {
  const clean = { 'compose.yaml': 'services: {db: {image: a, read_only: true, init: true}}\n' };
  assert.equal((await folderWith(t, clean).run(['--format=github', '--quiet'])).out, '');
});
