/** "Harden" in an editor and `fix --unsafe` on the command line make the same of the same files. */
import assert from 'node:assert/strict';
import { afterEach, describe, type TestContext, test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import { folderWith } from './support/cli.js';
import { type Editor, startEditor } from './support/lsp-editor.js';

type Files = Readonly<Record<string, string>>;

const HARDEN_FILE = 'refactor.rewrite.bulkhead.hardenAll';

let running: Editor | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** The files after hardening the named ones, in this order, until nothing is offered any more. */
async function inEditor(files: Files, order: readonly string[], settings: object): Promise<Files> {
  const uriOf = (name: string) => `file:///project/${name}`;
  const disk = new Map(Object.entries(files).map(([name, text]) => [uriOf(name), text]));
  const editor = await startEditor({ rules, settings, disk });
  running = editor;
  for (const name of Object.keys(files)) editor.open(uriOf(name), files[name] ?? '');
  for (const name of order) {
    const [action, ...others] = await editor.actions(uriOf(name), '', [HARDEN_FILE]);
    assert.deepEqual(others, []);
    assert.ok(action, `${name} is offered`);
    editor.apply((await editor.resolve(action)).edit);
  }
  return Object.fromEntries(Object.keys(files).map((name) => [name, editor.text(uriOf(name))]));
}

async function onCommandLine(t: TestContext, files: Files, words: readonly string[]): Promise<Files> {
  const folder = folderWith(t, files);
  const { err } = await folder.run(['fix', '--unsafe', '--write', ...words], { rules });
  assert.match(err, /fix(es)? in/);
  return Object.fromEntries(Object.keys(files).map((name) => [name, folder.read(name)]));
}

const DOCKERFILE = 'FROM node:24\nWORKDIR /app\nCOPY package.json app.js ./\nCMD ["node", "app.js"]\n';

const SHOP: Files = {
  'compose.yaml': `# The shop.
services:
  web:
    build: .
    user: root
    ports: ["8080:3000"]
    depends_on: [db]
  worker:
    build: .
    command: [node, worker.js] # long jobs
    depends_on: [db]
  proxy:
    image: traefik:v3.5
    command: [--providers.docker=true]
    ports: ["80:80"]
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
  db:
    image: postgres:18
    environment: {POSTGRES_PASSWORD: example}
`,
  Dockerfile: DOCKERFILE,
};

for (const profile of ['recommended', 'strict']) {
  describe(`in the profile ${profile}`, () => {
    const settings = { profile };
    const words = ['--profile', profile];

    test('of services, some built here, and their Dockerfile', async (t) => {
      const [editor, tool] = [
        await inEditor(SHOP, ['compose.yaml'], settings),
        await onCommandLine(t, SHOP, [...words, 'compose.yaml']),
      ];
      assert.deepEqual(editor, tool);
      assert.match(tool['compose.yaml'] ?? '', /^x-hardening: &hardening$/m);
    });

    test('of a Dockerfile with several stages', async (t) => {
      const files = {
        Dockerfile: `FROM golang:1.25 AS build\nRUN apt-get update && apt-get install -y git\nCOPY main.go .\nRUN go build -o /app main.go\n\nFROM debian:13\nRUN apt-get update && apt-get install -y curl\nCOPY --from=build /app /app\nCMD ["/app"]\n`,
      };
      assert.deepEqual(
        await inEditor(files, ['Dockerfile'], settings),
        await onCommandLine(t, files, [...words, 'Dockerfile']),
      );
    });

    test('of a service with an override', async (t) => {
      const files = {
        'compose.yaml': 'services:\n  a:\n    image: redis:8\n  b:\n    image: nginx:1.29\n',
        'compose.override.yaml': 'services:\n  a:\n    ports: ["6379:6379"]\n    privileged: true\n',
      };
      assert.deepEqual(
        await inEditor(files, ['compose.yaml'], settings),
        await onCommandLine(t, files, [...words, 'compose.yaml']),
      );
      await running?.stop();
      assert.deepEqual(
        await inEditor(files, ['compose.override.yaml'], settings),
        await onCommandLine(t, files, [...words, 'compose.override.yaml']),
      );
    });
  });
}

test('of one service, with the steps that are chosen', async (t) => {
  const files = {
    'compose.yaml': 'version: "3"\nservices:\n  a:\n    image: redis:8\n    ports: ["6379:6379"]\n',
    '.bulkhead.yaml': 'harden: [limits, ports]\n',
  };
  assert.deepEqual(
    await inEditor(files, ['compose.yaml'], {}),
    await onCommandLine(t, files, ['compose.yaml']),
  );
});

test('of findings that a baseline accepts', async (t) => {
  const text = 'services:\n  a:\n    image: redis:8\n  b:\n    image: nginx:1.29\n';
  const folder = folderWith(t, { 'compose.yaml': text });
  await folder.run(['baseline'], { rules });
  const baseline = '.bulkhead-baseline.json';
  const files = { 'compose.yaml': text, [baseline]: folder.read(baseline) };
  const tool = await onCommandLine(t, files, ['compose.yaml']);
  assert.match(tool['compose.yaml'] ?? '', /mem_limit/);
  assert.deepEqual(await inEditor(files, ['compose.yaml'], {}), tool);
  assert.deepEqual(await running?.diagnostics('file:///project/compose.yaml'), []);
});
