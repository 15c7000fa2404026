/** Compose files that nobody writes by hand. Each is made of `n` of something, and grows evenly with it. */
import { type Case, type Cases, lines, many, ODD_CHARACTERS, oneFile, PLAIN_VALUES } from './case.js';

const compose = (text: (n: number) => string) => oneFile('compose.yaml', text);

/** Services, each with these lines. */
const services = (one: (i: number) => string, before: (n: number) => string = () => ''): Case =>
  compose((n) => `${before(n)}services:\n${lines(n, (i) => `  s${i}:\n${indented(one(i))}`)}`);

/** One service with a key of `n` lines. */
const service = (key: string, one: (i: number) => string, more = ''): Case =>
  compose(
    (n) =>
      `services:\n  app:\n    image: nginx:1.29\n${more}    ${key}:\n${lines(n, (i) => `      ${one(i)}`)}`,
  );

const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

/** A service with `n` broken lines, below healthy ones. */
const broken = (line: (i: number) => string) =>
  compose((n) => `services:\n  app:\n    image: nginx:latest\n    privileged: true\n${lines(n, line)}`);

const SMALL = 'services:\n  app:\n    image: nginx:latest\n    env_file: .env\n    build: .\n';

const inPlaces = (value: (n: number) => string): Case =>
  compose((n) => {
    const text = JSON.stringify(value(n));
    const single = `'${value(n).replaceAll("'", "''")}'`;
    return [
      'services:',
      '  app:',
      ...[
        'image',
        'user',
        'mem_limit',
        'cpus',
        'pids_limit',
        'network_mode',
        'pid',
        'ipc',
        'userns_mode',
        'restart',
        'runtime',
        'stop_grace_period',
        'shm_size',
        'platform',
        'hostname',
        'container_name',
        'working_dir',
        'command',
        'entrypoint',
        'cgroup_parent',
      ].map((key) => `    ${key}: ${text}`),
      ...[
        'ports',
        'volumes',
        'devices',
        'cap_add',
        'security_opt',
        'tmpfs',
        'dns',
        'extra_hosts',
        'env_file',
        'expose',
        'environment',
        'group_add',
        'volumes_from',
        'links',
        'depends_on',
        'profiles',
        'secrets',
        'configs',
        'networks',
        'labels',
        'sysctls',
      ].map((key) => `    ${key}: [${text}]`),
      `    healthcheck: {test: ${text}, interval: ${text}}`,
      `    logging: {driver: ${text}, options: {max-size: ${text}}}`,
      `    build: {context: ${text}, dockerfile: ${text}, args: {A: ${text}}}`,
      `    deploy: {resources: {limits: {memory: ${text}, cpus: ${text}}}}`,
      `    ulimits: {nofile: ${text}}`,
      '  other:',
      `    image: ${single}`,
      `    environment: {PASSWORD: ${text}, URL: ${text}}`,
      `    ports: [{published: ${text}, target: ${text}, host_ip: ${text}}]`,
      `    volumes: [{type: bind, source: ${text}, target: ${text}}]`,
      `  # bulkhead-ignore ${value(n)}`,
      `  ${text}: {image: nginx}`,
      '',
    ].join('\n');
  });

