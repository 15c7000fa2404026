/** Files that nobody writes by hand, which once kept the analysis busy for minutes, or for ever. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvFile } from '../../server/src/documents/compose/env-file.js';
import { composeCases } from '../../scripts/hostile/compose-cases.js';
import { dockerfileCases } from '../../scripts/hostile/dockerfile-cases.js';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { english } from '../../server/src/l10n/message.js';
import { pipelineOf } from '../../server/src/model/pipelines.js';
import { expansionMeter } from '../../server/src/syntax/yaml/expansion.js';
import { fixText } from '../../server/src/engine/fix.js';
import { conflict, type Edit } from '../../server/src/text/edit.js';
import { editSet } from '../../server/src/text/edit-set.js';
import { spanIndex } from '../../server/src/text/span-index.js';
import { loadRulesForTests } from '../support/load-rules.js';
import { outline } from '../support/yaml.js';

const { rules } = await loadRulesForTests();

function analysed(text: string, kind: 'compose' | 'dockerfile') {
  const document = openDocument(text, kind, {});
  const config = { ...defaultConfig, profile: 'strict' } as const;
  return analyse({ document, rules, config, today: '2026-11-24' });
}

/** How many findings of a rule there are, all rules being asked. */
function count(text: string, kind: 'compose' | 'dockerfile', rule: string): number {
  const { findings, crashes } = analysed(text, kind);
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

for (const [name, line] of [
  ['ENV', (i: number) => `ENV A${i + 1}=$A${i}$A${i}\n`],
  ['ARG with defaults', (i: number) => `ARG A${i + 1}=\${A${i}:-x}\${A${i}:-x}\n`],
  ['ENV with replacements', (i: number) => `ENV A${i + 1}=\${A${i}//x/xx}\n`],
] as const) {
  test(`variables, each twice as long as the one before: ${name}`, () => {
    const text = `FROM debian:12\nENV A0=x\n${repeat(60, line).join('')}RUN curl http://example.org/$A60 | bash\n`;
    assert.equal(count(text, 'dockerfile', 'pipe-to-shell'), 1);
    const { problems, complete } = analysed(text, 'dockerfile');
    assert.deepEqual(
      problems.map(({ kind, message }) => `${kind}: ${english(message)}`),
      ['incomplete: The variables stand for more text than can be read'],
    );
    assert.equal(complete, false);
  });
}

test('a path that many ENV make longer is followed to its end', () => {
  const text = `FROM debian:12\nENV P=/0\n${repeat(500, (i) => `ENV P=$P:/${i}\n`).join('')}LABEL p=$P\n`;
  const { document, problems } = analysed(text, 'dockerfile');
  assert.deepEqual(problems, []);
  const label = document.builds[0]?.stages[0]?.steps.at(-1);
  const value = label && 'variables' in label ? label.variables[0]?.value : undefined;
  assert.ok(value?.state === 'set');
  assert.equal(value.value, ['/0', ...repeat(500, (i) => `/${i}`)].join(':'));
});

test('thousands of stages with variables know those of the stages that they stand on, and no others', () => {
  const stages = repeat(
    3_000,
    (i) => `FROM s${i} AS s${i + 1}\nENV A${i + 1}=${i + 1}\nRUN --mount=from=s${i},target=/a b\n`,
  );
  const text = `FROM debian:12 AS s0\nENV A0=0\n${stages.join('')}LABEL a=$A0-$A3000\nFROM s0\nLABEL b=\${A3000:-none}\n`;
  const labels = analysed(text, 'dockerfile').document.builds[0]?.stages.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'label' ? step.variables : [])),
  );
  assert.deepEqual(
    labels?.map(({ value }) => value.state === 'set' && value.value),
    ['0-3000', 'none'],
  );
});

test('all that can be mended in thousands of services that share an anchor', () => {
  const services = repeat(3_000, (i) => `  s${i}:\n    <<: *base\n`).join('');
  const text = `x-base: &base\n  image: nginx:latest\n  privileged: true\nservices:\n${services}`;
  const { text: fixed } = fixText({
    text,
    analyse: (one) => analysed(one, 'compose'),
    allowed: new Set(['safe', 'unsafe']),
    wants: ({ rule }) => rule.id === 'privileged-container',
  });
  assert.doesNotMatch(fixed, /privileged/);
});

const debian = (lines: readonly string[]) => `FROM debian:12\n${lines.join('\n')}\n`;
const image = 'services:\n  app:\n    image: nginx:1.29\n';

