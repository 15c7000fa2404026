// Code lenses and inlay hints as VS Code gets them.
import * as vscode from 'vscode';
import { closeEditors, diagnosticOf, openText, waitFor, withSetting } from './support.js';

const WEB = 'services:\n  web:\n    image: debian:13\n    ports: ["80:80"]\n';

async function lenses(uri: vscode.Uri): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    100,
  );
  return found.map(({ command }) => `${command?.title} (${command?.command})`);
}

async function hints(uri: vscode.Uri): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<readonly vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    uri,
    new vscode.Range(0, 0, 99, 0),
  );
  return found.map(({ label }) => String(label));
}

function expectSame(found: readonly string[], wanted: readonly string[]): void {
  if (found.join('\n') !== wanted.join('\n')) throw new Error(`found: ${found.join('; ') || 'nothing'}`);
}

suite('beside the text', () => {
  teardown(closeEditors);

  test('a lens sums up each service, unless it is turned off', async () => {
    const { uri } = await openText('compose.yaml', WEB);
    await diagnosticOf(uri, 'hardening-missing');
    expectSame(await lenses(uri), ['hardening 0/9 · runs as root · 1 port public (_bulkhead.harden)']);
    await withSetting('bulkhead.codeLens', false, async () => {
      expectSame(await lenses(uri), []);
    });
  });

  test('a lens sums up the stage that ships', async () => {
    const { uri } = await openText(
      'Dockerfile.lens',
      'FROM node:24 AS build\nRUN true\n\nFROM nginx:latest\nEXPOSE 80\n',
    );
    await diagnosticOf(uri, 'tag-latest');
    const [only = '', ...others] = await lenses(uri);
    if (!/^runs as root · \d findings /.test(only) || others.length > 0) throw new Error(only);
  });

  test('hints are shown on wish', async () => {
    const { uri } = await openText('compose.yaml', WEB);
    await diagnosticOf(uri, 'hardening-missing');
    expectSame(await hints(uri), []);
    await withSetting('bulkhead.inlayHints', true, async () => {
      expectSame(await hints(uri), ['user root, no memory/CPU/pids limit']);
    });
  });

  test('a click on a lens goes to the service, whatever it is given', async () => {
    const { uri } = await openText('compose.yaml', WEB);
    await diagnosticOf(uri, 'hardening-missing');
    await vscode.commands.executeCommand('_bulkhead.harden', 'nowhere', { line: -1 });
    await vscode.commands.executeCommand('_bulkhead.harden', uri.toString(), { line: 1, character: 2 });
    await waitFor(
      vscode.window.onDidChangeTextEditorSelection,
      () => vscode.window.activeTextEditor?.selection.active,
      (at) => at?.line === 1 && at.character === 2,
      'the cursor on the service',
    );
  });
});
