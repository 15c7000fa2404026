import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { listRuleFiles, loadRules } from '../scripts/generate/listing.js';
import { newRule } from '../scripts/new-rule.js';
import { generate } from '../scripts/generate.js';
import { checkFixture } from './support/fixture-checks.js';
import { listRuleFixtures } from './support/fixtures.js';

/** A copy of what a rule needs, inside the repository so that packages are found. */
const root = join(process.cwd(), `dist-test/new-rule-${process.pid}`);

before(() => {
  mkdirSync(join(root, 'server/src'), { recursive: true });
  for (const path of ['l10n', 'text', 'model', 'syntax', 'rules/rule.ts', 'rules/practices.ts'])
    cpSync(join('server/src', path), join(root, 'server/src', path), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "name": "copy", "version": "1.2.3" }\n');
  const settings = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as object;
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({ ...settings, include: ['server/src/rules'], exclude: [] }),
  );
});

after(() => rmSync(root, { recursive: true, force: true }));

test('a new rule type-checks, its fixtures hold and its page is made', async () => {
  const made = [
    ...newRule({ practice: 'network', id: 'first-smell', kind: 'compose', root }),
    ...newRule({ practice: 'light', id: 'second-smell', kind: 'dockerfile', root }),
  ];
  assert.deepEqual(made, [
    'server/src/rules/network/first-smell.ts',
    'test/fixtures/rules/network/first-smell/doc.compose.yaml',
    'test/fixtures/rules/network/first-smell/silent.compose.yaml',
    'server/src/rules/light/second-smell.ts',
    'test/fixtures/rules/light/second-smell/doc.Dockerfile',
    'test/fixtures/rules/light/second-smell/silent.Dockerfile',
  ]);

  const rules = await loadRules(root, listRuleFiles(root));
  assert.deepEqual(
    rules.map(({ meta }) => [meta.id, meta.practice, meta.since]),
    [
      ['second-smell', 'light', '1.2.3'],
      ['first-smell', 'network', '1.2.3'],
    ],
  );
  const { fixtures, strays } = listRuleFixtures(root);
  assert.deepEqual(strays, []);
  assert.deepEqual(
    fixtures.flatMap((fixture) => checkFixture(fixture, rules)),
    [],
  );

  await generate({ write: true, root });
  assert.ok(existsSync(join(root, 'docs/rules/first-smell.md')));
  assert.deepEqual(await generate({ write: false, root }), []);

  const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', root], {
    encoding: 'utf8',
  });
  assert.equal(tsc.status, 0, tsc.stdout + tsc.stderr);
});

test('what is against a new rule is said in a sentence', () => {
  const rule = { practice: 'network', id: 'third-smell', kind: 'compose' as const, root };
  assert.throws(() => newRule({ ...rule, practice: 'nets' }), /no practice "nets".*updates, resources/);
  assert.throws(() => newRule({ ...rule, id: 'Third' }), /"Third" is no id/);
  newRule(rule);
  assert.throws(() => newRule({ ...rule, practice: 'light' }), /a rule "third-smell" already, in network/);
});

test('a rule that does not say what its path says is refused', async () => {
  const folder = join(root, 'server/src/rules/socket');
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(root, 'server/src/rules/network/first-smell.ts'), 'utf8');
  writeFileSync(join(folder, 'other-smell.ts'), text);
  const load = () => loadRules(root, listRuleFiles(root));
  await assert.rejects(load, /meta\.id is "first-smell", the file is named "other-smell"/);
  await assert.rejects(load, /meta\.practice is "network", the folder is "socket"/);
});
