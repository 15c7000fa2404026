import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readConfigFile } from '../../server/src/engine/config-file/read.js';
import { overruledSettings, withFile } from '../../server/src/engine/config-file/merge.js';
import { CONFIG_NAMES, configShape } from '../../server/src/engine/config-file/shape.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { english } from '../../server/src/l10n/message.js';
import { sourceText } from '../../server/src/text/source-text.js';
import { rules as catalogue } from '../../server/src/rules/index.js';
import { sampleRules } from '../support/cli.js';

const read = (text: string) => readConfigFile(text, sampleRules);

/** `line:column text: message`, counted from 1. */
function complaints(text: string): readonly string[] {
  const source = sourceText(text);
  return read(text).problems.map(({ at, message }) => {
    const { line, character } = source.positionAt(at.start);
    return `${line + 1}:${character + 1} ${source.slice(at)}: ${english(message)}`;
  });
}

const FULL = `profile: strict
rules:
  user-is-root: off
  container-privileged: warning
  dockerignore-missing:
    severity: error
    options:
      entries: node_modules
practices:
  images: info
exclude: [legacy/]
allowedRegistries:
  - registry.example.com
services:
  proxy:
    container-privileged: talks to the kernel
baseline: known.json
absence: separate
`;

describe('a configuration file', () => {
  test('says what is written', () => {
    const { config, problems } = read(FULL);
    assert.deepEqual(problems, []);
    assert.equal(config.profile, 'strict');
    assert.deepEqual(
      [...config.rules],
      [
        ['user-is-root', { severity: 'off' }],
        ['container-privileged', { severity: 'warning' }],
        ['dockerignore-missing', { severity: 'error', options: { entries: 'node_modules' } }],
      ],
    );
    assert.deepEqual([...config.practices], [['images', 'info']]);
    assert.deepEqual(config.exclude, ['legacy/']);
    assert.deepEqual(config.allowedRegistries, ['registry.example.com']);
    const risk = config.services.get('proxy')?.get('container-privileged');
    assert.equal(risk?.reason, 'talks to the kernel');
    assert.equal(risk && FULL.slice(risk.at.start, risk.at.end), 'container-privileged');
    assert.equal(config.baseline, 'known.json');
    assert.equal(config.absence, 'separate');
  });

  test('may be empty, or hold keys whose content is commented out', () => {
    for (const text of ['', '# nothing yet\n', 'rules:\n#  user-is-root: off\nexclude:\nservices:\n  db:\n'])
      assert.deepEqual(complaints(text), []);
  });

  test('with an unknown name gets the nearest known one', () => {
    assert.deepEqual(complaints('profil: strict\nrules:\n  user-root: off\npractices:\n  image: off\n'), [
      '1:1 profil: There is no setting `profil`. Did you mean `profile`?',
      '3:3 user-root: There is no rule `user-root`. Did you mean `user-is-root`?',
      '5:3 image: There is no practice `image`. Did you mean `images`?',
    ]);
  });

  test('with a wrong value gets a sentence at the value', () => {
    assert.deepEqual(complaints('profile: strikt\nabsence: [off]\nexclude: a\nrules: []\n'), [
      '1:10 strikt: `profile` cannot be `strikt`; it is essential, recommended or strict. Did you mean `strict`?',
      '2:10 [off]: `absence` must be grouped, separate or off, and this is a list.',
      '3:10 a: `exclude` must be a list of texts, and this is a text.',
      '4:8 []: `rules` must be a map of rules, and this is a list.',
    ]);
    assert.deepEqual(complaints('rules:\n  dockerignore-missing: {options: {entries: true, other: 1}}\n'), [
      '2:45 true: `entries` must be a text, and this is the word true.',
      '2:51 other: There is no option `other`.',
    ]);
    assert.deepEqual(complaints('profile:\nbaseline:\n'), [
      '1:9 : `profile` has no value; it is essential, recommended or strict.',
      '2:10 : `baseline` has no value; it is a text.',
    ]);
  });

  test('with a wrong part keeps the others', () => {
    const { config, problems } = read(
      'profile: strikt\nabsence: off\nrules:\n  a: off\n  user-is-root: off\n',
    );
    assert.equal(problems.length, 2);
    assert.equal(config.profile, undefined);
    assert.equal(config.absence, 'off');
    assert.ok(config.rules.has('user-is-root'));
  });

  test('with a name that is written twice is told so, and the first counts', () => {
    const text = 'profile: strict\nprofile: essential\n';
    assert.deepEqual(complaints(text), [
      '2:1 profile: `profile` is written twice; only the first one counts.',
    ]);
    assert.equal(read(text).config.profile, 'strict');
  });

  test('accepts nothing without a reason', () => {
    assert.deepEqual(complaints('services:\n  db:\n    user-is-root:\n    init-missing: ""\n'), [
      '3:18 : `user-is-root` has no value; it is a text.',
      '4:19 "": `init-missing` needs the reason why it is accepted.',
    ]);
  });

  test('keeps the baseline inside its folder', () => {
    for (const path of ['../x.json', '/etc/x.json', 'a/../../x.json', '~/x', 'C:\\x', 'file:///x'])
      assert.match(complaints(`baseline: '${path}'\n`)[0] ?? '', /must be a path below the folder/);
    assert.deepEqual(complaints('baseline: security/known.json\n'), []);
  });

  test('never makes the reader fail', () => {
    const odd = [
      '- a',
      '*x',
      'profile: *x',
      '&a {rules: *a}',
      '? {a: b}\n: c',
      'a: b: c',
      '---\na: 1\n---\nb: 1',
    ];
    for (const text of odd) assert.ok(read(text).problems.length > 0, text);
    for (let end = 0; end <= FULL.length; end++) read(FULL.slice(0, end));
    read('__proto__: {a: 1}\nrules: {constructor: off, __proto__: off}\nservices: {__proto__: {a: b}}');
  });
});

