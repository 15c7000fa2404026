import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMarkers, writeMarkers } from '../support/markers.js';

const FIXTURE = [
  'FROM a',
  'USER root',
  '#^^^ user-root | Drop `USER root | x` | Add a user',
  '#    ^^^^ user-root',
  '  indented',
  ' #^^ glued-later',
  '# ^ a comment with a caret, not a marker',
  '',
].join('\n');

test('marker lines are taken out and tell place, rule and titles', () => {
  const { text, markers } = readMarkers(FIXTURE);
  assert.equal(
    text,
    ['FROM a', 'USER root', '  indented', '# ^ a comment with a caret, not a marker', ''].join('\n'),
  );
  assert.deepEqual(markers, [
    { line: 1, start: 0, end: 4, rule: 'user-root', titles: 'Drop `USER root | x` | Add a user' },
    { line: 1, start: 5, end: 9, rule: 'user-root', titles: '' },
    { line: 2, start: 1, end: 4, rule: 'glued-later', titles: '' },
  ]);
});

test('what is written is read again', () => {
  const { text, markers } = readMarkers(FIXTURE);
  assert.equal(writeMarkers(text, markers), FIXTURE);
});

test('markers of languages with // stand in JSON', () => {
  const fixture = '{\n  "a": 1\n//^^^ some-rule\n}\n';
  const { text, markers } = readMarkers(fixture);
  assert.equal(text, '{\n  "a": 1\n}\n');
  assert.deepEqual(markers, [{ line: 1, start: 0, end: 5, rule: 'some-rule', titles: '' }]);
  const inner = [{ line: 1, start: 2, end: 5, rule: 'some-rule', titles: '' }];
  assert.deepEqual(readMarkers(writeMarkers(text, inner, '//')).markers, inner);
});
