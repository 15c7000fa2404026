import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Scored, scorePractices } from '../../server/src/engine/score.js';
import { practices } from '../../server/src/rules/practices.js';
import type { Severity } from '../../server/src/rules/rule.js';

const all = new Set(practices.map(({ slug }) => slug));
const found = (severity: Severity, isAccepted = false): Scored['findings'] => [
  { practice: 'non-root', severity, isAccepted },
];

const nonRoot = (scored: Partial<Scored>) =>
  scorePractices({ findings: [], complete: true, checked: all, ...scored }).find(
    ({ practice }) => practice.slug === 'non-root',
  );

test('one entry for each practice, in their order', () => {
  const scores = scorePractices({ findings: [], complete: true, checked: all });
  assert.deepEqual(
    scores.map(({ practice }) => practice),
    practices,
  );
  assert.ok(scores.every(({ state }) => state === 'ok'));
});

test('an error is danger, anything else needs attention', () => {
  assert.equal(nonRoot({ findings: found('error') })?.state, 'danger');
  for (const severity of ['warning', 'info', 'hint'] as const)
    assert.equal(nonRoot({ findings: found(severity) })?.state, 'attention');
  assert.equal(nonRoot({ findings: [...found('info'), ...found('error')] })?.counts.info, 1);
});

test('what was accepted is counted apart', () => {
  const score = nonRoot({ findings: found('error', true) });
  assert.equal(score?.state, 'ok');
  assert.equal(score?.accepted, 1);
  assert.equal(score?.counts.error, 0);
});

test('what was not looked at is not called clean, and what was found counts all the same', () => {
  assert.equal(nonRoot({ complete: false })?.state, 'unknown');
  assert.equal(nonRoot({ checked: new Set() })?.state, 'unknown');
  assert.equal(nonRoot({ complete: false, findings: found('error') })?.state, 'danger');
});
