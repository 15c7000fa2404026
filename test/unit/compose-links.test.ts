/** Changes that tie a Compose service to its project, and those of its variables and mounts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import type { ContainerChange, ContainerSpec } from '../../server/src/model/container.js';
import { applyEdits } from '../../server/src/text/edit.js';

type Wish = (container: ContainerSpec) => readonly ContainerChange[];

/** The text after the changes to its first service, lines joined by ` | `; undefined when they cannot be expressed. */
function edited(lines: string, wish: Wish): string | undefined {
  const text = lines.replaceAll(' | ', '\n');
  const [container] = openDocument(text, 'compose', {}).containers;
  assert.ok(container);
  const result = container.edit.apply(wish(container));
  return result && applyEdits(text, result.edits).replaceAll('\n', ' | ');
}

function cases(wish: Wish, table: readonly (readonly [name: string, before: string, after?: string])[]) {
  for (const [name, before, after] of table) test(name, () => assert.equal(edited(before, wish), after));
}

describe('a further network', () => {
  cases(
    () => [{ attach: 'network', name: 'net' }],
    [
      [
        'keeps the default one',
        'services: |   a: |     image: x',
        'services: |   a: |     image: x |     networks: |       - default |       - net',
      ],
      ['joins a list', 'services: |   a: |     networks: [b]', 'services: |   a: |     networks: [b, net]'],
      [
        'joins a mapping',
        'services: |   a: |     networks: |       b: |         aliases: [c]',
        'services: |   a: |     networks: |       b: |         aliases: [c] |       net:',
      ],
      [
        'is there already',
        'services: |   a: |     networks: [net]',
        'services: |   a: |     networks: [net]',
      ],
      ['cannot join the network of the host', 'services: |   a: |     network_mode: host'],
      ['cannot join networks that come from an unknown anchor', 'services: |   a: |     networks: *b'],
    ],
  );
});

describe('a service that starts before', () => {
  cases(
    () => [{ attach: 'service', name: 's' }],
    [
      [
        'makes a list',
        'services: |   a: |     image: x',
        'services: |   a: |     image: x |     depends_on: |       - s',
      ],
      [
        'joins a mapping with its condition',
        'services: |   a: |     depends_on: |       b: |         condition: service_healthy',
        'services: |   a: |     depends_on: |       b: |         condition: service_healthy |       s: |         condition: service_started',
      ],
    ],
  );
});

describe('an entry of the project', () => {
  cases(
    () => [
      { attach: 'secret', name: 'p' },
      { attach: 'secret', name: 'q' },
      { addToProject: 'secrets', name: 'p', content: { map: new Map([['environment', { scalar: 'P' }]]) } },
    ],
    [
      [
        'creates the section, behind what the service gets',
        'services: |   a: |     image: x | ',
        'services: |   a: |     image: x |     secrets: |       - p |       - q | secrets: |   p: |     environment: P | ',
      ],
      [
        'joins the section',
        'secrets: |   o: |     file: f | services: |   a: |     secrets: |       - o | ',
        'secrets: |   o: |     file: f |   p: |     environment: P | services: |   a: |     secrets: |       - o |       - p |       - q | ',
      ],
      [
        'keeps the distance that entries have',
        'secrets: |   o: |     file: f |  |   r: |     file: g |  | services: |   a: |     secrets: |       - o | ',
        'secrets: |   o: |     file: f |  |   r: |     file: g |  |   p: |     environment: P |  | services: |   a: |     secrets: |       - o |       - p |       - q | ',
      ],
      [
        'is there already',
        'secrets: |   p: |     file: f | services: |   a: |     secrets: [p, q]',
        'secrets: |   p: |     file: f | services: |   a: |     secrets: [p, q]',
      ],
    ],
  );
});

describe('variables', () => {
  cases(
    () => [{ addVariable: 'A', value: 'tcp://b:1' }],
    [
      [
        'get a mapping of their own',
        'services: |   a: |     image: x',
        'services: |   a: |     image: x |     environment: |       A: tcp://b:1',
      ],
      [
        'join a list',
        'services: |   a: |     environment: |       - B=c',
        'services: |   a: |     environment: |       - B=c |       - A=tcp://b:1',
      ],
      [
        'join a mapping',
        'services: |   a: |     environment: |       B: c # d',
        'services: |   a: |     environment: |       B: c # d |       A: tcp://b:1',
      ],
    ],
  );
  describe('get another value', () => {
    cases(
      ({ environment }) => environment.map((variable) => ({ setVariable: variable, value: '0' })),
      [
        [
          'in a list',
          'services: |   a: |     environment: [B=1]',
          'services: |   a: |     environment: [B=0]',
        ],
        [
          'in a default of a list',
          'services: |   a: |     environment: ["B=${C:-1}"]',
          'services: |   a: |     environment: ["B=${C:-0}"]',
        ],
      ],
    );
  });
  describe('get another name', () => {
    cases(
      ({ environment }) =>
        environment.map((variable) => ({
          renameVariable: variable,
          name: 'B_FILE',
          value: '/run/secrets/b',
        })),
      [
        [
          'in a mapping',
          'services: |   a: |     environment: |       B: "c" # d',
          'services: |   a: |     environment: |       B_FILE: "/run/secrets/b" # d',
        ],
        [
          'in a list',
          'services: |   a: |     environment: [B=c]',
          'services: |   a: |     environment: [B_FILE=/run/secrets/b]',
        ],
        ['unless a variable gives the value', 'services: |   a: |     environment: |       B: ${C:-d}'],
        ['unless it is taken', 'services: |   a: |     environment: |       B: c |       B_FILE: d'],
      ],
    );
  });
  describe('come from the environment', () => {
    cases(
      ({ environment }) =>
        environment.map((variable) => ({ fromEnvironment: variable, variable: variable.name })),
      [
        [
          'in a mapping',
          "services: |   a: |     environment: |       B: 'c'",
          "services: |   a: |     environment: |       B: '${B:?set it in .env}'",
        ],
        [
          'in a list',
          'services: |   a: |     environment: |       - B=${B:-c}',
          'services: |   a: |     environment: |       - B=${B:?set it in .env}',
        ],
      ],
    );
  });
});

