import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toVisibleRange } from '../../server/src/features/to-lsp.js';
import { sourceText } from '../../server/src/text/source-text.js';

/** The text that is underlined for a span. */
function shown(text: string, start: number, end: number): string {
  const source = sourceText(text);
  const range = toVisibleRange(source, { start, end });
  assert.equal(range.start.line, range.end.line);
  return text.slice(source.offsetAt(range.start), source.offsetAt(range.end));
}

test('a span is underlined as it is', () => assert.equal(shown('FROM node:22\n', 5, 12), 'node:22'));

test('of a block only the first line is underlined', () =>
  assert.equal(shown('web:\r\n  image: x\r\n', 0, 17), 'web:'));

test('an empty span grows to the word there, or to the nearest text before it', () => {
  assert.equal(shown('FROM node:22\n', 5, 5), 'node:22');
  assert.equal(shown('ports:\n\n', 6, 6), 'ports:');
  assert.equal(shown('ports: x\n  \n', 12, 12), 'x');
  assert.equal(shown('', 0, 0), '');
  assert.equal(shown('\n\n', 2, 9), '');
});
