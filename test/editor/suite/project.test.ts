// Files that belong together: a change in one changes what is said about the other, typed or on the disk.
import * as vscode from 'vscode';
import { closeEditors, diagnosticsOf, openText, ruleOf, workspaceFile } from './support.js';

const has = (rule: string) => (found: readonly vscode.Diagnostic[]) =>
  found.some((one) => ruleOf(one) === rule);
const hasNot = (rule: string) => (found: readonly vscode.Diagnostic[]) => !has(rule)(found);

async function replace(document: vscode.TextDocument, part: string, text: string): Promise<void> {
  const start = document.getText().indexOf(part);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(start), document.positionAt(start + part.length)),
    text,
  );
  await vscode.workspace.applyEdit(edit);
}

const write = (name: string, text: string) =>
  vscode.workspace.fs.writeFile(workspaceFile(name), new TextEncoder().encode(text));

suite('a project', () => {
  teardown(async () => {
    await closeEditors();
    await vscode.workspace.fs.delete(workspaceFile('shop'), { recursive: true });
  });

  test('what is typed in the override file answers for the base', async () => {
    await write('shop/compose.yaml', 'services:\n  web:\n    image: nginx:1.31\n    privileged: true\n');
    const override = await openText('shop/compose.override.yaml', 'services:\n  web:\n    cpus: 1\n');
    const base = await openText('shop/compose.yaml');
    await diagnosticsOf(base.uri, has('privileged-container'));
    await replace(override, 'cpus: 1', 'privileged: false');
    await diagnosticsOf(base.uri, hasNot('privileged-container'));
  });

  test('a value of .env that changes on the disk counts at once', async () => {
    await write('shop/.env', 'TAG=latest\n');
    const base = await openText('shop/compose.yaml', 'services:\n  web:\n    image: nginx:${TAG}\n');
    await diagnosticsOf(base.uri, has('tag-latest'));
    await write('shop/.env', 'TAG=1.31\n');
    await diagnosticsOf(base.uri, hasNot('tag-latest'));
  });

  test('a USER that is typed in the Dockerfile answers for the service', async () => {
    const dockerfile = await openText(
      'shop/Dockerfile',
      'FROM node:24-slim\nUSER root\nCMD ["node", "server.js"]\n',
    );
    const base = await openText(
      'shop/compose.yaml',
      'services:\n  api:\n    build: .\n    volumes:\n      - /srv/books:/books:ro\n',
    );
    const missing = (count: number) => (found: readonly vscode.Diagnostic[]) =>
      found.some((one) => one.message.includes(`${count} hardening settings missing`));
    await diagnosticsOf(base.uri, missing(9));
    await replace(dockerfile, 'USER root', 'USER node');
    await diagnosticsOf(base.uri, missing(8));
  });
});
