// Deterministic generators of Dockerfiles and Compose files that look like real ones: same arguments, same text.

const images = [
  'node:20-alpine',
  'python:3.12-slim',
  'golang:1.23',
  'ubuntu:22.04',
  'nginx:latest',
  'redis',
  'debian:bookworm-slim',
  'postgres:16',
  'eclipse-temurin:21-jre',
];
const packages = [
  'curl',
  'git',
  'ca-certificates',
  'build-essential',
  'libpq-dev',
  'openssl',
  'make',
  'unzip',
  'jq',
];

/** Pseudo-random numbers from 0 to 1 (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A Dockerfile of about `lines` lines with several stages. */
export function dockerfile(lines, seed = 1) {
  const next = random(seed);
  const below = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[below(list.length)];
  const out = ['# syntax=docker/dockerfile:1', 'ARG VERSION=1.0', ''];
  let stages = 0;
  const openStage = () =>
    out.push(
      `FROM ${pick(images)} AS stage${stages++}`,
      'ARG VERSION',
      'ENV APP_HOME=/app \\',
      '    NODE_ENV=production',
      'WORKDIR $APP_HOME',
    );
  const installPackages = () => {
    const names = Array.from({ length: 2 + below(4) }, () => `    ${pick(packages)} \\`);
    out.push('RUN apt-get update && apt-get install -y --no-install-recommends \\', ...names);
    out.push('  && rm -rf /var/lib/apt/lists/*');
  };
  const steps = [
    () =>
      out.length > stages * 25
        ? openStage()
        : out.push('LABEL org.opencontainers.image.version="${VERSION}"'),
    installPackages,
    () => out.push(`COPY --chown=1000:1000 src/mod${below(99)} ./mod`),
    () =>
      out.push(
        'COPY package.json package-lock.json ./',
        'RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev',
      ),
    () => out.push(`# ${pick(['install', 'build', 'configure'])} step ${out.length}`),
    () => out.push(`ENV OPT_${out.length}="value ${out.length}"`),
    () => out.push(`RUN curl -fsSL https://example.com/tool-${out.length}.tar.gz | tar xz -C /opt`),
    () => out.push(`ADD https://example.com/file${out.length}.txt /tmp/`),
    () => out.push(`EXPOSE ${1000 + below(60000)}/tcp`),
    () => out.push(`RUN make target${out.length}`, ''),
  ];
  openStage();
  while (out.length < lines - 6) pick(steps)();
  if (stages > 1) out.push('COPY --from=stage0 /app/bin /usr/local/bin/app');
  if (next() < 0.5) out.push('USER 1000:1000');
  out.push(
    'HEALTHCHECK --interval=30s CMD ["/bin/true"]',
    'ENTRYPOINT ["/usr/local/bin/app"]',
    'CMD ["serve", "--port", "8080"]',
  );
  return `${out.join('\n')}\n`;
}

/** A Compose file of `lines` lines or a few more: whole services are added until it is long enough. */
export function compose(lines, seed = 1) {
  const next = random(seed);
  const out = [
    `name: app${seed}`,
    'x-common: &common',
    '  restart: unless-stopped',
    '  logging:',
    '    driver: json-file',
    'services:',
  ];
  const volumes = Array.from({ length: 7 }, (_, i) => `  data${i}: {}`);
  for (let i = 0; out.length + volumes.length + 1 < lines || i === 0; i++)
    out.push(...service(`svc${i}`, i, next));
  out.push('volumes:', ...volumes);
  return `${out.join('\n')}\n`;
}

/**
 * A Compose project: `compose.yaml` with services of its own, which includes the other files, and the Dockerfiles of all
 * services that are built. By path relative to the folder of the project.
 */
export function composeProject({ files, services }) {
  const texts = new Map();
  const includes = Array.from({ length: files - 1 }, (_, i) => `part${i + 1}.yaml`);
  for (const [index, path] of ['compose.yaml', ...includes].entries()) {
    const next = random(index + 1);
    const names = Array.from({ length: services }, (_, i) => ({ name: `part${index}-svc${i}`, i }));
    const text = [
      ...(index === 0 ? ['name: app', 'include:', ...includes.map((one) => `  - ${one}`)] : []),
      'x-common: &common',
      '  restart: unless-stopped',
      'services:',
      ...names.flatMap(({ name, i }) =>
        service(name, index * services + i, next, `part${index}-svc${i - 1}`),
      ),
      'volumes:',
      ...Array.from({ length: 7 }, (_, i) => `  data${i}: {}`),
    ].join('\n');
    texts.set(path, `${text}\n`);
  }
  for (const text of [...texts.values()])
    for (const [, path] of text.matchAll(/dockerfile: (\S+)/g)) texts.set(path, dockerfile(40, texts.size));
  return texts;
}

function service(name, i, next, before = `svc${i - 1}`) {
  const sometimes = (share, ...lines) => (next() < share ? lines : []);
  const origin =
    next() < 0.4
      ? ['    build:', '      context: .', `      dockerfile: docker/${name}.Dockerfile`]
      : [`    image: ${images[Math.floor(next() * images.length)]}`];
  return [
    `  ${name}:`,
    ...sometimes(0.5, '    <<: *common'),
    ...origin,
    '    environment:',
    ...[0, 1, 2].map((k) => `      VAR_${k}: "value ${k}"`),
    '    ports:',
    `      - "${8000 + i}:80"`,
    ...sometimes(0.5, `      - 127.0.0.1:${9000 + i}:90`),
    '    volumes:',
    `      - data${i % 7}:/var/lib/data`,
    ...sometimes(0.2, '      - /var/run/docker.sock:/var/run/docker.sock:ro'),
    ...sometimes(0.1, '    privileged: true'),
    ...sometimes(0.3, '    cap_drop: [ALL]'),
    ...sometimes(0.3, '    mem_limit: 256m'),
    ...(before.endsWith('-1') ? [] : ['    depends_on:', `      - ${before}`]),
    '    healthcheck:',
    '      test: ["CMD", "curl", "-f", "http://localhost"]',
    '      interval: 30s',
    '    command: >-',
    '      serve',
    '      --port 80',
  ];
}

/**
 * A document with a place to type in its middle: `text` has an empty line (but for its indentation) there, the cursor
 * stands at its end (`offset` in UTF-16 units, `line` and `character` from 0), and `typed` is what a person may write.
 */
export function typingScene(kind, lines) {
  return sceneIn(kind, kind === 'dockerfile' ? dockerfile(lines, 9) : compose(lines, 7));
}

/** The same in the first file of a project; `beside` are the other files by path. */
export function projectScene(size) {
  const { 'compose.yaml': text, ...beside } = Object.fromEntries(composeProject(size));
  return { ...sceneIn('compose', text), beside };
}

function sceneIn(kind, text) {
  const words = 'lorem ipsum dolor '.repeat(20);
  const scene =
    kind === 'dockerfile'
      ? { text, before: /^RUN make/, indent: '', typed: `RUN echo ${words}` }
      : { text, before: /^ {4}environment:/, indent: '    ', typed: `x-note: ${words}` };
  const all = scene.text.split('\n');
  const line = all.findIndex((one, i) => i >= all.length / 2 && scene.before.test(one));
  all.splice(line, 0, scene.indent);
  return {
    text: all.join('\n'),
    offset: all.slice(0, line).join('\n').length + 1 + scene.indent.length,
    line,
    character: scene.indent.length,
    typed: scene.typed,
  };
}
