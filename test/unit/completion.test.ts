import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { completionsAt } from '../../server/src/features/completion.js';
import type { AnyRule } from '../../server/src/rules/rule.js';
import unusedIgnore from '../../server/src/rules/updates/unused-ignore.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import { tinyRules } from '../support/tiny-rules.js';

/** What is proposed where `|` stands. */
function proposed(marked: string, kind: DocumentKind = 'compose', rules: readonly AnyRule[] = tinyRules) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = openDocument(text, kind);
  const analysis = analyse({ document, rules, config: defaultConfig, today: '2026-11-24' });
  const position = document.source.positionAt(offset);
  const items = completionsAt({ analysis, rules, capabilities: PLAIN_EDITOR }, position);
  /** The text after one of them was chosen. */
  const choose = (label: string) => {
    const edit = items.find((item) => item.label === label)?.textEdit;
    assert.ok(edit && 'range' in edit, label);
    const { source } = document;
    return (
      text.slice(0, source.offsetAt(edit.range.start)) +
      edit.newText +
      text.slice(source.offsetAt(edit.range.end))
    );
  };
  return { items, labels: items.map(({ label }) => label), choose };
}

const service = (...lines: readonly string[]) =>
  ['services:', '  web:', ...lines.map((line) => `    ${line}`), '    init: true', ''].join('\n');

describe('capabilities', () => {
  test('are proposed in a list entry, those that the image needs first, then by risk', () => {
    const { items, labels } = proposed(service('image: nginx', 'cap_add:', '  - |'));
    assert.deepEqual(labels.slice(0, 4).sort(), ['CHOWN', 'NET_BIND_SERVICE', 'SETGID', 'SETUID']);
    assert.match(items[0]?.detail ?? '', /needed by the image · risk/);
    assert.equal(items.find(({ label }) => label === 'SYS_ADMIN')?.detail, 'risk critical');
    assert.match(items.at(-1)?.detail ?? '', /critical/);
    assert.match(JSON.stringify(items[0]?.documentation), /The image needs it: /);
  });

  test('replace the whole word in its spelling, and are not proposed twice', () => {
    const one = proposed(service('cap_add:', '  - CHOWN', '  - CAP_NET|_RAW'));
    assert.ok(!one.labels.includes('CHOWN'));
    assert.equal(one.choose('NET_ADMIN'), service('cap_add:', '  - CHOWN', '  - CAP_NET_ADMIN'));
  });

  test('are proposed on lines that are not whole yet', () => {
    for (const line of [
      'cap_add: [NET_|',
      'cap_add: [ CHOWN, |]',
      'cap_add: ["NET_|',
      "cap_add: ['NET_|']",
      'cap_add:\n      - "|',
    ])
      assert.ok(proposed(service(line)).labels.includes('NET_ADMIN'), line);
    assert.equal(proposed(service('cap_drop: |')).choose('ALL'), service('cap_drop: [ALL]'));
    assert.ok(proposed('services:\n  web:\n    cap_drop:\n      - |').labels.includes('ALL'));
  });

  test('bring the dash of an item that has none yet', () => {
    const list = ['cap_add:', '  - CHOWN', '  - KILL'];
    for (const typed of ['-|', '|', 'KI|', '- |'])
      assert.equal(
        proposed(service('cap_add:', '  - CHOWN', `  ${typed}`)).choose('KILL'),
        service(...list),
        typed,
      );
    const flow = proposed(service('cap_add: [', '  CHOWN,', '  KI|', ']'));
    assert.equal(flow.choose('KILL'), service('cap_add: [', '  CHOWN,', '  KILL', ']'));
    const dash = proposed(service('cap_add:', '  -|')).items[0];
    assert.match(dash?.filterText ?? '', /^- /, 'what was typed is a dash');
  });

  test('to drop start with all of them', () => {
    assert.equal(proposed(service('cap_drop:', '  - |')).labels[0], 'ALL');
  });

  test('are proposed below an anchor that a service takes in', () => {
    const text = 'x-base: &base\n  cap_add:\n    - |\nservices:\n  web:\n    <<: *base\n    image: a\n';
    assert.ok(proposed(text).labels.includes('NET_ADMIN'));
  });
});

test('security options say what they do', () => {
  const { items, choose } = proposed(service('security_opt:', '  - no|'));
  assert.equal(items[0]?.label, 'no-new-privileges:true');
  assert.equal(items.find(({ label }) => label === 'seccomp:unconfined')?.detail, 'takes protection away');
  assert.match(choose('no-new-privileges:true'), /^ {6}- no-new-privileges:true$/m);
});

