// What VS Code shows while somebody types: nothing about half a word, and nothing that jumps.
import * as vscode from 'vscode';
import {
  closeEditors,
  diagnosticOf,
  diagnosticsOf,
  hoverText,
  openText,
  ruleOf,
  withSetting,
} from './support.js';

const ABOVE = 'services:\n  web:\n    image: nginx:latest\n    privileged: true\n';
const BELOW = '  db:\n    image: postgres:latest\n';
/** Longer than any key of these tests takes. */
const LONG = 10_000;

/** Types at the cursor, key by key, blanks in front by one press of Tab. After each one the server was asked something, so it has seen the key. */
async function type(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new Error('no editor is active');
  for (const key of text.match(/^ +|.|\n/g) ?? []) {
    await editor.edit((edit) => edit.insert(editor.selection.active, key));
    await hoverText(editor.document.uri, new vscode.Position(0, 0));
  }
}

function moveTo(line: number, character: number): void {
  const editor = vscode.window.activeTextEditor;
  if (editor) editor.selection = new vscode.Selection(line, character, line, character);
}

const said = (found: readonly vscode.Diagnostic[]) =>
  found.map((one) => `${ruleOf(one)} ${one.message}`).join('\n');

/** Every list of findings that VS Code shows of a file from now on. */
function listsOf(uri: vscode.Uri) {
  const lists: string[] = [];
  const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    if (uris.some((one) => one.toString() === uri.toString()))
      lists.push(said(vscode.languages.getDiagnostics(uri)));
  });
  return { lists, dispose: () => listener.dispose() };
}

suite('while a line is typed', () => {
  teardown(closeEditors);

  async function opened(name: string, text: string, rule: string, line: number) {
    const document = await openText(name, text);
    await diagnosticOf(document.uri, rule);
    moveTo(line, 0);
    return document;
  }

  test('all findings stay, and the finished line is judged', async () => {
    const { uri } = await opened('compose.yaml', `${ABOVE}\n${BELOW}`, 'privileged-container', 4);
    await withSetting('bulkhead.typingDelay', LONG, async () => {
      const before = said(vscode.languages.getDiagnostics(uri));
      const seen = listsOf(uri);
      try {
        await type('    cap_add: [SYS_ADMN');
        if (seen.lists.some((list) => list !== before)) throw new Error(seen.lists.join('\n\n'));
        await type(']');
        await type('\n');
        await diagnosticOf(uri, 'cap-unknown');
      } finally {
        seen.dispose();
      }
    });
  });

  test('a cursor that goes elsewhere and a saved file end the wait', async () => {
    const document = await opened('Dockerfile.left', 'FROM nginx:1.27\n\nCMD ["nginx"]\n', 'user-missing', 1);
    await withSetting('bulkhead.typingDelay', LONG, async () => {
      await type('USER 0');
      if (vscode.languages.getDiagnostics(document.uri).some((one) => ruleOf(one) === 'user-root'))
        throw new Error('it may become 01001');
      moveTo(0, 0);
      await diagnosticOf(document.uri, 'user-root');
      moveTo(1, 'USER 0'.length);
      await type('1001');
      await document.save();
      await diagnosticsOf(document.uri, (found) => !found.some((one) => ruleOf(one) === 'user-root'));
    });
  });

  test('so does what is said about other files', async () => {
    const compose = await openText('waiting/compose.yaml', 'services:\n  api:\n    build: .\n');
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    const dockerfile = 'FROM node:24-slim\n\nCMD ["node", "server.js"]\n';
    await opened('waiting/Dockerfile', dockerfile, 'user-missing', 1);
    const missing = (count: number) => (found: readonly vscode.Diagnostic[]) =>
      found.some(({ message }) => message.includes(`${count} hardening settings missing`));
    await diagnosticsOf(compose.uri, missing(9));
    await withSetting('bulkhead.typingDelay', LONG, async () => {
      const before = said(vscode.languages.getDiagnostics(compose.uri));
      const seen = listsOf(compose.uri);
      try {
        await type('USER node');
        if (seen.lists.some((list) => list !== before)) throw new Error(seen.lists.join('\n\n'));
        await type('\n');
        await diagnosticsOf(compose.uri, missing(8));
      } finally {
        seen.dispose();
      }
    });
  });

  test('a setting has each key count', async () => {
    const { uri } = await opened('Dockerfile.keys', 'FROM nginx:1.27\n\n', 'user-missing', 1);
    await withSetting('bulkhead.typingDelay', 0, async () => {
      await type('USER 0');
      await diagnosticOf(uri, 'user-root');
    });
  });
});
