/** Code lenses and inlay hints over a real connection. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CodeLens, InlayHint } from 'vscode-languageserver-types';
import { type Editor, editorsWith, VSCODE } from './support/lsp-editor.js';
import { tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/compose.yaml';
const WEB = 'services:\n  web:\n    image: debian:13\n    mem_limit: 1g\n';

const start = editorsWith(tinyRules);

const lensesOf = (editor: Editor, uri = COMPOSE): Promise<readonly CodeLens[]> =>
  editor.client.sendRequest('textDocument/codeLens', { textDocument: { uri } });

const hintsOf = (editor: Editor, uri = COMPOSE): Promise<readonly InlayHint[]> =>
  editor.client.sendRequest('textDocument/inlayHint', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
  });

describe('code lenses', () => {
  test('carry a command only for a client that has it', async () => {
    const plain = await start();
    plain.open(COMPOSE, WEB);
    assert.deepEqual(
      (await lensesOf(plain)).map(({ command }) => command),
      [{ title: 'hardening 1/2 · runs as root', command: '' }],
    );
    const own = await start({ initializationOptions: { client: { harden: true } } });
    own.open(COMPOSE, WEB);
    assert.deepEqual(
      (await lensesOf(own)).map(({ command }) => command?.command),
      ['_bulkhead.harden'],
    );
  });

  test('follow the text and the setting', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    editor.type(COMPOSE, 'mem_limit: 1g', 'user: "1000"');
    assert.deepEqual(
      (await lensesOf(editor)).map(({ command }) => command?.title),
      ['hardening 0/2 · runs as 1000'],
    );
    await editor.setSettings({ codeLens: false });
    assert.deepEqual(await lensesOf(editor), []);
  });

  test('are not there for what is not read', async () => {
    const editor = await start({ settings: { enable: false } });
    editor.open(COMPOSE, WEB);
    assert.deepEqual(await lensesOf(editor), []);
    assert.deepEqual(await lensesOf(editor, 'file:///project/other'), []);
  });

  test('are asked for again when settings change, where the editor can', async () => {
    const workspace = {
      ...VSCODE.workspace,
      codeLens: { refreshSupport: true },
      inlayHint: { refreshSupport: true },
    };
    const editor = await start({ capabilities: { ...VSCODE, workspace } });
    const asked: string[] = [];
    const both = new Promise<void>((resolve) => {
      for (const what of ['codeLens', 'inlayHint'])
        editor.client.onRequest(`workspace/${what}/refresh`, () => {
          asked.push(what);
          if (asked.length === 2) resolve();
          return null;
        });
    });
    await editor.setSettings({ codeLens: false });
    await both;
    // The answers are on their way: a request behind them comes back after they arrived.
    assert.deepEqual(await lensesOf(editor, 'file:///project/other'), []);
    assert.deepEqual(asked.sort(), ['codeLens', 'inlayHint']);
    // By now both questions are answered; the connection must not close before that.
    assert.deepEqual(await lensesOf(editor), []);
  });
});

describe('inlay hints', () => {
  test('are off until they are wanted', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    assert.deepEqual(await hintsOf(editor), []);
    await editor.setSettings({ inlayHints: true });
    assert.deepEqual(
      (await hintsOf(editor)).map(({ label, position }) => [label, position.line]),
      [['user root, 1 GB, no CPU/pids limit', 1]],
    );
  });
});
