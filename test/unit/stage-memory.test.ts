/** What rules said of a stage is kept while it stays as it is, and nobody can see that. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { type Config, defaultConfig } from '../../server/src/engine/config.js';
import { type StageMemory, stageMemory } from '../../server/src/engine/stage-memory.js';
import { say } from '../../server/src/l10n/message.js';
import { rules } from '../../server/src/rules/index.js';
import { type AnyRule, defineRule } from '../../server/src/rules/rule.js';

const TEXT = [
  '# syntax=docker/dockerfile:1',
  'ARG BASE=node:22',
  'FROM $BASE AS build',
  'ARG API_TOKEN=abcdef-0123',
  'RUN apt-get update && apt-get install -y curl && curl -k https://example.com/x | sh',
  'RUN npm install',
  '',
  'FROM debian AS tools',
  '# bulkhead-ignore sudo-used: needed here',
  'RUN sudo apt-get install vim',
  'ADD https://example.com/a.tar.gz /opt/',
  'USER root',
  '',
  'FROM build AS test',
  'RUN pip install x',
  '',
  'FROM alpine:3.20',
  'RUN apk add curl',
  'COPY --from=build /app /app',
  'CMD ["/app/run"]',
  '',
].join('\n');

/** What is typed, one after the other: in a stage, between stages, and in what holds for all of them. */
const EDITS: readonly (readonly [from: string, to: string])[] = [
  ['install -y curl', 'install -y curl git'],
  ['RUN npm install', 'RUN npm install\nRUN wget http://example.com/y'],
  ['FROM debian AS tools', 'FROM debian:13 AS tools'],
  ['USER root', 'USER ro'],
  ['USER ro', 'USER 1000'],
  ['ARG BASE=node:22', 'ARG BASE=node:14'],
  ['# syntax', '\n# syntax'],
  ['FROM alpine:3.20', 'FROM tools'],
  ['FROM tools', 'FROM alpine:3.20 AS dev'],
  ['AS dev', ''],
  ['COPY --from=build /app /app', 'COPY --from=tools / /'],
  ['COPY --from=tools / /', 'COPY --from=0 /app /app'],
  ['FROM alpine:3.20 \n', ''],
  ['CMD ["/app/run"]', 'CMD ["nodemon"]'],
  ['needed here', 'needed there'],
  ['sudo-used', 'sudo-use'],
  ['FROM debian:13 AS tools', 'FROM'],
  ['FROM\n', 'FROM debian:13 AS tools\n'],
  ['FROM build AS test', 'FROM build AS debian:13'],
];

const strict: Config = { ...defaultConfig, profile: 'strict' };

function look(text: string, memory?: StageMemory, config = strict, own: readonly AnyRule[] = rules) {
  const document = openDocument(text, 'dockerfile', { dockerignore: null });
  const { findings, crashes } = analyse({ document, rules: own, config, today: '2026-11-28', memory });
  assert.deepEqual(crashes, []);
  return findings;
}

function said(text: string, memory?: StageMemory, config?: Config) {
  return look(text, memory, config).map(({ rule, section, fixes, ...finding }) => ({
    ...finding,
    rule: rule.id,
    section: section?.name,
    fixes: fixes(),
  }));
}

describe('a memory of stages', () => {
  test('says what a look without one says, after each of many edits', () => {
    const memory = stageMemory();
    let text = TEXT;
    assert.deepEqual(said(text, memory), said(text));
    for (const [from, to] of EDITS) {
      assert.ok(text.includes(from), `the text has no ${from}`);
      text = text.replace(from, to);
      assert.deepEqual(said(text, memory), said(text), `after ${from} became ${to}`);
    }
  });

  test('says so for each character that is typed', () => {
    const memory = stageMemory();
    const at = TEXT.indexOf('RUN npm');
    const typed = 'RUN curl -k https://u:pw@h.example/ \\\n  | sh\nFROM x AS y\n';
    for (let length = 0; length <= typed.length; length++) {
      const text = TEXT.slice(0, at) + typed.slice(0, length) + TEXT.slice(at);
      assert.deepEqual(said(text, memory), said(text), `after ${JSON.stringify(typed.slice(0, length))}`);
    }
  });

  test('follows the configuration', () => {
    const memory = stageMemory();
    const rule = { severity: 'error' as const };
    const other: Config = { ...defaultConfig, rules: new Map([['user-root', rule]]) };
    for (const config of [strict, other, strict])
      assert.deepEqual(said(TEXT, memory, config), said(TEXT, undefined, config));
  });
});

/** Reports each USER, and counts how often it is asked. */
function counting(looksAround: boolean) {
  const asked: string[] = [];
  const [model] = rules;
  assert.ok(model);
  const rule = defineRule({
    meta: { ...model.meta, id: 'counting', profile: 'essential', severity: 'warning', options: {} },
    ...(looksAround && { looksAround }),
    check: {
      *stage(stage) {
        asked.push(stage.label);
        for (const step of stage.steps) if (step.kind === 'user') yield { at: step.at, message: say`a user` };
      },
    },
  });
  return { rule, asked };
}

const PAIR = 'FROM a AS one\nUSER x\nFROM b AS two\nUSER y\n';

describe('a rule', () => {
  test('is asked again about a stage that changed only', () => {
    const { rule, asked } = counting(false);
    const memory = stageMemory();
    look(PAIR, memory, strict, [rule]);
    const again = look(PAIR.replace('USER x', 'USER xyz'), memory, strict, [rule]);
    assert.deepEqual(asked, ['one', 'two', 'one']);
    assert.deepEqual(
      again.map(({ at }) => at.start),
      [14, PAIR.indexOf('USER y') + 2],
    );
  });

  test('that looks around is asked about all', () => {
    const { rule, asked } = counting(true);
    const memory = stageMemory();
    for (const text of [PAIR, `${PAIR}# note\n`]) look(text, memory, strict, [rule]);
    assert.deepEqual(asked, ['one', 'two', 'one', 'two']);
  });

  test('is asked by each memory', () => {
    const { rule, asked } = counting(false);
    for (const memory of [stageMemory(), stageMemory()]) look(PAIR, memory, strict, [rule]);
    assert.equal(asked.length, 4);
  });

  test('is asked again about the stages that use one that changed', () => {
    const { rule, asked } = counting(false);
    const memory = stageMemory();
    const text = 'FROM a AS one\nFROM one AS two\nFROM c\nCOPY --from=two /x /\nFROM d AS last\n';
    look(text, memory, strict, [rule]);
    asked.length = 0;
    look(`# note\n${text}`, memory, strict, [rule]);
    assert.deepEqual(asked, []);
    look(text.replace('FROM a AS one', 'FROM b AS one'), memory, strict, [rule]);
    assert.deepEqual(asked, ['one', 'two', 'stage 3']);
  });

  test('is asked once about a stage that copies from itself', () => {
    const { rule, asked } = counting(false);
    const memory = stageMemory();
    for (let i = 0; i < 2; i++) look('FROM a AS one\nCOPY --from=one /x /\n', memory, strict, [rule]);
    assert.deepEqual(asked, ['one']);
  });
});
