/** The effective configuration that an editor shows beside a Compose file, kept up to date by asking again. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import { type Editor, startEditor } from './support/lsp-editor.js';

const COMPOSE = 'file:///project/compose.yaml';
const OVERRIDE = 'file:///project/compose.override.yaml';
const ENV = 'file:///project/.env';

let running: Editor | undefined;

async function start(disk: Map<string, string>) {
  const editor = await startEditor({ rules, disk });
  running = editor;
  const changes: string[] = [];
  let wake: (() => void) | undefined;
  editor.client.onNotification('bulkhead/effectiveChanged', ({ uri }: { uri: string }) => {
    changes.push(uri);
    wake?.();
  });
  return {
    editor,
    changes,
    async text(uri = COMPOSE): Promise<string | undefined> {
      const result: { text: string } | null = await editor.client.sendRequest('bulkhead/effective', { uri });
      return result?.text;
    },
    /** Waits until the editor has been told this many times. */
    async told(times: number): Promise<void> {
      while (changes.length < times)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
  };
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const BASE = 'services:\n  web:\n    image: nginx:${TAG}\n    env_file: web.env\n';

describe('the effective configuration', () => {
  test('of all files, open or on the disk, with what is not known', async () => {
    const { editor, text } = await start(
      new Map([
        [
          OVERRIDE,
          'services:\n  web:\n    user: "1000"\n  job: {image: "x:${NONE}", profiles: [manual]}\n  b: {build: gone}\n',
        ],
        [ENV, 'TAG=1.31\n'],
        ['file:///project/web.env', 'A=1\n'],
      ]),
    );
    editor.open(COMPOSE, BASE);
    assert.equal(
      await text(),
      `# What Compose makes of compose.yaml, compose.override.yaml
# Not started, because no profile of theirs is active: job
name: project
services:
  b:
    build:
      context: /project/gone # compose.override.yaml:5
      dockerfile: Dockerfile # compose.override.yaml:5
    networks:
      default: null
  web:
    env_file:
      - path: /project/web.env # compose.yaml:4
    environment:
      A: "1" # web.env
    image: nginx:1.31 # compose.yaml:3, nginx:\${TAG}
    networks:
      default: null
    user: "1000" # compose.override.yaml:3
networks:
  default:
    name: project_default
# unknown: services.b.build (compose.override.yaml:5): \`gone/Dockerfile\` cannot be read
`,
    );
  });

  test('says what Compose would refuse', async () => {
    const { editor, text } = await start(new Map());
    editor.open(COMPOSE, 'include: [more.yml]\nservices:\n  web:\n    depends_on: [db]\n');
    assert.match((await text()) ?? '', /^# .*\n# compose\.yaml:1: `more\.yml` cannot be read\n/);
    editor.type(COMPOSE, 'include: [more.yml]\n', '');
    assert.match((await text()) ?? '', /\n# compose\.yaml:2: `web` has neither an image nor a build\n/);
    assert.match((await text()) ?? '', /\n# compose\.yaml:3: `web` depends on the undefined service `db`\n/);
  });

  test('is told to be old once, by any file that it was made of', async () => {
    const disk = new Map([[OVERRIDE, 'services:\n  web:\n    user: "1000"\n']]);
    const { editor, text, told, changes } = await start(disk);
    editor.open(COMPOSE, BASE);
    await text();
    editor.type(COMPOSE, 'web:', 'www:');
    editor.type(COMPOSE, 'www:', 'web:');
    await told(1);
    assert.match((await text()) ?? '', /user: "1000"/);
    disk.set(OVERRIDE, 'services:\n  web:\n    user: "2000"\n');
    await editor.changedOnDisk(OVERRIDE);
    await told(2);
    assert.match((await text()) ?? '', /user: "2000"/);
    disk.set(ENV, 'TAG=9\n');
    await editor.changedOnDisk(ENV);
    await told(3);
    assert.match((await text()) ?? '', /image: nginx:9 /);
    await editor.changedOnDisk('file:///project/elsewhere/compose.yaml');
    await editor.setSettings({ compose: { files: ['compose.yaml'] } });
    await told(4);
    assert.doesNotMatch((await text()) ?? '', /user:/);
    assert.deepEqual(changes, [COMPOSE, COMPOSE, COMPOSE, COMPOSE]);
  });

  test('of a file that is closed is read from the disk', async () => {
    const { text } = await start(new Map([[COMPOSE, 'services:\n  web:\n    image: x\n']]));
    assert.match((await text()) ?? '', /image: x # compose\.yaml:3/);
  });

  test('of what is no Compose file there is none', async () => {
    const { editor, text } = await start(new Map());
    editor.open('file:///project/Dockerfile', 'FROM x\n');
    assert.equal(await text('file:///project/Dockerfile'), undefined);
    assert.equal(await text('file:///project/gone.yaml'), undefined);
  });

  test('is not looked at itself', async () => {
    const { editor } = await start(new Map());
    const uri = 'bulkhead-effective:/project.yaml?file:///project/compose.yaml';
    editor.open(uri, 'services:\n  web:\n    image: nginx:1.31\n    privileged: true\n');
    assert.deepEqual(await editor.diagnostics(uri), []);
  });
});
