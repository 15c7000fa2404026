/**
 * What Compose makes of files, env files, tags and variables: one row per rule. Rows to 120 are numbered as in the
 * reference that they were taken from, those behind are ours.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, type LoadOptions, picked, type Texts } from './support/effective.js';

interface Case {
  readonly name: string;
  /** Bodies of service `a` (`image: x` is added), of f1.yml, f2.yml …; or whole files by path. */
  readonly files: readonly string[] | Texts;
  readonly env?: string;
  readonly options?: LoadOptions;
  /** Parts of service `a`; `undefined` for a key that must be missing. */
  readonly a?: unknown;
  /** Parts of the whole configuration. */
  readonly all?: unknown;
  /** Matches something that Compose refuses. */
  readonly error?: RegExp;
  /** Matches any problem. */
  readonly problem?: RegExp;
}

/** Rows for which there is a test. */
const covered = new Set<number>();

/** The key of a case is the number of its row; a letter behind it when there are several. */
function run(cases: Readonly<Record<string, Case>>): void {
  for (const [number, one] of Object.entries(cases)) {
    covered.add(Number.parseInt(number, 10));
    test(`row ${number}: ${one.name}`, () => check(one));
  }
}

async function check({ files, env, options, a, all, error, problem }: Case): Promise<void> {
  const texts = textsOf(files, env);
  const outcome = await load(texts, options);
  if (error) assert.match(outcome.errors.join('\n'), error);
  else if (!problem) assert.deepEqual(outcome.problems, []);
  if (problem) assert.match(outcome.problems.join('\n'), problem);
  const expected = a === undefined ? all : { services: { a } };
  if (expected !== undefined) assert.deepEqual(picked(outcome.config, expected), expected);
}

function textsOf(files: readonly string[] | Texts, env: string | undefined): Texts {
  const texts = isList(files)
    ? Object.fromEntries(files.map((body, at) => [`f${at + 1}.yml`, service(body)]))
    : files;
  return env === undefined ? texts : { ...texts, '.env': env };
}

function isList(files: readonly string[] | Texts): files is readonly string[] {
  return Array.isArray(files);
}

/** `body` is flow style content of service `a`. */
function service(body: string): string {
  return `services:\n  a: {image: x, ${body}}\n`;
}

const ports = (...list: readonly (readonly [target: number, published: unknown, more?: object])[]) =>
  list.map(([target, published, more]) => ({
    mode: 'ingress',
    target,
    ...(published === undefined ? {} : { published }),
    protocol: 'tcp',
    ...more,
  }));

run({
  1: {
    name: 'own keys beat a merge key',
    files: { 'f1.yml': 'x-b: &b {user: "1"}\nservices:\n  a:\n    user: "9"\n    <<: *b\n    image: x\n' },
    a: { user: '9' },
  },
  2: {
    name: 'the earlier of two merged mappings wins',
    files: {
      'f1.yml':
        'x-b: &b {user: "1"}\nx-c: &c {user: "2", read_only: true}\nservices:\n  a: {<<: [*b, *c], image: x}\n',
    },
    a: { user: '1', read_only: true },
  },
  3: {
    name: 'a merge key is shallow',
    files: {
      'f1.yml': 'x-b: &b {environment: {A: 1}}\nservices:\n  a: {<<: *b, image: x, environment: {C: 2}}\n',
    },
    a: { environment: { A: undefined, C: '2' } },
  },
  4: {
    name: 'two merge keys in one mapping',
    files: {
      'f1.yml':
        'x-b: &b {user: "1"}\nx-c: &c {tty: true}\nservices:\n  a:\n    image: x\n    <<: *b\n    <<: *c\n',
    },
    error: /written twice/,
  },
  5: {
    name: 'a key twice',
    files: { 'f1.yml': 'services:\n  a:\n    image: x\n    user: "1"\n    user: "2"\n' },
    error: /written twice/,
  },
  6: {
    name: 'anchors live in their file',
    files: {
      'f1.yml': 'x-b: &b {user: "1"}\nservices: {a: {image: x}}\n',
      'f2.yml': 'services: {a: {<<: *b}}\n',
    },
    error: /no anchor/,
  },
  7: {
    name: 'documents of one file are merged',
    files: {
      'f1.yml': 'services: {a: {image: x, cap_add: [A]}}\n---\nservices: {a: {cap_add: [B]}}\n',
    },
    a: { cap_add: ['A', 'B'] },
  },
  '8a': {
    name: 'a number as key',
    files: { 'f1.yml': 'services: {1: {image: x}}\n' },
    error: /must be text/,
  },
  '8b': {
    name: 'a boolean as key',
    files: { 'f1.yml': 'services: {true: {image: x}}\n' },
    error: /must be text/,
  },
  9: {
    name: 'version is ignored',
    files: { 'f1.yml': 'version: "3.8"\nservices: {a: {image: x}}\n' },
    all: { version: undefined },
  },
  '10a': { name: 'an unknown key', files: ['foo: 1'], error: /`foo` is not a key/ },
  '10b': { name: 'an extension', files: ['x-foo: 1'], a: { 'x-foo': 1 } },
});

