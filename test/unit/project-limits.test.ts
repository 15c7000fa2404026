/** Loading a project: rounds of asking, limits, circles; and that no text makes it fail. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effectiveProject } from '../../server/src/documents/compose/effective/project.js';
import {
  folderOf,
  isInside,
  relativePath,
  resolvePath,
  toFileUri,
} from '../../server/src/documents/compose/effective/uri.js';
import { openDocument } from '../../server/src/documents/open.js';
import { loadProject } from '../../server/src/engine/project.js';
import { english } from '../../server/src/l10n/message.js';
import { load, ROOT, type Texts } from '../support/effective.js';

test('what is needed is asked for in rounds, each file once', async () => {
  const texts: Texts = {
    'compose.yaml': 'include: [a.yml]\n',
    'a.yml': 'include: [b.yml]\nservices: {a: {image: x}}\n',
    'b.yml': 'services: {b: {image: x, build: img}}\n',
  };
  const asked: string[] = [];
  const read = async (uri: string) => {
    asked.push(uri.slice(ROOT.length + 1));
    return texts[uri.slice(ROOT.length + 1)];
  };
  const request = { entry: `${ROOT}/compose.yaml`, buildFiles: true };
  const { project } = await loadProject({ read }, request, { roots: [ROOT] });
  assert.deepEqual(project.needs, []);
  assert.equal(new Set(asked).size, asked.length);
  for (const path of ['compose.yaml', '.env', 'compose.override.yml', 'a.yml', 'b.yml', 'img/Dockerfile'])
    assert.ok(asked.includes(path), path);
  assert.deepEqual(
    [...project.members].map(([uri, { role }]) => `${uri.slice(ROOT.length + 1)} ${role}`),
    ['compose.yaml base', 'a.yml include', 'b.yml include'],
  );
});

test('nothing but the texts at hand is used', () => {
  const entry = `${ROOT}/compose.yaml`;
  const files = new Map([[entry, { text: 'include: [a.yml]\nservices: {b: {extends: a}}\n' }]]);
  const { needs, problems } = effectiveProject({ entry }, files);
  assert.ok(needs.includes(`${ROOT}/a.yml`));
  assert.deepEqual(problems, []);
});

describe('limits', () => {
  test('aliases of aliases', async () => {
    const levels = Array.from({ length: 12 }, (_, i) => {
      const items = Array.from({ length: 10 }, () => (i === 0 ? '"x"' : `*l${i - 1}`));
      return `x-${i}: &l${i} [${items.join(', ')}]`;
    });
    const text = `${levels.join('\n')}\nservices:\n  base: {image: x, labels: *l11}\n  a: {extends: base}\n`;
    const entry = `${ROOT}/f1.yml`;
    const { problems } = effectiveProject({ entry }, new Map([[entry, { text }]]));
    assert.match(
      problems.map(({ message }) => english(message)).join('\n'),
      /too large to be read as a whole/,
    );
  });

  test('files that include each other in a chain', async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`f${i}.yml`, `include: [f${i + 1}.yml]\nservices: {}\n`]),
    );
    const { problems } = await load(texts, { entry: 'f0.yml' });
    assert.match(problems.join('\n'), /included too deeply/);
  });

  test('services that extend each other in a chain', async () => {
    const services = Array.from({ length: 60 }, (_, i) => `  s${i}: {extends: s${i + 1}}\n`);
    const { problems } = await load({ 'f1.yml': `services:\n${services.join('')}  s60: {image: x}\n` });
    assert.match(problems.join('\n'), /extend each other too deeply/);
  });

  test('files beyond their number and size', async () => {
    const texts: Texts = { 'compose.yaml': 'include: [big.yml]\n', 'big.yml': '#'.repeat(2000) };
    const read = async (uri: string) => texts[uri.slice(ROOT.length + 1)];
    const request = { entry: `${ROOT}/compose.yaml` };
    const few = await loadProject({ read }, request, { roots: [ROOT], files: 3 });
    assert.match(few.project.problems.map(({ message }) => english(message)).join('\n'), /one file too many/);
    const small = await loadProject({ read }, request, { roots: [ROOT], size: 1000 });
    assert.match(small.project.problems.map(({ message }) => english(message)).join('\n'), /too large/);
  });
});

test('no text makes it fail, and a file by itself says the same as a file that was never loaded', async () => {
  const text = [
    'include: [a.yml, {path: [b.yml], env_file: e}]',
    'x-a: &a {user: "1", !override ports: !reset [1]}',
    'services:',
    '  b: {extends: {file: c.yml, service: s}, <<: [*a, *none], ports: !override ["1-2:3-4/udp", {target: 1}]}',
    '  c: {extends: b, build: {context: "${X:?y}", dockerfile_inline: "FROM x"}, networks: [a], gpus: all}',
    '---',
    'services: {b: {ports: !reset null, environment: [A=1, B], depends_on: {c: ~}}, c: 1, ? [d] : e}',
  ].join('\n');
  for (let end = 0; end <= text.length; end++) {
    const part = text.slice(0, end);
    assert.ok(openDocument(part, 'compose'));
    await load(
      { 'compose.yaml': part, 'compose.override.yml': text.slice(end), 'a.yml': part, 'c.yml': text },
      { entry: 'compose.yaml' },
    );
  }
});

test('a service that may come from a file nobody loaded is no mistake', () => {
  const { problems } = openDocument('include: [a.yml]\nservices:\n  b:\n    extends: a\n', 'compose');
  assert.deepEqual(
    problems.map(({ kind, message }) => `${kind}: ${english(message)}`),
    ['incomplete: b was not read completely: `include` is not resolved'],
  );
});

test('paths of a project', () => {
  assert.equal(resolvePath('file:///a/b', '../c d/./@e.yml'), 'file:///a/c%20d/%40e.yml');
  assert.equal(resolvePath('file:///a', '/x'), 'file:///x');
  assert.equal(resolvePath('file:///a', '../../..'), 'file:///');
  assert.equal(resolvePath('file:///a', '~/x'), undefined);
  assert.equal(resolvePath('vscode-vfs://github/o/r', 'a\\b'), 'vscode-vfs://github/o/r/a/b');
  assert.equal(folderOf('file:///a/b.yml'), 'file:///a');
  assert.equal(toFileUri('C:/a b'), 'file:///C%3A/a%20b');
  assert.equal(relativePath('file:///a/b', 'file:///a/c/d%20e'), '../c/d e');
  assert.ok(isInside('file:///a/b', 'file:///a/'));
  assert.ok(!isInside('file:///ab', 'file:///a'));
});
