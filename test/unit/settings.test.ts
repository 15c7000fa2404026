import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { excluder } from '../../server/src/engine/exclude.js';
import { readConfig } from '../../server/src/engine/read-config.js';
import { relativePath } from '../../server/src/lsp/look.js';
import { defaultSettings, readSettings } from '../../server/src/lsp/settings.js';
import { type AnyRule, defineRule } from '../../server/src/rules/rule.js';
import { latestTag } from '../support/tiny-rules.js';

const withOptions: AnyRule = defineRule({
  meta: {
    ...latestTag.meta,
    id: 'with-options',
    options: {
      limit: { default: 5, description: 'A number.' },
      names: { default: ['a'], description: 'A list.' },
    },
  },
  check: {},
});
const rules = [latestTag, withOptions];

describe('configuration values', () => {
  test('set severities and options of rules, beside `severity` or below `options`', () => {
    const { config, complaints } = readConfig(
      {
        profile: 'strict',
        rules: {
          'tag-latest': 'off',
          'with-options': { severity: 'hint', limit: 7, options: { names: ['b'] } },
        },
        practices: { light: 'error', images: 'default' },
        allowedRegistries: ['ghcr.io/me'],
      },
      rules,
    );
    assert.deepEqual(complaints, []);
    assert.equal(config.profile, 'strict');
    assert.deepEqual(
      [...config.rules],
      [
        ['tag-latest', { severity: 'off' }],
        ['with-options', { severity: 'hint', options: { limit: 7, names: ['b'] } }],
      ],
    );
    assert.deepEqual([...config.practices], [['light', 'error']]);
    assert.deepEqual(config.allowedRegistries, ['ghcr.io/me']);
  });

  test('that are wrong cost themselves alone', () => {
    const { config, complaints } = readConfig(
      {
        profile: 'loud',
        rules: {
          'tag-latest': 3,
          'no-such-rule': 'off',
          'with-options': { severity: 'x', limit: 'many', names: ['b'], other: 1 },
        },
        practices: { heavy: 'off', light: {} },
        allowedRegistries: ['a', 1],
      },
      rules,
    );
    assert.deepEqual([...config.rules], [['with-options', { options: { names: ['b'] } }]]);
    assert.deepEqual(config.allowedRegistries, ['a']);
    assert.deepEqual(complaints, [
      'profile: "loud" is not one of essential, recommended, strict',
      'rules.tag-latest: 3 is not one of off, hint, info, warning, error',
      'rules: "no-such-rule" is not the id of a rule',
      'rules.with-options.severity: "x" is not one of off, hint, info, warning, error',
      'rules.with-options.limit: "many" is not a number',
      'rules.with-options: "other" is not an option of this rule',
      'practices: "heavy" is not the name of a practice',
      'practices.light: an object is not one of off, hint, info, warning, error',
      'allowedRegistries: 1 is not a text',
    ]);
  });

  test('of any shape are survived', () => {
    for (const value of [undefined, null, 0, 'x', [], [1], { rules: [] }, { rules: null, practices: 'x' }]) {
      assert.equal(readConfig(value, rules).config.rules.size, 0);
      assert.equal(readSettings(value, rules).settings.run, 'onType');
    }
  });
});

test('editor settings fall back one by one', () => {
  const { settings, complaints } = readSettings(
    {
      enable: 'no',
      absence: 'separate',
      run: 1,
      maxFileSize: -1,
      exclude: ['dist'],
      compose: { files: ['a.yml', 2] },
    },
    rules,
  );
  assert.equal(settings.enable, true);
  assert.equal(settings.absence, 'separate');
  assert.equal(settings.run, defaultSettings.run);
  assert.equal(settings.maxFileSize, defaultSettings.maxFileSize);
  assert.equal(settings.isExcluded('a/dist/Dockerfile'), true);
  assert.deepEqual(settings.composeFiles, ['a.yml']);
  assert.equal(complaints.length, 4);
  assert.deepEqual(readSettings({ compose: 'a.yml' }, rules).complaints, [
    'compose: "a.yml" is not an object',
  ]);
});

test('globs leave out names anywhere, paths from the root, and all that is in a folder', () => {
  const excluded = excluder(['vendor', 'test/**/*.yaml', './deploy/old/', '*.bak', '']);
  for (const path of [
    'vendor/Dockerfile',
    'a/vendor/b/Dockerfile',
    'test/a/b.yaml',
    'deploy/old/x/Dockerfile',
    'a/x.bak',
  ])
    assert.equal(excluded(path), true, path);
  for (const path of ['Dockerfile', 'vendors/Dockerfile', 'a/test/b.yaml', 'deploy/Dockerfile'])
    assert.equal(excluded(path), false, path);
  assert.equal(excluder([])('anything'), false);
});

test('a path is relative to the innermost folder that is open', () => {
  const folders = ['file:///a', 'file:///a/b%20c'];
  assert.equal(relativePath('file:///a/b%20c/d/Dockerfile', folders), 'd/Dockerfile');
  assert.equal(relativePath('file:///a/x/Dockerfile', folders), 'x/Dockerfile');
  assert.equal(relativePath('file:///ab/Dockerfile', folders), 'Dockerfile');
  assert.equal(relativePath('untitled:Untitled-1', folders), 'Untitled-1');
});