run({
  11: {
    name: '!reset takes a value away',
    files: ['user: "0"', 'user: !reset null'],
    a: { user: undefined },
  },
  12: {
    name: '!reset of a key of a mapping',
    files: ['environment: {A: 1, B: 2}', 'environment: {A: !reset null}'],
    a: { environment: { A: undefined, B: '2' } },
  },
  13: {
    name: '!reset of a key has no effect on a list',
    files: ['environment: [A=1, B=2]', 'environment: {A: !reset null}'],
    a: { environment: { A: '1', B: '2' } },
  },
  14: {
    name: '!reset of a key has no effect on what was merged before',
    files: ['environment: {A: 1}', 'environment: {B: 2}', 'environment: {A: !reset null}'],
    a: { environment: { A: '1', B: '2' } },
  },
  15: {
    name: '!reset of an item concerns its own list',
    files: ['cap_add: [A, B]', 'cap_add: [!reset A, C]'],
    a: { cap_add: ['A', 'B', 'C'] },
  },
  16: {
    name: '!reset of a service',
    files: {
      'f1.yml': 'services: {a: {image: x}, b: {image: y}}\n',
      'f2.yml': 'services: {b: !reset null}\n',
    },
    all: { services: { a: { image: 'x' }, b: undefined } },
  },
  17: {
    name: '!override replaces a list',
    files: ['ports: ["80:80"]', 'ports: !override ["81:81"]'],
    a: { ports: ports([81, '81']) },
  },
  18: {
    name: '!override replaces a service',
    files: {
      'f1.yml': 'services: {a: {image: x, user: "1"}}\n',
      'f2.yml': 'services: {a: !override {image: y}}\n',
    },
    a: { image: 'y', user: undefined },
  },
  19: { name: '!reset of a list', files: ['cap_add: [A]', 'cap_add: !reset [Z]'], a: { cap_add: undefined } },
  20: {
    name: 'a later file sets anew what was reset',
    files: ['cap_add: [A]', 'cap_add: !reset []', 'cap_add: [C]'],
    a: { cap_add: ['C'] },
  },
  21: {
    name: 'a tag counts wherever an alias stands',
    files: {
      'f1.yml': 'services: {a: {image: x, ports: ["1:1"]}, b: {image: x, ports: ["2:2"]}}\n',
      'f2.yml': 'services: {a: {ports: &p !override ["81:81"]}, b: {ports: *p}}\n',
    },
    all: { services: { a: { ports: ports([81, '81']) }, b: { ports: ports([81, '81']) } } },
  },
  22: {
    name: 'a tag comes in by a merge key',
    files: {
      'f1.yml': service('cap_add: [A, B]'),
      'f2.yml': 'x-b: &b {cap_add: !reset []}\nservices: {a: {<<: *b}}\n',
    },
    a: { cap_add: undefined },
  },
  23: {
    name: '!reset deep inside',
    files: [
      'deploy: {resources: {limits: {memory: 1g, cpus: "1"}}}',
      'deploy: {resources: {limits: {memory: !reset null}}}',
    ],
    a: { deploy: { resources: { limits: { memory: undefined, cpus: 1 } } } },
  },
  24: {
    name: '!reset of a dependency',
    files: {
      'f1.yml': 'services: {a: {image: x, depends_on: [b, c]}, b: {image: x}, c: {image: x}}\n',
      'f2.yml': 'services: {a: {depends_on: {b: !reset null}}}\n',
    },
    a: { depends_on: { b: undefined, c: { condition: 'service_started', required: true } } },
  },
  25: {
    name: '!reset of a network',
    files: {
      'f1.yml': 'services: {a: {image: x, networks: [m, n]}}\nnetworks: {m: , n: }\n',
      'f2.yml': 'services: {a: {networks: {m: !reset null}}}\n',
    },
    a: { networks: { m: undefined, n: null } },
  },
  26: { name: '!reset in the same file', files: ['user: !reset "0"'], a: { user: undefined } },
});

const label = (value: string) => `labels: {l: "${value}"}`;
const three = (
  row: number,
  text: string,
  unset: unknown,
  empty: unknown,
  set: unknown,
): Record<string, Case> => {
  const one = (state: string, env: string, expected: unknown): Case => ({
    name: `${text} ${state}`,
    files: [label(text)],
    env,
    ...(expected instanceof RegExp ? { problem: expected } : { a: { labels: { l: expected } } }),
  });
  return {
    [`${row}a`]: one('unset', '', unset),
    [`${row}b`]: one('empty', 'V=', empty),
    [`${row}c`]: one('set', 'V=v', set),
  };
};
const REQUIRED = /`V` has no value: m/;
const same = (text: string, expected: string, env = ''): Case => ({
  name: text,
  files: [label(text)],
  env,
  a: { labels: { l: expected } },
});
const broken = (text: string): Case => ({ name: text, files: [label(text)], error: /./ });

