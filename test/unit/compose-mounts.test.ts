/** Which path of the host a mount of a Compose service reaches, and how its propagation is taken away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import type { ContainerSpec } from '../../server/src/model/container.js';
import { applyEdits } from '../../server/src/text/edit.js';

function service(volumes: string, rest = ''): { text: string; container: ContainerSpec } {
  const text = `services:\n  app:\n    image: x\n    volumes:\n${volumes}${rest}`;
  const [container] = openDocument(text, 'compose').containers;
  assert.ok(container);
  return { text, container };
}

function hostPaths(volumes: string, rest = ''): readonly string[] {
  return service(volumes, rest).container.mounts.map(({ hostPath }) =>
    hostPath.state === 'set' ? hostPath.value : hostPath.state,
  );
}

test('the home and runtime folder of whoever starts the project are known as such', () => {
  const volumes = [
    '      - ${HOME}/.ssh:/keys:ro',
    '      - $HOME:/home',
    '      - { type: bind, source: "${XDG_RUNTIME_DIR}/docker.sock", target: /x }',
    '      - ${HOME}/$PROJECT:/src',
    '      - ${HOMEPAGE}/a:/b',
    '      - ${DATA}:/data',
    '',
  ].join('\n');
  assert.deepEqual(hostPaths(volumes), [
    '${HOME}/.ssh',
    '$HOME',
    '${XDG_RUNTIME_DIR}/docker.sock',
    'unknown',
    'unknown',
    'unknown',
  ]);
});

test('a volume is a bind of the host only with the local driver', () => {
  const volume = (driver: string) =>
    `volumes:\n  data:\n    driver: ${driver}\n    driver_opts: { type: none, o: bind, device: /etc }\n`;
  assert.deepEqual(hostPaths('      - data:/data\n', volume('local')), ['/etc']);
  assert.deepEqual(hostPaths('      - data:/data\n', volume('rexray/ebs')), ['unset']);
  assert.deepEqual(hostPaths('      - data:/data\n', volume('${DRIVER}')), ['unknown']);
});

test('propagation is taken away where it is written', () => {
  const privateMounts = (volumes: string) => {
    const { text, container } = service(volumes);
    const changes = container.mounts.map((mount) => ({ privateMount: mount }));
    const result = container.edit.apply(changes);
    return result === undefined ? undefined : applyEdits(text, result.edits).split('volumes:\n')[1];
  };
  assert.equal(privateMounts('      - /a:/b:z,rshared\n'), '      - /a:/b:z\n');
  assert.equal(privateMounts('      - "/a:/b:shared"\n'), '      - "/a:/b"\n');
  assert.equal(
    privateMounts(
      '      - type: bind\n        source: /a\n        target: /b\n        bind:\n          propagation: shared\n',
    ),
    '      - type: bind\n        source: /a\n        target: /b\n',
  );
  assert.equal(privateMounts('      - /a:/b\n'), undefined);
});

test('a written `read_only` stays a truth value', () => {
  const { text, container } = service('      - { type: bind, source: /a, target: /b, read_only: false }\n');
  const [mount] = container.mounts;
  assert.ok(mount);
  const result = container.edit.apply([{ mountReadOnly: mount }]);
  assert.match(applyEdits(text, result?.edits ?? []), /read_only: true }/);
});
