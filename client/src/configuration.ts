/** Commands that make a project's configuration: a new one, or one with what hadolint was told. */
import {
  commands,
  type Disposable,
  l10n,
  type LogOutputChannel,
  Range,
  Uri,
  type WorkspaceFolder,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type {
  FileFindingsMethod,
  FileFindingsParams,
  FileFindingsResult,
  NewConfigurationMethod,
  NewConfigurationParams,
  NewConfigurationResult,
} from '../../server/src/lsp/protocol.js';
import { LINT_EXCLUDE } from './documents.js';
import type { Server } from './server.js';
import { currentText, exists, visitFiles } from './workspace-files.js';

const FILE_FINDINGS: FileFindingsMethod = 'bulkhead/fileFindings';
const NEW_CONFIGURATION: NewConfigurationMethod = 'bulkhead/newConfiguration';
/** The first one is written. */
const CONFIG_NAMES = ['.bulkhead.yaml', '.bulkhead.yml'];
const HADOLINT_GLOB = '**/.hadolint.{yaml,yml}';
const MOST_HADOLINT_FILES = 100;

export function registerConfiguration(server: Server, log: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand('bulkhead.createConfiguration', () => create(server, log)),
    commands.registerCommand('bulkhead.importHadolint', () => importHadolint(server, log)),
  ];
}

async function create(server: Server, log: LogOutputChannel): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const present = await presentIn(folder.uri);
  if (present !== undefined) {
    await window.showTextDocument(present);
    void window.showInformationMessage(l10n.t('This folder has a configuration already.'));
    return;
  }
  const counts = await countFindings(folder, server, log);
  if (counts === undefined) return;
  const { text } = await ask(server, { counts });
  await writeAndShow(Uri.joinPath(folder.uri, CONFIG_NAMES[0] ?? ''), text);
}

async function importHadolint(server: Server, log: LogOutputChannel): Promise<void> {
  const source = await chooseHadolint();
  if (source === undefined) return;
  const folder = workspace.getWorkspaceFolder(source);
  const text = await currentText(source, log);
  if (folder === undefined || text === undefined) return;
  const name = workspace.asRelativePath(source, false);
  const hadolint = { name, text };
  const present = await presentIn(folder.uri);
  const before = present && (await currentText(present, log));
  const counts = before === undefined ? await countFindings(folder, server, log) : {};
  if (counts === undefined) return;
  const result = await ask(server, { counts, hadolint, ...(before !== undefined && { present: before }) });
  if (result.problem) {
    const { line, message } = result.problem;
    void window.showErrorMessage(
      l10n.t('{0}, line {1}: {2}. Nothing was carried over.', name, line + 1, message),
    );
    return;
  }
  if (present === undefined) await writeAndShow(Uri.joinPath(folder.uri, CONFIG_NAMES[0] ?? ''), result.text);
  else await replaceAndShow(present, result.text);
  const { carried, lost } = result;
  void window.showInformationMessage(
    lost === 0
      ? l10n.t('Rules carried over from {0}: {1}.', name, carried)
      : l10n.t(
          'Rules carried over from {0}: {1}. Not carried over: {2}, listed at the end of the file.',
          name,
          carried,
          lost,
        ),
  );
}

async function ask(server: Server, params: NewConfigurationParams): Promise<NewConfigurationResult> {
  const client = await server.ready();
  return client.sendRequest<NewConfigurationResult>(NEW_CONFIGURATION, params);
}

/** Undefined when the user cancelled it. */
async function countFindings(
  folder: WorkspaceFolder,
  server: Server,
  log: LogOutputChannel,
): Promise<Record<string, number> | undefined> {
  const client = await server.ready();
  const counts: Record<string, number> = {};
  const isDone = await visitFiles({
    title: l10n.t('Bulkhead is reading the workspace'),
    folder,
    log,
    async file(uri, text, token) {
      const params: FileFindingsParams = { uri: client.code2ProtocolConverter.asUri(uri), text };
      const found = await client.sendRequest<FileFindingsResult>(FILE_FINDINGS, params, token);
      for (const [rule, count] of Object.entries(found.counts)) counts[rule] = (counts[rule] ?? 0) + count;
    },
  });
  return isDone ? counts : undefined;
}

async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const [only, second] = workspace.workspaceFolders ?? [];
  if (second === undefined) return only;
  return window.showWorkspaceFolderPick({ placeHolder: l10n.t('Folder for the configuration') });
}

async function chooseHadolint(): Promise<Uri | undefined> {
  const found = await workspace.findFiles(HADOLINT_GLOB, LINT_EXCLUDE, MOST_HADOLINT_FILES);
  const active = window.activeTextEditor?.document.uri.toString();
  const shown = found.find((uri) => uri.toString() === active);
  const [only, second] = found;
  if (shown !== undefined || second === undefined) {
    if (only === undefined)
      void window.showInformationMessage(l10n.t('There is no .hadolint.yaml in the workspace.'));
    return shown ?? only;
  }
  const items = found.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which configuration?') }))?.uri;
}

async function presentIn(folder: Uri): Promise<Uri | undefined> {
  for (const name of CONFIG_NAMES) {
    const uri = Uri.joinPath(folder, name);
    if (await exists(uri)) return uri;
  }
  return undefined;
}

async function writeAndShow(uri: Uri, text: string): Promise<void> {
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await window.showTextDocument(uri);
}

/** Left to be saved: what was there before is one undo away. */
async function replaceAndShow(uri: Uri, text: string): Promise<void> {
  const { document } = await window.showTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
  await workspace.applyEdit(edit);
}