run({
  ...three(27, '${V:-d}', 'd', 'd', 'v'),
  ...three(28, '${V-d}', 'd', '', 'v'),
  ...three(29, '${V:+r}', '', '', 'r'),
  ...three(30, '${V+r}', '', 'r', 'r'),
  ...three(31, '${V:?m}', REQUIRED, REQUIRED, 'v'),
  ...three(32, '${V?m}', REQUIRED, '', 'v'),
  '33a': same('$$V', '$V'),
  '33b': same('$${V}', '${V}'),
  34: same('$$$V', '$'),
  35: same('${V:-${W:-z}}', 'z'),
  36: same('x${V:-a}y${V:+q}z', 'xayz'),
  '37a': same('${V:-a:-b}', 'a:-b'),
  '37b': same('${V:-a+b}', 'a+b'),
  '38a': same('$1', '$1'),
  '38b': same('a$', 'a$'),
  '39a': broken('${1}'),
  '39b': broken('${}'),
  '39c': broken('${V'),
  '39d': broken('${V:=d}'),
  '39e': broken('${ V }'),
  '40a': same('${V:-{}}', '{}'),
  '40b': same('${V:-$$x}', '$x'),
  41: {
    name: 'keys are not replaced',
    files: ['labels: {"$V": "$V"}'],
    env: 'V=q',
    a: { labels: { $V: 'q' } },
  },
  42: {
    name: 'items are, on both sides',
    files: ['labels: ["$V=1"]'],
    env: 'V=q',
    a: { labels: { q: '1' } },
  },
  '43a': { name: 'yes is true', files: ['privileged: "${P}"'], env: 'P=yes', a: { privileged: true } },
  '43b': { name: '1 is not', files: ['privileged: "${P}"'], env: 'P=1', error: /true or false/ },
  '43c': { name: 'nothing is not', files: ['privileged: "${P}"'], env: 'P=', error: /true or false/ },
  44: { name: 'yes without quotes', files: ['privileged: yes'], a: { privileged: true } },
  45: {
    name: 'numbers become text as Go writes them',
    files: ['environment: {A: 1, B: 1.50, D: 0x10, F: 010, G: 1000000.0, H: yes, I: ~}'],
    a: { environment: { A: '1', B: '1.5', D: '16', F: '8', G: '1e+06', H: 'yes', I: null } },
  },
  '46a': { name: '1.5g', files: ['mem_limit: 1.5g'], a: { mem_limit: '1610612736' } },
  '46b': { name: '64MB', files: ['mem_limit: 64MB'], a: { mem_limit: '67108864' } },
  '46c': { name: '100', files: ['mem_limit: 100'], a: { mem_limit: '100' } },
  47: {
    name: 'services that do not run are replaced too',
    files: { 'f1.yml': 'services: {a: {image: x}, b: {image: "${V:?need}", profiles: [p]}}\n' },
    problem: /need/,
  },
  48: {
    name: 'an override cannot rescue a missing variable',
    files: { 'f1.yml': 'services: {a: {image: "${R:?need}"}}\n', 'f2.yml': 'services: {a: {image: y}}\n' },
    problem: /need/,
  },
  49: {
    name: 'extensions are replaced too',
    files: { 'f1.yml': 'x-v: ${V:?need}\nservices: {a: {image: x}}\n' },
    problem: /need/,
  },
  50: {
    name: 'the name of the project is a variable',
    files: {
      'f1.yml':
        'name: ${N:-foo}-Bar\nservices: {a: {image: x, container_name: "${COMPOSE_PROJECT_NAME}-a"}}\n',
    },
    all: { name: 'foo-bar', services: { a: { container_name: 'foo-bar-a' } } },
  },
});

