/** Answers that are kept as long as the object they are about. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oncePer } from '../../server/src/model/once-per.js';

test('computes once for an object, also when the answer is undefined', () => {
  let calls = 0;
  const ask = oncePer((of: { readonly name: string }) => {
    calls++;
    return of.name === '' ? undefined : of.name.length;
  });
  const [empty, full] = [{ name: '' }, { name: 'abc' }];
  assert.deepEqual([ask(empty), ask(empty), ask(full), ask(full)], [undefined, undefined, 3, 3]);
  assert.equal(calls, 2);
});

test('an equal object is another one', () => {
  const ask = oncePer((of: { readonly name: string }) => ({ of }));
  assert.notEqual(ask({ name: 'a' }), ask({ name: 'a' }));
});
