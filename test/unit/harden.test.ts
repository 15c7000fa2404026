/** "Harden" of a service and of a Dockerfile, with the rules of the catalogue and the example that users see. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { fixText } from '../../server/src/engine/fix.js';
import { HARDEN_STEPS, WHOLE_SET } from '../../server/src/engine/harden-set.js';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { hardenable, hardenEdit, hardenTitle } from '../../server/src/features/harden.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import { rules } from '../../server/src/rules/index.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { folderWith } from '../support/cli.js';

const COMPOSE = readFileSync('examples/compose.yaml', 'utf8');
const DOCKERFILE = readFileSync('examples/Dockerfile', 'utf8');

function inputOf(text: string, kind: DocumentKind) {
  const reanalyse = (next: string) =>
    analyse({ document: openDocument(next, kind), rules, config: defaultConfig, today: '2026-11-24' });
  const capabilities = { ...PLAIN_EDITOR, createFiles: true, changeAnnotations: true };
  return { analysis: reanalyse(text), reanalyse, harden: WHOLE_SET, capabilities };
}

const everywhere = (text: string) => ({ start: 0, end: text.length });

/** What the command line would make of one service or stage. */
function fixed(text: string, kind: DocumentKind, name: string): string {
  return fixText({
    text,
    analyse: inputOf(text, kind).reanalyse,
    allowed: new Set(['safe', 'unsafe']),
    wants: ({ section }) => section?.name === name,
  }).text;
}

describe('the steps of hardening', () => {
  test('name rules that exist, each once, and everything that a service can lack', () => {
    const named = HARDEN_STEPS.flatMap((step) => step.rules);
    const ids = new Set(rules.map(({ meta }) => meta.id));
    assert.deepEqual(
      named.filter((id, index) => !ids.has(id) || named.indexOf(id) !== index),
      [],
    );
    const absences = rules.filter(({ meta }) => meta.presence === 'absence').map(({ meta }) => meta.id);
    assert.deepEqual(
      absences.filter((id) => !named.includes(id)),
      [],
    );
  });

  test('that are not chosen are not taken', () => {
    const text = 'services:\n  db:\n    image: redis:8.2\n    ports: ["6379:6379"]\n';
    const hardenedBy = (...steps: string[]) => {
      const input = { ...inputOf(text, 'compose'), harden: new Set(steps) };
      return applyEdits(text, hardenEdit(input, { kind: 'service', name: 'db' }).edits);
    };
    assert.equal(hardenedBy(), text);
    assert.equal(hardenedBy('pids'), `${text}    pids_limit: 256\n`);
    assert.equal(hardenedBy('ports'), text.replace('6379:6379', '127.0.0.1:6379:6379'));
    assert.match(
      hardenedBy('limits', 'read-only'),
      /cpus: 1\n[\s\S]*mem_limit: 512m\n[\s\S]*read_only: true\n/,
    );
  });
});