run({
  51: {
    name: 'two host ports',
    files: ['ports: ["8080:80"]', 'ports: ["9090:80"]'],
    a: { ports: ports([80, '8080'], [80, '9090']) },
  },
  52: {
    name: 'short and long form of one port',
    files: ['ports: ["8080:80"]', 'ports: [{target: 80, published: "8080"}]'],
    a: { ports: ports([80, '8080']) },
  },
  53: {
    name: 'two addresses',
    files: ['ports: ["8080:80"]', 'ports: ["127.0.0.1:8080:80"]'],
    a: { ports: ports([80, '8080'], [80, '8080', { host_ip: '127.0.0.1' }]) },
  },
  54: {
    name: 'no address is every address',
    files: ['ports: ["8080:80"]', 'ports: ["0.0.0.0:8080:80"]'],
    a: { ports: ports([80, '8080', { host_ip: '0.0.0.0' }]) },
  },
  55: {
    name: 'a port of a range',
    files: ['ports: ["8080-8081:80-81"]', 'ports: ["8081:81"]'],
    a: { ports: ports([80, '8080'], [81, '8081']) },
  },
  56: {
    name: 'two protocols',
    files: ['ports: ["53:53/udp"]', 'ports: ["53:53"]'],
    a: { ports: ports([53, '53', { protocol: 'udp' }], [53, '53']) },
  },
  57: {
    name: 'a number is not equal to a text',
    files: ['ports: [{target: 80, published: 8080}]', 'ports: ["8080:80"]'],
    a: { ports: ports([80, '8080'], [80, '8080']) },
  },
  58: {
    name: 'a random port',
    files: ['ports: [80]', 'ports: ["80"]'],
    a: { ports: ports([80, undefined]) },
  },
  59: {
    name: 'the mode is no part of it',
    files: [
      'ports: ["127.0.0.1:81:81"]',
      'ports: [{host_ip: 127.0.0.1, target: 81, published: "81", mode: host}]',
    ],
    a: { ports: ports([81, '81', { host_ip: '127.0.0.1', mode: 'host' }]) },
  },
  60: {
    name: 'mounts are told apart by target',
    files: ['volumes: ["./a:/d/"]', 'volumes: ["./b:/d:ro"]'],
    a: { volumes: [{ type: 'bind', source: '/work/app/b', target: '/d', read_only: true, bind: {} }] },
  },
  61: {
    name: 'a mount is replaced whole',
    files: ['volumes: [{type: bind, source: ./a, target: /d, read_only: true}]', 'volumes: ["./b:/d"]'],
    a: { volumes: [{ type: 'bind', source: '/work/app/b', target: '/d', bind: {} }] },
  },
  62: {
    name: 'list and mapping of variables',
    files: ['environment: [A=1, B=2]', 'environment: {B: 3, C: }'],
    a: { environment: { A: '1', B: '3', C: null } },
  },
  '63a': {
    name: 'a name alone hides a value',
    files: ['environment: {A: 1}', 'environment: {A: }'],
    a: { environment: { A: null } },
  },
  '63b': {
    name: 'and takes it from .env',
    files: ['environment: {A: 1}', 'environment: {A: }'],
    env: 'A=5',
    a: { environment: { A: '5' } },
  },
  64: {
    name: 'null keeps variables',
    files: ['environment: [A=1]', 'environment: null'],
    a: { environment: { A: '1' } },
  },
  65: { name: 'a command is replaced', files: ['command: [a, b]', 'command: [c]'], a: { command: ['c'] } },
  '66a': {
    name: 'an empty entry point',
    files: ['entrypoint: [a]', 'entrypoint: []'],
    a: { entrypoint: [] },
  },
  '66b': { name: 'an empty text', files: ['entrypoint: [a]', 'entrypoint: ""'], a: { entrypoint: [] } },
  '66c': {
    name: 'null unsets it',
    files: ['entrypoint: [a]', 'entrypoint: null'],
    a: { entrypoint: undefined },
  },
  67: { name: 'null keeps a value', files: ['user: "1000"', 'user: null'], a: { user: '1000' } },
  68: { name: 'an empty user', files: ['user: "1"', 'user: ""'], a: { user: '' } },
  '69a': {
    name: 'an empty list keeps',
    files: ['cap_drop: [ALL]', 'cap_drop: []'],
    a: { cap_drop: ['ALL'] },
  },
  '69b': {
    name: 'null keeps a list',
    files: ['cap_drop: [ALL]', 'cap_drop: null'],
    a: { cap_drop: ['ALL'] },
  },
  70: { name: 'a text over a list', files: ['cap_drop: [ALL]', 'cap_drop: ALL'], error: /cannot override/ },
  71: {
    name: 'capabilities are compared as written',
    files: ['cap_add: [NET_ADMIN]', 'cap_add: [net_admin, NET_ADMIN]'],
    a: { cap_add: ['NET_ADMIN', 'net_admin'] },
  },
  72: {
    name: 'contradicting options keep their order',
    files: ['security_opt: ["no-new-privileges:true"]', 'security_opt: ["no-new-privileges:false"]'],
    a: { security_opt: ['no-new-privileges:true', 'no-new-privileges:false'] },
  },
  73: {
    name: 'a repeated option',
    files: ['security_opt: ["no-new-privileges:true"]', 'security_opt: ["no-new-privileges:true"]'],
    error: /twice/,
  },
  74: {
    name: 'text and list of words',
    files: ['dns: 1.1.1.1', 'dns: [8.8.8.8, 1.1.1.1]'],
    a: { dns: ['1.1.1.1', '8.8.8.8'] },
  },
  75: { name: 'tmpfs', files: ['tmpfs: /run', 'tmpfs: [/tmp, /run]'], a: { tmpfs: ['/run', '/tmp'] } },
  76: { name: 'one target twice', files: ['tmpfs: ["/run", "/run:size=1m"]'], error: /mounted twice/ },
  77: {
    name: 'devices are told apart by target',
    files: ['devices: ["/dev/a:/dev/x"]', 'devices: ["/dev/b:/dev/x:r"]'],
    a: { devices: [{ source: '/dev/b', target: '/dev/x', permissions: 'r' }] },
  },
  78: {
    name: 'options of the same log driver',
    files: ['logging: {driver: json-file, options: {max-size: 1m}}', 'logging: {options: {max-file: 3}}'],
    a: { logging: { driver: 'json-file', options: { 'max-size': '1m', 'max-file': '3' } } },
  },
  79: {
    name: 'another log driver',
    files: ['logging: {driver: json-file, options: {max-size: 1m}}', 'logging: {driver: none}'],
    a: { logging: { driver: 'none', options: undefined } },
  },
  80: {
    name: 'half a limit',
    files: ['ulimits: {nofile: {soft: 1, hard: 2}}', 'ulimits: {nofile: {soft: 5}}'],
    error: /`soft` and `hard`/,
  },
  81: {
    name: 'a target for a short build',
    files: ['build: ./d', 'build: {target: t}'],
    a: { build: { context: '/work/app/d', target: 't', dockerfile: 'Dockerfile' } },
  },
  82: {
    name: 'a short build over a long one',
    files: ['build: {context: ./d, target: t}', 'build: ./e'],
    a: { build: { context: '/work/app/e', target: 't' } },
  },
  83: {
    name: 'build arguments',
    files: ['build: {context: ., args: {A: 1, B: 2}}', 'build: {args: [B=3, C]}'],
    a: { build: { args: { A: '1', B: '3', C: undefined } } },
  },
  84: {
    name: 'a short dependency resets the condition only',
    files: {
      'f1.yml':
        'services: {a: {image: x, depends_on: {b: {condition: service_healthy, restart: true}}}, b: {image: x}, c: {image: x}}\n',
      'f2.yml': 'services: {a: {depends_on: [b, c]}}\n',
    },
    a: {
      depends_on: {
        b: { condition: 'service_started', restart: true },
        c: { condition: 'service_started', restart: undefined },
      },
    },
  },
  85: {
    name: 'list and mapping of networks',
    files: {
      'f1.yml': 'services: {a: {image: x, networks: [n]}}\nnetworks: {n: , m: }\n',
      'f2.yml': 'services: {a: {networks: {m: {aliases: [q]}}}}\n',
    },
    a: { networks: { n: null, m: { aliases: ['q'] } } },
  },
  86: {
    name: 'null keeps the alias',
    files: {
      'f1.yml': 'services: {a: {image: x, networks: {n: {aliases: [a]}}}}\nnetworks: {n: }\n',
      'f2.yml': 'services: {a: {networks: {n: null}}}\n',
    },
    a: { networks: { n: { aliases: ['a'] } } },
  },
  87: {
    name: 'a health check switched off',
    files: ['healthcheck: {test: [CMD, x], interval: 5s}', 'healthcheck: {disable: true}'],
    a: { healthcheck: { test: ['CMD', 'x'], interval: '5s', disable: true } },
  },
  88: {
    name: 'profiles are added',
    files: ['profiles: [p]', 'profiles: [q]'],
    options: { profiles: ['q'] },
    a: { profiles: ['p', 'q'] },
  },
  '89a': {
    name: 'all GPUs and one more',
    files: ['gpus: all', 'gpus: [{count: 1}]'],
    a: { gpus: [{ count: -1 }, { count: 1 }] },
  },
  '89b': { name: 'all over all', files: ['gpus: all', 'gpus: all'], error: /cannot override/ },
  90: {
    name: 'address ranges of one subnet',
    files: {
      'f1.yml':
        'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.1}]}}}\n',
      'f2.yml':
        'networks: {n: {ipam: {config: [{subnet: 10.0.0.0/8, ip_range: 10.1.0.0/16}, {subnet: 11.0.0.0/8}]}}}\n',
    },
    all: {
      networks: {
        n: {
          ipam: {
            config: [
              { subnet: '10.0.0.0/8', gateway: '10.0.0.1', ip_range: '10.1.0.0/16' },
              { subnet: '11.0.0.0/8' },
            ],
          },
        },
      },
    },
  },
  91: {
    name: 'a secret of two kinds',
    files: {
      'f1.yml': 'services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {file: ./s}}\n',
      'f2.yml': 'secrets: {s: {environment: S}}\n',
    },
    error: /both `file` and `environment`/,
  },
  92: {
    name: 'paths start from the folder of the first file',
    files: {
      'd/c.yml': service('volumes: ["./v:/v"]'),
      'e/o.yml': service('volumes: ["./w:/w"]'),
    },
    options: { named: ['d/c.yml', 'e/o.yml'] },
    a: {
      volumes: [
        { type: 'bind', source: '/work/app/d/v', target: '/v', bind: {} },
        { type: 'bind', source: '/work/app/d/w', target: '/w', bind: {} },
      ],
    },
  },
});

