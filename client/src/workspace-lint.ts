/**
 * Looks at every file of the workspace on command, and from then on at those of them that change on disk or are closed.
 * Its results stand beside those of open documents, never twice.
 */
import {
  type CancellationToken,
  commands,
  Disposable,
  l10n,
  languages,
  type LogOutputChannel,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  ForgetWorkspaceFilesMethod,
  ForgetWorkspaceFilesParams,
  LintWorkspaceFileMethod,
  LintWorkspaceFileParams,
  LintWorkspaceFileResult,
} from '../../server/src/lsp/protocol.js';
import { LINT_EXCLUDE, LINT_GLOB } from './documents.js';
import type { Server, ServerState } from './server.js';
import { shownDocuments, urisOf } from './shown-documents.js';

export interface WorkspaceLint extends Disposable {
  /** False when the user cancelled. */
  run(options?: { readonly silent?: boolean }): Promise<boolean>;
  clear(): void;
  onState(state: ServerState): void;
}

const LINT_FILE: LintWorkspaceFileMethod = 'bulkhead/lintWorkspaceFile';
const FORGET: ForgetWorkspaceFilesMethod = 'bulkhead/forgetWorkspaceFiles';
/** Files that are read and sent at a time. */
const AT_ONCE = 8;
const MOST_FILES = 10_000;
/** A checkout changes many files: they are looked at together. */
const BURST_MILLISECONDS = 200;
/** Tells menus that there is something to clear. */
const CONTEXT_KEY = 'bulkhead.hasWorkspaceResults';

