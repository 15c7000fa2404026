import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, conflict } from '../../server/src/text/edit.js';
import { sourceText } from '../../server/src/text/source-text.js';

test('edits at one offset are applied in the order given', () => {
  const at = { start: 1, end: 1 };
  assert.equal(
    applyEdits('ad', [
      { span: at, text: 'b' },
      { span: at, text: 'c' },
    ]),
    'abcd',
  );
});

test('an insertion and a replacement that starts at the same offset do not conflict', () => {
  const insertion = { span: { start: 1, end: 1 }, text: 'x' };
  const replacement = { span: { start: 1, end: 2 }, text: 'y' };
  assert.equal(conflict(insertion, replacement), false);
  assert.equal(applyEdits('abc', [replacement, insertion]), 'axyc');
});

test('overlapping edits are refused', () => {
  const edits = [
    { span: { start: 0, end: 2 }, text: '' },
    { span: { start: 1, end: 3 }, text: '' },
  ];
  assert.equal(conflict(edits[0] as never, edits[1] as never), true);
  assert.throws(() => applyEdits('abc', edits), /overlapping/);
});

test('positions count UTF-16 units and clamp', () => {
  const source = sourceText('a😀b\r\nc');
  assert.equal(source.eol, '\r\n');
  assert.deepEqual(source.positionAt(3), { line: 0, character: 3 });
  assert.deepEqual(source.positionAt(99), { line: 1, character: 1 });
  assert.equal(source.offsetAt({ line: 1, character: 0 }), 6);
  assert.equal(source.offsetAt({ line: 0, character: 99 }), 6);
  assert.deepEqual(source.lineSpan(0), { start: 0, end: 4 });
});