run({
  93: {
    name: 'everything is inherited',
    files: {
      'f1.yml': `services:
  base:
    {image: x, privileged: true, cap_drop: [ALL], depends_on: [c], links: [c], profiles: [p]}
  c: {image: x, profiles: [p]}
  a: {extends: base, cap_drop: [X]}
`,
    },
    options: { profiles: ['p'] },
    a: {
      privileged: true,
      cap_drop: ['ALL', 'X'],
      links: ['c'],
      profiles: ['p'],
      depends_on: { c: { required: true } },
    },
  },
  94: {
    name: 'paths of another file start there',
    files: {
      'f1.yml': 'services: {a: {extends: {file: sub/b.yml, service: m}}}\n',
      'sub/b.yml': 'services: {m: {build: ., volumes: ["./d:/d"]}}\n',
    },
    a: {
      build: { context: '/work/app/sub' },
      volumes: [{ type: 'bind', source: '/work/app/sub/d', target: '/d', bind: {} }],
    },
  },
  95: {
    name: 'a chain through two folders',
    files: {
      'f1.yml': 'services: {a: {extends: {file: s1/one.yml, service: m}}}\n',
      's1/one.yml': 'services: {m: {extends: {file: ../s2/two.yml, service: n}, volumes: ["./1:/1"]}}\n',
      's2/two.yml': 'services: {n: {image: x, volumes: ["./2:/2"]}}\n',
    },
    a: {
      volumes: [
        { type: 'bind', source: '/work/app/s2/2', target: '/2', bind: {} },
        { type: 'bind', source: '/work/app/s1/1', target: '/1', bind: {} },
      ],
    },
  },
  96: {
    name: 'the .env of the other folder does not count',
    files: {
      'f1.yml': 'services: {a: {extends: {file: s1/b.yml, service: m}}}\n',
      's1/b.yml': 'services: {m: {image: "x:${T}"}}\n',
      's1/.env': 'T=sub',
    },
    env: 'T=root',
    a: { image: 'x:root' },
  },
  97: {
    name: 'a circle',
    files: { 'f1.yml': 'services: {a: {extends: b, image: x}, b: {extends: a, image: x}}\n' },
    error: /extends itself/,
  },
  98: {
    name: 'a service of an earlier file',
    files: {
      'f1.yml': 'services: {base: {image: x}, a: {image: x}}\n',
      'f2.yml': 'services: {a: {extends: base}}\n',
    },
    error: /no service `base`/,
  },
  99: {
    name: 'later changes of the base do not arrive',
    files: {
      'f1.yml': 'services: {base: {image: x}, a: {extends: base}}\n',
      'f2.yml': 'services: {base: {user: "7"}}\n',
    },
    all: { services: { a: { user: undefined }, base: { user: '7' } } },
  },
  '100a': {
    name: 'profiles are inherited',
    files: { 'f1.yml': 'services: {base: {image: x, profiles: [never]}, a: {extends: base}}\n' },
    all: { services: { a: undefined } },
  },
  '100b': {
    name: 'unless they are reset',
    files: {
      'f1.yml': 'services: {base: {image: x, profiles: [never]}, a: {extends: base, profiles: !reset []}}\n',
    },
    a: { image: 'x', profiles: undefined },
  },
  101: {
    name: 'tags act on the base',
    files: {
      'f1.yml':
        'services: {base: {image: x, ports: ["1:1"], cap_add: [A]}, a: {extends: base, ports: !reset [], cap_add: !override [Z]}}\n',
    },
    a: { ports: undefined, cap_add: ['Z'] },
  },
  102: {
    name: 'resources of the other file stay there',
    files: {
      'f1.yml': 'services: {a: {extends: {file: b.yml, service: m}}}\n',
      'b.yml': 'services: {m: {image: x, networks: [n]}}\nnetworks: {n: }\n',
    },
    error: /undefined network `n`/,
  },
  103: {
    name: 'a service that was included',
    files: {
      'f1.yml': 'include: [inc/c.yml]\nservices: {a: {extends: m}}\n',
      'inc/c.yml': 'services: {m: {image: x, volumes: ["./v:/v"]}}\n',
    },
    a: { volumes: [{ type: 'bind', source: '/work/app/inc/v', target: '/v', bind: {} }] },
  },
  104: {
    name: 'a service that the other file includes',
    files: {
      'f1.yml': 'services: {a: {extends: {file: b.yml, service: m}}}\n',
      'b.yml': 'include: [c.yml]\nservices: {o: {image: x}}\n',
      'c.yml': 'services: {m: {image: x}}\n',
    },
    error: /no service `m`/,
  },
  105: {
    name: '!reset of an inherited variable',
    files: {
      'f1.yml':
        'services: {base: {image: x, environment: {A: 1, B: 2}}, a: {extends: base, environment: {A: !reset null}}}\n',
    },
    a: { environment: { A: undefined, B: '2' } },
  },
  106: {
    name: 'networks and a network mode',
    files: {
      'f1.yml':
        'services: {base: {image: x, networks: [n]}, a: {extends: base, network_mode: host}}\nnetworks: {n: }\n',
    },
    error: /`network_mode` beside `networks`/,
  },
});

