// General language features for Dockerfiles, as VS Code gets them while no other extension has them.
import * as vscode from 'vscode';
import {
  closeEditors,
  completionsAt,
  diagnosticOf,
  hoversAt,
  openText,
  positionOf,
  withSetting,
} from './support.js';

const TEXT = [
  'FROM nginx:latest AS base',
  'ARG port=80',
  'RUN echo a \\',
  '  && echo b',
  'FROM base',
  'expose ${port}',
  'COPY --from=base /a /b',
  '',
].join('\n');

async function ask<T>(command: string, ...args: readonly unknown[]): Promise<T> {
  return vscode.commands.executeCommand<T>(`vscode.${command}`, ...args);
}

function expect(holds: unknown, what: () => unknown): void {
  if (!holds) throw new Error(JSON.stringify(what()));
}

suite('in a Dockerfile', () => {
  let document: vscode.TextDocument;
  setup(async () => {
    document = await openText('Dockerfile.language', TEXT);
    await diagnosticOf(document.uri, 'tag-latest');
  });
  teardown(closeEditors);

  test('instructions are explained, completed, and their parts named', async () => {
    const hovers = await hoversAt(document.uri, positionOf(document, 'COPY'));
    expect(
      hovers.some(({ value }) => /copy files/i.test(value)),
      () => hovers.map(({ value }) => value),
    );
    const proposed = await completionsAt(document.uri, new vscode.Position(7, 0));
    expect(
      proposed.some(({ label }) =>
        String(typeof label === 'string' ? label : label.label).startsWith('HEALTHCHECK'),
      ),
      () => proposed.length,
    );
    const help = await ask<vscode.SignatureHelp>(
      'executeSignatureHelpProvider',
      document.uri,
      positionOf(document, '--from=base'),
    );
    expect(
      help.signatures.some(({ label }) => label.startsWith('COPY')),
      () => help,
    );
  });

  test('a stage is renamed where it is used, too', async () => {
    const edit = await ask<vscode.WorkspaceEdit>(
      'executeDocumentRenameProvider',
      document.uri,
      positionOf(document, 'base'),
      'final',
    );
    await vscode.workspace.applyEdit(edit);
    const text = document.getText();
    expect(text === TEXT.replaceAll('base', 'final'), () => text);
  });

  test('lines are formatted and folded', async () => {
    const edits = await ask<vscode.TextEdit[]>('executeFormatDocumentProvider', document.uri, {
      tabSize: 4,
      insertSpaces: true,
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    expect(document.lineAt(3).text === '    && echo b', () => document.getText());
    const folds = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', document.uri);
    expect(
      folds.some(({ start, end }) => start === 2 && end === 3),
      () => folds,
    );
  });

  test('a setting turns all of it off and on', async () => {
    const count = async () =>
      (await ask<readonly unknown[] | undefined>('executeDocumentSymbolProvider', document.uri))?.length ?? 0;
    expect((await count()) > 0, () => 'on where no other extension is');
    await withSetting('bulkhead.languageFeatures', 'off', async () => {
      // The server takes its offer back; each question is a round trip to it.
      while ((await count()) > 0) await hoversAt(document.uri, positionOf(document, 'FROM'));
      const hovers = await hoversAt(document.uri, positionOf(document, 'COPY'));
      expect(hovers.length === 0, () => hovers.map(({ value }) => value));
    });
    while ((await count()) === 0) await hoversAt(document.uri, positionOf(document, 'FROM'));
  });
});