export function createWorkspaceLint(server: Server, log: LogOutputChannel): WorkspaceLint {
  const collection = languages.createDiagnosticCollection('bulkhead-workspace');
  /** Files that were looked at; undefined before the first run and after clearing. */
  let known: Set<string> | undefined;
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watcher: Disposable | undefined;

  // A document that is shown gets its own diagnostics. Tab and document come in either order.
  const forgetShown = () => {
    const shown = shownDocuments();
    collection.forEach((uri) => {
      if (shown.has(uri.toString())) collection.delete(uri);
    });
  };
  const listeners = [
    workspace.onDidOpenTextDocument(forgetShown),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      forgetShown();
      const shown = shownDocuments();
      const left = closed.flatMap(({ input }) => urisOf(input)).map(String);
      for (const uri of left.filter((one) => !shown.has(one))) {
        // What was looked at before it was opened comes back, with what it holds now.
        if (known?.has(uri)) again(uri);
        else forget([uri]);
      }
    }),
  ];

  function again(uri: string): void {
    waiting.add(uri);
    timer ??= setTimeout(() => {
      timer = undefined;
      const uris = [...waiting].map((one) => Uri.parse(one));
      waiting.clear();
      const client = server.running();
      if (client && known)
        void lintAll(uris, client).catch((error) => log.debug('Not looked at again', error));
    }, BURST_MILLISECONDS);
  }

  function forget(uris?: readonly string[]): void {
    const params: ForgetWorkspaceFilesParams = uris === undefined ? {} : { uris };
    void server.running()?.sendNotification(FORGET, params);
  }

  function clear(): void {
    collection.clear();
    known = undefined;
    waiting.clear();
    watcher?.dispose();
    watcher = undefined;
    forget();
    void commands.executeCommand('setContext', CONTEXT_KEY, false);
  }

  /** Also for a file that can be read no longer. */
  function drop(uris: readonly string[]): void {
    for (const uri of uris) {
      collection.delete(Uri.parse(uri));
      known?.delete(uri);
    }
    forget(uris);
  }

  function watch(): Disposable {
    const files = workspace.createFileSystemWatcher(LINT_GLOB, false, false, true);
    const isLeftOut = (uri: Uri) => /\/(?:node_modules|\.git|\.hg|\.svn)\//.test(uri.path);
    const changed = (uri: Uri) => {
      if (!isLeftOut(uri)) again(uri.toString());
    };
    files.onDidCreate(changed);
    files.onDidChange(changed);
    // Of a folder that is deleted only the folder is told.
    const deleted = workspace.createFileSystemWatcher('**', true, true, false);
    deleted.onDidDelete((gone) => {
      const own = gone.toString();
      const lost = [...(known ?? [])].filter((uri) => uri === own || uri.startsWith(`${own}/`));
      if (lost.length > 0) drop(lost);
    });
    return Disposable.from(files, deleted);
  }

  async function lint(uri: Uri, client: BaseLanguageClient, token?: CancellationToken): Promise<number> {
    const text = await read(uri, log);
    if (text === undefined && known?.has(uri.toString())) drop([uri.toString()]);
    if (text === undefined || token?.isCancellationRequested) return 0;
    const params: LintWorkspaceFileParams = {
      uri: client.code2ProtocolConverter.asUri(uri),
      text,
      keep: true,
    };
    // A token that is undefined would count as a second parameter.
    const result = await (token
      ? client.sendRequest<LintWorkspaceFileResult>(LINT_FILE, params, token)
      : client.sendRequest<LintWorkspaceFileResult>(LINT_FILE, params));
    const found = await client.protocol2CodeConverter.asDiagnostics(result.diagnostics, token);
    if (known === undefined) return 0;
    if (result.state === 'none') known.delete(uri.toString());
    else known.add(uri.toString());
    if (!shownDocuments().has(uri.toString())) collection.set(uri, found.length > 0 ? found : undefined);
    return found.length;
  }

  async function lintAll(
    uris: Uri[],
    client: BaseLanguageClient,
    token?: CancellationToken,
    onFile: (findings: number) => void = () => undefined,
  ): Promise<void> {
    const worker = async () => {
      for (let uri = uris.shift(); uri && !token?.isCancellationRequested; uri = uris.shift())
        onFile(await lint(uri, client, token));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  async function run({ silent = false } = {}): Promise<boolean> {
    const client = await server.ready();
    clear();
    known = new Set();
    watcher = watch();
    const done = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t('Bulkhead is reading the workspace'),
        cancellable: true,
      },
      async (progress, token) => {
        const files = await workspace.findFiles(LINT_GLOB, LINT_EXCLUDE, MOST_FILES, token);
        const shown = shownDocuments();
        const closed = files.filter((uri) => !shown.has(uri.toString()));
        const total = closed.length;
        let findings = 0;
        let finished = 0;
        try {
          await lintAll(closed, client, token, (found) => {
            findings += found;
            finished++;
            progress.report({
              message: l10n.t('{0} of {1} files', finished, total),
              increment: 100 / total,
            });
          });
        } catch (error) {
          if (!token.isCancellationRequested) throw error;
        }
        return { findings, finished, cancelled: token.isCancellationRequested };
      },
    );
    void commands.executeCommand('setContext', CONTEXT_KEY, done.findings > 0);
    // The command is done; the message may stay for as long as the user likes.
    if (!silent) void tell(done);
    return !done.cancelled;
  }

  return {
    run,
    clear,
    onState(state) {
      // A server that was started again knows nothing of closed files.
      if (state === 'running') for (const uri of known ?? []) again(uri);
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
      watcher?.dispose();
      clearTimeout(timer);
      collection.dispose();
    },
  };
}

interface Done {
  readonly findings: number;
  readonly finished: number;
  readonly cancelled: boolean;
}

async function tell({ findings, finished, cancelled }: Done): Promise<void> {
  const message = cancelled
    ? l10n.t('Cancelled after {0} closed files: findings so far {1}.', finished, findings)
    : l10n.t('Read {0} closed files: findings {1}.', finished, findings);
  const show = l10n.t('Show Problems');
  const card = l10n.t('Show Score Card');
  const chosen = await (findings > 0
    ? window.showInformationMessage(message, show, card)
    : window.showInformationMessage(message, card));
  if (chosen === show) await commands.executeCommand('workbench.actions.view.problems');
  if (chosen === card) await commands.executeCommand('bulkhead.scoreCard.focus');
}

/** Undefined for what cannot be read or is no UTF-8 text. */
async function read(uri: Uri, log: LogOutputChannel): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    log.warn(`${workspace.asRelativePath(uri)} could not be read as text`);
    return undefined;
  }
}
