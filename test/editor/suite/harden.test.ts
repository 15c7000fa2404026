// The refactoring "Harden": VS Code gets its changes one by one, with the question whether each is wanted.
import * as vscode from 'vscode';
import { applyAction, closeEditors, codeActions, diagnosticOf, openText } from './support.js';

const HARDEN = vscode.CodeActionKind.RefactorRewrite.append('bulkhead.harden');
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
    await applyAction({ ...action, edit: withoutQuestions(document.uri, action.edit) });
    const text = document.getText();
    if (!text.includes('image: redis:8.2 # keep\n') || text.includes('privileged: true'))
      throw new Error(text);
    if (!text.includes('cap_drop') || !text.includes('mem_limit')) throw new Error(text);
  });

  test('a Dockerfile is offered on FROM', async () => {
    const document = await openText(
      'Dockerfile.harden',
      'FROM node:24\nCOPY app.js /\nCMD ["node", "/app.js"]\n',
    );
    await diagnosticOf(document.uri, 'user-missing');
    const [action] = await codeActions(document.uri, new vscode.Range(0, 0, 0, 0), HARDEN);
    if (action?.edit === undefined) throw new Error('a refactoring is offered');
    await applyAction({ ...action, edit: withoutQuestions(document.uri, action.edit) });
    if (!document.getText().includes('\nUSER node\n')) throw new Error(document.getText());
  });
});

/** The same edits of one file; VS Code would open its preview for those that ask. */
function withoutQuestions(uri: vscode.Uri, edit: vscode.WorkspaceEdit): vscode.WorkspaceEdit {
  const plain = new vscode.WorkspaceEdit();
  plain.set(uri, edit.get(uri));
  return plain;
}
