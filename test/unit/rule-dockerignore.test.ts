import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLetThrough } from '../../server/src/rules/shared/dockerignore.js';

for (const [text, path, expected] of [
  ['', '.git', true],
  ['.git', '.git', false],
  ['.git', '.git/config', false],
  ['/.git/', '.git', false],
  ['./.git', '.git', false],
  ['# .git', '.git', true],
  ['  .git  ', '.git', false],
  ['*', '.git', false],
  ['*\n!.git', '.git', true],
  ['!.git\n*', '.git', false],
  ['**', '.git', false],
  ['**/.env', '.env', false],
  ['**/.env', 'a/b/.env', false],
  ['.env', 'a/.env', true],
  ['*/.env', 'a/.env', false],
  ['*/.env', '.env', true],
  ['.e*', '.env', false],
  ['.en?', '.env', false],
  ['.[a-f]nv', '.env', false],
  ['.[z-a]nv', '.env', true],
  ['.env.*', '.env', true],
  ['.git*', '.gitignore', false],
  ['a.b', 'axb', true],
  ['\uFEFF.git\r\n.env', '.git', false],
  ['.git/**', '.git', true],
] as const) {
  test(`.dockerignore ${JSON.stringify(text)} and ${path}`, () =>
    assert.equal(isLetThrough(text, path), expected));
}
