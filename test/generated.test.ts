import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from '../scripts/generate.js';

test('generated files say what the metadata of the rules says', async () => {
  assert.deepEqual(await generate({ write: false }), [], 'out of date; run: npm run generate');
});