test('the examples of the documentation are right', () => {
  for (const path of ['docs/configuration.md', 'README.md']) {
    const blocks = [...readFileSync(path, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, text = '']) => text,
    );
    const examples = blocks.filter((text) => /^profile:/m.test(text));
    assert.equal(examples.length, 1, path);
    for (const text of examples) assert.deepEqual(readConfigFile(text, catalogue).problems, [], path);
  }
});

describe('the order of authority', () => {
  const editor = {
    ...defaultConfig,
    profile: 'strict' as const,
    rules: new Map([
      ['user-is-root', { severity: 'off' as const }],
      ['dockerignore-missing', { severity: 'error' as const, options: { entries: 'a' } }],
      ['init-missing', { severity: 'off' as const }],
    ]),
  };
  const merge = (text: string) =>
    withFile(editor, read(text).config, { uri: 'file:///p/.bulkhead.yaml', rules: sampleRules });

  test('what the file does not speak of is left to the editor', () => {
    const merged = merge('absence: off\n');
    assert.equal(merged.profile, 'strict');
    assert.equal(merged.rules.get('user-is-root')?.severity, 'off');
  });

  test('the file beats the editor, setting by setting', () => {
    const merged = merge('profile: essential\nrules:\n  dockerignore-missing: info\n');
    assert.equal(merged.profile, 'essential');
    assert.deepEqual(merged.rules.get('dockerignore-missing'), {
      severity: 'info',
      options: { entries: 'a' },
    });
  });

  test('a practice in the file beats a rule of it in the editor', () => {
    const merged = merge('practices:\n  non-root: error\n');
    assert.equal(merged.rules.get('user-is-root')?.severity, undefined);
    assert.equal(merged.rules.get('init-missing')?.severity, 'off');
  });

  test('settings that the file overrules can be named', () => {
    const { config } = read('profile: essential\nrules: {user-is-root: error, init-missing: off}\n');
    assert.deepEqual(overruledSettings({ ...editor, absence: 'grouped' }, config), [
      'profile',
      'rules.user-is-root',
    ]);
  });
});

describe('steps of hardening in the file', () => {
  test('are taken over the editor, and an empty list is a choice', () => {
    const { config, problems } = read('harden: [pids, ports]\n');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...withFile(defaultConfig, config, { uri: 'x', rules: sampleRules }).harden],
      ['pids', 'ports'],
    );
    const { config: none } = read('harden: []\n');
    assert.equal(withFile(defaultConfig, none, { uri: 'x', rules: sampleRules }).harden.size, 0);
    const { config: silent } = read('profile: strict\n');
    assert.equal(
      withFile(defaultConfig, silent, { uri: 'x', rules: sampleRules }).harden,
      defaultConfig.harden,
    );
  });

  test('are checked word by word, and said when they overrule a setting', () => {
    assert.deepEqual(
      complaints('harden: [pid]\n').map((one) => one.replace(/it is .*\. /, '')),
      ['1:10 pid: An entry of `harden` cannot be `pid`; Did you mean `pids`?'],
    );
    assert.match(
      complaints('harden: pids\n')[0] ?? '',
      /`harden` must be a list, each entry .*, and this is a text\.$/,
    );
    const own = { ...defaultConfig, harden: new Set(['pids']), absence: 'grouped' as const };
    assert.deepEqual(overruledSettings(own, read('harden: [ports]\n').config), ['harden']);
  });
});

test('editors that check YAML by a schema find it for the names of the file', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { yamlValidation: { fileMatch: string[]; url: string }[] };
  };
  const [entry, ...others] = manifest.contributes.yamlValidation;
  assert.ok(entry && others.length === 0);
  assert.deepEqual(entry.fileMatch, CONFIG_NAMES);
  const schema = JSON.parse(readFileSync(entry.url, 'utf8')) as { properties: object };
  assert.deepEqual(Object.keys(schema.properties).sort(), [...configShape(catalogue).keys.keys()].sort());
});
