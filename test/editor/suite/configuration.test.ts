// The files of a project in a real VS Code: made by command, and in force at once.
import * as vscode from 'vscode';
import {
  applyQuickFix,
  closeEditors,
  diagnosticOf,
  diagnosticsOf,
  openText,
  ruleOf,
  withSetting,
  workspaceFile,
} from './support.js';

const PRIVILEGED = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n';
const RULE = 'privileged-container';
const BASELINE = 'accept/.bulkhead-baseline.json';
const FILES = ['.bulkhead.yaml', '.hadolint.yaml'];

const hasNot = (rule: string) => (found: readonly vscode.Diagnostic[]) =>
  found.every((one) => ruleOf(one) !== rule);

suite('a project in the editor', () => {
  setup(removeFiles);
  teardown(async () => {
    await closeEditors();
    await removeFiles();
  });

  test('gets a configuration by command, which lists what is found and is opened', async () => {
    await openText('compose.yaml', PRIVILEGED);
    await vscode.commands.executeCommand('bulkhead.createConfiguration');
    const shown = vscode.window.activeTextEditor?.document;
    expect(shown?.uri.path.endsWith('/.bulkhead.yaml') === true, `shown: ${shown?.uri.path}`);
    const text = shown?.getText() ?? '';
    expect(/^profile: recommended$/m.test(text) && /^# {2}privileged-container: off/m.test(text), text);
    await vscode.commands.executeCommand('bulkhead.createConfiguration');
    expect((await contentOf('.bulkhead.yaml')) === text, 'a second time it is left as it is');
  });

  test('takes over what hadolint was told', async () => {
    const document = await openText('Dockerfile.told', 'FROM nginx:latest\n');
    await diagnosticOf(document.uri, 'tag-latest');
    await write('.hadolint.yaml', 'ignored:\n  - DL3007\n  - DL9999\n');
    await vscode.commands.executeCommand('bulkhead.importHadolint');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    expect(/^ {2}tag-latest: off +# hadolint DL3007$/m.test(text), text);
    expect(/^# - DL9999: /m.test(text), text);
    await vscode.window.showTextDocument(document);
    await diagnosticsOf(document.uri, hasNot('tag-latest'));
    await removeFiles();
    await diagnosticOf(document.uri, 'tag-latest');
  });

  test('turns a rule off from the light bulb, in a new file in the root of the repository', async () => {
    await write('off/.git/HEAD', 'ref: refs/heads/main\n');
    const document = await openText('off/compose.yaml', PRIVILEGED);
    const { range } = await diagnosticOf(document.uri, RULE);
    await applyQuickFix(document.uri, range, `Turn '${RULE}' off in .bulkhead.yaml (new file)`);
    await diagnosticsOf(document.uri, hasNot(RULE));
    const config = await vscode.workspace.openTextDocument(workspaceFile('off/.bulkhead.yaml'));
    expect(config.getText().endsWith(`rules:\n  ${RULE}: off\n`), config.getText());
    await config.save();
  });

  test('accepts what is found today, shows what is new, and forgets what is mended', async () => {
    await write('accept/.git/HEAD', 'ref: refs/heads/main\n');
    const document = await openText('accept/compose.accept.yaml', PRIVILEGED);
    await diagnosticOf(document.uri, RULE);
    // Files of other tests are none of this one's business.
    await withSetting(
      'bulkhead.exclude',
      ['Dockerfile*', 'compose.yaml', 'compose.typing.yaml'],
      async () => {
        await vscode.commands.executeCommand('bulkhead.acceptFindings');
      },
    );
    await diagnosticsOf(document.uri, (found) => found.length === 0);
    expect((await contentOf(BASELINE)).includes(RULE), await contentOf(BASELINE));

    await edit(document, '    privileged: true\n', '    network_mode: host\n');
    const found = await diagnosticsOf(document.uri);
    expect(
      found.length === 1 && found.every((one) => ruleOf(one) === 'host-network'),
      found.map(ruleOf).join(),
    );

    await edit(document, '    network_mode: host\n', '');
    await document.save();
    await changeOf(BASELINE, (text) => !text.includes(RULE));
    // The baseline shrank by itself, so what comes back is shown.
    await edit(document, 'nginx:1.27\n', 'nginx:1.27\n    privileged: true\n');
    await diagnosticOf(document.uri, RULE);
    const after = await contentOf(BASELINE);
    expect(after.includes('memory-limit-missing'), after);
  });
});

/** Reads a file of the disk until its content is accepted. */
async function changeOf(name: string, accept: (text: string) => boolean): Promise<void> {
  const limit = Date.now() + 30_000;
  for (let text = await contentOf(name); !accept(text); text = await contentOf(name))
    if (Date.now() > limit) throw new Error(`${name} holds ${text}`);
}

async function edit(document: vscode.TextDocument, part: string, text: string): Promise<void> {
  const start = document.getText().indexOf(part);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + part.length));
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, range, text);
  if (start < 0 || !(await vscode.workspace.applyEdit(change))) throw new Error(`"${part}" is not there`);
}

async function write(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(workspaceFile(name), new TextEncoder().encode(text));
}

async function contentOf(name: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(workspaceFile(name)));
}

async function removeFiles(): Promise<void> {
  for (const name of FILES) {
    try {
      await vscode.workspace.fs.delete(workspaceFile(name));
    } catch {
      // It was not there.
    }
  }
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}
