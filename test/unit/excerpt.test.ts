import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt } from '../../server/src/cli/reporters/excerpt.js';
import { displayWidth } from '../../server/src/report/plain-text.js';
import { sourceText } from '../../server/src/text/source-text.js';

/** The line and its underline for the part between the brackets. */
function show(marked: string, width = 60): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const { text, underline } = excerpt(sourceText(marked.replace(/[[\]]/g, '')), { start, end }, width);
  return `${text}\n${underline}`;
}

test('the range is underlined', () => {
  assert.equal(show('first\nUSER [root]\nlast'), 'USER root\n     ^^^^');
});

test('an empty range gets one caret, also at the end of the text', () => {
  assert.equal(show('a []b'), 'a b\n  ^');
  assert.equal(show('ab[]'), 'ab\n  ^');
  assert.equal(show('[]'), '\n^');
});

test('tabs fill up to their stop', () => {
  assert.equal(show('\ta\t[b\tc]'), '    a   b   c\n        ^^^^^');
});

test('wide characters take two columns, combining ones none', () => {
  assert.equal(show('漢字 [😀é] x'), '漢字 😀é x\n     ^^^');
});

test('control characters and direction marks become harmless', () => {
  assert.equal(show('a\u001b[b\u202e]c'), 'a�b�c\n  ^^');
});

test('a range over several lines ends with its first line', () => {
  assert.equal(show('a [b\r\nc]'), 'a b\n  ^');
});

test('long lines are cut around the range', () => {
  const long = `${'a'.repeat(100)}[bcd]${'e'.repeat(100)}`;
  assert.equal(show(long, 30), `…${'a'.repeat(16)}bcd${'e'.repeat(9)}…\n${' '.repeat(17)}^^^`);
  assert.equal(show(`[ab]${'c'.repeat(100)}`, 30), `ab${'c'.repeat(27)}…\n^^`);
  assert.equal(show(`${'a'.repeat(100)}[bc]`, 30), `…${'a'.repeat(27)}bc\n${' '.repeat(28)}^^`);
});

test('whatever the line, the carets stand below the text and nothing is too wide', () => {
  const pieces = ['漢', '\t', 'a', '😀', ' ', 'é'];
  const line = Array.from({ length: 300 }, (_, i) => pieces[(i * i) % pieces.length]).join('');
  for (let start = 0; start < line.length; start += 7) {
    for (const length of [0, 1, 5, 400]) {
      const at = { start, end: Math.min(line.length, start + length) };
      const { text, underline } = excerpt(sourceText(line), at, 40);
      assert.ok(displayWidth(text) <= 40, text);
      assert.ok(underline.length <= 41, underline);
      assert.match(underline, /^ *\^+$/);
    }
  }
});

test('a line of megabytes costs no more than a short one', () => {
  const text = 'x'.repeat(3_000_000);
  assert.equal(displayWidth(excerpt(sourceText(text), { start: 1_000_000, end: 2_000_000 }, 80).text), 80);
});
