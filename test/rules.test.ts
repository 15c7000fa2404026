/**
 * Runs every fixture below test/fixtures/rules with its rule, and those in test/fixtures/whole with all rules.
 * RULE=<id> runs one rule, RULE=whole the whole files; UPDATE=1 rewrites markers and fixed files to what is reported now.
 */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { checkFixture } from './support/fixture-checks.js';
import { type Fixture, listRuleFixtures, listWholeFixtures, RULE_FIXTURES } from './support/fixtures.js';
import { loadRulesForTests } from './support/load-rules.js';
import { updateFixture } from './support/update.js';

const WHOLE = 'whole';
const only = process.env.RULE;
const { rules, broken } = await loadRulesForTests(only === WHOLE ? undefined : only);
const update = process.env.UPDATE === '1';
const ruleFixtures = listRuleFixtures();
const wholeFixtures = listWholeFixtures();

if (only !== undefined)
  test('RULE is the id of a rule', () => {
    const isRule = only === WHOLE || broken.has(only) || rules.some(({ meta }) => meta.id === only);
    assert.ok(isRule, `no rule ${only}`);
  });

describe('fixtures of rules', () => {
  for (const fixture of ruleFixtures.fixtures) {
    const wanted = only === undefined || fixture.rule === only;
    if (wanted && !broken.has(fixture.rule ?? '')) test(fixture.path, () => run(fixture));
  }
});

describe('whole files', () => {
  for (const fixture of wholeFixtures.fixtures) {
    if (only === undefined || only === WHOLE) test(fixture.path, () => run(fixture));
  }
});

test('every file below fixtures belongs to a fixture', () => {
  const strays = [...ruleFixtures.strays, ...wholeFixtures.strays];
  assert.deepEqual(
    strays.filter((path) => only === undefined || path.includes(`/${only}/`)),
    [],
  );
});

test('every folder of fixtures is that of a rule', () => {
  const known = new Set(rules.map(({ meta }) => `${RULE_FIXTURES}/${meta.practice}/${meta.id}`));
  const unknown = [...new Set(ruleFixtures.fixtures.map((fixture) => fixture.folder))].filter(
    (folder) =>
      !known.has(folder) &&
      !broken.has(basename(folder)) &&
      (only === undefined || basename(folder) === only),
  );
  assert.deepEqual(unknown, [], 'no such rule file below server/src/rules/<practice>/');
});

function run(fixture: Fixture): void {
  const current = update ? updateFixture(fixture, rules) : fixture;
  const failures = checkFixture(current, rules);
  if (failures.length === 0) return;
  const command = `RULE=${fixture.rule ?? WHOLE} UPDATE=1 npm run test:fast -- test/rules.test`;
  const message = `${fixture.path}\n\n${failures.join('\n\n')}\n\nIf the new behaviour is right: ${command}`;
  // Without a stack: where this line stands helps nobody.
  throw Object.assign(new Error(message), { stack: message });
}
