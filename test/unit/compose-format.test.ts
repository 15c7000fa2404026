/** Files of the first format are refused by Compose, so nobody may take them for clean. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';

function problems(text: string): readonly string[] {
  return openDocument(text, 'compose', {}).problems.map(
    ({ at, kind }) => `${kind} ${text.slice(at.start, at.end)}`,
  );
}

test('services at the top are told, once', () => {
  assert.deepEqual(problems('web:\n  image: nginx\ndb:\n  build: .\n'), ['syntax web']);
});

test('other files without services are fine', () => {
  for (const text of [
    '',
    'services:\n',
    'volumes:\n  data:\n',
    'x-web: &web\n  image: nginx\n',
    'include:\n  - other.yaml\n',
    'web:\n  color: blue\n',
  ])
    assert.deepEqual(problems(text), [], text);
});
