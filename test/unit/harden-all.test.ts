/** "Harden all services": what services get alike is said once, in the style of the file, and means the same as before. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { fixText } from '../../server/src/engine/fix.js';
import { WHOLE_SET } from '../../server/src/engine/harden-set.js';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { hardenEdit, hardenFileTitle, type HardenInput } from '../../server/src/features/harden.js';
import { rules } from '../../server/src/rules/index.js';
import type { Profile } from '../../server/src/rules/rule.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { load } from '../support/effective.js';

const STEPS = new Set(['no-new-privileges', 'capabilities', 'limits', 'pids']);

function inputOf(
  text: string,
  harden: ReadonlySet<string> = STEPS,
  profile: Profile = 'recommended',
): HardenInput {
  const reanalyse = (next: string) =>
    analyse({
      document: openDocument(next, 'compose'),
      rules,
      config: { ...defaultConfig, profile },
      today: '2026-11-24',
    });
  const capabilities = { ...PLAIN_EDITOR, createFiles: true, changeAnnotations: true };
  return { analysis: reanalyse(text), reanalyse, harden, capabilities };
}

function hardened(text: string, harden?: ReadonlySet<string>): string {
  return applyEdits(text, hardenEdit(inputOf(text, harden)).edits);
}

const services = async (text: string) => (await load({ 'f1.yml': text })).config;

const COMMON = `cap_drop:
    - ALL
  cpus: 1
  mem_limit: 512m
  security_opt:
    - no-new-privileges:true
  pids_limit: 256
`;

describe('hardening all services', () => {
  test('says once what all of them get', async () => {
    const text = 'services:\n  a:\n    image: example/a:1 # keep\n  b:\n    image: example/b:1\n';
    const after = hardened(text);
    assert.equal(
      after,
      `x-hardening: &hardening\n  ${COMMON}\nservices:\n  a:\n    <<: *hardening\n    image: example/a:1 # keep\n  b:\n    <<: *hardening\n    image: example/b:1\n`,
    );
    let single = text;
    for (const name of ['a', 'b'])
      single = applyEdits(single, hardenEdit(inputOf(single), { kind: 'service', name }).edits);
    assert.notEqual(single, after);
    const { services: together } = (await services(after)) as { services: unknown };
    const { services: apart } = (await services(single)) as { services: unknown };
    assert.deepEqual(together, apart);
    assert.equal(hardened(after), after, 'a second run changes nothing');
  });

  test('says everything where it belongs in a file for a Swarm that knows no blocks beside the services', () => {
    const stack = (version: string) =>
      `version: "${version}"\nservices:\n  a:\n    image: example/a:1\n    deploy:\n      endpoint_mode: vip\n  b:\n    image: example/b:1\n  c:\n    image: example/c:1\n`;
    assert.doesNotMatch(hardened(stack('3.3')), /x-hardening/);
    assert.match(hardened(stack('3.3')), /cap_drop:[\s\S]*cap_drop:/);
    assert.match(hardened(stack('3.4')), /^x-hardening: &hardening$/m);
  });

  test('leaves a list that a service has its own, and whole: a merge key does not merge lists', () => {
    const after = hardened(
      'services:\n  a:\n    image: example/a:1\n    security_opt:\n      - label:disable\n    cap_drop: [NET_RAW]\n  b:\n    image: example/b:1\n  c:\n    image: example/c:1\n    mem_limit: 1g\n',
    );
    assert.match(
      after,
      /a:\n {4}<<: \*hardening\n {4}image: example\/a:1\n {4}security_opt:\n {6}- label:disable\n {6}- no-new-privileges:true\n {4}cap_drop: \[NET_RAW, ALL\]\n/,
    );
    assert.match(after, /c:\n {4}<<: \*hardening\n {4}image: example\/c:1\n {4}mem_limit: 1g\n$/);
  });

  test('keeps out of the block what is not right for every service in it', () => {
    // The image of `a` needs capabilities that that of `b` does not; only `b` is privileged.
    const after = hardened(
      'services:\n  a:\n    image: postgres:17\n  b:\n    image: example/b:1\n  c:\n    image: example/c:1\n    cap_add: [ALL]\n',
      new Set(['capabilities', 'limits', 'pids', 'no-new-privileges']),
    );
    assert.match(after, /^x-hardening: &hardening\n(?! {2}cap_drop)/);
    assert.doesNotMatch(after.slice(0, after.indexOf('services:')), /cap_/);
    assert.match(after, /a:\n {4}<<: \*hardening\n {4}image: postgres:17\n {4}cap_drop: \[ALL\]\n/);
    assert.doesNotMatch(after, /example\/c:1\n {4}cap_add: \[ALL\]\n {4}cap_drop/);
  });

  test('gives a service that merges something a list, in which that comes first', () => {
    const head = 'x-base: &base\n  restart: always\n\n';
    const after = hardened(
      `${head}services:\n  a:\n    <<: *base\n    image: example/a:1\n  b:\n    <<: [*base]\n    image: example/b:1\n  c:\n    <<:\n      - *base\n    image: example/c:1\n`,
    );
    assert.match(after, /a:\n {4}<<: \[\*base, \*hardening\]\n/);
    assert.match(after, /b:\n {4}<<: \[\*base, \*hardening\]\n/);
    assert.match(after, /c:\n {4}<<:\n {6}- \*base\n {6}- \*hardening\n/);
  });

  test('follows the blocks of the file: their names, their place, what they say already', () => {
    const after = hardened(
      'name: shop\n\nx-logging: &default-logging\n  driver: json-file\n  options: {max-size: 10m, max-file: "3"}\n\nservices:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n',
      new Set([...STEPS, 'logging']),
    );
    assert.match(
      after,
      /max-file: "3"}\n\nx-hardening: &default-hardening\n {2}cap_drop:[\s\S]*\n {2}logging: \*default-logging\n[\s\S]*\n\nservices:\n/,
    );
  });

  test('stands below the head of the file, and above a comment on the services', () => {
    const two = 'services:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n';
    assert.match(hardened(`# The shop.\n${two}`), /^# The shop\.\nx-hardening:[\s\S]*\n\nservices:/);
    assert.match(
      hardened(`name: shop\n# The shop.\n${two}`),
      /^name: shop\nx-hardening:[\s\S]*\n\n# The shop\.\nservices:/,
    );
  });

  test('uses the block again for services that came later', () => {
    const first = hardened('services:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n');
    const after = hardened(`${first}  c:\n    image: example/c:1\n  d:\n    image: example/d:1\n`);
    assert.equal(
      after,
      `${first}  c:\n    <<: *hardening\n    image: example/c:1\n  d:\n    <<: *hardening\n    image: example/d:1\n`,
    );
  });

  test('shares nothing where that is longer, where the name is taken, or in braces', () => {
    const one = hardened(
      'services:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n',
      new Set(['pids']),
    );
    assert.equal(one.includes('x-hardening'), false);
    const taken = hardened(
      'x-hardening: {}\nservices:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n',
    );
    assert.equal(taken.includes('<<'), false);
    const flow = hardened('services:\n  a: {image: example/a:1}\n  b: {image: example/b:1}\n');
    assert.match(flow, /^services:\n {2}a: \{image: example\/a:1, .*mem_limit: 512m.*\}\n/);
  });

  test('keeps the ends of lines', () => {
    const text = 'services:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n';
    assert.equal(hardened(text.replaceAll('\n', '\r\n')), hardened(text).replaceAll('\n', '\r\n'));
  });

  test('explains each change, those of the common part as one', () => {
    const input = inputOf('services:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n');
    assert.equal(hardenFileTitle(input), 'Harden all 2 services');
    const { edits, annotationOf } = hardenEdit(input);
    const notes = new Set(edits.map((edit) => annotationOf(edit)));
    assert.equal(notes.size, 1);
    const [note] = notes;
    assert.equal(note?.label, 'Common part of 2 services');
    assert.equal(note.needsConfirmation, true);
    assert.match(
      note.description ?? '',
      /^Put cap_drop, cpus, mem_limit, security_opt and pids_limit once in x-hardening, for a and b\. Of it: .*memory limit.*\. May change behaviour: .*the container is killed above it/,
    );
  });
});

describe('the socket proxy', () => {
  test('that a fix puts in leaves nothing to harden', () => {
    const text =
      'services:\n  web:\n    image: traefik:v3.5\n    command: [--providers.docker=true]\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n';
    const { text: after } = fixText({
      text,
      analyse: inputOf(text, WHOLE_SET).reanalyse,
      allowed: new Set(['safe', 'unsafe']),
      wants: ({ rule }) => rule.id === 'docker-socket-mounted',
    });
    const { analysis } = inputOf(after);
    const left = analysis.findings.filter(({ section }) => section?.name === 'web-socket-proxy');
    assert.deepEqual(
      left.map(({ rule }) => rule.id),
      [],
    );
    const { containers } = analysis.document;
    const proxy = containers.find(({ name }) => name === 'web-socket-proxy');
    assert.deepEqual(
      proxy?.environment.map(({ name }) => name),
      ['CONTAINERS'],
    );
    assert.deepEqual(proxy?.ports, []);
    assert.equal(
      analysis.document.project?.networks.find(({ name }) => name === 'web-socket')?.internal.state,
      'set',
    );
  });
});

describe('a fix that concerns several services', () => {
  const text =
    'services:\n  web:\n    image: example/web:1\n    ports: ["80:80"]\n    depends_on: [db]\n  db:\n    image: postgres:18\n  mail:\n    image: example/mail:1\n';
  test('is a part of hardening the file, and not of hardening one of them', () => {
    const input = inputOf(text, WHOLE_SET, 'strict');
    const { analysis } = input;
    assert.ok(
      analysis.findings.some(({ rule, fixes }) => rule.id === 'default-network-only' && fixes().length > 0),
    );
    const single = applyEdits(text, hardenEdit(input, { kind: 'service', name: 'db' }).edits);
    assert.equal(single.includes('networks:'), false);
    assert.match(applyEdits(text, hardenEdit(input).edits), /^networks:\n {2}back:\n/m);
  });

  test('waits for the others, and is not made when its reason is gone by then', () => {
    // A port of this machine alone opens nothing to the outside.
    const inside = text.replace('80:80', '8080:80');
    const after = applyEdits(inside, hardenEdit(inputOf(inside, WHOLE_SET, 'strict')).edits);
    assert.match(after, /127\.0\.0\.1:8080:80/);
    assert.equal(after.includes('networks:'), false);
  });
});

test('two fixes that write another value at one place are made one after the other', () => {
  const text = 'services:\n  a:\n    image: example/a:1\n    read_only: true\n    tmpfs: /tmp:exec\n';
  const after = applyEdits(text, hardenEdit(inputOf(text, new Set(['read-only']), 'strict')).edits);
  assert.match(after, /tmpfs: \/tmp:size=64m\n$/);
});

test('a service that gets limits keeps its restart policy, which did harm without them only', () => {
  const text = 'services:\n  a:\n    image: example/a:1\n    restart: always\n';
  const after = (steps: ReadonlySet<string>) =>
    applyEdits(text, hardenEdit(inputOf(text, steps, 'strict')).edits);
  assert.match(after(WHOLE_SET), /restart: always\n[\s\S]*mem_limit: 512m\n/);
  assert.match(after(new Set(['other'])), /restart: on-failure:5\n/);
});

describe('hardening the file is offered', () => {
  const title = (text: string) => hardenFileTitle(inputOf(text, WHOLE_SET, 'strict'));

  test('where hardening its one service leaves something', () => {
    const one = 'services:\n  a:\n    image: example/a:1\n';
    assert.equal(title(one), undefined);
    assert.equal(title(`version: "3"\n${one}`), 'Harden this Compose file');
    assert.equal(title(`${one}  b:\n    image: example/b:1\n`), 'Harden all 2 services');
  });
});