describe('a further argument', () => {
  cases(
    () => [{ addArgument: '--b=c' }],
    [
      [
        'joins a list',
        'services: |   a: |     command: ["--a"]',
        'services: |   a: |     command: ["--a", --b=c]',
      ],
      [
        'joins a command in one string',
        'services: |   a: |     command: "--a ${B}"',
        'services: |   a: |     command: "--a ${B} --b=c"',
      ],
      ['needs a command', 'services: |   a: |     image: x'],
    ],
  );
});

describe('a mount', () => {
  cases(
    ({ mounts }) => mounts.slice(0, 1).map((mount) => ({ removeMount: mount })),
    [
      [
        'goes in the short form',
        'services: |   a: |     volumes: |       - /a:/b |       - /c:/d | ',
        'services: |   a: |     volumes: |       - /c:/d | ',
      ],
      [
        'goes with all keys of the long form',
        'services: |   a: |     volumes: |       - type: bind |         source: /a |         target: /b |       - /c:/d | ',
        'services: |   a: |     volumes: |       - /c:/d | ',
      ],
    ],
  );
});

describe('lines that take the place of removed ones', () => {
  const wish: Wish = ({ mounts }) => [
    ...mounts.map((mount) => ({ removeMount: mount })),
    { addVariable: 'A', value: 'b' },
    { attach: 'network', name: 'net' },
    { addToProject: 'networks', name: 'net', content: { map: new Map([['internal', { scalar: 'true' }]]) } },
  ];
  const added =
    '    environment: |       A: b |     networks: |       - default |       - net | networks: |   net: |     internal: true';
  cases(wish, [
    [
      'in the middle of a file',
      'services: |   a: |     image: x |     volumes: |       - /a:/b | ',
      `services: |   a: |     image: x | ${added} | `,
    ],
    [
      'at its end without line break',
      'services: |   a: |     image: x |     volumes: |       - /a:/b',
      `services: |   a: |     image: x | ${added}`,
    ],
    [
      'and leave a comment where it is',
      'services: |   a: |     image: x |     volumes: |       - /a:/b # c | ',
      `services: |   a: |     image: x |     # c | ${added} | `,
    ],
  ]);
});

describe('what stands in the file itself', () => {
  const literals = (...values: readonly string[]) => {
    const lines = values.map((value) => `      - A=${value}`);
    const text = ['services:', '  a:', '    environment:', ...lines].join('\n');
    const [container] = openDocument(text, 'compose', { environment: new Map([['V', 'hidden']]) }).containers;
    return container?.environment.map((one) => one.literal);
  };

  test('is all but values of variables', () => {
    assert.deepEqual(literals('b', 'a$$b', '${V}', '${V:-d}', 'x${V}y${W:-z}', '${V:?e}', ''), [
      { text: 'b', partial: false, defaultOf: undefined },
      { text: 'a$b', partial: false, defaultOf: undefined },
      { text: '', partial: true, defaultOf: undefined },
      { text: 'd', partial: false, defaultOf: 'V' },
      { text: 'xyz', partial: true, defaultOf: undefined },
      { text: '', partial: true, defaultOf: undefined },
      { text: '', partial: false, defaultOf: undefined },
    ]);
  });

  test('holds for the words of a command, entrypoint first', () => {
    const text =
      'services:\n  a:\n    command: [--requirepass, "${V:-d}"]\n    entrypoint: redis-server --port 1';
    const [container] = openDocument(text, 'compose', {}).containers;
    assert.deepEqual(
      container?.startWords.map(({ literal, place }) => [literal.text, text.slice(place.start, place.end)]),
      [
        ['redis-server --port 1', 'redis-server --port 1'],
        ['--requirepass', '--requirepass'],
        ['d', '"${V:-d}"'],
      ],
    );
  });
});
