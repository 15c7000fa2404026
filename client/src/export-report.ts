/** Writes the report about everything that is known of the workspace, as a page or as Markdown. */
import { commands, env, l10n, ProgressLocation, UIKind, Uri, window, workspace } from 'vscode';
import type {
  ReportFormat,
  ReportMethod,
  ReportParams,
  ReportResult,
} from '../../server/src/lsp/protocol.js';
import type { Server } from './server.js';
import type { WorkspaceLint } from './workspace-lint.js';

const REPORT: ReportMethod = 'bulkhead/report';

/** `target`: where to write, for who calls it from a key binding or another extension; asked for otherwise. */
export async function exportReport(server: Server, lint: WorkspaceLint, target: unknown): Promise<void> {
  const file = target instanceof Uri ? target : await askForFile();
  if (file === undefined) return;
  // What is on the score card so far may be a part of the workspace only.
  if (workspace.workspaceFolders !== undefined && !(await lint.run({ silent: true }))) return;
  const client = await server.ready();
  const params: ReportParams = { format: formatOf(file) };
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Bulkhead is writing the report'),
    cancellable: true,
  };
  const written = await window.withProgress(options, async (_, token) => {
    try {
      return await client.sendRequest<ReportResult>(REPORT, params, token);
    } catch (error) {
      if (!token.isCancellationRequested) throw error;
      return undefined;
    }
  });
  if (written === undefined) return;
  const { text, files } = written;
  if (files === 0) {
    void window.showInformationMessage(
      l10n.t('There is nothing to report: no Dockerfile and no Compose file was found.'),
    );
    return;
  }
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  // The command is done; the message may stay for as long as the user likes.
  void offerToOpen(file, files);
}

function formatOf({ path }: Uri): ReportFormat {
  return /\.(?:md|markdown)$/i.test(path) ? 'markdown' : 'html';
}

function askForFile(): Thenable<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showSaveDialog({
    title: l10n.t('Export Report'),
    saveLabel: l10n.t('Export'),
    // The end of the name decides the format.
    filters: { [l10n.t('Web page')]: ['html'], Markdown: ['md'] },
    ...(folder && { defaultUri: Uri.joinPath(folder, 'bulkhead-report.html') }),
  });
}

async function offerToOpen(file: Uri, files: number): Promise<void> {
  const open = l10n.t('Open');
  const message =
    files === 1 ? l10n.t('The report is about 1 file.') : l10n.t('The report is about {0} files.', files);
  if ((await window.showInformationMessage(message, open)) !== open) return;
  if (formatOf(file) === 'markdown') await commands.executeCommand('markdown.showPreview', file);
  else if (file.scheme === 'file' && env.remoteName === undefined && env.uiKind === UIKind.Desktop)
    await env.openExternal(file);
  // No browser reaches that file: its text is better than nothing.
  else await window.showTextDocument(file);
}
