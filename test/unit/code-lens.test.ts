/** What is drawn beside services and stages: code lenses and inlay hints, with the rules of the catalogue. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import type { AbsenceMode } from '../../server/src/engine/group.js';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { codeLenses } from '../../server/src/features/code-lens.js';
import type { DiagnosticInput } from '../../server/src/features/diagnostics.js';
import { inlayHints } from '../../server/src/features/inlay-hints.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import { rules } from '../../server/src/rules/index.js';

function inputOf(text: string, kind: DocumentKind = 'compose', absence: AbsenceMode = 'grouped') {
  const analysis = analyse({
    document: openDocument(text, kind),
    rules,
    config: defaultConfig,
    today: '2026-11-24',
  });
  return { uri: 'file:///project/file', analysis, absence, capabilities: PLAIN_EDITOR };
}

/** `line: title` for each lens, lines from 0. */
function lenses(input: DiagnosticInput): readonly string[] {
  return codeLenses(input).map(({ range, command }) => `${range.start.line}: ${command?.title}`);
}

/** The text with its hints put in. */
function hinted(input: DiagnosticInput): string {
  const { source } = input.analysis.document;
  const everything = { start: { line: 0, character: 0 }, end: { line: source.text.length, character: 0 } };
  let { text } = source;
  for (const { position, label } of inlayHints(input, everything).toReversed()) {
    const offset = source.offsetAt(position);
    text = `${text.slice(0, offset)} [${String(label)}]${text.slice(offset)}`;
  }
  return text;
}

const service = (...lines: readonly string[]) =>
  ['services:', '  web:', ...lines.map((line) => `    ${line}`), ''].join('\n');

const CLOSED = [
  'image: nginxinc/nginx-unprivileged:1.31-alpine-slim',
  'user: "101:101"',
  'read_only: true',
  'cap_drop: [ALL]',
  'security_opt: [no-new-privileges:true]',
  'mem_limit: 64m',
  'cpus: 0.5',
  'pids_limit: 50',
  'healthcheck: {test: [CMD, "true"]}',
  'logging: {driver: local}',
];

describe('the lens of a service', () => {
  test('counts what is there of what is asked for', () => {
    assert.deepEqual(lenses(inputOf(service(...CLOSED))), ['1: hardening 9/9 · runs as 101:101']);
    const open = lenses(inputOf(service(...CLOSED.filter((line) => !/^(?:cpus|read_only)/.test(line)))));
    assert.deepEqual(open, ['1: hardening 7/9 · runs as 101:101']);
  });

  test('counts only rules that are on', () => {
    const input = inputOf(service('image: debian:13'));
    const none = { ...input, analysis: { ...input.analysis, ran: [] } };
    assert.deepEqual(lenses(none), ['1: runs as root']);
    assert.deepEqual(lenses({ ...input, absence: 'off' }), ['1: runs as root']);
  });

  test('takes what was accepted as there', () => {
    const text = service('image: debian:13').replace(
      '  web',
      '  # bulkhead-ignore memory-limit-missing: measured\n  web',
    );
    assert.match(lenses(inputOf(text))[0] ?? '', /^2: hardening 1\/9/);
  });

  test('says who it runs as in the end', () => {
    const user = (...lines: readonly string[]) => lenses(inputOf(service(...lines), 'compose', 'off')).join();
    assert.equal(user('image: postgres:17'), '1: runs as postgres');
    assert.equal(user('image: postgres:17', 'user: "70:70"'), '1: runs as 70:70');
    assert.equal(user('image: debian:13'), '1: runs as root');
    assert.equal(user('image: example.org/nobody/knows:1'), '');
    assert.equal(user('image: debian:13', 'user: ${UID}'), '');
    assert.equal(
      user('image: debian:13', "user: '$$(alert) a name that is too long'"),
      '1: runs as (alert) a name that is…',
    );
  });

  test('names open ports, the host network and privileged containers', () => {
    const ports = (...lines: readonly string[]) =>
      lenses(inputOf(service('image: example.org/a/b:1', ...lines), 'compose', 'off')).join();
    assert.equal(ports('ports: ["80:80", "127.0.0.1:81:81", "8000-8002:8000-8002"]'), '1: 4 ports public');
    assert.equal(ports('ports: ["80:80"]'), '1: 1 port public');
    assert.equal(ports('ports: ["127.0.0.1:81:81"]'), '');
    assert.equal(
      ports('network_mode: host', 'privileged: true', 'ports: ["80:80"]'),
      '1: privileged · host network',
    );
  });

  test('is there for what can be read of a broken file', () => {
    assert.deepEqual(
      lenses(inputOf('services:\n  web:\n    image: debian:13\n  db:\n   im: [', 'compose', 'off')),
      ['1: runs as root'],
    );
    assert.deepEqual(lenses(inputOf('')), []);
  });
});

describe('the lens of a stage', () => {
  test('is there for what ships, and says who it runs as', () => {
    const text =
      'FROM golang:1.26 AS build\nRUN go build\n\nFROM node:24\nUSER node\nHEALTHCHECK NONE\nCMD ["node"]\n';
    const [only, ...others] = lenses(inputOf(text, 'dockerfile'));
    assert.match(only ?? '', /^3: runs as node · (?:no findings|\d+ findings?)$/);
    assert.deepEqual(others, []);
    assert.match(
      lenses(inputOf('FROM debian:13\nRUN true\n', 'dockerfile'))[0] ?? '',
      /^0: runs as root · \d+ finding/,
    );
  });
});

describe('the command of a lens', () => {
  test('is the client’s, with the place, or none', () => {
    const input = inputOf(service('image: debian:13'));
    assert.equal(codeLenses(input)[0]?.command?.command, '');
    const harden = '_bulkhead.harden';
    const [lens] = codeLenses({ ...input, capabilities: { ...PLAIN_EDITOR, harden } });
    assert.equal(lens?.command?.command, harden);
    assert.deepEqual(lens?.command?.arguments, [input.uri, { line: 1, character: 2 }]);
  });
});

describe('inlay hints', () => {
  test('say user and limits behind the name of a service', () => {
    assert.match(
      hinted(inputOf(service(...CLOSED))),
      /\n {2}web: \[user 101:101, 64 MB, 0\.5 CPUs, 50 pids\]\n/,
    );
    const text = service('image: debian:13', 'mem_limit: ${LIMIT}', 'cpus: 0').replace(
      'web:',
      'web: # site  ',
    );
    assert.match(hinted(inputOf(text)), /web: # site \[user root, no CPU\/pids limit\] {2}\n/);
  });

  test('follow an anchor and stay in the range', () => {
    const text = `x-limits: &limits\n  mem_limit: 1536m\n  cpus: 1\n  pids_limit: 1\n${service('<<: *limits', 'image: debian:13')}`;
    const input = inputOf(text);
    assert.match(hinted(input), /web: \[user root, 1\.5 GB, 1 CPU, 1 pid\]\n/);
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    assert.deepEqual(inlayHints(input, elsewhere), []);
  });

  test('say the user of a stage', () => {
    const text = 'FROM golang:1.26 AS build\nRUN go build\nFROM node:24\nUSER node\n';
    assert.match(
      hinted(inputOf(text, 'dockerfile')),
      /^FROM golang:1\.26 AS build\n(?:.*\n)*FROM node:24 \[user node\]\n/,
    );
  });
});
