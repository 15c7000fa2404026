/** What the editor of a Compose service writes for wishes in words of the model. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import type { ContainerChange, ContainerSpec } from '../../server/src/model/container.js';
import { applyEdits } from '../../server/src/text/edit.js';

type Wish = (container: ContainerSpec) => readonly ContainerChange[];

/** The text after the changes to its first service; undefined when they cannot be expressed. */
function edited(lines: readonly string[], wish: Wish, environment = new Map<string, string>()) {
  const text = lines.join('\n');
  const [container] = openDocument(text, 'compose', { environment }).containers;
  assert.ok(container);
  const result = container.edit.apply(wish(container));
  return result && { lines: applyEdits(text, result.edits).split('\n'), alsoChanges: result.alsoChanges };
}

function assertEdited(lines: readonly string[], wish: Wish, expected: readonly string[]): void {
  assert.deepEqual(edited(lines, wish)?.lines, expected);
}

const set512: Wish = () => [{ set: 'memory', value: 512 * 1024 * 1024 }];

describe('numbers', () => {
  const service = (...keys: string[]) => ['services:', '  a:', '    image: x', ...keys];

  test('replace plain numbers without quotes, and keep quotes', () => {
    const wish: Wish = () => [
      { set: 'pids', value: 256 },
      { set: 'cpus', value: 1 },
    ];
    assertEdited(service('    pids_limit: -1', '    cpus: "0"'), wish, [
      ...service('    pids_limit: 256', '    cpus: "1"'),
    ]);
  });

  test('and booleans stay what they are', () => {
    const wish: Wish = () => [{ set: 'readOnly', value: true }];
    assertEdited(service('    read_only: false'), wish, service('    read_only: true'));
    assertEdited(service("    read_only: 'no'"), wish, service("    read_only: 'true'"));
  });

  test('go into the default of a variable that is in force', () => {
    assertEdited(
      service('    mem_limit: "${MEM:-0}" # why'),
      set512,
      service('    mem_limit: "${MEM:-512m}" # why'),
    );
  });

  test('are not written over a variable whose value comes from the environment file', () => {
    const result = edited(service('    mem_limit: ${MEM:-1g}'), set512, new Map([['MEM', '0']]));
    assert.equal(result, undefined);
  });
});

describe('restart policy', () => {
  const five: Wish = () => [{ set: 'restart', value: 'on-failure:5' }];

  test('is written where the service has it', () => {
    assertEdited(['services:', '  a:', '    restart: always'], five, [
      'services:',
      '  a:',
      '    restart: on-failure:5',
    ]);
  });

  test('below deploy gets condition and count', () => {
    assertEdited(
      ['services:', '  a:', '    deploy:', '      restart_policy:', '        condition: any'],
      five,
      [
        'services:',
        '  a:',
        '    deploy:',
        '      restart_policy:',
        '        condition: on-failure',
        '        max_attempts: 5',
      ],
    );
  });
});

describe('tmpfs', () => {
  const size: Wish = ({ mounts }) => mounts.map((mount) => ({ tmpfsSize: mount, bytes: 65536 }));

  test('gets a size block', () => {
    assertEdited(['services:', '  a:', '    volumes:', '      - type: tmpfs', '        target: /t'], size, [
      'services:',
      '  a:',
      '    volumes:',
      '      - type: tmpfs',
      '        target: /t',
      '        tmpfs:',
      '          size: 64k',
    ]);
  });

  test('gets its size beside other options, also in flow style', () => {
    assertEdited(
      ['services:', '  a:', '    volumes:', '      - { type: tmpfs, target: /t, tmpfs: { mode: 0700 } }'],
      size,
      [
        'services:',
        '  a:',
        '    volumes:',
        '      - { type: tmpfs, target: /t, tmpfs: { mode: 0700, size: 64k } }',
      ],
    );
  });
});

describe('nested additions', () => {
  const rotate: Wish = () => [{ set: 'logDriver', value: 'local' }, { logOptions: { 'max-size': '1m' } }];

  test('end at one place in the order of their depth', () => {
    assertEdited(
      ['services:', '  a:', '    logging:', '      options:', '        tag: t', '  b:', '    image: x'],
      rotate,
      [
        'services:',
        '  a:',
        '    logging:',
        '      options:',
        '        tag: t',
        '        max-size: "1m"',
        '      driver: local',
        '  b:',
        '    image: x',
      ],
    );
  });

  test('create their parents once', () => {
    assertEdited(['services:', '  a:', '    image: x'], rotate, [
      'services:',
      '  a:',
      '    image: x',
      '    logging:',
      '      driver: local',
      '      options:',
      '        max-size: "1m"',
    ]);
  });
});

