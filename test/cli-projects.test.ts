/** The command line tool on projects of several files: each finding once, in its file, about what would start. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { words } from '../server/src/l10n/message.js';
import { folderWith, sampleRules } from './support/cli.js';
import { rules } from '../server/src/rules/index.js';
import { defineRule } from '../server/src/rules/rule.js';

const HARD = 'read_only: true, init: true';
const BASE = `services:\n  a: {image: x, ${HARD}}\n`;

/** \`path: rule\` of every finding, and the files of the report. */
function read(json: string) {
  const { files, findings } = JSON.parse(json) as {
    files: { path: string; status: string }[];
    findings: { path: string; rule: string; range: { start: { line: number } } }[];
  };
  return {
    files: files.map(({ path }) => path),
    findings: findings.map(({ path, rule, range }) => `${path}:${range.start.line} ${rule}`),
    status: Object.fromEntries(files.map(({ path, status }) => [path, status])),
  };
}

const JSON_FORMAT = ['lint', '--format', 'json'];

describe('lint of a project', () => {
  test('a finding stands in the file that says so', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': BASE,
      'compose.override.yaml': 'services:\n  a:\n    privileged: true\n',
    });
    const { findings } = read((await folder.run(JSON_FORMAT)).out);
    assert.deepEqual(findings, ['compose.override.yaml:3 container-privileged']);
  });

  test('what the override sets is not missing, what it takes back is no finding', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': 'services:\n  a:\n    image: x\n    privileged: true\n',
      'compose.override.yaml': `services:\n  a: {privileged: false, ${HARD}}\n`,
    });
    const { code, out } = await folder.run([]);
    assert.deepEqual({ code, out }, { code: 0, out: '2 files, no findings\n' });
  });

  test('a fragment without its base lacks nothing', async (t) => {
    const folder = folderWith(t, { 'compose.override.yaml': 'services:\n  a:\n    user: "1"\n' });
    assert.deepEqual(read((await folder.run(JSON_FORMAT)).out).findings, []);
  });

  test('a file that is named brings the files it is made of', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': `include: [inc/more.yml]\nservices:\n  a: {extends: {file: common.yml, service: m}, ${HARD}}\n`,
      'inc/more.yml': 'services:\n  b: {image: x, privileged: true, init: true}\n',
      'common.yml': 'services:\n  m:\n    image: x\n    privileged: true\n',
    });
    const { files, findings } = read((await folder.run([...JSON_FORMAT, 'compose.yaml'])).out);
    assert.deepEqual(files, ['compose.yaml', 'inc/more.yml', 'common.yml']);
    assert.deepEqual(findings.sort(), [
      'common.yml:4 container-privileged',
      'inc/more.yml:2 container-privileged',
      'inc/more.yml:2 read-only-missing',
    ]);
  });

  test('what is extended from another file can be mended there', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': `services:\n  a: {extends: {file: common.yml, service: m}, ${HARD}}\n`,
      'common.yml': 'services:\n  m:\n    image: x\n    privileged: true\n',
    });
    const { out } = await folder.run([...JSON_FORMAT, 'compose.yaml']);
    const [finding] = (JSON.parse(out) as { findings: { fixes: { edits: { path: string }[] }[] }[] })
      .findings;
    assert.deepEqual(
      finding?.fixes.map(({ edits }) => edits.map(({ path }) => path)),
      [['common.yml']],
    );
  });

  test('an included file is looked at once', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': 'include: [inc/compose.yml]\n',
      'inc/compose.yml': `services:\n  b: {image: x, privileged: true, ${HARD}}\n`,
    });
    const { files, findings } = read((await folder.run(JSON_FORMAT)).out);
    assert.deepEqual(files, ['compose.yaml', 'inc/compose.yml']);
    assert.deepEqual(findings, ['inc/compose.yml:2 container-privileged']);
  });

  test('what is extended in the same file is said once', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': `services:\n  a: {image: x, privileged: true, ${HARD}}\n  b: {extends: a}\n  c: {extends: b}\n`,
    });
    assert.deepEqual(read((await folder.run(JSON_FORMAT)).out).findings, [
      'compose.yaml:2 container-privileged',
    ]);
  });

  test('files of one project can be named', async (t) => {
    const folder = folderWith(t, {
      'one.yml': 'services:\n  a: {image: x, privileged: true}\n',
      'two.yml': `services:\n  a: {privileged: false, ${HARD}}\n`,
    });
    const { code, out } = await folder.run(['lint', '-f', 'one.yml', '-f', 'two.yml']);
    assert.deepEqual({ code, out }, { code: 0, out: '2 files, no findings\n' });
    assert.equal((await folder.run(['-f', 'one.yml', 'two.yml'])).code, 2);
  });

  test('a project of which a part is missing is never clean', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': `include: [gone.yml]\n${BASE}` });
    const { code, out } = await folder.run(JSON_FORMAT);
    assert.equal(code, 1);
    assert.deepEqual(read(out).status, { 'compose.yaml': 'incomplete' });
  });

  test('a link that leads out of the project is not followed', async (t) => {
    const outside = folderWith(t, { 'secret.yml': 'services:\n  s:\n    image: x\n    privileged: true\n' });
    const folder = folderWith(t, {
      'compose.yaml': `include: [in.yml, out.yml]\n${BASE}`,
      'real/in.yml': `services:\n  b: {image: x, ${HARD}}\n`,
    });
    symlinkSync(join(folder.path, 'real/in.yml'), join(folder.path, 'in.yml'));
    symlinkSync(join(outside.path, 'secret.yml'), join(folder.path, 'out.yml'));
    const { out } = await folder.run([...JSON_FORMAT, 'compose.yaml']);
    assert.deepEqual(read(out).findings, []);
    assert.equal(read(out).status['compose.yaml'], 'incomplete');
    assert.match(out, /`out\.yml` cannot be read/);
    assert.doesNotMatch((await folder.run(['effective'])).out, /privileged/);
  });

  test('variables of the shell change nothing', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': 'services:\n  a: {image: "x:${TAG:-1}", privileged: "${P:-false}"}\n',
    });
    const env = { TAG: 'latest', P: 'true', COMPOSE_FILE: 'gone.yaml', COMPOSE_PROFILES: 'x' };
    const commands = [JSON_FORMAT, ['effective', '--unknown']];
    const run = async (words: readonly string[]) => (await folder.run(words, { env })).out;
    const quiet = await Promise.all(commands.map(async (words) => (await folder.run(words)).out));
    const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, env);
    t.after(() => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });
    assert.deepEqual(await Promise.all(commands.map(run)), quiet);
    assert.match(quiet[1] ?? '', /image: x:1\n/);
  });

  test('a comment accepts what stands in its own file', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': `# bulkhead-ignore-file container-privileged: no\n${BASE}`,
      'compose.override.yaml':
        'services:\n  a:\n    # bulkhead-ignore container-privileged: needed\n    privileged: true\n',
    });
    assert.equal((await folder.run([])).code, 0);
  });
});