run({
  107: {
    name: 'variables of the project beat those of an include',
    files: {
      'f1.yml': 'include: [inc/c.yml]\nservices: {a: {image: "a:${T}"}}\n',
      'inc/c.yml': 'services: {b: {image: "b:${T}"}}\n',
      'inc/.env': 'T=inc',
    },
    env: 'T=root',
    all: { services: { a: { image: 'a:root' }, b: { image: 'b:root' } } },
  },
  108: {
    name: 'the .env of an include fills gaps in it',
    files: {
      'f1.yml': 'include: [inc/c.yml]\nservices: {a: {image: "a:${T}"}}\n',
      'inc/c.yml': 'services: {b: {image: "b:${T}"}}\n',
      'inc/.env': 'T=inc',
    },
    all: { services: { a: { image: 'a:' }, b: { image: 'b:inc' } } },
  },
  109: {
    name: 'all parts of an include',
    files: {
      'f1.yml':
        'include: [{path: [inc/c.yml, over.yml], project_directory: pd, env_file: my.env}]\nservices: {a: {image: x}}\n',
      'inc/c.yml': 'services: {b: {image: "b:${T}", volumes: ["./v:/v"]}}\n',
      'over.yml': 'services: {b: {user: "1"}}\n',
      'my.env': 'T=my',
      'inc/.env': 'T=inc',
      'pd/.env': 'T=pd',
    },
    all: {
      services: {
        b: {
          image: 'b:my',
          user: '1',
          volumes: [{ type: 'bind', source: '/work/app/pd/v', target: '/v', bind: {} }],
        },
      },
    },
  },
  110: {
    name: 'the including file has the last word',
    files: {
      'f1.yml': 'include: [c.yml]\nservices: {b: {user: "9", cap_add: [Z]}}\n',
      'c.yml': 'services: {b: {image: x, user: "1", cap_add: [A]}}\n',
    },
    all: { services: { b: { user: '9', cap_add: ['A', 'Z'] } } },
  },
  111: {
    name: 'of two includes the first wins',
    files: {
      'f1.yml': 'include: [c.yml, d.yml]\n',
      'c.yml': 'services: {b: {image: one}}\n',
      'd.yml': 'services: {b: {image: two, hostname: h}}\n',
    },
    all: { services: { b: { image: 'one', hostname: 'h' } } },
  },
  112: {
    name: 'a later file overrides what was included',
    files: {
      'f1.yml': 'include: [c.yml]\n',
      'c.yml': 'services: {b: {image: x, ports: ["80:80"]}}\n',
      'f2.yml': 'services: {b: {ports: !override ["90:90"]}}\n',
    },
    all: { services: { b: { ports: ports([90, '90']) } } },
  },
  113: {
    name: 'an include depends on its parent',
    files: {
      'f1.yml': 'include: [c.yml]\nservices: {db: {image: x}}\n',
      'c.yml': 'services: {b: {image: x, depends_on: [db]}}\n',
    },
    all: { services: { b: { depends_on: { db: { condition: 'service_started' } } } } },
  },
  '114a': { name: 'itself', files: { 'f1.yml': 'include: [f1.yml]\n' }, error: /includes itself/ },
  '114b': {
    name: 'a circle of includes',
    files: { 'f1.yml': 'include: [c.yml]\n', 'c.yml': 'include: [f1.yml]\n' },
    error: /includes itself/,
  },
  '114c': {
    name: 'a missing file',
    files: { 'f1.yml': 'include: [c.yml]\n' },
    problem: /incomplete: `c.yml`/,
  },
  '114d': { name: 'no list', files: { 'f1.yml': 'include: f.yml\n' }, error: /must be a list/ },
  115: {
    name: 'no file of variables at all',
    files: {
      'f1.yml': 'include: [{path: inc/c.yml, env_file: /dev/null}]\n',
      'inc/c.yml': 'services: {b: {image: "b:${T}"}}\n',
      'inc/.env': 'T=inc',
    },
    all: { services: { b: { image: 'b:' } } },
  },
});

