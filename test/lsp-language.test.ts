/** The general language features for Dockerfiles: when they are offered, and that nothing of them shows otherwise. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type {
  CompletionItem,
  FoldingRange,
  Hover,
  SignatureHelp,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { type Editor, type EditorOptions, startEditor, VSCODE } from './support/lsp-editor.js';
import { tinyRules } from './support/tiny-rules.js';

const DOCKERFILE = 'file:///project/Dockerfile';
const COMPOSE = 'file:///project/compose.yaml';
const TEXT = 'FROM node:22 AS base\nRUN a \\\n  b\nFROM base\nCOPY --from=base /a /b\n';

const later = { dynamicRegistration: true };
const CAPABLE = {
  ...VSCODE,
  textDocument: {
    ...VSCODE.textDocument,
    signatureHelp: later,
    rename: { ...later, prepareSupport: true },
    documentHighlight: later,
    definition: later,
    formatting: later,
    rangeFormatting: later,
    foldingRange: later,
    documentLink: later,
    documentSymbol: later,
  },
};
const METHODS = [
  'textDocument/definition',
  'textDocument/documentHighlight',
  'textDocument/documentLink',
  'textDocument/documentSymbol',
  'textDocument/foldingRange',
  'textDocument/formatting',
  'textDocument/rangeFormatting',
  'textDocument/rename',
  'textDocument/signatureHelp',
];

let running: Editor | undefined;

async function start(options: Partial<EditorOptions> = {}): Promise<Editor> {
  running = await startEditor({ rules: tinyRules, capabilities: CAPABLE, ...options });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** What is offered beyond the settings that are always watched. */
async function offered(editor: Editor, accept: (methods: readonly string[]) => boolean) {
  const general = (methods: readonly string[]) =>
    methods.filter((method) => method.startsWith('textDocument/'));
  return general(await editor.offered.first((methods) => accept(general(methods))));
}

const some = (methods: readonly string[]) => methods.length > 0;

function ask<T>(editor: Editor, method: string, part: string, rest: object = {}): Promise<T> {
  const uri = DOCKERFILE;
  const position = editor.rangeOf(uri, part).end;
  return editor.client.sendRequest(method, { textDocument: { uri }, position, ...rest });
}

const textOf = (hover: Hover | null) =>
  hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';

test('with nobody else, everything is offered and answered', async () => {
  const editor = await start({ initializationOptions: { client: { otherDockerfileSupport: false } } });
  assert.deepEqual(await offered(editor, some), METHODS);
  assert.equal(editor.capabilities.foldingRangeProvider, undefined);
  editor.open(DOCKERFILE, TEXT);

  assert.match(textOf(await editor.hover(DOCKERFILE, editor.rangeOf(DOCKERFILE, 'COPY').start)), /COPY/);
  const items = await ask<CompletionItem[]>(editor, 'textDocument/completion', 'COPY --f');
  assert.ok(items.some(({ label }) => label.startsWith('--from')));
  const help = await ask<SignatureHelp>(editor, 'textDocument/signatureHelp', 'COPY ');
  assert.ok(help.signatures.length > 0);
  const edit = await ask<WorkspaceEdit>(editor, 'textDocument/rename', 'AS ba', { newName: 'made' });
  editor.apply(edit);
  assert.equal(editor.text(DOCKERFILE), TEXT.replaceAll('base', 'made'));
  const folds = await ask<FoldingRange[]>(editor, 'textDocument/foldingRange', 'RUN');
  assert.deepEqual(
    folds.map(({ startLine, endLine }) => [startLine, endLine]),
    [[1, 2]],
  );
  for (const method of ['definition', 'documentHighlight', 'documentLink', 'documentSymbol', 'prepareRename'])
    assert.ok(await ask(editor, `textDocument/${method}`, 'AS ma'), method);
  const options = { tabSize: 2, insertSpaces: true };
  assert.ok(await ask(editor, 'textDocument/formatting', 'RUN', { options }));
  const range = editor.rangeOf(DOCKERFILE, TEXT.slice(21, 30));
  assert.ok(await ask(editor, 'textDocument/rangeFormatting', 'RUN', { options, range }));
  assert.deepEqual(editor.messages.all, []);
});

