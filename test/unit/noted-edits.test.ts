import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { notedEdits } from '../../server/src/features/noted-edits.js';
import { applyEdits } from '../../server/src/text/edit.js';

/** `[start,end) text ← notes`, one line for each edit. */
function said(before: string, ...steps: readonly (readonly [string, string])[]): readonly string[] {
  const edits = notedEdits(
    before,
    steps.map(([after, note]) => ({ after, note })),
  );
  assert.equal(applyEdits(before, edits), steps.at(-1)?.[0] ?? before);
  return edits.map(
    ({ span, text, notes }) => `[${span.start},${span.end}) ${JSON.stringify(text)} ← ${notes.join('+')}`,
  );
}

describe('edits with their reasons', () => {
  test('at one place follow each other, each one alone', () => {
    assert.deepEqual(said('a\n', ['a\nb\n', 'first'], ['a\nb\nc\n', 'second']), [
      '[2,2) "b\\n" ← first',
      '[2,2) "c\\n" ← second',
    ]);
    assert.deepEqual(said('a', ['a\nb', 'first'], ['a\nb\nc', 'second']), [
      '[1,1) "\\nb" ← first',
      '[1,1) "\\nc" ← second',
    ]);
    assert.deepEqual(said('a\n', ['a\nb\n', 'first'], ['a\nc\nb\n', 'second']), [
      '[2,2) "c\\n" ← second',
      '[2,2) "b\\n" ← first',
    ]);
  });

  test('keep removing a line apart from adding another one', () => {
    assert.deepEqual(said('a\nb\nz\n', ['a\nz\n', 'remove'], ['a\nc\nz\n', 'add']), [
      '[2,4) "" ← remove',
      '[4,4) "c\\n" ← add',
    ]);
  });

  test('are one edit where one change stands within another', () => {
    assert.deepEqual(
      said('z\n', ['list:\n- a\n- b\nz\n', 'first'], ['list:\n- a\n- x\n- b\nz\n', 'second']),
      ['[0,0) "list:\\n- a\\n- x\\n- b\\n" ← first+second'],
    );
  });

  test('of a change that was taken back are gone', () => {
    assert.deepEqual(said('a\n', ['a\nb\n', 'first'], ['a\n', 'second']), []);
    assert.deepEqual(said('a\n'), []);
  });

  test('lead to the last text, whatever the steps are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'ab: 1', '  - x', ''), { maxLength: 6 })
      .chain((lines) => fc.constantFrom('\n', '\r\n').map((eol) => lines.join(eol)));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (before, texts) => {
        const edits = notedEdits(
          before,
          texts.map((after, note) => ({ after, note })),
        );
        assert.equal(applyEdits(before, edits), texts.at(-1) ?? before);
        for (const [index, { span }] of edits.entries())
          assert.ok(span.start >= (edits[index - 1]?.span.end ?? 0), 'in order, without overlap');
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});
