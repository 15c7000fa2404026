/** Files that only the editor can read: the server asks for them, and knows what it does not know. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import { codesOf, type Editor, startEditor } from './support/lsp-editor.js';

const COMPOSE = 'memfs:/shop/compose.yaml';
const OVERRIDE = 'memfs:/shop/compose.override.yaml';
const DOCKERFILE = 'memfs:/shop/Dockerfile';
const BASE = 'services:\n  web:\n    image: nginx:1.31\n    privileged: true\n';

let running: Editor | undefined;

async function start(files: Record<string, string | undefined>, disk?: Map<string, string>): Promise<Editor> {
  running = await startEditor({
    rules,
    settings: { absence: 'separate' },
    files: new Map(Object.entries(files)),
    initializationOptions: { client: { status: true } },
    ...(disk && { disk }),
  });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const asked = (editor: Editor) => editor.asked.all.flatMap(({ uris }) => uris);

describe('a document on a file system that only the editor knows', () => {
  test('is judged with the override file beside it', async () => {
    const editor = await start({ [OVERRIDE]: 'services:\n  web:\n    mem_limit: 1g\n' });
    editor.open(COMPOSE, BASE);
    const codes = codesOf(await editor.diagnostics(COMPOSE));
    assert.ok(codes.includes('privileged-container') && codes.includes('cpu-limit-missing'));
    assert.ok(!codes.includes('memory-limit-missing'));
  });

  test('follows the configuration of its project', async () => {
    const editor = await start({ 'memfs:/shop/.bulkhead.yaml': 'rules: {privileged-container: off}\n' });
    editor.open(COMPOSE, BASE);
    assert.ok(!codesOf(await editor.diagnostics(COMPOSE)).includes('privileged-container'));
  });

  test('is looked at again when a neighbour changes', async () => {
    const files = { [OVERRIDE]: 'services:\n  web:\n    mem_limit: 1g\n' };
    const editor = await start(files);
    editor.open(COMPOSE, BASE);
    assert.ok(!codesOf(await editor.diagnostics(COMPOSE)).includes('memory-limit-missing'));
    editor.files.set(OVERRIDE, 'services:\n  web:\n    cpus: 1\n');
    const next = editor.published.next(({ uri }) => uri === COMPOSE);
    await editor.changedOnDisk(OVERRIDE);
    assert.ok(codesOf((await next).diagnostics).includes('memory-limit-missing'));
  });

  test('asks for all that it needs in few requests, and for no open document', async () => {
    const editor = await start({});
    editor.open(OVERRIDE, 'services:\n  web:\n    mem_limit: 1g\n');
    await editor.diagnostics(OVERRIDE);
    const before = editor.asked.all.length;
    editor.open(COMPOSE, BASE);
    assert.ok(!codesOf(await editor.diagnostics(COMPOSE)).includes('memory-limit-missing'));
    const requests = editor.asked.all.slice(before);
    assert.ok(requests.length <= 6, `${requests.length} requests`);
    for (const { uris } of requests) {
      assert.equal(new Set(uris).size, uris.length, 'each file once');
      assert.ok(!uris.includes(OVERRIDE) && !uris.includes(COMPOSE));
    }
  });

  test('names files elsewhere in vain', async () => {
    const editor = await start({ 'memfs:/secret.yaml': 'services: {}\n' });
    editor.open(COMPOSE, `include: [../secret.yaml, /etc/compose.yaml]\n${BASE}`);
    await editor.diagnostics(COMPOSE);
    assert.deepEqual(
      asked(editor).filter((uri) => !uri.startsWith('memfs:/shop/')),
      [],
    );
  });

  test('may be untitled: then nothing lies around it', async () => {
    const editor = await start({});
    editor.open('untitled:Untitled-1', BASE, 'dockercompose');
    assert.ok(codesOf(await editor.diagnostics('untitled:Untitled-1')).includes('privileged-container'));
    assert.deepEqual(asked(editor), []);
  });
});

describe('what cannot be read', () => {
  test('may say anything: nothing is missed in a service that it may complete, and the status says why', async () => {
    const editor = await start({ [OVERRIDE]: undefined });
    editor.open(COMPOSE, BASE);
    const codes = codesOf(await editor.diagnostics(COMPOSE));
    assert.ok(codes.includes('privileged-container'), 'what is there is there');
    assert.deepEqual(
      codes.filter((code) => /-missing$/.test(code)),
      [],
    );
    const { state, detail = '' } = await editor.statuses.first(({ uri }) => uri === COMPOSE);
    assert.equal(`${state}: ${detail}`, 'incomplete: `compose.override.yaml` cannot be read');
  });

  test('may be a .dockerignore that leaves out what is copied', async () => {
    const text = 'FROM nginx:1.31\nCOPY . /srv\n';
    const absent = await start({});
    absent.open(DOCKERFILE, text);
    assert.ok(codesOf(await absent.diagnostics(DOCKERFILE)).includes('copy-everything'));
    await absent.stop();
    const editor = await start({ 'memfs:/shop/.dockerignore': undefined });
    editor.open(DOCKERFILE, text);
    assert.ok(!codesOf(await editor.diagnostics(DOCKERFILE)).includes('copy-everything'));
  });

  test('may be the configuration', async () => {
    const editor = await start({ 'memfs:/shop/.bulkhead.yaml': undefined });
    editor.open(COMPOSE, BASE);
    const { detail = '' } = await editor.statuses.first(({ uri }) => uri === COMPOSE);
    assert.match(detail, /`\.bulkhead\.yaml` cannot be read/);
  });
});

test('the disk comes first for files that lie on it', async () => {
  const override = 'file:///project/compose.override.yaml';
  const editor = await start({}, new Map([[override, 'services:\n  web:\n    mem_limit: 1g\n']]));
  editor.open('file:///project/compose.yaml', BASE);
  const codes = codesOf(await editor.diagnostics('file:///project/compose.yaml'));
  assert.ok(!codes.includes('memory-limit-missing'));
  assert.deepEqual(asked(editor), []);
});