describe('what an alias stands for', () => {
  const shared = [
    'x-list: &list',
    '  - CHOWN',
    'x-log: &log',
    '  driver: json-file',
    'services:',
    '  a:',
    '    cap_drop: *list',
    '    logging: *log',
    '  b:',
    '    logging: *log',
    '  c:',
    '    cap_drop: *list',
  ];

  test('is extended, and its other users are named', () => {
    const result = edited(shared, () => [{ append: 'capDrop', items: ['ALL'] }]);
    assert.deepEqual(result?.lines.slice(0, 3), ['x-list: &list', '  - CHOWN', '  - ALL']);
    assert.deepEqual(result?.alsoChanges, ['c']);
  });

  test('gets keys of its own once for several wishes', () => {
    const result = edited(shared, () => [
      { logOptions: { 'max-size': '1m' } },
      { logOptions: { 'max-file': '2' } },
    ]);
    assert.deepEqual(result?.lines.slice(2, 7), [
      'x-log: &log',
      '  driver: json-file',
      '  options:',
      '    max-size: "1m"',
      '    max-file: "2"',
    ]);
    assert.deepEqual(result?.alsoChanges, ['b']);
  });
});

describe('removing entries', () => {
  const listed = (...items: readonly string[]) => [
    'services:',
    '  a:',
    '    image: x',
    ...items,
    '  b:',
    '    image: x',
  ];
  /** Removes the capabilities of these names and adds others. */
  const change =
    (remove: readonly string[], ...add: readonly string[]): Wish =>
    ({ capAdd }) => [
      ...capAdd.flatMap((one) =>
        one.state === 'set' && remove.includes(one.value) ? [{ remove: one.span }] : [],
      ),
      ...(add.length > 0 ? [{ append: 'capAdd' as const, items: add }] : []),
    ];
  const flow = (items: string) => listed(`    cap_add: [${items}] # why`);
  const block = (...items: readonly string[]) =>
    listed('    cap_add:', ...items.map((item) => `      - ${item}`));

  const CASES: readonly (readonly [string, readonly string[], Wish, readonly string[]])[] = [
    ['all of a flow list', flow('A, B'), change(['A', 'B']), listed('    # why')],
    ['neighbours in a flow list', flow('A, B, C, D'), change(['B', 'C']), flow('A, D')],
    ['both ends of a flow list', flow('A, B, C, D'), change(['A', 'C', 'D']), flow('B')],
    ['all of a flow list, adding', flow('A, B'), change(['A', 'B'], 'C', 'D'), flow('C, D')],
    ['the end of a flow list, adding', flow('A, B'), change(['B'], 'C'), flow('A, C')],
    ['all of a block list', block('A', 'B'), change(['A', 'B']), listed()],
    ['the end of a block list, adding', block('A', 'B'), change(['B'], 'C'), block('A', 'C')],
    ['all of a block list, adding', block('A', 'B'), change(['A', 'B'], 'C'), block('C')],
    ['the start of a block list, adding', block('A', 'B'), change(['A'], 'C'), block('B', 'C')],
  ];
  for (const [name, before, wish, after] of CASES) test(name, () => assertEdited(before, wish, after));

  test('the last lines of a file without final line break', () => {
    const lines = ['services:', '  a:', '    image: x', '    cap_add:', '      - A', '      - B'];
    assertEdited(lines, change(['A', 'B']), ['services:', '  a:', '    image: x']);
    // One may be left behind.
    assertEdited(lines, change(['A', 'B'], 'C'), [...lines.slice(0, 4), '      - C', '']);
  });

  test('the last key of a service while another one is added', () => {
    assertEdited(
      ['services:', '  a:', '    image: x', '    privileged: true'],
      ({ privileged }) => [
        ...(privileged.state === 'set' ? [{ remove: privileged.span }] : []),
        { set: 'readOnly', value: true },
      ],
      ['services:', '  a:', '    image: x', '    read_only: true'],
    );
  });

  test('an entry that carries an anchor is refused', () => {
    assert.equal(edited(listed('    cap_add: &caps [A]'), change(['A'])), undefined);
  });
});