describe('hardening', () => {
  test('gives the text that the command line gives, service by service', () => {
    const input = inputOf(COMPOSE, 'compose');
    const subjects = hardenable(input, everywhere(COMPOSE));
    assert.deepEqual(
      subjects.map((one) => hardenTitle(input, one)),
      ["Harden 'proxy'", "Harden 'api'", "Harden 'db'", "Harden 'cache'"],
    );
    for (const subject of subjects) {
      const { edits } = hardenEdit(input, subject);
      assert.ok(edits.length > 3, `${subject.name}: ${edits.length} changes to choose from`);
      assert.equal(applyEdits(COMPOSE, edits), fixed(COMPOSE, 'compose', subject.name));
    }
  });

  test('the example as a whole gives the text that `fix --unsafe` writes', async (t) => {
    for (const steps of [undefined, ['pids', 'logging', 'ports', 'other']]) {
      const config = steps ? { '.bulkhead.yaml': `harden: [${steps.join(', ')}]\n` } : {};
      const folder = folderWith(t, { 'compose.yaml': COMPOSE, ...config });
      await folder.run(['fix', '--unsafe', '--write'], { rules });
      const harden = steps ? new Set(steps) : WHOLE_SET;
      const { edits } = hardenEdit({ ...inputOf(COMPOSE, 'compose'), harden });
      assert.ok(edits.length > 3);
      assert.equal(folder.read('compose.yaml'), applyEdits(COMPOSE, edits));
    }
  });

  test('gives the text that the command line gives for a Dockerfile', () => {
    const input = inputOf(DOCKERFILE, 'dockerfile');
    const [subject, ...others] = hardenable(input, everywhere(DOCKERFILE));
    assert.ok(subject && others.length === 0);
    assert.equal(hardenTitle(input, subject), 'Harden this Dockerfile');
    const { edits } = hardenEdit(input, subject);
    assert.equal(applyEdits(DOCKERFILE, edits), fixed(DOCKERFILE, 'dockerfile', 'api'));
  });

  test('is offered on the name of a service and on FROM only, and where something is left to do', () => {
    const at = (text: string, part: string, kind: DocumentKind) => {
      const start = text.indexOf(part);
      return hardenable(inputOf(text, kind), { start, end: start }).map(({ name }) => name);
    };
    assert.deepEqual(at(COMPOSE, 'proxy:', 'compose'), ['proxy']);
    assert.deepEqual(at(COMPOSE, 'traefik:v2.9', 'compose'), []);
    assert.deepEqual(at(COMPOSE, '  web:', 'compose'), []);
    assert.deepEqual(at(DOCKERFILE, 'FROM node:18', 'dockerfile'), ['api']);
    assert.deepEqual(at(DOCKERFILE, 'node:18 AS', 'dockerfile'), ['api']);
    assert.deepEqual(at(DOCKERFILE, 'WORKDIR /app', 'dockerfile'), []);
    assert.deepEqual(at(DOCKERFILE, 'FROM node:${', 'dockerfile'), []);
  });

  test('says for each change what it sets, why, and whether it may change what runs', () => {
    const text = 'services:\n  db:\n    image: redis:8.2\n    environment:\n      - A=1\n';
    const input = inputOf(text, 'compose');
    const { edits, annotationOf } = hardenEdit(input, { kind: 'service', name: 'db' });
    const notes = edits.map((edit) => annotationOf(edit));
    const capabilities = notes.find((note) => note?.label === 'cap_drop: ALL');
    assert.match(
      capabilities?.description ?? '',
      /^Add cap_drop: \[ALL\] and keep CHOWN, SETGID, SETUID\. May change behaviour: redis may need more .* Source for redis: https:.* \(reported by its users, not verified, 20\d\d-\d\d-\d\d\)\.$/,
    );
    const memory = notes.find((note) => note?.label === 'Memory limit');
    assert.equal(memory?.needsConfirmation, true);
    assert.match(
      memory?.description ?? '',
      /^Add mem_limit: 512m\. May change behaviour: the container is killed above it\. One leaking or attacked/,
    );
    assert.ok(notes.every((note) => note && note.label !== '' && !/`/.test(note.label + note.description)));
    const labels = notes.map((note) => note?.label);
    assert.equal(
      new Set(labels).size,
      labels.length,
      `each setting is a change of its own: ${labels.join()}`,
    );
  });

  test('names a change of several reasons by the first of them when all have no room', () => {
    const input = inputOf(COMPOSE, 'compose');
    const { edits, annotationOf } = hardenEdit(input);
    const labels = edits.map((edit) => annotationOf(edit)?.label ?? '');
    assert.deepEqual(
      labels.filter((label) => label.length > 75),
      [],
    );
    assert.ok(
      labels.some((label) => /, and \d more(?: · \w+)?$/.test(label)),
      labels.join('\n'),
    );
  });

  test('gives changes for other reasons other names: an editor shows those of one name together', () => {
    const input = inputOf(COMPOSE, 'compose');
    const { edits, annotationOf } = hardenEdit(input);
    const words = new Map<string, Set<string | undefined>>();
    for (const edit of edits) {
      const { label = '', description } = annotationOf(edit) ?? {};
      words.set(label, (words.get(label) ?? new Set()).add(description));
    }
    assert.deepEqual(
      [...words].filter(([, { size }]) => size > 1).map(([label]) => label),
      [],
    );
    assert.ok([...words.keys()].includes('cap_drop: ALL · proxy'));
  });
});