const DEPENDS = { 'f1.yml': 'services: {a: {image: x, depends_on: [b]}, b: {image: x, profiles: [p]}}\n' };

run({
  '116a': { name: 'a dependency that does not run', files: DEPENDS, error: /profiles are not active/ },
  '116b': { name: 'its profile is active', files: DEPENDS, options: { profiles: ['p'] }, a: { image: 'x' } },
  '116c': { name: 'all profiles are', files: DEPENDS, options: { profiles: ['*'] }, a: { image: 'x' } },
  '117a': { name: 'COMPOSE_PROFILES', files: DEPENDS, env: 'COMPOSE_PROFILES=q, p', a: { image: 'x' } },
  '117b': {
    name: 'given profiles beat COMPOSE_PROFILES',
    files: DEPENDS,
    env: 'COMPOSE_PROFILES=p',
    options: { profiles: ['z'] },
    error: /profiles are not active/,
  },
  '118a': {
    name: 'an optional dependency that does not run',
    files: {
      'f1.yml':
        'services: {a: {image: x, depends_on: {b: {condition: service_started, required: false}}}, b: {image: x, profiles: [p]}}\n',
    },
    all: { services: { b: undefined } },
  },
  '118b': {
    name: 'an optional dependency that is defined nowhere',
    files: {
      'f1.yml': 'services: {a: {image: x, depends_on: {b: {condition: service_started, required: false}}}}\n',
    },
    error: /undefined service `b`/,
  },
  '119a': {
    name: 'a service that is named brings its profile, for others too',
    files: {
      'f1.yml': 'services: {a: {image: x, profiles: [p], depends_on: [b]}, b: {image: x, profiles: [p]}}\n',
    },
    options: { services: ['a'] },
    all: { services: { a: { image: 'x' }, b: { image: 'x' } } },
  },
  '119b': {
    name: 'but not those of its dependencies',
    files: {
      'f1.yml': 'services: {a: {image: x, profiles: [p], depends_on: [b]}, b: {image: x, profiles: [q]}}\n',
    },
    options: { services: ['a'] },
    error: /profiles are not active/,
  },
  120: {
    name: 'services that do not run are not checked',
    files: { 'f1.yml': 'services: {a: {image: x}, b: {image: x, profiles: [p], networks: [nowhere]}}\n' },
    a: { image: 'x' },
  },
});

