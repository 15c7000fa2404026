import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineEdits } from '../../server/src/features/line-edits.js';
import { applyEdits } from '../../server/src/text/edit.js';

const line = fc.constantFrom('a: 1', '  b: 2', '# note', '', '😀', '😁', 'x\ry');
const text = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, eol]) => lines.join(eol));

test('the edits lead from one text to the other', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      assert.equal(applyEdits(before, lineEdits(before, after)), after);
    }),
  );
});

test('no edit begins or ends inside a line break or a character', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      for (const { span } of lineEdits(before, after))
        for (const offset of [span.start, span.end]) {
          assert.notEqual(before.slice(offset - 1, offset + 1), '\r\n');
          assert.doesNotMatch(before.slice(offset - 1, offset + 1), /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/);
        }
    }),
  );
});

test('an edit holds only what changes', () => {
  assert.deepEqual(lineEdits('a: 1 # x\nb: 2\nc: 3\n', 'a: 7 # x\nb: 2\nc: 3\nd: 4\n'), [
    { span: { start: 3, end: 4 }, text: '7' },
    { span: { start: 19, end: 19 }, text: 'd: 4\n' },
  ]);
  assert.deepEqual(lineEdits('same', 'same'), []);
});