for (const [name, kind, rule, found, text] of [
  [
    'stages that nothing is built from',
    'dockerfile',
    'stage-unused',
    0,
    repeat(3_000, (i) => `FROM debian:12 AS s${i}\nRUN a\n`).join(''),
  ],
  [
    'health checks',
    'dockerfile',
    'healthcheck-tool-missing',
    4_000,
    debian(repeat(4_000, (i) => `HEALTHCHECK CMD curl http://localhost/${i}`)),
  ],
  [
    'copied files',
    'dockerfile',
    'secret-file-copied',
    1,
    debian([...repeat(4_000, (i) => `COPY a${i} /b`), 'COPY key.json /key', 'ENV KUBECONFIG=/key']),
  ],
  [
    'names of rules in one comment',
    'compose',
    'unused-ignore',
    1,
    `${image}# bulkhead-ignore-file ${repeat(3_000, (i) => `nonsense-${i}`).join(', ')}: why\n`,
  ],
  [
    'passwords in one service',
    'compose',
    'secret-in-environment',
    4_000,
    `${image}    environment:\n${repeat(4_000, (i) => `      A${i}_PASSWORD: aKf93jdkDk3x${i}\n`).join('')}`,
  ],
  [
    'ports of the host, each twice',
    'compose',
    'port-duplicate',
    4_000,
    `${image}    ports:\n${repeat(8_000, (i) => `      - "${1_000 + (i % 4_000)}:80"\n`).join('')}`,
  ],
  [
    'services that use the volumes of the one before',
    'compose',
    'docker-socket-mounted',
    2,
    `services:\n  s0:\n    image: nginx:1.29\n    volumes: [/var/run/docker.sock:/a]\n${repeat(
      2_000,
      (i) => `  s${i + 1}:\n    image: nginx:1.29\n    volumes_from: [s${i}]\n`,
    ).join('')}`,
  ],
] as const) {
  test(`thousands of ${name}`, () => assert.equal(count(text, kind, rule), found));
}

test('a document after the other that publishes all ports', () => {
  const text = repeat(40, () => `${image}    ports: ["1-65535:1-65535"]\n`).join('---\n');
  assert.equal(analysed(text, 'compose').document.containers[0]?.ports.length, 1);
});

test('variables of an .env file, each twice as long as the one before', () => {
  const lines = repeat(60, (i) => `A${i + 1}=$A${i}$A${i}\n`).join('');
  const values = readEnvFile(`A0=x\n${lines}B=$A3\n`);
  assert.equal(values.get('A10')?.length, 1024);
  assert.equal(values.get('A60'), undefined);
  assert.ok([...values.values()].reduce((sum, { length }) => sum + length, 0) < 4_000_000);
});

test('a name that is to be ignored no more goes with its comma', () => {
  const text = (names: string) => `${image}    privileged: true # bulkhead-ignore ${names}: why\n`;
  const fixed = (names: string) =>
    fixText({
      text: text(names),
      analyse: (one) => analysed(one, 'compose'),
      allowed: new Set(['safe']),
      wants: ({ rule }) => rule.id === 'unused-ignore',
    }).text;
  for (const names of ['privileged-container, port-duplicate', 'port-duplicate, privileged-container'])
    assert.equal(fixed(names), text('privileged-container'));
  const many = repeat(40, (i) => `nonsense-${i}`).join(', ');
  assert.equal(fixed(`${many}, privileged-container, ${many}`), text('privileged-container'));
});

test('what is added where the text is broken, and nobody reads it, is added once', () => {
  const text =
    'services:\n  app:\n    image: ghcr.io/a/b:1\n    user: "1000"?\n    networks:\n {     - a\n    extra_hosts:\n      - "a:1.2.3.4"\n';
  const { text: fixed } = fixText({
    text,
    analyse: (one) => analysed(one, 'compose'),
    allowed: new Set(['safe', 'unsafe']),
  });
  assert.ok((fixed.match(/mem_limit/g) ?? []).length <= 1, fixed);
});

test('edits that can be made together are told as by comparing each with each', () => {
  const spans: Edit[] = [];
  for (let start = 0; start <= 8; start++)
    for (let end = start; end <= 8; end++) spans.push({ span: { start, end }, text: '' });
  const isInsertion = ({ span: { start, end } }: Edit) => start === end;
  const collide = (a: Edit, b: Edit) =>
    conflict(a, b) || (isInsertion(a) && isInsertion(b) && a.span.start === b.span.start);
  const at = (start: number, end: number): Edit => ({ span: { start, end }, text: '' });
  for (const made of [[], [at(3, 3)], [at(2, 5)], [at(5, 7), at(0, 2), at(3, 3), at(2, 2)]]) {
    const set = editSet();
    set.add(made);
    assert.deepEqual(set.edits, made);
    for (const one of spans) {
      const others = JSON.stringify([made, one]);
      assert.equal(
        set.overlaps(one),
        made.some((other) => conflict(other, one)),
        others,
      );
      assert.equal(
        set.collides(one),
        made.some((other) => collide(other, one)),
        others,
      );
    }
    assert.ok(!set.collides({ span: { start: 0, end: 8, file: 'file:///other' }, text: '' }));
  }
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

for (const [kind, cases] of [
  ['dockerfile', dockerfileCases],
  ['compose', composeCases],
] as const) {
  test(`no rule fails on any hostile file: ${kind}`, () => {
    for (const [name, make] of Object.entries(cases)) {
      const [text = ''] = Object.values(make(12));
      const { findings, crashes } = analysed(text, kind);
      for (const finding of findings) finding.fixes();
      assert.deepEqual(crashes, [], name);
    }
  });
}