test('fix writes to the file that says so, and adds what no file says', async (t) => {
  const folder = folderWith(t, {
    'compose.yaml': 'services:\n  a:\n    image: x\n    init: true\n',
    'compose.override.yaml': 'services:\n  a:\n    user: "1"\n    privileged: true\n',
  });
  await folder.run(['fix', '--unsafe', '--write']);
  assert.equal(
    folder.read('compose.yaml'),
    'services:\n  a:\n    image: x\n    init: true\n    read_only: true\n',
  );
  assert.equal(folder.read('compose.override.yaml'), 'services:\n  a:\n    user: "1"\n');
});

describe('a service that others extend', () => {
  const TEMPLATE = 'services:\n  m:\n    image: x\n  alone:\n    image: x\n    init: true\n';
  const MAIN = 'services:\n  a:\n    extends: {file: common.yml, service: m}\n    init: true\n';

  test('from another file lacks nothing itself, what it says counts', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': MAIN,
      'common.yml': `${TEMPLATE}    privileged: true\n`,
    });
    assert.deepEqual(read((await folder.run(JSON_FORMAT)).out).findings, [
      'common.yml:4 read-only-missing',
      'common.yml:7 container-privileged',
      'compose.yaml:2 read-only-missing',
    ]);
  });

  test('is judged where it runs by itself, too', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': 'services:\n  m:\n    image: x\n    init: true\n',
      'prod.yml': 'services:\n  a:\n    extends: {file: compose.yaml, service: m}\n',
    });
    assert.deepEqual(read((await folder.run(JSON_FORMAT)).out).findings, [
      'compose.yaml:2 read-only-missing',
      'prod.yml:2 read-only-missing',
    ]);
  });

  test('is mended before those that are made of it, so that nothing stands there twice', async (t) => {
    const only = ['--rule', 'no-new-privileges-missing', '--no-config', '--unsafe', '--write'];
    const folder = folderWith(t, {
      'a.yml': 'services:\n  a:\n    extends: {file: compose.yaml, service: m}\n',
      'compose.yaml': 'services:\n  n:\n    extends: m\n  m:\n    image: alpine:3.23\n',
    });
    await folder.run(['fix', ...only], { rules });
    assert.equal(folder.read('a.yml'), 'services:\n  a:\n    extends: {file: compose.yaml, service: m}\n');
    assert.equal(
      folder.read('compose.yaml'),
      'services:\n  n:\n    extends: m\n  m:\n    image: alpine:3.23\n    security_opt:\n      - no-new-privileges:true\n',
    );
    assert.equal((await folder.run(['effective', '-f', 'a.yml'])).code, 0);
  });
});

