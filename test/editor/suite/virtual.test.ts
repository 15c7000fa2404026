// Files that are on no disk: in a browser all of them, on a desktop those of a remote repository or an archive.
import * as vscode from 'vscode';
import { MemoryFiles } from './memory-files.js';
import { applyQuickFix, closeEditors, diagnosticOf, diagnosticsOf, ruleOf } from './support.js';

const files = new MemoryFiles();
const at = (path: string) => vscode.Uri.from({ scheme: 'memfs', path });
const write = (path: string, text: string) => files.writeFile(at(path), new TextEncoder().encode(text));

async function open(path: string, text: string): Promise<vscode.TextDocument> {
  write(path, text);
  const document = await vscode.workspace.openTextDocument(at(path));
  await vscode.window.showTextDocument(document);
  return document;
}

const WEB = 'services:\n  web:\n    image: nginx:1.31\n    privileged: true\n';
const has = (rule: string) => (found: readonly vscode.Diagnostic[]) =>
  found.some((one) => ruleOf(one) === rule);

suite('files that are on no disk', () => {
  let registered: vscode.Disposable | undefined;

  suiteSetup(() => {
    registered = vscode.workspace.registerFileSystemProvider('memfs', files, { isCaseSensitive: true });
  });
  teardown(closeEditors);
  suiteTeardown(() => registered?.dispose());

  test('have findings and fixes', async () => {
    const document = await open('/fix/compose.yaml', WEB);
    const { range } = await diagnosticOf(document.uri, 'privileged-container');
    await applyQuickFix(document.uri, range, /^Remove `privileged`/);
    await diagnosticsOf(document.uri, (found) => !has('privileged-container')(found));
    if (document.getText().includes('privileged')) throw new Error(document.getText());
  });

  test('are judged with the files around them', async () => {
    write('/around/.env', 'TAG=latest\n');
    write('/around/compose.override.yaml', 'services:\n  web:\n    privileged: false\n');
    const text = WEB.replace('nginx:1.31', 'nginx:${TAG}');
    const document = await open('/around/compose.yaml', text);
    const found = await diagnosticsOf(document.uri, has('tag-latest'));
    if (has('privileged-container')(found)) throw new Error('the override answers for the base');
  });

  test('obey the configuration of their project', async () => {
    write('/configured/.bulkhead.yaml', 'rules:\n  privileged-container: off\n  tag-latest: error\n');
    const document = await open('/configured/compose.yaml', WEB.replace(':1.31', ':latest'));
    const found = await diagnosticsOf(document.uri, has('tag-latest'));
    if (has('privileged-container')(found)) throw new Error('the rule is off');
    if (found.find((one) => ruleOf(one) === 'tag-latest')?.severity !== vscode.DiagnosticSeverity.Error)
      throw new Error('the rule has the severity of the configuration');
  });

  test('miss nothing where a file around them cannot be read', async () => {
    files.broken.add('/broken/compose.override.yaml');
    const document = await open('/broken/compose.yaml', WEB);
    const found = await diagnosticsOf(document.uri, has('privileged-container'));
    if (has('hardening-missing')(found)) throw new Error('what the override says nobody knows');
  });

  test('follow what changes around them, in no folder of the workspace, too', async () => {
    write('/again/.env', 'TAG=latest\n');
    const text = WEB.replace('nginx:1.31', 'nginx:${TAG}');
    const document = await open('/again/compose.yaml', text);
    await diagnosticsOf(document.uri, has('tag-latest'));
    write('/again/.env', 'TAG=1.31\n');
    await diagnosticsOf(document.uri, (found) => found.length > 0 && !has('tag-latest')(found));
  });
});
