/** Accepting what is found today, so that only new findings are shown, and keeping that list short. */
import { commands, type Disposable, l10n, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import type {
  BaselineShrunkParams,
  FileFindingsMethod,
  FileFindingsParams,
  FileFindingsResult,
  FileInBaseline,
  NewBaselineMethod,
  NewBaselineParams,
  NewBaselineResult,
} from '../../server/src/lsp/protocol.js';
import type { Server } from './server.js';
import { currentText, exists, visitFiles } from './workspace-files.js';

const FILE_FINDINGS: FileFindingsMethod = 'bulkhead/fileFindings';
const NEW_BASELINE: NewBaselineMethod = 'bulkhead/newBaseline';

export function registerBaseline(server: Server, log: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand('bulkhead.acceptFindings', () => change(server, log, false)),
    commands.registerCommand('bulkhead.updateBaseline', () => change(server, log, true)),
  ];
}

async function change(server: Server, log: LogOutputChannel, onlyRemove: boolean): Promise<void> {
  const client = await server.ready();
  const books = new Map<string, FileInBaseline[]>();
  const isDone = await visitFiles({
    title: l10n.t('Bulkhead is reading the workspace'),
    log,
    async file(uri, text, token) {
      const params: FileFindingsParams = { uri: client.code2ProtocolConverter.asUri(uri), text };
      const { baseline } = await client.sendRequest<FileFindingsResult>(FILE_FINDINGS, params, token);
      if (baseline) books.set(baseline.uri, [...(books.get(baseline.uri) ?? []), baseline]);
    },
  });
  if (!isDone) return;
  const told: string[] = [];
  for (const [book, files] of books) {
    const uri = client.protocol2CodeConverter.asUri(book);
    const before = await currentText(uri);
    if (before === undefined && (onlyRemove || files.every(({ entries }) => entries.length === 0))) continue;
    const params: NewBaselineParams = {
      uri: book,
      ...(before !== undefined && { before }),
      files: files.map(({ path, complete, entries }) => ({ path, complete, entries })),
      gone: await goneFrom(uri, before),
      onlyRemove,
    };
    const result = await client.sendRequest<NewBaselineResult>(NEW_BASELINE, params);
    const name = workspace.asRelativePath(uri);
    if (result.problem === undefined) {
      if (result.text !== before) await workspace.fs.writeFile(uri, new TextEncoder().encode(result.text));
      const { total, added, removed } = result;
      told.push(l10n.t('{0}: {1} findings accepted, {2} new, {3} taken out.', name, total, added, removed));
    } else void window.showErrorMessage(l10n.t('{0} cannot be changed: it {1}.', name, result.problem));
  }
  void window.showInformationMessage(
    told.length > 0
      ? told.join(' ')
      : onlyRemove
        ? l10n.t('There is no baseline in the workspace.')
        : l10n.t('Nothing was found, so no baseline is needed.'),
  );
}

/** Paths in a baseline whose file is not there any more. */
async function goneFrom(uri: Uri, text: string | undefined): Promise<string[]> {
  const gone: string[] = [];
  for (const path of pathsIn(text)) if (!(await exists(Uri.joinPath(uri, '..', path)))) gone.push(path);
  return gone;
}

function pathsIn(text: string | undefined): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const findings: unknown =
      typeof value === 'object' && value !== null && 'findings' in value ? value.findings : [];
    const entries: readonly unknown[] = Array.isArray(findings) ? findings : [];
    return new Set(
      entries.flatMap((entry) =>
        typeof entry === 'object' && entry !== null && 'path' in entry && typeof entry.path === 'string'
          ? [entry.path]
          : [],
      ),
    );
  } catch {
    return new Set();
  }
}

/** Takes out what a saved file has no more, unless somebody is editing the baseline or changed it meanwhile. */
export async function shrinkBaseline({ uri, before, text }: BaselineShrunkParams): Promise<void> {
  const target = Uri.parse(uri);
  const isOpen = workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === target.toString(),
  );
  if (isOpen || workspace.getWorkspaceFolder(target) === undefined) return;
  if ((await currentText(target)) !== before) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