describe('fix over several files', () => {
  const ROOT_SERVICE = {
    'compose.yaml': 'services:\n  api:\n    build: .\n    user: root\n    init: true\n',
    Dockerfile: 'FROM python:3.14-slim\nCMD ["python", "-m", "http.server"]\n',
  };
  const only = ['--rule', 'service-user-root', '--no-config'];

  test('a service and its Dockerfile, also when only one of them was named', async (t) => {
    const folder = folderWith(t, ROOT_SERVICE);
    const { out, code } = await folder.run(['fix', '--unsafe', ...only, 'compose.yaml'], { rules });
    assert.equal(code, 1);
    assert.match(out, /^--- a\/compose\.yaml.*- {4}user: root\n.*--- a\/Dockerfile.*\+USER app\n/s);
    const { err } = await folder.run(['fix', '--unsafe', '--write', ...only, 'compose.yaml'], { rules });
    assert.match(err, /^1 fix in 2 files:\n.* {2}Dockerfile\n {4}changed by fixes of compose\.yaml\n$/s);
    assert.match(folder.read('Dockerfile'), /\nUSER app\nCMD/);
    assert.doesNotMatch(folder.read('compose.yaml'), /user/);
  });

  test('nothing is done twice when both files ask for it', async (t) => {
    const folder = folderWith(t, ROOT_SERVICE);
    const both = ['--rule', 'service-user-root', '--rule', 'user-missing', '--no-config'];
    await folder.run(['fix', '--unsafe', '--write', ...both], { rules });
    assert.equal(folder.read('Dockerfile').match(/USER app/g)?.length, 1);
    assert.equal((await folder.run(['fix', '--unsafe', ...both], { rules })).code, 0);
  });

  test('a Dockerfile that could be damaged stays as it is, and the service too', async (t) => {
    const folder = folderWith(t, {
      ...ROOT_SERVICE,
      Dockerfile: Buffer.from('FROM python:3.14\n# \xff\n', 'latin1'),
    });
    const { code, out } = await folder.run(['fix', '--unsafe', ...only], { rules });
    assert.deepEqual({ code, out }, { code: 0, out: '' });
  });

  test('a report lists the places of both files', async (t) => {
    const { out } = await folderWith(t, ROOT_SERVICE).run([...JSON_FORMAT, ...only, 'compose.yaml'], {
      rules,
    });
    const { findings } = JSON.parse(out) as {
      findings: { fixes: { edits: { path: string }[] }[]; related: { path: string }[] }[];
    };
    assert.deepEqual(
      findings[0]?.fixes[0]?.edits.map(({ path }) => path),
      ['compose.yaml', 'Dockerfile'],
    );
    assert.deepEqual(
      findings[0]?.related.map(({ path }) => path),
      ['Dockerfile'],
    );
  });

  test('a finding in a Dockerfile says for whom it is built', async (t) => {
    const folder = folderWith(t, ROOT_SERVICE);
    const words = [...JSON_FORMAT, '--rule', 'user-missing', '--no-config'];
    const { out } = await folder.run(words, { rules });
    const { findings } = JSON.parse(out) as { findings: { path: string; related: object[] }[] };
    assert.deepEqual(
      findings.map(({ path, related }) => [path, related]),
      [
        [
          'Dockerfile',
          [
            {
              path: 'compose.yaml',
              range: { start: { line: 3, column: 5 }, end: { line: 3, column: 10 } },
              message: 'The image of `api` is built from this',
            },
          ],
        ],
      ],
    );
    const text = await folder.run(['--rule', 'user-missing', '--no-config'], { rules });
    assert.doesNotMatch(text.out, /is built from this/);
    const page = await folder.run(['--format', 'html', '--no-config'], { rules });
    assert.match(
      page.out,
      /<h4>.* <small>· image of <code>api<\/code> \(compose\.yaml line 3\)<\/small><\/h4>/,
    );
    assert.doesNotMatch(page.out, /is built from this/);
  });

  test('it says so once, though the file counts with and without its override', async (t) => {
    const folder = folderWith(t, {
      ...ROOT_SERVICE,
      'compose.override.yaml': 'services:\n  api:\n    command: [sleep, "1"]\n',
    });
    const { out } = await folder.run([...JSON_FORMAT, '--rule', 'user-missing', '--no-config'], { rules });
    const { findings } = JSON.parse(out) as { findings: { related: object[] }[] };
    assert.deepEqual(
      findings.map(({ related }) => related.length),
      [1],
    );
  });
});