run({
  '121a': {
    name: 'scale and replicas, the same',
    files: ['scale: 2, deploy: {replicas: 2}'],
    a: { scale: 2, deploy: { replicas: 2 } },
  },
  '121b': {
    name: 'scale and replicas of two files',
    files: ['scale: 2', 'deploy: {replicas: 3}'],
    error: /`scale` and `deploy.replicas` do not agree/,
  },
  '121c': { name: 'a name for two', files: ['container_name: n, scale: 2'], error: /can run only once/ },
  '121d': { name: 'a name for one', files: ['container_name: n, scale: 1'], a: { container_name: 'n' } },
  '122a': {
    name: 'limits in two places, the same',
    files: ['mem_limit: 1g, deploy: {resources: {limits: {memory: 1024m}}}'],
    a: { mem_limit: '1073741824' },
  },
  '122b': {
    name: 'limits in two places that differ',
    files: ['mem_limit: 1g', 'deploy: {resources: {limits: {memory: 2g}}}'],
    error: /do not agree/,
  },
  '122c': {
    name: 'a limit beside limits that lack it',
    files: ['mem_limit: 1g', 'deploy: {resources: {limits: {cpus: "1"}}}'],
    error: /do not agree/,
  },
  123: {
    name: 'two kinds of Dockerfile',
    files: ['build: {context: ., dockerfile: d}', 'build: {dockerfile_inline: FROM x}'],
    error: /exclude each other/,
  },
});

const web = (body: string) => `services:\n  a: {image: x, ${body}}\n`;

run({
  '124a': {
    name: 'files of variables: a later one wins, the service has the last word, a name alone takes away',
    files: {
      'f1.yml': web('env_file: [one.env, {path: two.env}], environment: {D: own, E: }'),
      'one.env': 'A=1\nB=1\nE=1\n',
      'two.env': 'B=2\nC=${A}${D}${P}\nD=2\n',
    },
    env: 'P=project',
    a: { environment: { A: '1', B: '2', C: '1ownproject', D: 'own', E: null } },
  },
  '124b': {
    name: 'a file of variables that need not be there',
    files: { 'f1.yml': web('env_file: [{path: gone.env, required: false}]') },
    a: { environment: undefined },
  },
  '124c': {
    name: 'one that must be',
    files: { 'f1.yml': web('env_file: gone.env') },
    error: /`gone.env` cannot be read/,
  },
  '124d': {
    name: 'one that is taken as it stands',
    files: { 'f1.yml': web('env_file: [{path: raw.env, format: raw}]'), 'raw.env': '# c\nA="$B" # d\n' },
    a: { environment: { A: '"$B" # d' } },
  },
  '124e': {
    name: 'a name alone in one takes the value of the project',
    files: { 'f1.yml': web('env_file: a.env'), 'a.env': 'P\nQ\n' },
    env: 'P=1',
    a: { environment: { P: '1', Q: undefined } },
  },
  '124f': {
    name: 'they give no values to the file itself',
    files: { 'f1.yml': web('env_file: a.env, user: "${U:-0}"'), 'a.env': 'U=7\n' },
    a: { user: '0', environment: { U: '7' } },
  },
  125: {
    name: 'files of labels are weaker than labels',
    files: {
      'f1.yml': web('label_file: [one, two], labels: {c: own}'),
      one: 'a=1\nb=1\n',
      two: 'b=2\nc=2\n',
    },
    a: { labels: { a: '1', b: '2', c: 'own' }, label_file: undefined },
  },
  '126a': {
    name: 'COMPOSE_FILE beats the override that lies beside',
    files: {
      'compose.yaml': web('user: "1"'),
      'compose.override.yaml': web('user: "2"'),
      'other.yml': web('tty: true'),
    },
    env: 'COMPOSE_FILE=compose.yaml:other.yml',
    options: { entry: 'compose.yaml' },
    a: { user: '1', tty: true },
  },
  '126b': {
    name: 'with a separator of its own',
    files: { 'compose.yaml': web('user: "1"'), 'other.yml': web('user: "2"') },
    env: 'COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=compose.yaml,other.yml',
    options: { entry: 'compose.yaml' },
    a: { user: '2' },
  },
  '126c': {
    name: 'two folders with their .env: that of the list first, the other fills gaps',
    files: {
      'compose.yaml': web('user: "1", volumes: ["./v:/v"]'),
      'd/x.yml': web('labels: {a: "$A", b: "$B"}'),
      'd/.env': 'A=d\nB=d\n',
    },
    env: 'A=root\nCOMPOSE_FILE=d/x.yml:compose.yaml',
    options: { entry: 'compose.yaml' },
    a: {
      user: '1',
      labels: { a: 'root', b: 'd' },
      volumes: [{ type: 'bind', source: '/work/app/d/v', target: '/v', bind: {} }],
    },
  },
});

test('every row of the reference has a case', () => {
  const rows = Array.from({ length: 120 }, (_, at) => at + 1);
  assert.deepEqual(
    rows.filter((row) => !covered.has(row)),
    [],
  );
});

test('what is written out as it stands', async () => {
  const { config, problems } = await load({
    'f1.yml': [
      'x-top: {a: , b: [], c: {d: ~}}',
      'services:',
      '  a: {image: x, x-own: {e: }, volumes: ["/v/:/v", "./w/:/w"]}',
      '',
    ].join('\n'),
  });
  assert.deepEqual(problems, []);
  const expected = {
    'x-top': { a: null, b: [], c: { d: null } },
    services: {
      a: {
        'x-own': { e: null },
        volumes: [
          { type: 'bind', source: '/v/', target: '/v', bind: {} },
          { type: 'bind', source: '/work/app/w', target: '/w', bind: {} },
        ],
      },
    },
  };
  assert.deepEqual(picked(config, expected), expected);
});
