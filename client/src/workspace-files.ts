/** Going over the files of the workspace that may be for Bulkhead, with progress that can be cancelled. */
import {
  type CancellationToken,
  type LogOutputChannel,
  ProgressLocation,
  RelativePattern,
  type Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { LINT_EXCLUDE, LINT_GLOB } from './documents.js';

/** Files that are read and sent at a time. */
const AT_ONCE = 8;
const MOST_FILES = 10_000;

export interface Visit {
  /** Of the progress. */
  readonly title: string;
  /** Only this folder; the whole workspace when left out. */
  readonly folder?: WorkspaceFolder;
  readonly log: LogOutputChannel;
  /** Called for several files at a time, with what the editor shows of a file when it is open. */
  file(uri: Uri, text: string, token: CancellationToken): Promise<void>;
}

/** False when the user cancelled it. */
export async function visitFiles({ title, folder, log, file }: Visit): Promise<boolean> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const glob = folder === undefined ? LINT_GLOB : new RelativePattern(folder, LINT_GLOB);
    const waiting = await workspace.findFiles(glob, LINT_EXCLUDE, MOST_FILES, token);
    const total = waiting.length;
    let finished = 0;
    const worker = async () => {
      for (let uri = waiting.shift(); uri && !token.isCancellationRequested; uri = waiting.shift()) {
        const text = await currentText(uri, log);
        if (text !== undefined && !token.isCancellationRequested) await file(uri, text, token);
        finished++;
        progress.report({ message: `${finished}/${total}`, increment: 100 / total });
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    } catch (error) {
      if (!token.isCancellationRequested) throw error;
    }
    return !token.isCancellationRequested;
  });
}

/** Undefined for what does not exist, cannot be read or is no UTF-8 text. */
export async function currentText(uri: Uri, log?: LogOutputChannel): Promise<string | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    log?.warn(`${workspace.asRelativePath(uri)} could not be read as text`);
    return undefined;
  }
}

export async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
