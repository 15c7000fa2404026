/** The refactoring "Harden" over a real connection. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CodeAction, TextDocumentEdit } from 'vscode-languageserver-types';
import { editorsWith, VSCODE } from './support/lsp-editor.js';
import { tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/compose.yaml';
const DOCKERFILE = 'file:///project/Dockerfile';
const HARDEN = 'refactor.rewrite.bulkhead.harden';
const WEB =
  'services:\n  web:\n    image: nginx:latest # keep\n    privileged: true\n  db:\n    image: redis\n';

const start = editorsWith(tinyRules);

/** The label of each change in the document, with a `?` where the user is asked. */
function labels({ edit }: CodeAction): readonly string[] {
  return (edit?.documentChanges ?? []).flatMap((change) =>
    TextDocumentEdit.is(change)
      ? change.edits.map((one) => {
          const note = 'annotationId' in one ? edit?.changeAnnotations?.[one.annotationId ?? ''] : undefined;
          return `${note?.label}${note?.needsConfirmation ? '?' : ''}`;
        })
      : [],
  );
}

describe('hardening a service', () => {
  test('is one refactoring on its name, with a label for each change', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const [action, ...others] = await editor.actions(COMPOSE, 'web', [HARDEN]);
    assert.ok(action && others.length === 0);
    assert.equal(action.title, "Harden 'web'");
    assert.equal(action.kind, HARDEN);
    const resolved = await editor.resolve(action);
    assert.deepEqual(labels(resolved), [
      'Title of tag-latest',
      'Title of privileged-set?',
      'Memory limit?',
      'Read-only root?',
    ]);
    editor.apply(resolved.edit);
    assert.equal(
      editor.text(COMPOSE),
      'services:\n  web:\n    image: nginx:stable # keep\n    mem_limit: 512m\n    read_only: true\n  db:\n    image: redis\n',
    );
    assert.deepEqual(await editor.actions(COMPOSE, 'web', [HARDEN]), []);
  });

  test('is the first quick fix where settings are missing, and never twice in one menu', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const offers = async (part: string, only?: string[]) =>
      (await editor.actions(COMPOSE, part, only))
        .filter(({ title }) => title === "Harden 'web'")
        .map(({ kind }) => kind);
    assert.deepEqual(await offers('web'), ['quickfix']);
    assert.deepEqual(await offers('web', ['quickfix']), ['quickfix']);
    assert.deepEqual(await offers('web', ['refactor.rewrite']), [HARDEN]);
    assert.deepEqual(await offers('web', ['refactor.extract']), []);
    assert.deepEqual(await offers('privileged'), []);
    const [first] = await editor.actions(COMPOSE, 'web');
    assert.equal(first?.title, "Harden 'web'");
    assert.deepEqual(labels(await editor.resolve(first)).length, 4);
  });

  test('is the refactoring in the menu where only one setting is missing', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB.replace('privileged: true', 'mem_limit: 1g'));
    const kinds = (await editor.actions(COMPOSE, 'web')).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === HARDEN).length, 1);
  });

  test('asked for by its kind, it is offered everywhere in the service', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const titles = async (part: string, only: string[]) =>
      (await editor.actions(COMPOSE, part, only)).map(({ title }) => title);
    assert.deepEqual(await titles('privileged', [HARDEN]), ["Harden 'web'"]);
    assert.deepEqual(await titles('redis', [HARDEN]), ["Harden 'db'"]);
    assert.deepEqual(await titles('privileged', ['refactor']), []);
    assert.deepEqual(await titles('services', [HARDEN]), []);
  });

  test('takes the steps that the setting names', async () => {
    const editor = await start({ settings: { harden: ['other'] } });
    editor.open(COMPOSE, WEB);
    const [action] = await editor.actions(COMPOSE, 'web', [HARDEN]);
    assert.ok(action);
    assert.equal(labels(await editor.resolve(action)).length, 4);
    await editor.setSettings({ harden: [] });
    assert.deepEqual(await editor.actions(COMPOSE, 'web', [HARDEN]), []);
  });

  test('makes only safe changes, at once, in an editor that cannot show them first', async () => {
    const editor = await start({ capabilities: { workspace: { configuration: true } } });
    editor.open(COMPOSE, WEB);
    assert.deepEqual(await editor.actions(COMPOSE, 'db', [HARDEN]), []);
    const [action] = await editor.actions(COMPOSE, 'web', [HARDEN]);
    assert.equal(action?.title, "Harden 'web' (only what changes no behaviour)");
    assert.ok(action.edit?.changes && !action.edit.changeAnnotations);
    editor.apply(action.edit);
    assert.equal(editor.text(COMPOSE), WEB.replace('latest', 'stable'));
    // Each unsafe fix is there by itself.
    const titles = (await editor.actions(COMPOSE, 'db', ['quickfix'])).map(({ title }) => title);
    assert.ok(titles.includes('Add `mem_limit`') && titles.includes('Add `read_only: true`'));
  });

  test('has no effect on a text that changed meanwhile, or for data that means nothing', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const [action] = await editor.actions(COMPOSE, 'web', [HARDEN]);
    assert.ok(action);
    for (const harden of [
      { kind: 'service', name: 'gone' },
      { kind: 'stage', name: 'web' },
    ]) {
      const other: CodeAction = {
        ...action,
        data: { uri: COMPOSE, version: editor.version(COMPOSE), harden },
      };
      assert.equal((await editor.resolve(other)).edit, undefined);
    }
    editor.type(COMPOSE, 'redis', 'redis:8');
    assert.equal((await editor.resolve(action)).edit, undefined);
  });
});

describe('hardening a Dockerfile', () => {
  test('labels the files that it makes', async () => {
    const editor = await start();
    editor.open(DOCKERFILE, 'FROM x\n');
    const [action] = await editor.actions(DOCKERFILE, 'FROM', [HARDEN]);
    assert.equal(action?.title, 'Harden this Dockerfile');
    const { edit } = await editor.resolve(action);
    assert.deepEqual(
      edit?.documentChanges?.map((one) => ('kind' in one ? one.kind : one.textDocument.uri)),
      ['create', 'file:///project/.dockerignore'],
    );
    assert.deepEqual(
      Object.values(edit?.changeAnnotations ?? {}).map(({ label, needsConfirmation }) => [
        label,
        needsConfirmation,
      ]),
      [['Title of base-untagged', false]],
    );
  });

  test('is not offered where its files cannot be made', async () => {
    const workspaceEdit = { ...VSCODE.workspace?.workspaceEdit, resourceOperations: [] };
    const editor = await start({
      capabilities: { ...VSCODE, workspace: { ...VSCODE.workspace, workspaceEdit } },
    });
    editor.open(DOCKERFILE, 'FROM x\n');
    assert.deepEqual(await editor.actions(DOCKERFILE, 'FROM', [HARDEN]), []);
  });
});
