/** The language server over files that belong together: what is said about one follows from all of them. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import { codesOf, type Editor, messageOf, PULLING, startEditor, VSCODE } from './support/lsp-editor.js';

const COMPOSE = 'file:///project/compose.yaml';
const OVERRIDE = 'file:///project/compose.override.yaml';
const ENV = 'file:///project/.env';
const DOCKERFILE = 'file:///project/Dockerfile';

let running: Editor | undefined;

async function start(disk: Record<string, string>, pull = false): Promise<Editor> {
  const settings = { absence: 'separate' };
  running = await startEditor({
    rules,
    settings,
    disk: new Map(Object.entries(disk)),
    ...(pull && { capabilities: PULLING }),
  });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** The newest list for the document if it has the code, or has it not; otherwise the next one that is so. */
async function until(editor: Editor, uri: string, code: string, present: boolean): Promise<void> {
  const newest = editor.published.all.findLast((one) => one.uri === uri);
  if (newest && codesOf(newest.diagnostics).includes(code) === present) return;
  await editor.published.next(
    (one) => one.uri === uri && codesOf(one.diagnostics).includes(code) === present,
  );
}

const BASE = 'services:\n  web:\n    image: nginx:1.31\n';

describe('an override file', () => {
  test('sets what the base lacks, from the disk and while it is typed', async () => {
    const editor = await start({ [OVERRIDE]: 'services:\n  web:\n    mem_limit: 1g\n' });
    editor.open(COMPOSE, BASE);
    assert.ok(!codesOf(await editor.diagnostics(COMPOSE)).includes('memory-limit-missing'));
    editor.open(OVERRIDE, 'services:\n  web:\n    cpus: 1\n');
    await until(editor, COMPOSE, 'memory-limit-missing', true);
    editor.type(OVERRIDE, 'cpus: 1', 'mem_limit: 1g');
    await until(editor, COMPOSE, 'memory-limit-missing', false);
  });

  test('points from its findings to the service in the base', async () => {
    const editor = await start({ [COMPOSE]: BASE });
    editor.open(OVERRIDE, 'services:\n  web:\n    privileged: true\n');
    const list = await editor.diagnostics(OVERRIDE);
    assert.deepEqual(list.find(({ code }) => code === 'privileged-container')?.relatedInformation, [
      {
        location: {
          uri: COMPOSE,
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
        },
        message: '`web` is defined here',
      },
    ]);
  });

  test('shows its own findings in its own file', async () => {
    const editor = await start({ [COMPOSE]: BASE });
    editor.open(OVERRIDE, 'services:\n  web:\n    privileged: true\n');
    const codes = codesOf(await editor.diagnostics(OVERRIDE));
    assert.ok(codes.includes('privileged-container'));
    assert.ok(!codes.includes('memory-limit-missing'), 'what the service lacks is said in the base');
  });
});

describe('files that a setting names as one project', () => {
  const PROD = 'file:///project/deploy/prod.yaml';
  const named = (...files: string[]) => ({ absence: 'separate', compose: { files } });

  test('are merged in its order, whatever they are called', async () => {
    const editor = await start({ [PROD]: 'services:\n  web:\n    mem_limit: 1g\n' });
    editor.open(COMPOSE, BASE);
    assert.ok(codesOf(await editor.diagnostics(COMPOSE)).includes('memory-limit-missing'));
    await editor.setSettings(named('compose.yaml', 'deploy/prod.yaml'));
    await until(editor, COMPOSE, 'memory-limit-missing', false);
    await editor.setSettings(named('compose.yaml'));
    await until(editor, COMPOSE, 'memory-limit-missing', true);
  });

  test('leave out the override that lies beside', async () => {
    const editor = await start({ [OVERRIDE]: 'services:\n  web:\n    mem_limit: 1g\n' });
    editor.open(COMPOSE, BASE);
    assert.ok(!codesOf(await editor.diagnostics(COMPOSE)).includes('memory-limit-missing'));
    await editor.setSettings(named('compose.yaml'));
    await until(editor, COMPOSE, 'memory-limit-missing', true);
  });

  test('say what is built of a Dockerfile', async () => {
    const stages = 'FROM python:3.14-slim AS dev\nFROM dev\nUSER 7\n';
    const editor = await start({
      [PROD]: 'services:\n  web:\n    build:\n      context: ..\n      target: dev\n',
    });
    await editor.setSettings(named('deploy/prod.yaml'));
    editor.open(DOCKERFILE, stages);
    await until(editor, DOCKERFILE, 'user-missing', true);
    await editor.setSettings(named());
    await until(editor, DOCKERFILE, 'user-missing', false);
  });

  test('a file that is missing is named', async () => {
    const editor = await start({});
    await editor.setSettings(named('compose.yaml', 'gone.yaml'));
    editor.open(COMPOSE, BASE);
    const list = await editor.diagnostics(COMPOSE);
    assert.match(messageOf(list.find(({ code }) => code === 'incomplete')), /`gone\.yaml` cannot be read/);
  });
});