describe('the Dockerfile behind a service', () => {
  /** Says which user each service ends with, by its Dockerfile. */
  const userRule = defineRule({
    meta: { ...(sampleRules[0]?.meta ?? never()), id: 'user-of-image', fixes: [] },
    check: {
      *container(container, { stageOf }) {
        const user = stageOf(container)?.user;
        const word = user === undefined ? 'no stage' : user.state === 'set' ? user.value : user.state;
        yield { at: container.namePlace, message: words(word) };
      },
    },
  });

  async function users(t: Parameters<typeof folderWith>[0], files: Readonly<Record<string, string>>) {
    const { out } = await folderWith(t, files).run([...JSON_FORMAT, 'compose.yaml'], { rules: [userRule] });
    return (JSON.parse(out) as { findings: { message: string }[] }).findings.map(({ message }) => message);
  }

  const STAGES =
    'ARG BASE=node:22\nFROM ${BASE} AS base\nUSER node\nFROM base AS dev\nUSER root\nFROM base\n';

  test('target, inline text, arguments and missing files', async (t) => {
    assert.deepEqual(
      await users(t, {
        'compose.yaml': [
          'services:',
          '  last: {build: app}',
          '  dev: {build: {context: app, target: dev}}',
          '  inline: {build: {dockerfile_inline: "FROM x\\nUSER 7\\n"}}',
          '  arg: {build: {context: arg, args: {BASE: "alpine:3"}}}',
          '  context: {build: {context: ctx, additional_contexts: {base: "docker-image://alpine:3"}}}',
          '  gone: {build: gone}',
          '  image: {image: x}',
          '',
        ].join('\n'),
        'app/Dockerfile': STAGES,
        'arg/Dockerfile': 'ARG BASE=base\nFROM x AS base\nUSER 1\nFROM ${BASE}\n',
        'ctx/Dockerfile': 'FROM x AS base\nUSER 1\nFROM base\n',
      }),
      ['node', 'root', '7', 'unset', 'unset', 'no stage', 'no stage'],
    );
  });

  test('is judged for the project around it when it is named alone, as in an editor', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': 'services:\n  web:\n    build: {context: web, target: dev}\n',
      'web/Dockerfile': 'FROM node:24 AS dev\nUSER root\nFROM node:24\nUSER node\n',
    });
    const { out } = await folder.run(['--format', 'json', 'web/Dockerfile']);
    const { findings } = JSON.parse(out) as { findings: { rule: string; path: string }[] };
    assert.deepEqual(
      findings.map(({ rule, path }) => `${path} ${rule}`),
      ['web/Dockerfile user-is-root'],
    );
  });

  test('an included file is judged with the project that includes it, as in an editor', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': 'include: [inc/db.yaml]\n',
      'compose.override.yaml': 'services:\n  db: {read_only: true}\n',
      'inc/db.yaml': 'services:\n  db:\n    image: x\n',
    });
    const { out } = await folder.run(['--format', 'json', 'inc/db.yaml']);
    assert.doesNotMatch(out, /read-only-missing/);
  });

  test('a Dockerfile is judged for the stages that are built', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': `services:\n  a: {build: {context: ., target: dev}, ${HARD}}\n`,
      Dockerfile: STAGES,
    });
    const ships = defineRule({
      meta: { ...(sampleRules[0]?.meta ?? never()), id: 'ships', fixes: [] },
      check: {
        *stage(stage) {
          if (stage.ships) yield { at: stage.at, message: words(stage.label) };
        },
      },
    });
    const { out } = await folder.run(JSON_FORMAT, { rules: [ships] });
    assert.deepEqual(read(out).findings, ['Dockerfile:4 ships']);
  });

  function never(): never {
    throw new Error('there are no sample rules');
  }
});

