/** The menu of the light bulb: what stands in it, in which order, how long it gets, and turning a rule off. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { CreateFile, TextDocumentEdit } from 'vscode-languageserver-types';
import { rules } from '../server/src/rules/index.js';
import { type Editor, type EditorOptions, startEditor, VSCODE } from './support/lsp-editor.js';
import { tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/app/compose.yaml';
const CONFIG = 'file:///project/.bulkhead.yaml';
const TEXT =
  'services:\n  web:\n    image: nginx:latest\n    mem_limit: 1g\n    read_only: true\n  db:\n    image: redis:latest\n    mem_limit: 1g\n    read_only: true\n';

let running: Editor | undefined;

async function start(options: Partial<EditorOptions> = {}): Promise<Editor> {
  running = await startEditor({
    rules: tinyRules,
    disk: new Map(),
    initializationOptions: { client: { openRulePage: true } },
    ...options,
  });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const titles = async (editor: Editor, part: string, only?: string[]) =>
  (await editor.actions(COMPOSE, part, only)).map(({ title }) => title);

describe('the menu', () => {
  test('has the fix first, then what concerns more, then what accepts, then what explains', async () => {
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(await titles(editor, 'nginx:latest', ['quickfix']), [
      'Use `stable`',
      "Fix all 2 'tag-latest' in this file",
      "Ignore 'tag-latest' on this line",
      "Ignore 'tag-latest' for this service",
      "Ignore 'tag-latest' in this file",
      "Turn 'tag-latest' off in .bulkhead.yaml (new file)",
      "Explain 'tag-latest'",
    ]);
  });

  test('is never longer than eight where changes can be chosen in a preview', async () => {
    const editor = await start({ rules });
    editor.open(COMPOSE, 'services:\n  web:\n    image: node:22\n    ports: ["80:80"]\n');
    const found = await titles(editor, 'web', ['quickfix']);
    assert.equal(found.length, 8);
    assert.equal(found[0], "Harden 'web'");
    // What changes no behaviour comes first.
    assert.match(found[1] ?? '', /^(?:Rotate logs|Add `no-new-privileges)/);
    assert.match(found.at(-2) ?? '', /^Ignore these 9 missing settings in this file$/);
    assert.equal(found.at(-1), "Explain 'hardening-missing'");
  });

  test('keeps every fix where there is no preview', async () => {
    const editor = await start({ rules, capabilities: { workspace: { configuration: true } } });
    editor.open(COMPOSE, 'services:\n  web:\n    image: node:22\n');
    const found = await titles(editor, 'web', ['quickfix']);
    for (const part of ['mem_limit', 'cpus', 'pids_limit', 'cap_drop', 'read_only', 'Rotate logs', 'user'])
      assert.ok(
        found.some((title) => title.includes(part)),
        `${part}: ${found.join('; ')}`,
      );
  });

  test('asks before it makes unsafe changes in several places', async () => {
    const editor = await start({ rules });
    editor.open(
      COMPOSE,
      'services:\n  web:\n    image: traefik:v3.7\n    command: [--providers.docker=true]\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n',
    );
    const [proxy] = await editor.actions(COMPOSE, '/var/run/docker.sock:', ['quickfix']);
    assert.match(proxy?.title ?? '', /^Put a socket proxy between/);
    const [[, note] = [], ...others] = Object.entries(proxy?.edit?.changeAnnotations ?? {});
    assert.deepEqual(others, []);
    assert.equal(note?.needsConfirmation, true);
    assert.match(
      note.description ?? '',
      /May change behaviour: web can change nothing then\..*Source for traefik: /,
    );
    const changes = proxy?.edit?.documentChanges?.flatMap((one) => ('edits' in one ? one.edits : []));
    assert.ok(changes && changes.length >= 2 && changes.every((one) => 'annotationId' in one));
    const [memory] = await editor.actions(COMPOSE, 'web', ['quickfix']);
    assert.ok(memory);
  });

  test('asks for each unsafe change when all of a rule are made', async () => {
    const text =
      'services:\n  web:\n    image: a\n    privileged: true\n  db:\n    image: b\n    privileged: true\n';
    const editor = await start();
    editor.open(COMPOSE, text);
    const actions = await editor.actions(COMPOSE, 'true', ['quickfix']);
    const all = actions.find(({ title }) => title.startsWith('Fix all'));
    assert.equal(all?.title, "Fix all 2 'privileged-set' in this file (may change behaviour)");
    const { edit } = await editor.resolve(all);
    const notes = Object.values(edit?.changeAnnotations ?? {});
    assert.ok(notes.length > 0 && notes.every(({ needsConfirmation }) => needsConfirmation === true));
  });

  test('has no bundle of unsafe changes where they cannot be shown first', async () => {
    const text =
      'services:\n  web:\n    image: a\n    privileged: true\n  db:\n    image: b\n    privileged: true\n';
    const { honorsChangeAnnotations: _, ...codeAction } = VSCODE.textDocument?.codeAction ?? {};
    const capabilities = { ...VSCODE, textDocument: { ...VSCODE.textDocument, codeAction } };
    const editor = await start({ capabilities });
    editor.open(COMPOSE, text);
    const actions = await editor.actions(COMPOSE, 'true', ['quickfix']);
    assert.ok(actions.some(({ title }) => title.startsWith('Remove `privileged`')));
    assert.deepEqual(
      actions.filter(({ title }) => title.startsWith('Fix all')),
      [],
    );
  });
});

describe('turning a rule off', () => {
  test('makes a configuration in the root of the project where there is none', async () => {
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    const action = (await editor.actions(COMPOSE, 'nginx:latest')).find(({ title }) =>
      title.startsWith('Turn'),
    );
    const [create, content] = action?.edit?.documentChanges ?? [];
    assert.ok(CreateFile.is(create) && create.uri === CONFIG && create.options?.ignoreIfExists);
    assert.ok(content && TextDocumentEdit.is(content) && content.textDocument.uri === CONFIG);
    const [edit] = content.edits;
    assert.ok(edit && 'newText' in edit);
    assert.match(edit.newText, /^# What Bulkhead checks[^\n]*\nrules:\n {2}tag-latest: off\n$/);
  });

  test('edits the nearest one and keeps what is in it', async () => {
    const config = '# ours\nrules:\n  # loud\n  privileged-set: info # for now\n';
    const editor = await start({ disk: new Map([[CONFIG, config]]) });
    editor.open(COMPOSE, TEXT);
    editor.open(CONFIG, config);
    const action = (await editor.actions(COMPOSE, 'nginx:latest')).find(({ title }) =>
      title.startsWith('Turn'),
    );
    assert.equal(action?.title, "Turn 'tag-latest' off in .bulkhead.yaml");
    editor.apply(action.edit);
    assert.equal(editor.text(CONFIG), `${config}  tag-latest: off\n`);
    await editor.published.next(({ uri, diagnostics }) => uri === COMPOSE && diagnostics.length === 0);
  });

  test('is not offered where no file can be made or found', async () => {
    const plain = await start({ capabilities: { workspace: { configuration: true } } });
    plain.open(COMPOSE, TEXT);
    assert.deepEqual(
      (await titles(plain, 'nginx:latest')).filter((title) => title.startsWith('Turn')),
      [],
    );
  });
});
