/** "Harden" of a service and of a Dockerfile, with the rules of the catalogue and the example that users see. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { fixText } from '../../server/src/engine/fix.js';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { hardenable, hardenEdit, hardenTitle } from '../../server/src/features/harden.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import { rules } from '../../server/src/rules/index.js';
import { applyEdits } from '../../server/src/text/edit.js';

const COMPOSE = readFileSync('examples/compose.yaml', 'utf8');
const DOCKERFILE = readFileSync('examples/Dockerfile', 'utf8');

function inputOf(text: string, kind: DocumentKind) {
  const reanalyse = (next: string) =>
    analyse({ document: openDocument(next, kind), rules, config: defaultConfig, today: '2026-11-24' });
  return { analysis: reanalyse(text), reanalyse, capabilities: { ...PLAIN_EDITOR, createFiles: true } };
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
    const memory = notes.find((note) => note?.label === 'Memory limit');
    assert.equal(memory?.needsConfirmation, true);
    assert.match(
      memory?.description ?? '',
      /^Add mem_limit: 512m \(the container is killed above it\)\. One leaking or attacked container/,
    );
    assert.ok(notes.every((note) => note && note.label !== '' && !/`/.test(note.label + note.description)));
    const labels = notes.map((note) => note?.label);
    assert.equal(
      new Set(labels).size,
      labels.length,
      `each setting is a change of its own: ${labels.join()}`,
    );
  });
});
