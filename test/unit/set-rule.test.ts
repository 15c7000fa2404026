/** Levels of single rules in a configuration that is there: comments and everything else stay. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfigFile } from '../../server/src/engine/config-file/read.js';
import { setRule, smallConfig, withRules } from '../../server/src/engine/config-file/set-rule.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { tinyRules } from '../support/tiny-rules.js';

const CASES: readonly (readonly [name: string, before: string, after: string])[] = [
  ['an empty file', '', 'rules:\n  tag-latest: off\n'],
  ['comments only', '# ours\n', '# ours\n\nrules:\n  tag-latest: off\n'],
  ['no rules', 'profile: strict # all\n', 'profile: strict # all\n\nrules:\n  tag-latest: off\n'],
  ['no end of line', 'profile: strict', 'profile: strict\n\nrules:\n  tag-latest: off\n'],
  [
    'other rules',
    'rules:\n  a: off # why\nexclude: [x]\n',
    'rules:\n  a: off # why\n  tag-latest: off\nexclude: [x]\n',
  ],
  [
    'rules in comments',
    'rules:\n#  a: off\nexclude: [x]\n',
    'rules:\n  tag-latest: off\n#  a: off\nexclude: [x]\n',
  ],
  ['rules in braces', 'rules: {a: off}\n', 'rules: {a: off, tag-latest: off}\n'],
  ['a file in braces', '{profile: strict}\n', '{profile: strict, rules: { tag-latest: off }}\n'],
  ['another level', 'rules:\n  tag-latest: error # !\n', 'rules:\n  tag-latest: off # !\n'],
  [
    'options',
    'rules:\n  tag-latest:\n    options: {a: 1}\n',
    'rules:\n  tag-latest:\n    options: {a: 1}\n    severity: off\n',
  ],
  ['a severity', 'rules:\n  tag-latest: {severity: info}\n', 'rules:\n  tag-latest: {severity: off}\n'],
  [
    'four blanks',
    'services:\n    web:\n        a: b\n',
    'services:\n    web:\n        a: b\n\nrules:\n    tag-latest: off\n',
  ],
];

for (const [name, before, after] of CASES)
  test(`a rule is turned off in a file with ${name}`, () => {
    for (const eol of ['\n', '\r\n']) {
      const text = before.replaceAll('\n', eol);
      const edit = setRule(text, 'tag-latest', 'off');
      assert.ok(edit);
      const result = applyEdits(text, [edit]);
      if (before.includes('\n')) assert.equal(result, after.replaceAll('\n', eol));
      assert.equal(readConfigFile(result, tinyRules).config.rules.get('tag-latest')?.severity, 'off');
      assert.equal(setRule(result, 'tag-latest', 'off'), undefined, 'it is off already');
    }
  });

test('a file that is broken, or no map, stays as it is', () => {
  for (const text of ['rules: [\n', '- a\n', 'rules: off\n'])
    assert.equal(setRule(text, 'tag-latest', 'off'), undefined, text);
});

test('several rules are added, and what the file says of them stays', () => {
  const { text, added } = withRules('rules:\n  tag-latest: error\n', [
    { rule: 'tag-latest', level: 'off' },
    { rule: 'privileged-set', level: 'info' },
    { rule: 'memory-missing', level: 'off' },
  ]);
  assert.deepEqual(added, ['privileged-set', 'memory-missing']);
  assert.equal(text, 'rules:\n  tag-latest: error\n  privileged-set: info\n  memory-missing: off\n');
});

test('a new file is short and without mistakes', () => {
  const { problems, config } = readConfigFile(smallConfig('tag-latest', 'off'), tinyRules);
  assert.deepEqual(problems, []);
  assert.equal(config.rules.get('tag-latest')?.severity, 'off');
});