export const composeCases: Cases = {
  services: services(
    (i) =>
      `image: nginx:${i}\nports: ["${i}:80"]\nvolumes: ["/var/run/docker.sock:/a", "data${i}:/b"]\nenvironment: {PASSWORD: hunter${i}}`,
  ),
  'bare services': services(() => 'image: nginx'),
  'services built': services((i) => `build: ./b${i}`),
  'services merging one anchor': services(
    () => '<<: *base',
    () => 'x-a: &base\n  image: nginx\n  privileged: true\n  ports: ["80:80"]\n',
  ),
  'services merging the one before': services((i) => (i === 0 ? 'image: a' : `<<: *a${i - 1}`)),
  'services with an anchor each': compose(
    (n) =>
      `services:\n${lines(n, (i) => `  s${i}: &a${i}\n    image: nginx\n    environment: &e${i} {A: b}`)}`,
  ),
  'services being one alias': compose(
    (n) => `x-a: &base {image: nginx, privileged: true}\nservices:\n${lines(n, (i) => `  s${i}: *base`)}`,
  ),
  'services with parts of one anchor': services(
    () => 'image: nginx\nlogging: *log\nenvironment:\n  <<: *env\n  A: b',
    () => 'x-l: &log {driver: none}\nx-e: &env {PASSWORD: hunter2hunter2}\n',
  ),
  'services extending one': compose(
    (n) =>
      `services:\n  base:\n    image: nginx\n    privileged: true\n${lines(n, (i) => `  s${i}:\n    extends: base`)}`,
  ),
  'services extending the one before': services((i) =>
    i === 0 ? 'image: nginx\nprivileged: true' : `extends: s${i - 1}`,
  ),
  'services extending the one after': services((i) => `extends: s${i + 1}\ncap_add: [ALL]`),
  'services extending each other in a circle': compose(
    (n) => `services:\n${lines(n, (i) => `  s${i}:\n    extends: s${(i + 1) % n}`)}`,
  ),
  'services extending from another file': (n) => ({
    'compose.yaml': `services:\n${lines(n, (i) => `  s${i}:\n    extends: {file: base.yaml, service: b${i}}`)}`,
    'base.yaml': `services:\n${lines(n, (i) => `  b${i}:\n    image: nginx:latest\n    privileged: true`)}`,
  }),
  'services with an override': (n) => ({
    'compose.yaml': `services:\n${lines(n, (i) => `  s${i}:\n    image: nginx:latest\n    ports: ["${i}:80"]`)}`,
    'compose.override.yaml': `services:\n${lines(n, (i) => `  s${i}:\n    privileged: true\n    ports: ["${i}:81"]`)}`,
  }),
  'services depending on each other': services(
    (i) =>
      `image: nginx\ndepends_on: [s${i + 1}, s${i + 2}]\nnetwork_mode: service:s${i + 1}\nvolumes_from: [s${i + 1}]`,
  ),
  'services on each others networks': services((i) => `image: nginx\nnetworks: [n${i}, n${i + 1}]`),
  'services with a name of a key': services(
    () => 'image: nginx\nprofiles: [a, b]\nrestart: always\nuser: root',
  ),
  'names twice': compose((n) => `services:\n${lines(n, () => '  app:\n    image: nginx')}`),
  'names twice in one service': service('environment', (i) => `A${i % 2}: b`),
  'environment mapping': service('environment', (i) => `K${i}: v\${K${i}:-a}`),
  'environment list': service('environment', (i) => `- K${i}=v`),
  'secrets in the environment': service('environment', (i) => `PASSWORD_${i}: aKf93jdkDk3${i}`),
  ports: service('ports', (i) => `- "${i}:80"`),
  'long ports': service('ports', (i) => `- {target: 80, published: ${i}, host_ip: 0.0.0.0}`),
  'ranges of ports': service('ports', () => '- 1-65535:1-65535'),
  volumes: service('volumes', (i) => `- /etc/a${i}:/b${i}`),
  'long volumes': service('volumes', (i) => `- {type: bind, source: /var/run/docker.sock, target: /b${i}}`),
  'named volumes': compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n    volumes:\n${lines(n, (i) => `      - v${i}:/b${i}`)}volumes:\n${lines(n, (i) => `  v${i}: {driver_opts: {type: none, o: bind, device: /var/run}}`)}`,
  ),
  secrets: compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n    secrets:\n${lines(n, (i) => `      - v${i}`)}secrets:\n${lines(n, (i) => `  v${i}: {file: ./s${i}.txt}`)}`,
  ),
  configs: compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n    configs:\n${lines(n, (i) => `      - {source: v${i}, target: /c}`)}configs:\n${lines(n, (i) => `  v${i}: {content: "a \${B}"}`)}`,
  ),
  networks: compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n    networks:\n${lines(n, (i) => `      v${i}: {aliases: [a]}`)}networks:\n${lines(n, (i) => `  v${i}: {driver: bridge, ipam: {config: [{subnet: 10.0.0.0/8}]}}`)}`,
  ),
  capabilities: service('cap_add', (i) => `- SYS_ADMIN${i}`),
  'capabilities dropped': service('cap_drop', () => '- ALL'),
  'security options': service('security_opt', (i) => `- seccomp:unconfined${i}`),
  devices: service('devices', (i) => `- /dev/sd${i}:/dev/a`),
  tmpfs: service('tmpfs', (i) => `- /t${i}`),
  ulimits: service('ulimits', (i) => `u${i}: {soft: 1, hard: 2}`),
  labels: service('labels', (i) => `- "traefik.http.routers.a${i}.rule=Host(b)"`),
  'extra hosts': service('extra_hosts', (i) => `- "h${i}:127.0.0.1"`),
  'env files': service('env_file', (i) => `- ./e${i}.env`),
  'words of a command': service('command', (i) => `- w${i}`),
  'a long command': compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n    command: sh -c "${many(n, (i) => `curl http://e.org/${i} | sh`).join(' && ')}"\n`,
  ),
  'a command in a block': compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n    command: |\n${lines(n, (i) => `      mysqld --user=root --password=hunter${i} \\`)}`,
  ),
  'words of a health check': service('healthcheck:\n      test', (i) => `- w${i}`),
  'build arguments': service('build:\n      args', (i) => `  A${i}: hunter${i}`),
  sysctls: service('sysctls', (i) => `net.a${i}: 1`),
  dependencies: service('depends_on', (i) => `s${i}: {condition: service_started}`),
  profiles: service('profiles', (i) => `- p${i}`),
  'unknown keys': compose((n) => `services:\n  app:\n    image: nginx\n${lines(n, (i) => `    k${i}: v`)}`),
  extensions: compose((n) => `${lines(n, (i) => `x-k${i}: {a: b}`)}services:\n  app:\n    image: nginx\n`),
  'keys at the top': compose(
    (n) => `${lines(n, (i) => `k${i}: {a: b}`)}services:\n  app:\n    image: nginx\n`,
  ),
  anchors: compose(
    (n) =>
      `${lines(n, (i) => `x-${i}: &a${i} {privileged: true}`)}services:\n  app:\n    image: nginx\n    <<: [${many(n, (i) => `*a${i}`).join(', ')}]\n`,
  ),
  'merge keys of one service': compose(
    (n) => `x-a: &a {privileged: true}\nservices:\n  app:\n    image: nginx\n${lines(n, () => '    <<: *a')}`,
  ),
  'merge keys, each of the mapping before': compose(
    (n) =>
      `x-0: &a0 {privileged: true}\n${lines(n, (i) => `x-${i + 1}: &a${i + 1} {<<: *a${i}}`)}services:\n  app:\n    image: nginx\n    <<: *a${Math.min(n, 400)}\n`,
  ),
  'merge keys that grow': compose(
    (n) =>
      `x-0: &a0 {k0: true}\n${lines(n, (i) => `x-${i + 1}: &a${i + 1} {<<: *a${i}, k${i + 1}: 1}`)}services:\n  app:\n    image: nginx\n    <<: *a${Math.min(n, 400)}\n`,
  ),
  'one large anchor in many services': compose((n) => {
    const side = Math.ceil(Math.sqrt(n));
    return `x-e: &e\n${lines(n, (i) => `  K${i}: v`)}services:\n${lines(side, (i) => `  s${i}:\n    image: nginx\n    environment: {<<: *e, A: ${i}}`)}`;
  }),
  'aliases of lists of aliases': compose(
    (n) =>
      `x-0: &a0 [x]\n${lines(n, (i) => `x-${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`)}services:\n  app:\n    command: *a${n}\n`,
  ),
  'aliases of mappings of aliases': compose(
    (n) =>
      `x-0: &a0 {x: y}\n${lines(n, (i) => `x-${i + 1}: &a${i + 1} {a: *a${i}, b: *a${i}}`)}services:\n  app:\n    image: nginx\n    environment: *a12\n    labels: *a${n}\n`,
  ),
  'aliases of nothing': compose(
    (n) => `services:\n  app:\n    image: nginx\n    command: [${many(n, (i) => `*n${i}`).join(', ')}]\n`,
  ),
  'aliases of themselves': compose(
    (n) => `services:\n${lines(n, (i) => `  s${i}: &a${i}\n    image: nginx\n    environment: *a${i}`)}`,
  ),
  'deep lists': compose(
    (n) => `services:\n  app:\n    image: nginx\n    command: ${'['.repeat(n)}${']'.repeat(n)}\n`,
  ),
  'open lists': compose((n) => `services:\n  app:\n    image: nginx\n    command: ${'['.repeat(n)}\n`),
  'deep mappings': compose(
    (n) => `services:\n  app:\n    image: nginx\n    x-a: ${'{a: '.repeat(n)}${'}'.repeat(n)}\n`,
  ),
  'open mappings': compose((n) => `services:\n  app:\n    image: nginx\n    x-a: ${'{a: '.repeat(n)}\n`),
  'deep dashes': compose(
    (n) => `services:\n  app:\n    image: nginx\n    command:\n      ${'- '.repeat(n)}\n`,
  ),
  'deep questions': compose(
    (n) => `services:\n  app:\n    image: nginx\n    x-a:\n      ${'? '.repeat(n)}\n`,
  ),
  documents: compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n${lines(n, () => '---\nservices:\n  app:\n    privileged: true')}`,
  ),
  'documents of other services': compose((n) =>
    lines(n, (i) => `---\nservices:\n  s${i}:\n    image: nginx`),
  ),
  'documents with ranges of ports': compose((n) =>
    lines(n, () => '---\nservices:\n  app:\n    image: nginx\n    ports: ["1-65535:1-65535"]'),
  ),
  'a build of stages on each other': (n) => ({
    'compose.yaml': 'services:\n  app:\n    build: .\n',
    Dockerfile: `FROM debian:12 AS s0\n${lines(n, (i) => `FROM s${i} AS s${i + 1}\nRUN a`)}`,
  }),
  'documents with ports': compose((n) =>
    lines(
      n,
      (i) => `---\nservices:\n  app:\n    image: nginx\n    ports: ["${i}:80"]\n    environment: {A${i}: b}`,
    ),
  ),
  'empty documents': compose((n) => `${'---\n'.repeat(n)}services:\n  app:\n    image: nginx\n`),
  tags: service('ports', (i) => `- !reset "${i}:80"`),
  'services reset': services((i) =>
    i % 2 ? 'image: nginx\nports: !reset []' : 'image: nginx\nports: !override ["80:80"]',
  ),
  includes: compose(
    (n) => `include:\n${lines(n, (i) => `  - f${i}.yaml`)}services:\n  app:\n    image: nginx\n`,
  ),
  'includes in a circle': (n) => ({
    'compose.yaml': `include: [f0.yaml, f1.yaml]\n${lines(n, (i) => `x-${i}: a`)}`,
    ...Object.fromEntries(
      many(60, (i) => i.toString()).map((i) => [
        `f${i}.yaml`,
        `include: [f${(Number(i) + 1) % 60}.yaml, f${(Number(i) + 2) % 60}.yaml]\nservices:\n  s${i}:\n    image: nginx:latest\n`,
      ]),
    ),
  }),
  'includes of one file': (n) => ({
    'compose.yaml': `include:\n${lines(n, () => '  - f0.yaml')}`,
    'f0.yaml': 'services:\n  a:\n    image: nginx:latest\n',
  }),
  'nested defaults': compose(
    (n) => `services:\n  app:\n    image: ${'${A:-${B:-'.repeat(n)}x${'}}'.repeat(n)}\n`,
  ),
  'open defaults': compose((n) => `services:\n  app:\n    image: "${'${A:-'.repeat(n)}"\n`),
  'nested errors of variables': compose(
    (n) => `services:\n  app:\n    image: ${'${A:+${B:?'.repeat(n)}x${'}}'.repeat(n)}\n`,
  ),
  'variables of one value': compose((n) => `services:\n  app:\n    image: "${'$A${B}$$'.repeat(n)}"\n`),
  'missing variables': service('environment', (i) => `K${i}: \${MISSING${i}:?give it}`),
  'variables of an env file': (n) => ({
    'compose.yaml': 'services:\n  app:\n    image: nginx:$A5\n    environment: {PASSWORD: $A7}\n',
    '.env': `A0=x\n${lines(n, (i) => `A${i + 1}=$A${i}$A${i}`)}`,
  }),
  'lines of an env file': (n) => ({
    'compose.yaml': SMALL,
    '.env': lines(n, (i) => `PASSWORD_${i}=aKf93jdkDk3${i}`),
  }),
  'open quotes of an env file': (n) => ({ 'compose.yaml': SMALL, '.env': lines(n, () => 'A="b \'c') }),
  'lines of a dockerignore': (n) => ({
    Dockerfile: 'FROM debian:12\nCOPY . .\nCOPY a b c /d\n',
    '.dockerignore': lines(n, (i) => `**/a${i}*/**/b\n!c${i}`),
  }),
  'stars of a dockerignore': (n) => ({
    Dockerfile: 'FROM debian:12\nCOPY . .\n',
    '.dockerignore': `${'**/*a'.repeat(n)}\n${'*?'.repeat(n)}\n`,
  }),
  'lines of a gitignore': (n) => ({
    'compose.yaml': SMALL,
    '.gitignore': lines(n, (i) => `**/a${i}*/**/b\n!c${i}`),
    '.env': 'A=b\n',
  }),
  'stars of a gitignore': (n) => ({
    'compose.yaml': SMALL,
    '.gitignore': `${'**/*a'.repeat(n)}\n${'*?'.repeat(n)}\n`,
    '.env': 'A=b\n',
  }),
  'rules of a configuration': (n) => ({
    'compose.yaml': SMALL,
    '.bulkhead.yaml': `rules:\n${lines(n, (i) => `  nonsense-${i}: off`)}services:\n${lines(n, (i) => `  s${i}: {privileged-container: why}`)}`,
  }),
  'patterns of a configuration': (n) => ({
    'compose.yaml': SMALL,
    '.bulkhead.yaml': `exclude:\n${lines(n, (i) => `  - "**/a${i}*/**"`)}allowedRegistries:\n${lines(n, (i) => `  - r${i}.org`)}`,
  }),
  'stars of a configuration': (n) => ({
    'compose.yaml': SMALL,
    '.bulkhead.yaml': `exclude: ["${'**/*a'.repeat(n)}", "${'{a,b}'.repeat(n)}", "${'+(a|'.repeat(n)}"]\n`,
  }),
  'a baseline': (n) => ({
    'compose.yaml': SMALL,
    '.bulkhead.yaml': 'baseline: b.json\n',
    'b.json': JSON.stringify({
      version: 1,
      findings: many(n, (i) => ({
        path: 'compose.yaml',
        rule: 'image-untagged',
        subject: 'app',
        fingerprint: i.toString(16).padStart(16, '0'),
      })),
    }),
  }),
  'ignore comments': services(
    () => '# bulkhead-ignore privileged-container until 2027-01-01: because\nprivileged: true',
  ),
  'useless ignore comments': compose(
    (n) =>
      `${lines(n, (i) => `# bulkhead-ignore-file nonsense-${i}, port-all-interfaces: because`)}services:\n  app:\n    image: nginx\n`,
  ),
  'ignore comments of services': services(
    () => 'image: nginx # bulkhead-ignore tag-latest\n# bulkhead-ignore-service image-untagged\nports: [80]',
  ),
  'rules of one ignore comment': compose(
    (n) =>
      `services:\n  app:\n    image: nginx # bulkhead-ignore ${many(n, (i) => `image-untagged, n${i}`).join(', ')}: a\n`,
  ),
  comments: compose((n) => `services:\n  app:\n    image: nginx\n${lines(n, () => '    # a comment')}`),
  'commented keys': compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n${lines(n, (i) => `    # mem_limit: ${i}g\n    k${i}: a # b`)}`,
  ),
  'empty lines': compose(
    (n) => `services:\n  app:\n    image: nginx\n${'\n'.repeat(n)}    privileged: true\n`,
  ),
  'a flow mapping': compose(
    (n) => `services: {app: {image: nginx, environment: {${many(n, (i) => `A${i}: b`).join(', ')}}}}\n`,
  ),
  'flow services': compose(
    (n) => `services: {${many(n, (i) => `s${i}: {image: nginx, ports: [80]}`).join(', ')}}\n`,
  ),
  json: compose(
    (n) =>
      `{"services": {${many(n, (i) => `"s${i}": {"image": "nginx", "privileged": true}`).join(',\n')}}}\n`,
  ),
  'a block scalar': compose(
    (n) => `services:\n  app:\n    image: nginx\n    command: |+\n${lines(n, () => '      a b')}`,
  ),
  'block scalars': service('environment', (i) => `K${i}: |\n        a\n\n        b`),
  'blank lines of a block scalar': compose(
    (n) =>
      `services:\n  app:\n    image: nginx\n    command: |\n      a\n${'\n'.repeat(n)}    privileged: true\n`,
  ),
  'a plain scalar of lines': compose(
    (n) => `services:\n  app:\n    image: nginx\n    command: a\n${lines(n, () => '      b')}`,
  ),
  'a quoted scalar of lines': compose(
    (n) => `services:\n  app:\n    image: nginx\n    command: "a\n${lines(n, () => '      b \\')}"\n`,
  ),
  escapes: compose((n) => `services:\n  app:\n    image: "${'\\x41\\u0041\\n'.repeat(n)}"\n`),
  'broken indentation': broken((i) => `${' '.repeat(i % 7)}k${i}: v`),
  tabs: broken((i) => `\tk${i}: v`),
  'open double quotes': broken((i) => `    k${i}: "v`),
  'open single quotes': broken((i) => `    k${i}: 'v`),
  'open brackets': broken((i) => `    k${i}: [v`),
  'open braces': broken((i) => `    k${i}: {v`),
  'closing brackets': broken((i) => `    k${i}: ]v`),
  'closing braces': broken((i) => `    k${i}: }v`),
  'two colons': broken((i) => `    k${i}: v: w`),
  'keys without colon': broken((i) => `    k${i}`),
  'keys without colon between others': broken((i) => `    k${i}\n    l${i}: v`),
  'values behind quotes': broken((i) => `    k${i}: "v" w`),
  'dashes among keys': broken((i) => `    - k${i}\n    l${i}: v`),
  'percent signs at the start': broken((i) => `    k${i}: %v`),
  'at signs at the start': broken((i) => `    k${i}: @v`),
  'stars at the start': broken((i) => `    k${i}: *`),
  'ampersands at the start': broken((i) => `    k${i}: & v`),
  'exclamation marks at the start': broken((i) => `    k${i}: !<v`),
  'escapes that are none': broken((i) => `    k${i}: "\\q"`),
  'block headers that are none': broken((i) => `    k${i}: |x`),
  directives: broken(() => '%YAML 1.2'),
  'document marks among keys': broken((i) => `    k${i}: v\n--- a: b`),
  'all that is broken': broken(
    (i) =>
      [
        '    a: "b',
        '    c: [d',
        '  e: {f',
        '\tg: h',
        '    i: j: k',
        '    - l',
        ' m',
        '    n: %o',
        '    q: |x',
        '    r: *',
        "    s: 't",
        '}',
      ][i % 12] ?? '',
  ),
  'half of all that is broken': broken(
    (i) =>
      ['    a: "b', '    c: d', '    e: {f', '    g: h', '    i: j: k', '    l: m', '    n: [o', '    p: q'][
        i % 8
      ] ?? '',
  ),
  'carriage returns': compose(
    (n) => `services:\r  app:\r    image: nginx\r${'    privileged: true\r'.repeat(n)}`,
  ),
  crlf: compose((n) => `services:\r\n${many(n, (i) => `  s${i}:\r\n    image: nginx\r\n`).join('')}`),
  'nul and lone surrogates': services(() => 'image: "ngi\\0nx\ud800"\ncommand: a\0b\udc00'),
  'byte order marks': compose((n) => `${'\ufeff'.repeat(n)}services:\n  app:\n    image: nginx\n`),
  'one long line': compose((n) => `services: {app: {image: nginx, command: ${'a'.repeat(n)}}}\n`),
  'one long key': compose((n) => `services:\n  ${'a'.repeat(n)}:\n    image: nginx\n`),
  'nothing but dashes': compose((n) => `services:\n${'- '.repeat(n)}\n${'-'.repeat(n)}\n`),
  'nothing but letters': compose((n) => 'services: '.repeat(n)),
  ...Object.fromEntries(
    ODD_CHARACTERS.map(([name, part]) => [`values of ${name}`, inPlaces((n) => part.repeat(n))]),
  ),
  ...Object.fromEntries(PLAIN_VALUES.map(([name, value]) => [`a long ${name}`, inPlaces(value)])),
};
