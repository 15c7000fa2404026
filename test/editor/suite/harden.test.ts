// The refactoring "Harden": VS Code gets its changes one by one, with the question whether each is wanted.
import * as vscode from 'vscode';
import { applyAction, closeEditors, codeActions, diagnosticOf, openText, workspaceFile } from './support.js';

const HARDEN = vscode.CodeActionKind.RefactorRewrite.append('bulkhead.harden');
/** What the line above a service runs. */
const ABOVE_SERVICE = '_bulkhead.harden';
const WEB = 'services:\n  web:\n    image: redis:8.2 # keep\n    privileged: true\n';

suite('hardening', () => {
  teardown(closeEditors);

  test('a service is offered on its name, as changes to choose from', async () => {
    const document = await openText('compose.yaml', WEB);
    await diagnosticOf(document.uri, 'hardening-missing');
    const [action, ...others] = await codeActions(document.uri, new vscode.Range(1, 2, 1, 5), HARDEN);
    if (action?.edit === undefined || others.length > 0) throw new Error('one refactoring is offered');
    if (action.title !== "Harden 'web'") throw new Error(action.title);
    const { length } = action.edit.get(document.uri);
    if (length < 5) throw new Error(`${length} changes`);
    await applyAction({ ...action, edit: withoutQuestions(action.edit) });
    const text = document.getText();
    if (!text.includes('image: redis:8.2 # keep\n') || text.includes('privileged: true'))
      throw new Error(text);
    if (!text.includes('cap_drop') || !text.includes('mem_limit')) throw new Error(text);
  });

  test('by command waits in the preview until the changes are accepted, unsafe ones only when chosen', async () => {
    const document = await openText('compose.yaml', WEB);
    await diagnosticOf(document.uri, 'hardening-missing');
    select(document, 'image');
    const done = vscode.commands.executeCommand('bulkhead.harden');
    await acceptPreview(document);
    await done;
    const text = document.getText();
    // Rotating logs changes no behaviour; everything else has to be ticked first.
    if (!text.includes('max-size') || text.includes('cap_drop') || !text.includes('privileged: true'))
      throw new Error(text);
    await vscode.commands.executeCommand('undo');
    if (document.getText() !== WEB) throw new Error(`one undo reverts: ${document.getText()}`);
  });

  test('by a click on the line above a service, though another extension gives up once', async () => {
    const document = await openText('compose.yaml', WEB);
    await diagnosticOf(document.uri, 'hardening-missing');
    let asked = 0;
    // One provider that gives up costs the answers of all.
    const other = vscode.languages.registerCodeActionsProvider('*', {
      provideCodeActions(_document, _range, { only }) {
        if (only?.value === HARDEN.value && asked++ === 0) throw new vscode.CancellationError();
        return [];
      },
    });
    try {
      const at = { line: 1, character: 2 };
      const done = vscode.commands.executeCommand(ABOVE_SERVICE, document.uri.toString(), at);
      await Promise.all([done, acceptPreview(document)]);
    } finally {
      other.dispose();
    }
    if (!document.getText().includes('max-size')) throw new Error(document.getText());
  });

  test('all services share a block', async () => {
    const two = 'services:\n  a:\n    image: example/a:1\n  b:\n    image: example/b:1\n';
    const document = await openText('compose.yaml', two);
    await diagnosticOf(document.uri, 'hardening-missing');
    const kind = vscode.CodeActionKind.RefactorRewrite.append('bulkhead.hardenAll');
    const [action] = await codeActions(document.uri, new vscode.Range(3, 0, 3, 0), kind);
    if (action?.edit === undefined) throw new Error('a refactoring is offered');
    await applyAction({ ...action, edit: withoutQuestions(action.edit) });
    const text = document.getText();
    if (!text.startsWith('x-hardening: &hardening\n') || text.match(/<<: \*hardening/g)?.length !== 2)
      throw new Error(text);
  });

  test('a service that is built here is hardened together with its Dockerfile', async () => {
    const dockerfile = workspaceFile('built/Dockerfile');
    const image = 'FROM node:24-slim\nCOPY app.js /\nCMD ["node", "/app.js"]\n';
    await vscode.workspace.fs.writeFile(dockerfile, new TextEncoder().encode(image));
    const document = await openText(
      'built/compose.yaml',
      'services:\n  api:\n    build: .\n    user: root\n',
    );
    await diagnosticOf(document.uri, 'service-user-root');
    const [action] = await codeActions(document.uri, new vscode.Range(1, 2, 1, 5), HARDEN);
    if (action?.edit === undefined) throw new Error('a refactoring is offered');
    await applyAction({ ...action, edit: withoutQuestions(action.edit) });
    const changed = (await vscode.workspace.openTextDocument(dockerfile)).getText();
    if (!changed.includes('\nUSER node\nCMD')) throw new Error(changed);
    if (document.getText().includes('user: root')) throw new Error(document.getText());
    await vscode.workspace.saveAll();
  });

  test('a Dockerfile is offered on FROM', async () => {
    const document = await openText(
      'Dockerfile.harden',
      'FROM node:24\nCOPY app.js /\nCMD ["node", "/app.js"]\n',
    );
    await diagnosticOf(document.uri, 'user-missing');
    const [action] = await codeActions(document.uri, new vscode.Range(0, 0, 0, 0), HARDEN);
    if (action?.edit === undefined) throw new Error('a refactoring is offered');
    await applyAction({ ...action, edit: withoutQuestions(action.edit) });
    if (!document.getText().includes('\nUSER node\n')) throw new Error(document.getText());
  });
});

/** Puts the cursor on a part of the text. */
function select(document: vscode.TextDocument, part: string): void {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) throw new Error('the document is not shown');
  const at = document.positionAt(document.getText().indexOf(part));
  editor.selection = new vscode.Selection(at, at);
}

/** Accepts what the preview shows, as often as it takes until it is there. */
async function acceptPreview(document: vscode.TextDocument): Promise<void> {
  const before = document.getText();
  const limit = Date.now() + 30_000;
  while (document.getText() === before) {
    if (Date.now() > limit) throw new Error('the preview changed nothing');
    await vscode.commands.executeCommand('refactorPreview.apply');
  }
}

/** The same edits; VS Code would open its preview for those that ask. */
function withoutQuestions(edit: vscode.WorkspaceEdit): vscode.WorkspaceEdit {
  const plain = new vscode.WorkspaceEdit();
  for (const [uri, edits] of edit.entries()) plain.set(uri, edits);
  return plain;
}
