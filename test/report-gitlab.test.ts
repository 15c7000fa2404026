import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith } from './support/cli.js';
import { assertGolden, nastyFolder, nastyPath, TINY } from './support/report.js';

interface Issue {
  readonly check_name: string;
  readonly description: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

test('one issue for each finding that nobody accepted', async (t) => {
  const { code, out, err } = await folderWith(t, TINY).run(['--format', 'gitlab']);
  assert.deepEqual({ code, err }, { code: 1, err: '' });
  assertGolden('report.gitlab.txt', out);
});

test('nothing found is an empty list', async (t) => {
  const clean = { 'compose.yaml': 'services: {db: {image: a, read_only: true, init: true}}\n' };
  assert.equal((await folderWith(t, clean).run(['--format', 'gitlab'])).out, '[]\n');
});

test('fields are what GitLab reads, whatever names and paths hold', async (t) => {
  const { out } = await nastyFolder(t).run(['--format', 'gitlab']);
  const issues: readonly Issue[] = JSON.parse(out);
  assert.ok(issues.length >= 5);
  assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
  for (const { severity, location, fingerprint } of issues) {
    assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(severity));
    assert.match(fingerprint, /^[\da-f]{32}$/);
    assert.ok(location.path.startsWith(`${nastyPath}/`));
    assert.ok(location.lines.begin >= 1);
  }
});

test('what was not read is an issue too', async (t) => {
  const folder = folderWith(t, { Dockerfile: 'FROM node:22\nRUM ls\n' });
  const { out } = await folder.run(['--format', 'gitlab', '--fail-on', 'never']);
  const issues: readonly Issue[] = JSON.parse(out);
  assert.deepEqual(
    issues.map(({ check_name, location }) => [check_name, location.lines.begin]),
    [['syntax', 2]],
  );
});