describe('limits', () => {
  const usual = (...lines: readonly string[]) =>
    proposed(service(...lines)).items.map(({ label, detail }) => `${label} ${detail}`);

  test('are proposed as amounts, from small to large, each with what it means', () => {
    assert.ok(usual('mem_limit: |').includes('512m 512 MB, a usual start for an application'));
    assert.ok(usual('cpus: |').includes('0.5 half of one CPU'));
    assert.ok(usual('pids_limit: |').includes('256 256 processes and threads, a usual start'));
    assert.match(JSON.stringify(proposed(service('mem_limit: |')).items[0]?.documentation), /docker stats/);
  });

  test('are proposed below deploy, in quotes and braces, and replace what is typed', () => {
    const deploy = ['deploy:', '  resources:', '    limits:'];
    assert.ok(usual(...deploy, '      memory: 5|').some((one) => one.startsWith('512m')));
    assert.ok(usual(...deploy, "      cpus: '|'").some((one) => one.startsWith('0.5')));
    assert.equal(
      proposed(service('deploy: {resources: {limits: {pids: |}}}')).choose('256'),
      service('deploy: {resources: {limits: {pids: 256}}}'),
    );
    assert.equal(proposed(service('cpus: "0|"')).choose('0.5'), service('cpus: "0.5"'));
  });

  test('are not proposed where nothing is limited', () => {
    for (const line of ['mem_reservation: |', 'labels: {memory: |}', 'environment: {cpus: |}'])
      assert.deepEqual(usual(line), [], line);
  });
});

describe('users', () => {
  test('of the image are proposed, a pair of numbers in quotes', () => {
    const { labels, choose } = proposed(service('image: postgres:17', 'user: |'));
    assert.deepEqual(labels, ['postgres', '999:999']);
    assert.match(choose('999:999'), /user: "999:999"$/m);
    assert.match(proposed(service('image: postgres:17', 'user: "9|"')).choose('999:999'), /"999:999"/);
  });

  test('of the base image and of this build are proposed behind USER', () => {
    const text = 'FROM node:22\nRUN useradd -u 10001 app\nUSER |\nCMD ["node"]\n';
    assert.deepEqual(proposed(text, 'dockerfile').labels, ['10001', 'app', 'node', '1000:1000']);
    assert.match(proposed(text.replace('|', 'ro|ot'), 'dockerfile').choose('node'), /^USER node$/m);
    assert.match(proposed(text, 'dockerfile').choose('1000:1000'), /^USER 1000:1000$/m);
    assert.deepEqual(proposed('FROM scratch\nUSER |\n', 'dockerfile').labels, ['65532']);
  });

  test('are not proposed where a heredoc or a comment says USER, or nothing is known', () => {
    for (const text of [
      'FROM node:22\nRUN <<EOF\nUSER |\nEOF\n',
      'FROM node:22\n# USER |\n',
      'FROM example.org/a\nUSER |\n',
      'FROM node:22\nUSER node |\n',
      'USER |',
    ])
      assert.deepEqual(proposed(text, 'dockerfile').labels, [], text);
  });
});

test('paths that the image writes are proposed for a read-only root', () => {
  const { labels } = proposed(service('image: nginx', 'read_only: true', 'tmpfs:', '  - /tmp', '  - /v|'));
  assert.deepEqual(labels, ['/var/cache/nginx', '/var/run']);
});

describe('rules to ignore', () => {
  test('start with those that found something there', () => {
    const { items, labels, choose } = proposed(
      'services:\n  web:\n    # bulkhead-ignore ta|: r\n    image: nginx:latest\n',
    );
    assert.equal(labels[0], 'tag-latest');
    assert.match(items[0]?.detail ?? '', /^found here: /);
    assert.equal(labels.length, tinyRules.length);
    assert.match(choose('tag-latest'), /# bulkhead-ignore tag-latest: r$/m);
  });

  test('do not start with the complaint about the comment that is being typed', () => {
    const rules = [...tinyRules, unusedIgnore];
    for (const text of ['# bulkhead-ignore |', '# bulkhead-ignore-file |']) {
      const { items } = proposed(`${text}\nservices: {web: {image: nginx:latest}}\n`, 'compose', rules);
      assert.match(items[0]?.label ?? '', /^(?!unused-ignore)/);
      assert.ok(items.some(({ label, detail }) => label === 'unused-ignore' && !detail?.startsWith('found')));
    }
  });

  test('are proposed for the file, for the same line and behind others', () => {
    assert.ok(proposed('# bulkhead-ignore-file |\nservices: {}\n').labels.includes('tag-latest'));
    const here = proposed('services:\n  web:\n    image: nginx:latest # bulkhead-ignore |\n');
    assert.equal(here.labels[0], 'tag-latest');
    const more = proposed('FROM a\n# bulkhead-ignore tag-latest, |\nRUN true\n', 'dockerfile');
    assert.ok(more.labels.length > 0 && !more.labels.includes('tag-latest'));
  });

  test('are not proposed in other comments or behind the reason', () => {
    for (const comment of ['# see |', '# bulkhead-ignore tag-latest: because |', 'bulkhead-ignore |'])
      assert.deepEqual(proposed(`services: {}\n${comment}\n`).labels, [], comment);
    assert.deepEqual(proposed('services: {}\n# bulk|\n').labels, ['bulkhead-ignore', 'bulkhead-ignore-file']);
  });
});

test('elsewhere nothing is proposed, whatever the text', () => {
  const text = service('image: nginx', 'command: [a, "b', 'user: me', 'cap_add: [A, {b: c', '- x');
  for (let offset = 0; offset <= text.length; offset++)
    proposed(`${text.slice(0, offset)}|${text.slice(offset)}`);
  for (const place of ['image: ngi|nx', '|', 'environment:\n      - user: |', 'labels: {user: |}'])
    assert.deepEqual(proposed(service(place)).labels, [], place);
});
