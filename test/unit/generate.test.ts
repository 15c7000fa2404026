import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readmeText } from '../../scripts/generate/readme.js';
import { registry } from '../../scripts/generate/registry.js';
import { schemaText } from '../../scripts/generate/schema.js';
import { resolved } from '../../scripts/generate/nls.js';
import { manifestTexts } from '../../scripts/generate/settings.js';
import { codeBlock, table } from '../../scripts/generate/wording.js';
import { type AnyRule, defineRule } from '../../server/src/rules/rule.js';

const rule: AnyRule = defineRule({
  meta: {
    id: 'some-smell',
    practice: 'network',
    severity: 'info',
    title: 'A title',
    why: 'Why.',
    advice: 'Advice.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe', 'manual'],
    options: {
      limit: { default: 5, description: 'A number.' },
      names: { default: ['a'], description: 'Some names.' },
    },
    references: [],
    equivalents: [],
    since: '0.1.0',
  },
  check: { *container() {} },
});

test('the registry is in order of practice, its imports in order of path', () => {
  assert.equal(
    registry([
      { practice: 'updates', id: 'z-smell' },
      { practice: 'images', id: 'a-smell' },
    ]),
    [
      '// Generated from the folder listing by `npm run generate`; do not edit.',
      "import aSmell from './images/a-smell.js';",
      "import zSmell from './updates/z-smell.js';",
      "import type { AnyRule } from './rule.js';",
      '',
      '/** In order of practice, then of id. */',
      'export const rules: readonly AnyRule[] = [zSmell, aSmell];',
      '',
    ].join('\n'),
  );
});

test('settings written by hand stay, generated ones are replaced, nothing else changes', () => {
  const byHand = { title: 'Bulkhead', properties: { 'bulkhead.enable': { default: true } } };
  const old = { title: 'Old title', properties: { 'bulkhead.practices.gone': {} } };
  const manifest = {
    name: 'x',
    contributes: { commands: [1], configuration: [byHand, old] },
    license: 'MIT',
  };
  const { manifest: text, sections, english } = manifestTexts(JSON.stringify(manifest), {}, [rule]);
  const written = resolved(JSON.parse(text), english);
  assert.deepEqual(Object.keys(written), ['name', 'contributes', 'license']);
  assert.deepEqual(written.contributes.commands, [1]);
  assert.deepEqual(written.contributes.configuration, JSON.parse(JSON.stringify(sections)));
  assert.deepEqual(sections[0], byHand);
  const names = sections.flatMap((section) => Object.keys(section.properties ?? {}));
  assert.equal(names.length, 13);
  assert.deepEqual(names.slice(1, 3), ['bulkhead.harden', 'bulkhead.rules']);
  assert.equal(names.at(-1), 'bulkhead.practices.network');
  assert.equal(manifestTexts(text, english, [rule]).manifest, text);
});

test('options come with type and default from their specs', () => {
  const schema = JSON.parse(schemaText([rule]));
  const [level, object] = schema.properties.rules.properties['some-smell'].anyOf;
  assert.deepEqual(level.enum, ['default', 'off', 'hint', 'info', 'warning', 'error']);
  assert.deepEqual(object.properties.options.properties, {
    limit: { type: 'number', default: 5, description: 'A number.' },
    names: { type: 'array', items: { type: 'string' }, default: ['a'], description: 'Some names.' },
  });
});

test('only what stands between markers of the README is replaced', () => {
  const readme = 'a\n<!-- generated:rules -->old<!-- /generated:rules -->\nb\n';
  const text = readmeText(readme, [rule], []);
  assert.ok(text.startsWith('a\n<!-- generated:rules -->\n\n'));
  assert.ok(text.endsWith('\n\n<!-- /generated:rules -->\nb\n'));
  assert.match(text, /^\| \*\*\d+\. .+\*\* \| \[some-smell\]\(docs\/rules\/some-smell\.md\)\u00a0\\\* \|$/m);
  assert.equal(readmeText(text, [rule], []), text);
  assert.equal(readmeText('without markers', [rule], []), 'without markers');
});

test('a setting that holds all of its choices says so in the README', () => {
  const list = (value: string[]) => ({
    type: 'array',
    items: { type: 'string', enum: ['a', 'b'] },
    default: value,
    markdownDescription: 'Steps. More.',
  });
  const sections = [
    { title: 'T', order: 1, properties: { 'x.all': list(['a', 'b']), 'x.one': list(['a']) } },
  ];
  const text = readmeText('<!-- generated:settings --><!-- /generated:settings -->', [], sections);
  assert.ok(text.includes('| `x.all` | all | Steps. |'), text);
  assert.ok(text.includes('| `x.one` | `["a"]` | Steps. |'), text);
});

test('cells and code blocks hold any text', () => {
  assert.deepEqual(table(['a'], [['x | y\n z']]), ['| a |', '|---|', '| x \\| y z |']);
  assert.deepEqual(codeBlock('text', '```\nx\n'), ['````text', '```\nx', '````']);
});
