/** What the pointer on a service or key is told: the value that holds in the end, and where it is written. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadProject, openMember } from '../../server/src/engine/project.js';
import { openDocument } from '../../server/src/documents/open.js';
import { effectiveHover, effectiveLink } from '../../server/src/features/hover/effective.js';
import { wordingFor } from '../../server/src/features/markup.js';
import { english } from '../../server/src/l10n/message.js';
import { ROOT, type Texts } from '../support/effective.js';

const PROJECT: Texts = {
  'compose.yaml': `x-limits: &limits
  mem_limit: 512m
services:
  web:
    <<: *limits
    image: nginx:\${TAG}
    user: "0"
    ports: ["80:80"]
    environment: {MODE: dev, LEVEL: "\${LEVEL}"}
  job:
    extends: web
    profiles: [manual]
volumes:
  data: {driver: local}
`,
  'compose.override.yaml': 'services:\n  web:\n    user: "1000"\n    ports: ["127.0.0.1:81:81"]\n',
  '.env': 'TAG=1.31\n',
};

const ALONE: Texts = { 'compose.yaml': PROJECT['compose.yaml'] ?? '' };

async function at(part: string, path = 'compose.yaml', texts = PROJECT) {
  const read = async (uri: string) => texts[uri.slice(ROOT.length + 1)];
  const loaded = await loadProject({ read }, { entry: `${ROOT}/${path}` }, { roots: [ROOT] });
  const document = openMember(loaded, `${ROOT}/${path}`);
  const offset = texts[path]?.indexOf(part) ?? -1;
  assert.ok(document && offset >= 0, part);
  const found = document.effectiveAt?.(offset);
  return found && { ...found, at: document.source.slice(found.at) };
}

describe('on a key', () => {
  test('a value that another file replaces', async () => {
    assert.deepEqual(await at('user'), {
      at: 'user',
      name: 'web.user',
      text: 'user: "1000" # compose.override.yaml:3',
      asWritten: false,
    });
  });

  test('a list that two files add up to', async () => {
    assert.equal(
      (await at('ports', 'compose.override.yaml'))?.text,
      [
        'ports:',
        '  - mode: ingress # compose.yaml:8',
        '    protocol: tcp # compose.yaml:8',
        '    published: "80" # compose.yaml:8',
        '    target: 80 # compose.yaml:8',
        '  - host_ip: "127.0.0.1" # compose.override.yaml:4',
        '    mode: ingress # compose.override.yaml:4',
        '    protocol: tcp # compose.override.yaml:4',
        '    published: "81" # compose.override.yaml:4',
        '    target: 81 # compose.override.yaml:4',
      ].join('\n'),
    );
  });

  test('deeper inside', async () => {
    assert.equal((await at('LEVEL'))?.name, 'web.environment.LEVEL');
    assert.equal(
      (await at('LEVEL'))?.text,
      'LEVEL: "" # compose.yaml:9, ${LEVEL}, unknown: `LEVEL` has no value here',
    );
    assert.equal((await at('driver'))?.text, 'driver: local # compose.yaml:14');
  });

  test('and what is no key of a service or resource says nothing', async () => {
    for (const part of ['x-limits', 'mem_limit', 'services', 'extends'])
      assert.equal(await at(part), undefined);
  });
});

describe('on a value', () => {
  test('that a variable gives', async () => {
    const found = await at('nginx');
    assert.equal(found?.at, 'nginx:${TAG}');
    assert.equal(found?.text, 'image: nginx:1.31 # compose.yaml:6, nginx:${TAG}');
  });

  test('that holds as it stands there is nothing to say', async () => {
    assert.equal((await at('local'))?.asWritten, true);
    assert.equal((await at('"0"'))?.asWritten, false);
    // However much longer Compose spells it.
    assert.equal((await at('ports', 'compose.yaml', ALONE))?.asWritten, true);
    assert.equal((await at('80:80', 'compose.yaml', ALONE))?.asWritten, true);
    assert.equal((await at('80:80'))?.asWritten, false, 'the override adds a port');
    for (const part of ['*limits', 'image', 'environment', 'web'])
      assert.equal(
        (await at(part, 'compose.yaml', ALONE))?.asWritten,
        part === '*limits' ? undefined : false,
        part,
      );
  });
});

describe('on a name', () => {
  test('the whole service, with anchors and services that it extends, also when it does not run', async () => {
    const found = await at('job');
    assert.equal(found?.name, 'job');
    for (const line of [
      '  mem_limit: "536870912" # compose.yaml:2, *limits',
      '  user: "0" # compose.yaml:7, extends web',
      '    - manual # compose.yaml:12',
    ])
      assert.ok(found?.text.split('\n').includes(line), `${line} in\n${found?.text}`);
  });

  test('of a template in another project nothing is known', async () => {
    const texts = {
      'compose.yaml': 'services:\n  a:\n    extends: {file: base.yml, service: m}\n',
      'base.yml': 'services:\n  m:\n    image: x\n',
    };
    assert.equal((await at('a:', 'compose.yaml', texts))?.name, 'a');
    const read = async (uri: string) => texts[uri.slice(ROOT.length + 1) as keyof typeof texts];
    const loaded = await loadProject({ read }, { entry: `${ROOT}/compose.yaml` }, { roots: [ROOT] });
    const base = openMember(loaded, `${ROOT}/base.yml`);
    assert.equal(base?.effectiveAt?.(texts['base.yml'].indexOf('m:')), undefined);
  });
});

test('a file that nobody else belongs to, at every offset of every beginning', () => {
  const text = PROJECT['compose.yaml'] ?? '';
  for (let end = 0; end <= text.length; end += 7) {
    const document = openDocument(text.slice(0, end), 'compose');
    for (let offset = 0; offset <= end; offset += 5) document.effectiveAt?.(offset);
  }
});

test('as Markdown, whatever the names hold', () => {
  const value = { at: { start: 0, end: 1 }, name: 'a`b', text: 'x: "```"', asWritten: false };
  assert.equal(
    effectiveHover(value, wordingFor(true, english), undefined),
    '**Effective configuration of `` a`b ``**\n\n````yaml\nx: "```"\n````',
  );
  const link = effectiveLink('x.show', 'file:///a)b "c"/compose.yaml');
  assert.equal(link, 'command:x.show?%5B%22file%3A%2F%2F%2Fa)b%20%5C%22c%5C%22%2Fcompose.yaml%22%5D');
});