describe('effective', () => {
  const PROJECT = {
    'compose.yaml': 'services:\n  a:\n    image: "x:${TAG}"\n    ports: ["80:80"]\n',
    'compose.override.yaml': 'services:\n  a:\n    command: echo $$HOME\n    ports: !override ["81:80"]\n',
  };

  test('prints the project in long forms, with origins when asked', async (t) => {
    const folder = folderWith(t, PROJECT);
    const { code, out, err } = await folder.run(['effective', '--origins', '--unknown']);
    assert.deepEqual({ code, err }, { code: 0, err: '' });
    const [, ...lines] = out.split('\n');
    assert.equal(
      lines.join('\n'),
      `services:
  a:
    command:
      - echo # compose.override.yaml:3
      - $$HOME # compose.override.yaml:3
    image: "x:" # compose.yaml:3, x:\${TAG}, unknown: \`TAG\` has no value here
    networks:
      default: null
    ports:
      - mode: ingress # compose.override.yaml:4
        protocol: tcp # compose.override.yaml:4
        published: "81" # compose.override.yaml:4
        target: 80 # compose.override.yaml:4
networks:
  default:
    name: ${folderName(folder.path)}_default
# unknown: services.a.image (compose.yaml:3): \`TAG\` has no value here
`,
    );
  });

  test('says by which way a value came', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': [
        'x-common: &common',
        '  restart: always',
        'services:',
        '  a:',
        '    <<: *common',
        '    extends: {file: base.yml, service: m}',
        '    env_file: a.env',
        '    environment: {B: $$x, C: "${C:-d}"}',
        '',
      ].join('\n'),
      'base.yml': 'services:\n  m:\n    image: x\n',
      'a.env': 'A=1\n',
    });
    const { out } = await folder.run(['effective', '--origins']);
    const lines = out.split('\n').map((line) => line.trim());
    for (const line of [
      'A: "1" # a.env',
      'B: $$x # compose.yaml:8',
      'C: d # compose.yaml:8, ${C:-d}',
      'image: x # base.yml:3, extends m',
      'restart: always # compose.yaml:2, *common',
    ])
      assert.ok(lines.includes(line), `${line} in\n${out}`);
  });

  test('lists what cannot be told, with reasons', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': [
        'include: ["${WHERE}.yml"]',
        'services:',
        '  a: {image: "x:${TAG}", user: "${UID_}"}',
        '  b: {build: gone}',
        '  c: {build: "https://example.com/c.git"}',
        '  d: {build: {context: ., target: "${STAGE}"}}',
        '  e: {extends: {file: gone.yml, service: m}, image: x}',
        '  f: {build: ok}',
        '',
      ].join('\n'),
      'ok/Dockerfile': 'FROM x\n',
    });
    const { code, out, err } = await folder.run(['effective', '--unknown', '--format', 'json']);
    const { unknown } = JSON.parse(out) as { unknown: { path: string; reason: string; at: string }[] };
    assert.equal(code, 1);
    assert.match(err, /compose\.yaml:1: `\$\{WHERE\}\.yml` is not read: `WHERE` has no value here\./);
    assert.deepEqual(
      unknown.map(({ path, reason, at }) => `${path} (${at}): ${reason}`),
      [
        'services.a.image (compose.yaml:3): `TAG` has no value here',
        'services.a.user (compose.yaml:3): `UID_` has no value here',
        'services.d.build.target (compose.yaml:6): `STAGE` has no value here',
        'services.e (compose.yaml:7): `gone.yml` cannot be read',
        'services.b.build (compose.yaml:4): `gone/Dockerfile` cannot be read',
        'services.c.build (compose.yaml:5): `https://example.com/c.git` lies elsewhere and is not fetched',
        'services.d.build (compose.yaml:6): `STAGE` has no value here',
      ],
    );
  });

  test('prints JSON', async (t) => {
    const folder = folderWith(t, PROJECT);
    const { out } = await folder.run(['effective', '--format', 'json', '-f', 'compose.yaml']);
    assert.deepEqual(JSON.parse(out).services.a.ports, [
      { mode: 'ingress', target: 80, published: '80', protocol: 'tcp' },
    ]);
  });

  test('is found from a folder below', async (t) => {
    const folder = folderWith(t, { ...PROJECT, 'sub/x.txt': '' });
    assert.equal((await folder.run(['effective'], { cwd: `${folder.path}/sub` })).code, 0);
    assert.equal((await folder.run(['effective', 'sub'])).code, 2);
  });

  test('says what Compose refuses', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': 'services:\n  a:\n    image: ${IMAGE:?is needed}\n    depends_on: [b]\n',
    });
    const { code, err } = await folder.run(['effective']);
    assert.equal(code, 1);
    assert.equal(
      err,
      'bulkhead: compose.yaml:3: the required variable `IMAGE` has no value: is needed.\n' +
        'bulkhead: compose.yaml:4: `a` depends on the undefined service `b`.\n',
    );
  });
});

function folderName(path: string): string {
  return (path.split('/').at(-1) ?? '').toLowerCase().replace(/[^a-z0-9_-]/g, '');
}
