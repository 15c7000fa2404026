import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../server/src/facts/nearest.js';

const IDS = ['user-missing', 'user-root', 'memory-limit-missing', 'docker-socket-mounted', 'tag-latest'];

test('slips, parts and other orders are recognised', () => {
  assert.deepEqual(nearest('user-rot', IDS), ['user-root']);
  assert.deepEqual(nearest('missing-user', IDS), ['user-missing']);
  assert.deepEqual(nearest('memory-limit', IDS), ['memory-limit-missing']);
  assert.deepEqual(nearest('Docker-Socket-Mount', IDS), ['docker-socket-mounted']);
});

test('what resembles nothing gets nothing', () => {
  assert.deepEqual(nearest('xyzzy', IDS), []);
});
