/** Another branch is checked out while files are open: many change at once, some come, some go. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import type { Diagnostic } from 'vscode-languageserver-types';
import { type Editor, PULLING, startEditor, VSCODE } from './support/lsp-editor.js';

type Branch = Readonly<Record<string, string>>;

/** Files that are open, on each branch. */
const OPEN = ['compose.yaml', 'compose.override.yaml', 'api/Dockerfile', 'jobs/compose.yaml'];

const MAIN: Branch = {
  'compose.yaml': 'services:\n  api:\n    build: ./api\n    env_file: api.env\n  db:\n    image: ${DB}\n',
  'compose.override.yaml': 'services:\n  api:\n    privileged: true\n  db:\n    ports: ["5432:5432"]\n',
  '.env': 'DB=postgres:latest\n',
  'api.env': 'TOKEN=1\n',
  'api/Dockerfile': 'FROM node:24-slim\nCOPY . .\nCMD ["node", "server.js"]\n',
  'api/.dockerignore': '**\n',
  'jobs/compose.yaml':
    'services:\n  night:\n    extends: { file: common.yaml, service: base }\n    image: busybox:1.37\n',
  'jobs/common.yaml': 'services:\n  base:\n    user: root\n    network_mode: host\n',
};
const HARDENED: Branch = {
  'compose.yaml':
    'services:\n  api:\n    build: ./api\n    read_only: true\n  db:\n    image: ${DB}\n    mem_limit: 1g\n',
  'compose.override.yaml': 'services:\n  db:\n    ports: ["127.0.0.1:5432:5432"]\n',
  '.env': 'DB=postgres:18\n',
  'api/Dockerfile': 'FROM node:24-slim\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
  'jobs/compose.yaml':
    'services:\n  night:\n    extends: { file: common.yaml, service: base }\n    image: busybox:1.37\n    privileged: true\n',
  'jobs/common.yaml': 'services:\n  base:\n    user: "1000"\n    cap_drop: [ALL]\n',
  '.bulkhead.yaml': 'profile: strict\nrules:\n  cpu-limit-missing: off\n',
  'jobs/.bulkhead.yaml': 'services:\n  night:\n    privileged-container: it mounts\n',
};
const BROKEN: Branch = {
  ...HARDENED,
  'compose.yaml': 'services:\n  api:\n    build: ./gone\n  db:\n    image: "${DB}\n    mem_limit: 1g\n',
  '.bulkhead.yaml': 'profile: [strict\n',
  'jobs/common.yaml': '<<<<<<< main\nservices:\n=======\nx: 1\n>>>>>>> other\n',
};

const uriOf = (path: string) => `file:///project/${path}`;

const running: Editor[] = [];

async function start(disk: Map<string, string>, capabilities = VSCODE): Promise<Editor> {
  const editor = await startEditor({ rules, disk, capabilities });
  running.push(editor);
  return editor;
}

afterEach(async () => {
  for (const editor of running.splice(0)) await editor.stop();
});

const diskOf = (branch: Branch) =>
  new Map(Object.entries(branch).map(([path, text]) => [uriOf(path), text] as const));

/** What a server says that never saw another branch. */
async function freshLists(branch: Branch): Promise<ReadonlyMap<string, string>> {
  const editor = await start(diskOf(branch), PULLING);
  for (const path of OPEN) editor.open(uriOf(path), branch[path] ?? '');
  const lists = new Map<string, string>();
  for (const path of OPEN) lists.set(path, await pulled(editor, path));
  return lists;
}

async function pulled(editor: Editor, path: string): Promise<string> {
  const report = await editor.pull(uriOf(path));
  return inWords(report.kind === 'full' ? report.items : []);
}

function inWords(list: readonly Diagnostic[]): string {
  return list
    .map(
      ({ code, message, range: { start } }) => `${start.line}:${start.character} ${code}: ${String(message)}`,
    )
    .join('\n');
}

/** The disk first, as Git writes it; then what an editor tells: texts that were open, and watched files in several parts. */
function checkOut(editor: Editor, disk: Map<string, string>, branch: Branch): void {
  const before = new Map(disk);
  disk.clear();
  for (const [uri, text] of diskOf(branch)) disk.set(uri, text);
  const uris = [...new Set([...before.keys(), ...disk.keys()])].filter(
    (uri) => before.get(uri) !== disk.get(uri),
  );
  const reload = (paths: readonly string[]) => {
    for (const path of paths) {
      const text = branch[path] ?? '';
      if (editor.text(uriOf(path)) !== text) editor.change(uriOf(path), [{ text }]);
    }
  };
  reload(OPEN.slice(0, 2));
  for (const part of [uris.slice(0, 3), uris.slice(3)]) {
    void editor.changedOnDisk(...part.filter((uri) => disk.has(uri)));
    void editor.deletedOnDisk(...part.filter((uri) => !disk.has(uri)));
  }
  reload(OPEN.slice(2));
}

const WAY: readonly Branch[] = [HARDENED, MAIN, BROKEN, MAIN, BROKEN, HARDENED, MAIN];

describe('another branch', () => {
  test('leaves every open file with the findings of a server that knows nothing else', async () => {
    const disk = diskOf(MAIN);
    const editor = await start(disk);
    for (const path of OPEN) editor.open(uriOf(path), MAIN[path] ?? '');
    for (const branch of WAY) {
      const expected = await freshLists(branch);
      assert.ok([...expected.values()].some((list) => list !== ''));
      checkOut(editor, disk, branch);
      for (const [path, list] of expected) {
        const uri = uriOf(path);
        const version = editor.version(uri);
        // Lists may come in between, for files that were told of first; the last one is right.
        await editor.published.first(
          (one) => one.uri === uri && one.version === version && inWords(one.diagnostics) === list,
        );
      }
      await editor.hover(uriOf('compose.yaml'), { line: 0, character: 0 });
      for (const [path, list] of expected) {
        const newest = editor.published.all.findLast((one) => one.uri === uriOf(path));
        assert.equal(inWords(newest?.diagnostics ?? []), list, path);
      }
    }
  });

  test('is asked for again by an editor that pulls, and answered with what holds there', async () => {
    const disk = diskOf(MAIN);
    const editor = await start(disk, PULLING);
    for (const path of OPEN) editor.open(uriOf(path), MAIN[path] ?? '');
    for (const path of OPEN) await pulled(editor, path);
    for (const branch of WAY) {
      const refreshed = editor.refreshes.next();
      checkOut(editor, disk, branch);
      await refreshed;
      for (const [path, list] of await freshLists(branch))
        assert.equal(await pulled(editor, path), list, path);
    }
  });
});
