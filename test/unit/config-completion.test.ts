import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { configCompletions } from '../../server/src/features/config-file.js';
import { sourceText } from '../../server/src/text/source-text.js';
import { sampleRules } from '../support/cli.js';

/** What choosing the item makes of the text, whose cursor is written `|`. */
function choose(marked: string, label: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const source = sourceText(text);
  const input = { text, rules: sampleRules, capabilities: PLAIN_EDITOR };
  const item = configCompletions(input, source.positionAt(offset)).find((one) => one.label === label);
  const edit = item?.textEdit;
  if (edit === undefined || !('range' in edit)) return undefined;
  const [start, end] = [source.offsetAt(edit.range.start), source.offsetAt(edit.range.end)];
  return text.slice(0, start) + edit.newText + text.slice(end);
}

test('a name gets its colon, and a map or list its next line', () => {
  assert.equal(choose('pro|', 'profile'), 'profile: ');
  assert.equal(choose('|\nabsence: off\n', 'rules'), 'rules:\n  \nabsence: off\n');
  assert.equal(choose('ex|', 'exclude'), 'exclude:\n  - ');
  assert.equal(choose('rules:\n  us|', 'user-is-root'), 'rules:\n  user-is-root: ');
  assert.equal(choose('pro|xx: strict', 'profile'), 'profile: strict');
});

test('options and severities are proposed inside a rule', () => {
  const text = 'rules:\n  dockerignore-missing:\n    severity: info\n    |\n';
  assert.equal(choose(text, 'severity'), undefined);
  assert.match(choose(text, 'options') ?? '', /\n {4}options:\n {6}\n$/);
  assert.match(choose(text.replace('|', 'options:\n      |'), 'entries') ?? '', /entries: \n$/);
  assert.match(choose('rules: {user-is-root: {severity: |}}', 'error') ?? '', /severity: error\}/);
});

test('nothing is proposed in comments, and nothing fails anywhere', () => {
  assert.equal(choose('# pro|', 'profile'), undefined);
  const text =
    'profile: strict\nrules:\n  user-is-root: {severity: off}\nexclude:\n  - a\nservices:\n  a:\n    b: c\n';
  for (let at = 0; at <= text.length; at++) choose(`${text.slice(0, at)}|${text.slice(at)}`, 'x');
});

test('the id of a rule has the row for itself, its title begins the documentation', () => {
  const item = (text: string, label: string) => {
    const input = { text, rules: sampleRules, capabilities: PLAIN_EDITOR };
    return configCompletions(input, sourceText(text).positionAt(text.length)).find(
      (one) => one.label === label,
    );
  };
  const rule = item('rules:\n  us', 'user-is-root');
  assert.equal(rule?.detail, undefined);
  const title = sampleRules.find(({ meta }) => meta.id === 'user-is-root')?.meta.title ?? '?';
  assert.ok(JSON.stringify(rule?.documentation).includes(title));
  assert.ok(item('pro', 'profile')?.detail);
});
