/** Values of a kind that Compose refuses: a change leaves them alone rather than making more of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import type { ContainerChange, ContainerSpec } from '../../server/src/model/container.js';
import { applyEdits } from '../../server/src/text/edit.js';

function edited(key: string, wish: (container: ContainerSpec) => readonly ContainerChange[]) {
  const text = `services:\n  a:\n    image: x\n    ${key}\n`;
  const [container] = openDocument(text, 'compose', {}).containers;
  assert.ok(container);
  const result = container.edit.apply(wish(container));
  return result && applyEdits(text, result.edits);
}

const bind = ({ ports: [port] }: ContainerSpec): readonly ContainerChange[] =>
  port ? [{ bindPort: port, address: '127.0.0.1' }] : [];
const readOnly = ({ mounts: [mount] }: ContainerSpec): readonly ContainerChange[] =>
  mount ? [{ mountReadOnly: mount }] : [];

test('a port or mount that is no item of a list', () => {
  assert.equal(edited('ports: 80', bind), undefined);
  assert.equal(edited('ports: 80:80', bind), undefined);
  assert.equal(edited('volumes: /etc:/etc', readOnly), undefined);
});

test('a list or mapping where one value belongs', () => {
  const limit = () => [{ set: 'cpus', value: 1 } as const];
  assert.equal(edited('cpus: []', limit), undefined);
  assert.equal(edited('cpus: {a: b}', limit), undefined);
});

test('nothing, said aloud, is no item', () => {
  const drop = () => [{ append: 'capDrop', items: ['ALL'] } as const];
  assert.equal(edited('cap_drop: null', drop), undefined);
  assert.equal(edited('cap_drop: ~', drop), undefined);
});

test('an empty value in brackets gets no lines below it', () => {
  assert.equal(
    edited('logging: { options: }', () => [{ logOptions: { 'max-size': '10m' } }]),
    undefined,
  );
});
