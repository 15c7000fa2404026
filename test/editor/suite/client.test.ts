// The client's own part in a real VS Code: settings, commands, and edits whose arrival depends on the editor.
import * as vscode from 'vscode';
import {
  applyAction,
  applyQuickFix,
  closeEditors,
  codeActions,
  diagnosticOf,
  diagnosticsOf,
  hoverText,
  openText,
  replaceInWindow,
  ruleOf,
  withSetting,
  workspaceFile,
} from './support.js';

const PRIVILEGED = 'services:\n  web:\n    image: nginx:1.27 # keep\n    privileged: true\n';
const RULE = 'privileged-container';

const has = (found: readonly vscode.Diagnostic[]) => found.some((one) => ruleOf(one) === RULE);
const hasNot = (found: readonly vscode.Diagnostic[]) => !has(found);

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

suite('the client', () => {
  teardown(closeEditors);

  test('shows a finding with its link and explains it', async () => {
    const document = await openText('compose.yaml', PRIVILEGED);
    const diagnostic = await diagnosticOf(document.uri, RULE);
    const { code } = diagnostic;
    expect(typeof code === 'object' && code.target.scheme === 'https', 'the rule id is a link');
    const hover = await hoverText(document.uri, diagnostic.range.start);
    expect(hover.includes('What to do'), `the hover gives advice: ${hover}`);
  });

  test('writes an ignore comment with a reason, indented like its line', async () => {
    const document = await openText('compose.yaml', PRIVILEGED);
    const diagnostic = await diagnosticOf(document.uri, RULE);
    await applyQuickFix(document.uri, diagnostic.range, `Ignore '${RULE}' on this line`);
    const expected = PRIVILEGED.replace(
      '    privileged',
      `    # bulkhead-ignore ${RULE}: reason\n    privileged`,
    );
    expect(document.getText() === expected, `the text is:\n${document.getText()}`);
    await diagnosticsOf(document.uri, hasNot);
    const editor = vscode.window.activeTextEditor;
    const selected = editor && document.getText(editor.selection);
    expect(selected === 'reason', `the reason is selected, to be typed over: ${selected}`);
    await vscode.commands.executeCommand('undo');
    expect(document.getText() === PRIVILEGED, `one undo reverts: ${document.getText()}`);
  });

  test('fixes all that is safe in one go, and only that', async () => {
    const text = 'FROM nginx:1.27\n# both\nADD a.conf /a.conf\nADD b.conf /b.conf\n';
    const document = await openText('Dockerfile.safe', text);
    await diagnosticOf(document.uri, 'add-instead-of-copy');
    const start = new vscode.Range(0, 0, 0, 0);
    const [action] = await codeActions(document.uri, start, vscode.CodeActionKind.SourceFixAll);
    if (action === undefined) throw new Error('fix all is offered');
    await applyAction(action);
    const lines = document.getText().split('\n');
    expect(
      lines.includes('COPY a.conf /a.conf') && lines.includes('COPY b.conf /b.conf'),
      document.getText(),
    );
    expect(lines.includes('# both'), 'the comment is kept');
  });

  test('follows a setting at once', async () => {
    const document = await openText('compose.yaml', PRIVILEGED);
    await diagnosticOf(document.uri, RULE);
    await withSetting('bulkhead.enable', false, async () => {
      await diagnosticsOf(document.uri, (found) => found.length === 0);
    });
    await diagnosticOf(document.uri, RULE);
  });

  test('proposes capabilities with their risk while a Compose file is being typed', async () => {
    const text = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n    cap_add:\n      - NET_';
    const document = await openText('compose.typing.yaml', text);
    await diagnosticOf(document.uri, RULE);
    const found = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      document.positionAt(text.length),
    );
    const admin = found.items.find(({ label }) => label === 'NET_ADMIN');
    expect(
      admin?.detail?.startsWith('risk ') === true,
      `NET_ADMIN is proposed: ${found.items.map(({ label }) => label).join()}`,
    );
  });

  test('lists the instructions of a Dockerfile while no other extension does', async () => {
    const document = await openText('Dockerfile.symbols', 'FROM nginx:1.27\nADD a.conf /a.conf\n');
    await diagnosticOf(document.uri, 'add-instead-of-copy');
    const symbols = () =>
      vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
    const names = (await symbols())?.map(({ name }) => name).join();
    expect(names === 'FROM,ADD', `the instructions are listed: ${names}`);
  });

  test('reads untitled documents', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: PRIVILEGED });
    await vscode.window.showTextDocument(document);
    await diagnosticOf(document.uri, RULE);
  });

  test('gets its findings back after a restart of the server', async () => {
    const document = await openText('compose.yaml', PRIVILEGED);
    await diagnosticOf(document.uri, RULE);
    await vscode.commands.executeCommand('bulkhead.restartServer');
    await diagnosticOf(document.uri, RULE);
  });

  test('reads closed files of the workspace on command, and shows nothing twice', async () => {
    const closed = workspaceFile('deploy/compose.yaml');
    await vscode.workspace.fs.writeFile(closed, new TextEncoder().encode(PRIVILEGED));
    await vscode.commands.executeCommand('bulkhead.lintWorkspace');
    await diagnosticOf(closed, RULE);
    await openText('deploy/compose.yaml');
    const count = (found: readonly vscode.Diagnostic[]) => found.filter((one) => ruleOf(one) === RULE).length;
    await diagnosticsOf(closed, (found) => count(found) === 1);
    await closeEditors();
    await vscode.commands.executeCommand('bulkhead.lintWorkspace');
    await diagnosticOf(closed, RULE);
    await vscode.commands.executeCommand('bulkhead.clearWorkspaceResults');
    await diagnosticsOf(closed, (found) => found.length === 0);
    await vscode.workspace.fs.delete(workspaceFile('deploy'), { recursive: true });
  });

  test('stops reading the workspace between two files when that is cancelled, and its progress ends', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `many/compose.${index}.yaml`);
    const text = new TextEncoder().encode('services:\n  web:\n    image: nginx:latest\n');
    for (const name of many) await vscode.workspace.fs.writeFile(workspaceFile(name), text);
    const source = new vscode.CancellationTokenSource();
    const said: string[] = [];
    let ended = false;
    type Task = (progress: vscode.Progress<unknown>, token: vscode.CancellationToken) => Thenable<unknown>;
    const restores = [
      replaceInWindow('withProgress', async (options: vscode.ProgressOptions, task: Task) => {
        if (options.cancellable !== true) throw new Error('it cannot be cancelled');
        const done = await task({ report: () => source.cancel() }, source.token);
        ended = true;
        return done;
      }),
      replaceInWindow('showInformationMessage', async (message: string) => void said.push(message)),
    ];
    try {
      await vscode.commands.executeCommand('bulkhead.lintWorkspace');
    } finally {
      for (const restore of restores) restore();
    }
    const read = many.filter((name) => vscode.languages.getDiagnostics(workspaceFile(name)).length > 0);
    await vscode.commands.executeCommand('bulkhead.clearWorkspaceResults');
    await vscode.workspace.fs.delete(workspaceFile('many'), { recursive: true });
    const [message = ''] = said;
    if (!ended || read.length > 16 || !/^Cancelled after \d+ closed files/.test(message))
      throw new Error(`${ended} ${read.length} ${message}`);
  });

  test('has the commands it announces', async () => {
    const there = new Set(await vscode.commands.getCommands(true));
    for (const name of [
      'lintWorkspace',
      'clearWorkspaceResults',
      'openRulePage',
      'showEffectiveConfiguration',
      'restartServer',
      'showLog',
    ])
      expect(there.has(`bulkhead.${name}`), name);
    // Arguments from anywhere else than a code action lead nowhere.
    await vscode.commands.executeCommand('_bulkhead.openRulePage', '../x', 'file:///etc/passwd');
  });
});