test('what is known of a word for its security is told first', async () => {
  const editor = await start({ settings: { languageFeatures: 'on' } });
  await offered(editor, some);
  editor.open(DOCKERFILE, 'FROM a\nEXPOSE 22\n');
  const port = textOf(await editor.hover(DOCKERFILE, editor.rangeOf(DOCKERFILE, '22').start));
  assert.match(port, /usually \*\*ssh/);
  const keyword = textOf(await editor.hover(DOCKERFILE, editor.rangeOf(DOCKERFILE, 'EXPOSE').start));
  assert.match(keyword, /EXPOSE/);
  assert.doesNotMatch(keyword, /ssh/);
});

test('beside another extension, and in editors that say nothing, they are off', async () => {
  for (const client of [{ otherDockerfileSupport: true }, undefined]) {
    const editor = await start({ initializationOptions: client === undefined ? {} : { client } });
    editor.open(DOCKERFILE, TEXT);
    assert.deepEqual(await ask(editor, 'textDocument/completion', 'COPY '), []);
    assert.equal(await editor.hover(DOCKERFILE, editor.rangeOf(DOCKERFILE, 'COPY').start), null);
    assert.equal(await ask(editor, 'textDocument/foldingRange', 'RUN'), null);
    assert.deepEqual(
      editor.offered.all.flat().filter((method) => method.startsWith('textDocument/')),
      [],
    );
    await editor.stop();
  }
  running = undefined;
});

test('they follow the setting and the coming and going of other extensions', async () => {
  const editor = await start({ initializationOptions: { client: { otherDockerfileSupport: true } } });
  const next = () =>
    editor.offered
      .next()
      .then((methods) => methods.filter((method) => method.startsWith('textDocument/')).length);
  editor.open(DOCKERFILE, TEXT);
  await editor.diagnostics(DOCKERFILE);
  const steps: readonly (readonly [() => Promise<void>, boolean])[] = [
    [() => editor.setSettings({ languageFeatures: 'on' }), true],
    [() => editor.setSettings({ languageFeatures: 'off' }), false],
    [() => editor.setSettings({ languageFeatures: 'on' }), true],
    [() => editor.setSettings({ languageFeatures: 'auto' }), false],
    [() => editor.client.sendNotification('bulkhead/otherDockerfileSupport', { present: false }), true],
    [() => editor.client.sendNotification('bulkhead/otherDockerfileSupport', { present: true }), false],
  ];
  for (const [step, on] of steps) {
    const change = next();
    await step();
    // The offers are withdrawn one by one.
    let count = await change;
    while (!on && count > 0) count = await next();
    assert.equal(count, on ? METHODS.length : 0);
    assert.equal((await ask(editor, 'textDocument/foldingRange', 'RUN')) === null, !on);
  }
});

test('an editor that takes no offers later gets them with the handshake when it asks for them', async () => {
  const initializationOptions = { settings: { languageFeatures: 'on' } };
  const editor = await start({ capabilities: {}, initializationOptions });
  assert.equal(editor.capabilities.foldingRangeProvider, true);
  assert.equal(editor.capabilities.renameProvider, true);
  editor.open(DOCKERFILE, TEXT);
  assert.ok(await ask(editor, 'textDocument/foldingRange', 'RUN'));
  assert.deepEqual(editor.offered.all, []);
});

test('other files get none of them', async () => {
  const editor = await start({ settings: { languageFeatures: 'on' } });
  await offered(editor, some);
  editor.open(COMPOSE, 'services:\n  web:\n    image: nginx\n');
  const textDocument = { uri: COMPOSE };
  assert.equal(await editor.client.sendRequest('textDocument/foldingRange', { textDocument }), null);
  assert.equal(await editor.client.sendRequest('textDocument/documentSymbol', { textDocument }), null);
});