describe('a file that is included', () => {
  const INCLUDED = 'file:///project/services/db.yaml';
  const DB = 'services:\n  db:\n    image: postgres:${TAG}\n';

  test('is judged as the project that includes it will run it', async () => {
    const disk = new Map([
      [COMPOSE, 'include: [services/db.yaml]\nservices:\n  db:\n    mem_limit: 1g\n'],
      [ENV, 'TAG=latest\n'],
    ]);
    running = await startEditor({ rules, settings: { absence: 'separate' }, disk });
    running.open(INCLUDED, DB);
    const codes = codesOf(await running.diagnostics(INCLUDED));
    assert.ok(codes.includes('tag-latest') && codes.includes('cpu-limit-missing'));
    assert.ok(!codes.includes('memory-limit-missing'));
    disk.set(COMPOSE, 'include: [services/db.yaml]\n');
    await running.changedOnDisk(COMPOSE);
    await until(running, INCLUDED, 'memory-limit-missing', true);
    disk.set(COMPOSE, 'services: {}\n');
    await running.changedOnDisk(COMPOSE);
    await until(running, INCLUDED, 'tag-latest', false);
  });

  test('shows the effective configuration of that project', async () => {
    const editor = await start({ [COMPOSE]: 'include: [services/db.yaml]\nservices:\n  web: {image: x}\n' });
    editor.open(INCLUDED, DB);
    const { text }: { text: string } = await editor.client.sendRequest('bulkhead/effective', {
      uri: INCLUDED,
    });
    assert.match(text, /^# What Compose makes of compose\.yaml\n# with parts of services\/db\.yaml\n/);
    assert.match(text, /\n {2}db:\n.*\n {2}web:\n/s);
  });

  test('another project beside it is none of its business', async () => {
    const editor = await start({ [COMPOSE]: 'services:\n  db:\n    mem_limit: 1g\n    image: x\n' });
    editor.open(INCLUDED, DB);
    assert.ok(codesOf(await editor.diagnostics(INCLUDED)).includes('memory-limit-missing'));
  });
});

test('what a service lacks that others extend is said where they are', async () => {
  const template = 'file:///project/common.yaml';
  const editor = await start({
    [COMPOSE]: 'services:\n  a:\n    extends: {file: common.yaml, service: m}\n    mem_limit: 1g\n',
  });
  editor.open(template, 'services:\n  m:\n    image: nginx:1.31\n    privileged: true\n');
  const codes = codesOf(await editor.diagnostics(template));
  assert.ok(codes.includes('privileged-container'));
  assert.ok(!codes.includes('memory-limit-missing') && !codes.includes('pids-limit-missing'));
});

test('a value of .env changes on the disk', async () => {
  const disk = new Map([[ENV, 'TAG=latest\n']]);
  running = await startEditor({ rules, disk });
  running.open(COMPOSE, 'services:\n  web:\n    image: nginx:${TAG}\n');
  assert.ok(codesOf(await running.diagnostics(COMPOSE)).includes('tag-latest'));
  disk.set(ENV, 'TAG=1.31\n');
  await running.changedOnDisk(ENV);
  await until(running, COMPOSE, 'tag-latest', false);
});

test('a USER that is typed in the Dockerfile answers for the service', async () => {
  const editor = await start({});
  editor.open(DOCKERFILE, 'FROM node:24-slim\nCMD ["node", "server.js"]\n');
  editor.open(COMPOSE, 'services:\n  api:\n    build: .\n');
  await until(editor, COMPOSE, 'service-user-missing', true);
  editor.type(DOCKERFILE, 'CMD', 'USER node\nCMD');
  await until(editor, COMPOSE, 'service-user-missing', false);
});

test('the pointer on a key is told the value of the override, as it is typed', async () => {
  const editor = await start({});
  editor.open(OVERRIDE, 'services:\n  web:\n    mem_limit: 1g\n');
  editor.open(COMPOSE, `${BASE}    mem_limit: 2g\n`);
  await editor.diagnostics(COMPOSE);
  const hover = async () => {
    const found = await editor.hover(COMPOSE, editor.rangeOf(COMPOSE, 'mem_limit').start);
    return typeof found?.contents === 'object' && 'value' in found.contents ? found.contents.value : '';
  };
  assert.match(
    await hover(),
    /Effective configuration of `web\.mem_limit`.*mem_limit: "1073741824" # compose\.override\.yaml:3/s,
  );
  editor.type(OVERRIDE, '1g', '3g');
  assert.match(await hover(), /mem_limit: "3221225472" # compose\.override\.yaml:3/s);
});

describe('a service and its Dockerfile', () => {
  const SERVICE = 'services:\n  api:\n    build: .\n    user: root\n';
  const ROOT_IMAGE = 'FROM python:3.14-slim\nCMD ["python", "-m", "http.server"]\n';

  test('a fix changes both files, on the disk or open', async () => {
    const editor = await start({ [DOCKERFILE]: ROOT_IMAGE });
    editor.open(COMPOSE, SERVICE);
    await editor.diagnostics(COMPOSE);
    const find = async () => {
      const actions = await editor.actions(COMPOSE, 'root', ['quickfix']);
      return actions.find(({ title }) => title.startsWith('Remove `user`. In its Dockerfile: '));
    };
    const targets = ({ edit }: NonNullable<Awaited<ReturnType<typeof find>>>) =>
      edit?.documentChanges?.map((one) => 'textDocument' in one && one.textDocument);
    const onDisk = await find();
    assert.ok(onDisk);
    assert.deepEqual(targets(onDisk), [
      { uri: COMPOSE, version: 1 },
      { uri: DOCKERFILE, version: null },
    ]);
    editor.open(DOCKERFILE, `# mine\n${ROOT_IMAGE}`);
    await until(editor, COMPOSE, 'service-user-root', true);
    const open = await find();
    assert.ok(open);
    assert.deepEqual(targets(open)?.[1], { uri: DOCKERFILE, version: 1 });
    editor.apply(open.edit);
    assert.equal(editor.text(COMPOSE), 'services:\n  api:\n    build: .\n');
    assert.match(editor.text(DOCKERFILE), /^# mine\nFROM .*\nRUN useradd .*\nUSER app\nCMD /);
    await until(editor, COMPOSE, 'service-user-root', false);
  });

  test('each says where the other one speaks', async () => {
    const editor = await start({ [DOCKERFILE]: ROOT_IMAGE });
    editor.open(COMPOSE, SERVICE);
    const related = (await editor.diagnostics(COMPOSE)).flatMap(({ code, relatedInformation = [] }) =>
      code === 'service-user-root' ? relatedInformation : [],
    );
    assert.deepEqual(related, [
      {
        location: {
          uri: DOCKERFILE,
          range: { start: { line: 0, character: 5 }, end: { line: 0, character: 21 } },
        },
        message: 'The image runs as root: no `USER` after `FROM python:3.14-slim`',
      },
    ]);
    editor.open(DOCKERFILE, ROOT_IMAGE);
    const [first] = (await editor.diagnostics(DOCKERFILE)).filter(({ code }) => code === 'user-missing');
    assert.deepEqual(first?.relatedInformation, [
      {
        location: {
          uri: COMPOSE,
          range: { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } },
        },
        message: 'The image of `api` is built from this',
      },
    ]);
  });

  test('and says so once for all findings of the stage', async () => {
    const editor = await start({ [COMPOSE]: SERVICE });
    editor.open(DOCKERFILE, `${ROOT_IMAGE}RUN pip install flask\nADD app.py /\n`);
    const list = await editor.diagnostics(DOCKERFILE);
    assert.ok(list.length > 2, codesOf(list).join());
    const speaking = list.filter(({ relatedInformation = [] }) => relatedInformation.length > 0);
    assert.deepEqual(codesOf(speaking), ['user-missing']);
  });

  test('an editor without places for that reads the file and line', async () => {
    const plain = { ...VSCODE, textDocument: { ...VSCODE.textDocument, publishDiagnostics: {} } };
    running = await startEditor({ rules, capabilities: plain, disk: new Map([[DOCKERFILE, ROOT_IMAGE]]) });
    running.open(COMPOSE, SERVICE);
    const list = await running.diagnostics(COMPOSE);
    const [one] = list.filter(({ code }) => code === 'service-user-root');
    assert.match(messageOf(one), /\(see Dockerfile, line 1\)$/);
  });
});

test('a file that the text begins to name is loaded', async () => {
  const editor = await start({
    'file:///project/common.yaml':
      'services:\n  base:\n    image: nginx:1.31\n    privileged: true\n    mem_limit: 1g\n',
  });
  editor.open(COMPOSE, 'services:\n  web:\n    image: nginx:1.31\n');
  assert.ok(codesOf(await editor.diagnostics(COMPOSE)).includes('memory-limit-missing'));
  editor.type(
    COMPOSE,
    '    image: nginx:1.31\n',
    '    extends:\n      file: common.yaml\n      service: base\n',
  );
  const list = await editor.published.first(
    (one) => one.uri === COMPOSE && one.version === 2 && !codesOf(one.diagnostics).includes('incomplete'),
  );
  assert.ok(!codesOf(list.diagnostics).includes('memory-limit-missing'));
});

test('an editor that asks is told to ask again', async () => {
  const editor = await start({}, true);
  editor.open(DOCKERFILE, 'FROM node:24-slim\nCMD ["node", "server.js"]\n');
  editor.open(COMPOSE, 'services:\n  api:\n    build: .\n');
  const before = await editor.pull(COMPOSE);
  assert.ok(before.kind === 'full' && codesOf(before.items).includes('service-user-missing'));
  const refresh = editor.refreshes.next();
  editor.type(DOCKERFILE, 'CMD', 'USER node\nCMD');
  await refresh;
  const after = await editor.pull(COMPOSE);
  assert.ok(after.kind === 'full' && !codesOf(after.items).includes('service-user-missing'));
});
