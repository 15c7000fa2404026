import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coreScalar, keyText, mapGet } from '../../server/src/syntax/yaml/scalar.js';
import { slice, yaml } from '../support/yaml.js';

/** The value of a scalar as Compose reads it. */
function value(written: string): unknown {
  const root = yaml(written).documents[0]?.root;
  assert.ok(root?.kind === 'scalar', written);
  return coreScalar(root);
}

const CASES: [string, unknown][] = [
  ...['yes', 'no', 'on', 'off', 'y', 'Yes', 'tRUE'].map((word): [string, unknown] => [word, word]),
  ...['true', 'True', 'TRUE'].map((word): [string, unknown] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, unknown] => [word, false]),
  ...['~', 'null', 'Null', 'NULL'].map((word): [string, unknown] => [word, null]),
  ['nULL', 'nULL'],
  ['0', 0],
  ['-0', 0],
  ['42', 42],
  ['+42', 42],
  ['-42', -42],
  ['010', 8],
  ['-010', -8],
  ['0o10', 8],
  ['0x10', 16],
  ['0XfF', 255],
  ['0b11', 3],
  ['08', 8],
  ['1_000', 1000],
  ['0x', '0x'],
  ['_1', '_1'],
  ['1.50', 1.5],
  ['1_0.5', 10.5],
  ['.5', 0.5],
  ['5.', 5],
  ['-.5', -0.5],
  ['1e3', 1000],
  ['1.5E-1', 0.15],
  ['.inf', Infinity],
  ['-.Inf', -Infinity],
  ['1.2.3', '1.2.3'],
  ['12:30:45', '12:30:45'],
  ['22:22', '22:22'],
  ['2020-01-01', '2020-01-01'],
  ['512m', '512m'],
  ['"80"', '80'],
  ["'true'", 'true'],
  ['""', ''],
  ['|-\n  80', '80'],
  ['!!str 80', '80'],
  ['!!str', ''],
  ['!!int "80"', 80],
  ['!!bool "true"', true],
  ['!reset 80', 80],
  ['!reset null', null],
  ['&x 80', 80],
  ['!override', null],
];

for (const [written, expected] of CASES) {
  test(`${JSON.stringify(written)} is ${JSON.stringify(expected) ?? String(expected)}`, () => {
    assert.equal(value(written), expected === 0 ? value(written) : expected);
    if (expected === 0) assert.ok(value(written) === 0);
  });
}

test('a scalar that is not a number is NaN only where YAML says so', () => {
  assert.ok(Number.isNaN(value('.nan')));
  assert.equal(value('nan'), 'nan');
});

test('keys are found by their text, however they are written', () => {
  const text = 'k: &k key\n"a b": 1\n*k : 2\na b: 3\n[x]: 4\n*no : 5\n';
  const root = yaml(text).documents[0]?.root;
  assert.ok(root?.kind === 'map');
  const found = ['a b', 'key', 'x', 'none'].map((key) => mapGet(root, key));
  assert.deepEqual(
    found.map((pair) => pair && slice(text, pair.value.span)),
    ['1', '2', undefined, undefined],
  );
  assert.deepEqual(
    root.pairs.map(({ key }) => keyText(key)),
    ['k', 'a b', 'key', 'a b', undefined, undefined],
  );
});
