/** What a rule says about a secret ends up in logs and reports: it never repeats the secret. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { english } from '../../server/src/l10n/message.js';
import { analyseAs, listRuleFixtures } from '../support/fixtures.js';
import { loadRulesForTests } from '../support/load-rules.js';

/** The values that fixtures of these rules use for secrets. */
const VALUES =
  /v9Kd72|x7Fq29|q8Jd72|k8Hs72|a8Fq29|other7Fq29|w0rd7Fq29|testing123|guest:guest|hunter2|pa\$w0rd|"1234"|`1234`/;

const { rules } = await loadRulesForTests();
const fixtures = listRuleFixtures().fixtures.filter(({ rule }) => rule?.startsWith('secret-'));

test('there are fixtures with secrets', () => {
  assert.ok(fixtures.length > 10);
  assert.ok(fixtures.some(({ text }) => VALUES.test(text)));
});

for (const fixture of fixtures) {
  test(`no message about ${fixture.path} repeats a secret`, () => {
    for (const finding of analyseAs(fixture, rules, fixture.text).findings) {
      const said = [finding.message, ...finding.related.map(({ message }) => message)].map(english);
      for (const { title, edits } of finding.fixes()) {
        said.push(english(title));
        // A fix may move the text around a secret, but has no reason to write it again.
        if (finding.rule.id.startsWith('secret-')) said.push(...edits.map(({ text }) => text));
      }
      for (const text of said) assert.doesNotMatch(text, VALUES, `${finding.rule.id}: ${text}`);
    }
  });
}
