/** The diff that `fix` prints is a patch, however much of a file changes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyPatch } from 'diff';
import { unifiedDiff } from '../../server/src/cli/unified-diff.js';
import { makeStyle } from '../../server/src/report/plain-text.js';

const STYLE = makeStyle(false);
const MANY = 3_000;
const lines = (word: string) => Array.from({ length: MANY }, (_, i) => `${word} ${i}\n`).join('');
const HEAD = 'a\nb\nc\nd\n';

function patched(before: string, after: string): string | false {
  return applyPatch(before, unifiedDiff({ path: 'Dockerfile', before, after }, STYLE));
}

describe('a diff of thousands of lines', () => {
  for (const [what, before, after] of [
    ['in the middle', `${HEAD}${lines('x')}${HEAD}`, `${HEAD}${lines('y')}${HEAD}`],
    ['from the first to the last', lines('x'), lines('y')],
    ['that are taken away', `${HEAD}${lines('x')}`, HEAD],
    ['without an end of the last line', `${HEAD}${lines('x')}end`, `${HEAD}${lines('y')}fin`],
    ['that get an end', `${lines('x')}end`, `${lines('y')}end\n`],
  ] as const)
    test(`${what} leads to the new text`, () => assert.equal(patched(before, after), after));

  test('keeps three lines around it', () => {
    const diff = unifiedDiff(
      { path: 'Dockerfile', before: `${HEAD}${lines('x')}`, after: `${HEAD}${lines('y')}` },
      STYLE,
    );
    assert.match(
      diff,
      /^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n@@ -2,3003 \+2,3003 @@\n b\n c\n d\n-x 0\n/,
    );
  });

  test('of a new file adds all of it', () => {
    const diff = unifiedDiff({ path: 'new', before: undefined, after: lines('x') }, STYLE);
    assert.match(diff, /^--- \/dev\/null\n\+\+\+ b\/new\n@@ -0,0 \+1,3000 @@\n\+x 0\n/);
  });
});
