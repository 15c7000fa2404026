/** Files that nobody writes by hand, which once kept the analysis busy for minutes, or for ever. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { english } from '../../server/src/l10n/message.js';
import { pipelineOf } from '../../server/src/model/pipelines.js';
import { expansionMeter } from '../../server/src/syntax/yaml/expansion.js';
import { spanIndex } from '../../server/src/text/span-index.js';
import { loadRulesForTests } from '../support/load-rules.js';
import { outline } from '../support/yaml.js';

const { rules } = await loadRulesForTests();

/** How many findings of a rule there are, all rules being asked. */
function count(text: string, kind: 'compose' | 'dockerfile', rule: string): number {
  const document = openDocument(text, kind, {});
  const { findings, crashes } = analyse({
    document,
    rules,
    config: { ...defaultConfig, profile: 'strict' },
    today: '2026-11-24',
  });
  assert.deepEqual(crashes, []);
  for (const finding of findings) finding.fixes();
  return findings.filter(({ rule: { id } }) => id === rule).length;
}

const repeat = (times: number, one: (i: number) => string) => Array.from({ length: times }, (_, i) => one(i));

test('a RUN of thousands of commands, each of which is looked at', () => {
  const piped = repeat(10_000, (i) => `curl http://example.org/${i} | bash`).join(' && ');
  assert.equal(count(`FROM debian:12\nRUN ${piped}\n`, 'dockerfile', 'pipe-to-shell'), 10_000);
});

test('thousands of ARG, each made of the one before', () => {
  const args = repeat(8_000, (i) => `ARG A${i + 1}=$A${i}\n`).join('');
  assert.equal(count(`ARG A0=12\n${args}FROM debian:$A8000\nUSER root\n`, 'dockerfile', 'user-root'), 1);
});

test('thousands of stages, each built on the one before', () => {
  const stages = repeat(5_000, (i) => `FROM s${i} AS s${i + 1}\nCOPY --from=s${i} /a /b\n`).join('');
  assert.equal(count(`FROM debian:12 AS s0\n${stages}USER root\n`, 'dockerfile', 'user-root'), 1);
});

test('thousands of cd, each into the folder before', () => {
  const run = repeat(20_000, () => 'cd a').join(' && ');
  assert.equal(count(`FROM debian:12\nRUN ${run} && chmod 777 b\n`, 'dockerfile', 'world-writable'), 1);
});

/** Nine times the one before in each of 30 lines: more than there are atoms in a person. */
function bomb(of: (before: string) => string): string {
  return `x-0: &a0 {k: x}\n${repeat(30, (i) => `x-${i + 1}: &a${i + 1} ${of(`*a${i}`)}\n`).join('')}`;
}

const nine = (one: (i: number) => string) => repeat(9, one).join(', ');

for (const [name, text, keys] of [
  ['lists', bomb((before) => `[${nine(() => before)}]`), 'command: *a30'],
  ['mappings', bomb((before) => `{${nine((i) => `k${i}: ${before}`)}}`), 'environment: *a30'],
  ['merge keys', bomb((before) => `{<<: [${nine(() => before)}]}`), '<<: *a30'],
] as const) {
  test(`aliases of aliases: ${name}`, () => {
    const service = `services:\n  app:\n    image: nginx:1.29\n    privileged: true\n    ${keys}\n`;
    assert.equal(count(text + service, 'compose', 'privileged-container'), 1);
  });
}

test('an alias that is not followed says so', () => {
  const text = `${bomb((before) => `[${nine(() => before)}]`)}services:\n  app:\n    <<: *a30\n`;
  const { problems } = openDocument(text, 'compose', {});
  assert.match(problems.map(({ message }) => english(message)).join('\n'), /for more than can be read/);
});

test('merge keys, each of the mapping before, are followed as far as the stack reaches', () => {
  const chain = repeat(20_000, (i) => `x-${i + 1}: &a${i + 1}\n  <<: *a${i}\n`);
  const service = 'services:\n  app:\n    image: nginx:1.29\n    <<: *a100\n';
  const text = ['x-0: &a0 {privileged: true}\n', ...chain.slice(0, 100), service, ...chain.slice(100)].join(
    '',
  );
  assert.equal(count(text, 'compose', 'privileged-container'), 1);
});

test('aliases that real files have are followed', () => {
  assert.equal(outline('a: &a {b: 1}\nc: [*a, *a]\nd: *a'), '{a: &a {b: 1}, c: [*a, *a], d: *a}');
  const services = repeat(2_000, (i) => `  s${i}:\n    <<: *a\n`).join('');
  const text = `x-a: &a\n  image: nginx:1.29\n  privileged: true\nservices:\n${services}`;
  assert.doesNotMatch(outline(text), /\?/);
});

test('an alias counts with all that it stands for', () => {
  const leaf = { kind: 'scalar', value: 'x', style: 'plain', empty: false } as const;
  const at = { span: { start: 0, end: 1 }, full: { start: 0, end: 1 } };
  const thousand = {
    ...at,
    kind: 'seq',
    flow: true,
    dashes: [],
    items: repeat(999, () => '').map(() => ({ ...at, ...leaf })),
  } as const;
  const meter = expansionMeter();
  for (let i = 0; i < 400; i++) assert.ok(meter.admits(thousand), `${i}`);
  assert.ok(!meter.admits(thousand));
  assert.ok(!meter.admits({ ...at, ...leaf }));
});

test('an index of spans answers as a search through all of them does', () => {
  const spans = [
    { start: 0, end: 100 },
    { start: 10, end: 20 },
    { start: 10, end: 12 },
    { start: 20, end: 30 },
    { start: 5, end: 50 },
    { start: 60, end: 60 },
  ];
  const find = spanIndex(spans, (one) => one);
  for (let start = 0; start <= 101; start++)
    for (let end = start; end <= 101; end++) {
      const expected = spans.filter((one) => one.start <= start && end <= one.end);
      assert.deepEqual(find({ start, end }), expected, `${start} ${end}`);
    }
  assert.deepEqual(spanIndex([], () => ({ start: 0, end: 0 }))({ start: 0, end: 0 }), []);
});

test('a pipeline is made of the commands with its number, in order', () => {
  const document = openDocument('FROM a\nRUN a | b && c; d | e | f\n', 'dockerfile', {});
  const step = document.builds[0]?.stages[0]?.steps[0];
  const commands = step?.kind === 'run' ? step.script.commands : [];
  const programs = commands.map((one) =>
    pipelineOf(commands, one)
      .map(({ program }) => program)
      .join(' '),
  );
  assert.deepEqual(programs, ['a b', 'a b', 'c', 'd e f', 'd e f', 'd e f']);
});
