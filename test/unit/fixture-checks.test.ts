/** The fixture runner is trusted by every rule: here it must find each slip that it is there for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { say } from '../../server/src/l10n/message.js';
import { type AnyRule, type Check, defineRule, type Fix } from '../../server/src/rules/rule.js';
import type { Stage } from '../../server/src/model/build.js';
import { checkFixture } from '../support/fixture-checks.js';
import type { Fixture } from '../support/fixtures.js';
import { readMarkers } from '../support/markers.js';

const MARKED = 'FROM a\nUSER root\n#    ^^^^ user-root | Use 1000\n';
const FIXED = 'FROM a\nUSER 1000\n';

test('a fixture that says what the rule does has no failures', () => {
  assert.deepEqual(check(MARKED, FIXED, userRule()), []);
});

test('what is not reported is a false negative, what is not marked a false positive', () => {
  const missing = check('FROM a\nUSER 1000\n#    ^^^^ user-root\n', undefined, userRule());
  assert.match(missing.join(), /false negatives.*USER 1000\n.*~~~~ user-root/s);
  assert.doesNotMatch(missing.join(), /false positives/);
  const unexpected = check('FROM a\nUSER root\n', FIXED, userRule());
  assert.match(unexpected.join(), /false positives.*USER root\n.*~~~~ user-root: It is `root`/s);
});

test('a marker of the wrong width is both', () => {
  const failures = check('FROM a\nUSER root\n#    ^^^ user-root | Use 1000\n', FIXED, userRule());
  assert.match(failures.join(), /false negatives.*false positives/s);
});

test('other titles are shown side by side', () => {
  const failures = check('FROM a\nUSER root\n#    ^^^^ user-root | Use 1\n', FIXED, userRule());
  assert.match(failures.join(), /marked: {2}Use 1\n {2}offered: Use 1000/);
});

test('every byte of the fixed file counts', () => {
  assert.match(check(MARKED, 'FROM a\nUSER 1000 \n', userRule()).join(), /fixed text differs/);
  assert.match(check(MARKED, undefined, userRule()).join(), /no fixed file/);
});

test('a place on several lines and an empty one are refused', () => {
  const block = stageRule(function* (stage) {
    yield { at: { start: stage.span.start, end: stage.span.end }, message: say`All of it` };
  });
  assert.match(check('FROM a\n#^^^^^ user-root\nUSER b\n', undefined, block).join(), /from line 1 to line 2/);
  const empty = stageRule(function* () {
    yield { at: { start: 2, end: 2 }, message: say`Nothing` };
  });
  assert.match(check('FROM a\n', undefined, empty).join(), /place is empty/);
});

test('a crash is reported with its rule', () => {
  // biome-ignore lint/correctness/useYield: it never gets that far
  const crashing = stageRule(function* () {
    throw new Error('no such luck');
  });
  assert.match(check('FROM a\n', undefined, crashing).join(), /user-root crashed: Error: no such luck/);
});

test('a fix that only moves the problem is not one', () => {
  const again = userRule((text) => `0${text}`, /root/);
  const failures = check(MARKED, undefined, again).join();
  assert.match(failures, /leaves user-root as grave as before/);
});

test('a fix that breaks the file is not one', () => {
  const breaking = userRule(() => '1000\nNOT AN INSTRUCTION "');
  assert.match(check(MARKED, undefined, breaking).join(), /breaks the file/);
});

test('a safe fix keeps comments', () => {
  const text = 'FROM a\n# why\nUSER root\n#    ^^^^ user-root | Use 1000\n';
  const rule = stageRule(function* (stage) {
    for (const step of stage.steps) {
      if (step.kind !== 'user' || step.words[0]?.written !== 'root') continue;
      const { place } = step.words[0];
      const edits = [{ span: { start: step.span.start - 6, end: place.end }, text: 'USER 1000' }];
      yield { at: place, message: say`It is`, fixes: () => [fix(edits)] };
    }
  });
  assert.match(check(text, FIXED, rule).join(), /a safe fix loses the comment "# why"/);
});

test('a rule that knows only one kind of line break is caught', () => {
  const rule = stageRule(function* (stage) {
    for (const step of stage.steps) {
      if (step.kind !== 'user' || step.words[0]?.written !== 'root') continue;
      const { place } = step.words[0];
      const edits = [{ span: place, text: '1000\nUSER 1001' }];
      yield { at: place, message: say`It is`, fixes: () => [fix(edits)] };
    }
  });
  const failures = check(MARKED, 'FROM a\nUSER 1000\nUSER 1001\n', rule).join();
  assert.match(failures, /with CRLF: fixed text differs/);
});

test('a rule that counts lines is caught by a comment on top', () => {
  const rule = stageRule(function* (stage) {
    if (stage.at.start === 0) yield { at: stage.at, message: say`The first line` };
  });
  const failures = check('FROM a\n#^^^ user-root\n', undefined, rule).join();
  assert.match(failures, /with an emoji in a comment on top: false negatives/);
});

function userRule(write: (text: string) => string = () => '1000', wanted = /^root$/): AnyRule {
  return stageRule(function* (stage) {
    for (const step of stage.steps) {
      const [word] = step.kind === 'user' ? step.words : [];
      if (word === undefined || !wanted.test(word.written)) continue;
      const edits = [{ span: word.place, text: write(word.written) }];
      yield { at: word.place, message: say`It is \`${word.written}\``, fixes: () => [fix(edits)] };
    }
  });
}

function fix(edits: Fix['edits']): Fix {
  return { title: say`Use 1000`, applicability: 'safe', edits };
}

function stageRule(stage: Check<Stage, unknown>): AnyRule {
  return defineRule({
    meta: {
      id: 'user-root',
      practice: 'non-root',
      severity: 'warning',
      title: 'Test',
      why: 'Test.',
      advice: 'Test.',
      presence: 'presence',
      profile: 'strict',
      fixes: ['safe'],
      references: [],
      equivalents: [],
      since: '0.1.0',
    },
    check: { stage },
  });
}

function check(marked: string, fixed: string | undefined, rule: AnyRule): readonly string[] {
  const fixture: Fixture = {
    ...readMarkers(marked),
    path: 'x/doc.Dockerfile',
    folder: 'x',
    idea: 'doc',
    kind: 'dockerfile',
    rule: 'user-root',
    practice: 'non-root',
    fixedPath: 'x/doc.fixed.Dockerfile',
    fixed,
    created: new Map(),
    open: {},
    settings: {},
    buildFile: undefined,
  };
  return checkFixture(fixture, [rule]);
}
