// Files that belong together: a change in one changes what is said about the other, typed or on the disk.
import * as vscode from 'vscode';
import {
  applyQuickFix,
  closeEditors,
  diagnosticsOf,
  hoverText,
  openText,
  ruleOf,
  waitFor,
  workspaceFile,
} from './support.js';

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

/** What Git does to the files below the folder: all at once, and none is opened or saved by the editor. */
async function checkOut(from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>) {
  const gone = Object.keys(from).filter((name) => !(name in to));
  await Promise.all([
    ...Object.entries(to).map(([name, text]) => write(name, text)),
    ...gone.map((name) => vscode.workspace.fs.delete(workspaceFile(name))),
  ]);
}

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

  test('the pointer on a key is told its value and the file that gives it', async () => {
    await write('shop/compose.override.yaml', 'services:\n  web:\n    user: "1000"\n');
    const base = await openText('shop/compose.yaml', 'services:\n  web:\n    image: x\n    user: root\n');
    const isMerged = hasNot('service-user-root');
    await diagnosticsOf(base.uri, (found) => found.length > 0 && isMerged(found));
    const at = base.positionAt(base.getText().indexOf('user'));
    const hover = await hoverText(base.uri, at);
    if (!hover.includes('user: "1000" # compose.override.yaml:3')) throw new Error(hover);
  });

  test('the effective configuration stands beside the file and follows all files', async () => {
    await write('shop/.env', 'TAG=1.30\n');
    const override = await openText('shop/compose.override.yaml', 'services:\n  web:\n    user: "1000"\n');
    const base = await openText('shop/compose.yaml', 'services:\n  web:\n    image: nginx:${TAG}\n');
    await vscode.commands.executeCommand('bulkhead.showEffectiveConfiguration');
    const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'bulkhead-effective');
    if (shown === undefined) throw new Error('there is no document');
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === shown);
    const active = vscode.window.activeTextEditor?.document.uri.path;
    if (editor?.viewColumn !== vscode.ViewColumn.Two || active !== base.uri.path)
      throw new Error(`it stands in column ${editor?.viewColumn}, the active editor is ${active}`);
    if (shown.languageId !== 'yaml' || shown.uri.path !== '/shop (effective).yaml')
      throw new Error(`${shown.languageId} ${shown.uri.path}`);
    const has = (...lines: readonly string[]) =>
      waitFor(
        vscode.workspace.onDidChangeTextDocument,
        () => shown.getText(),
        (text) => lines.every((line) => text.includes(line)),
        `the text with ${lines.join(' and ')}`,
      );
    await has('image: nginx:1.30 # compose.yaml:3, nginx:${TAG}', 'user: "1000" # compose.override.yaml:3');
    await replace(override, '1000', '2000');
    await has('user: "2000"');
    await replace(base, 'web:', 'www:');
    await has('  www:\n');
    await write('shop/.env', 'TAG=1.31\n');
    await has('image: nginx:1.31');
    await vscode.commands.executeCommand('bulkhead.restartServer');
    await write('shop/.env', 'TAG=1.32\n');
    await has('image: nginx:1.32');
    if (vscode.languages.getDiagnostics(shown.uri).length > 0) throw new Error('it is looked at itself');
    await vscode.workspace.saveAll();
  });

  test('a fix changes the service and its Dockerfile in one step', async () => {
    await write('shop/Dockerfile', 'FROM python:3.14-slim\nCMD ["python", "-m", "http.server"]\n');
    const base = await openText('shop/compose.yaml', 'services:\n  api:\n    build: .\n    user: root\n');
    await diagnosticsOf(base.uri, has('service-user-root'));
    const [found] = (await diagnosticsOf(base.uri)).filter((one) => ruleOf(one) === 'service-user-root');
    if (found === undefined) throw new Error('no finding');
    const related = found.relatedInformation?.map(({ location }) => location.uri.path.split('/').at(-1));
    if (related?.join() !== 'Dockerfile') throw new Error(`related: ${related?.join()}`);
    await applyQuickFix(base.uri, found.range, /^Remove `user`\. In its Dockerfile: /);
    await diagnosticsOf(base.uri, hasNot('service-user-root'));
    const dockerfile = await vscode.workspace.openTextDocument(workspaceFile('shop/Dockerfile'));
    if (!/\nUSER app\nCMD/.test(dockerfile.getText())) throw new Error(dockerfile.getText());
    if (base.getText().includes('user')) throw new Error(base.getText());
    await vscode.workspace.saveAll();
  });

  test('follows a checkout of another branch: open files, what lies around them, and closed files that were read', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `shop/jobs/job${index}/compose.yaml`);
    const job = (line: string) =>
      Object.fromEntries(many.map((name) => [name, `services:\n  job:\n    image: busybox:1.37\n${line}`]));
    const main = {
      'shop/compose.yaml': 'services:\n  web:\n    image: nginx:${TAG}\n  api:\n    build: .\n',
      'shop/compose.override.yaml': 'services:\n  web:\n    privileged: true\n',
      'shop/.env': 'TAG=latest\n',
      'shop/Dockerfile': 'FROM node:24-slim\nUSER root\nCMD ["node", "server.js"]\n',
      ...job('    network_mode: host\n'),
    };
    const other = {
      'shop/compose.yaml':
        'services:\n  web:\n    image: nginx:${TAG}\n  api:\n    build: .\n    user: root\n',
      'shop/.env': 'TAG=1.31\n',
      'shop/Dockerfile': 'FROM node:24-slim\nUSER node\nCMD ["node", "server.js"]\n',
      'shop/.bulkhead.yaml': 'rules:\n  service-user-root: error\n',
      ...job('    pid: host\n'),
    };
    await checkOut({}, main);
    const dockerfile = await openText('shop/Dockerfile');
    const base = await openText('shop/compose.yaml');
    await vscode.commands.executeCommand('bulkhead.lintWorkspace');
    const onMain = async () => {
      await diagnosticsOf(
        base.uri,
        (found) => has('tag-latest')(found) && hasNot('service-user-root')(found),
      );
      await diagnosticsOf(dockerfile.uri, has('user-root'));
      for (const name of many) await diagnosticsOf(workspaceFile(name), has('host-network'));
    };
    const onOther = async () => {
      await diagnosticsOf(
        base.uri,
        (found) =>
          hasNot('tag-latest')(found) &&
          found.find((one) => ruleOf(one) === 'service-user-root')?.severity ===
            vscode.DiagnosticSeverity.Error,
      );
      await diagnosticsOf(dockerfile.uri, hasNot('user-root'));
      for (const name of many)
        await diagnosticsOf(
          workspaceFile(name),
          (found) => has('host-namespace')(found) && hasNot('host-network')(found),
        );
    };
    await onMain();
    await checkOut(main, other);
    await onOther();
    await checkOut(other, main);
    await onMain();
    await vscode.commands.executeCommand('bulkhead.clearWorkspaceResults');
  });
});
