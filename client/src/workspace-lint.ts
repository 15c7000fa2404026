/** Looks at every file of the workspace on command. Its results stand beside those of open documents, never twice. */
import {
  type CancellationToken,
  commands,
  type Disposable,
  l10n,
  languages,
  type LogOutputChannel,
  ProgressLocation,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  LintWorkspaceFileMethod,
  LintWorkspaceFileParams,
  LintWorkspaceFileResult,
} from '../../server/src/lsp/protocol.js';
import { LINT_EXCLUDE, LINT_GLOB } from './documents.js';
import type { Server } from './server.js';
import { shownDocuments } from './shown-documents.js';

export interface WorkspaceLint extends Disposable {
  run(): Promise<void>;
  clear(): void;
}

const LINT_FILE: LintWorkspaceFileMethod = 'bulkhead/lintWorkspaceFile';
/** Files that are read and sent at a time. */
const AT_ONCE = 8;
const MOST_FILES = 10_000;
/** Tells menus that there is something to clear. */
const CONTEXT_KEY = 'bulkhead.hasWorkspaceResults';

export function createWorkspaceLint(server: Server, log: LogOutputChannel): WorkspaceLint {
  const collection = languages.createDiagnosticCollection('bulkhead-workspace');
  // A document that is shown gets its own diagnostics. Tab and document come in either order.
  const forgetShown = () => {
    const shown = shownDocuments();
    collection.forEach((uri) => {
      if (shown.has(uri.toString())) collection.delete(uri);
    });
  };
  const listeners = [
    workspace.onDidOpenTextDocument(forgetShown),
    window.tabGroups.onDidChangeTabs(forgetShown),
  ];

  function clear(): void {
    collection.clear();
    void commands.executeCommand('setContext', CONTEXT_KEY, false);
  }

  async function lint(uri: Uri, client: BaseLanguageClient, token: CancellationToken): Promise<number> {
    const text = await read(uri, log);
    if (text === undefined || token.isCancellationRequested) return 0;
    const params: LintWorkspaceFileParams = { uri: client.code2ProtocolConverter.asUri(uri), text };
    const { diagnostics } = await client.sendRequest<LintWorkspaceFileResult>(LINT_FILE, params, token);
    const found = await client.protocol2CodeConverter.asDiagnostics(diagnostics, token);
    if (found.length > 0 && !shownDocuments().has(uri.toString())) collection.set(uri, found);
    return found.length;
  }

  async function run(): Promise<void> {
    const client = await server.ready();
    clear();
    const done = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t('Bulkhead is reading the workspace'),
        cancellable: true,
      },
      async (progress, token) => {
        const files = await workspace.findFiles(LINT_GLOB, LINT_EXCLUDE, MOST_FILES, token);
        const shown = shownDocuments();
        const waiting = files.filter((uri) => !shown.has(uri.toString()));
        const total = waiting.length;
        let findings = 0;
        let finished = 0;
        const worker = async () => {
          for (let uri = waiting.shift(); uri && !token.isCancellationRequested; uri = waiting.shift()) {
            findings += await lint(uri, client, token);
            finished++;
            progress.report({ message: l10n.t('{0} of {1} files', finished, total), increment: 100 / total });
          }
        };
        try {
          await Promise.all(Array.from({ length: AT_ONCE }, worker));
        } catch (error) {
          if (!token.isCancellationRequested) throw error;
        }
        return { findings, finished, cancelled: token.isCancellationRequested };
      },
    );
    void commands.executeCommand('setContext', CONTEXT_KEY, done.findings > 0);
    // The command is done; the message may stay for as long as the user likes.
    void tell(done);
  }

  return {
    run,
    clear,
    dispose() {
      for (const listener of listeners) listener.dispose();
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
  const chosen = await (findings > 0
    ? window.showInformationMessage(message, show)
    : window.showInformationMessage(message));
  if (chosen === show) await commands.executeCommand('workbench.actions.view.problems');
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
