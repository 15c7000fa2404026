/**
 * Changes around open documents that lie in no folder of the workspace. The server asks for its files to be watched, but
 * what it asks for counts in the folders of the workspace only.
 */
import { Disposable, languages, RelativePattern, type TextDocument, Uri, workspace } from 'vscode';
import type { FileEvent } from 'vscode-languageclient';
import { selector } from './documents.js';

const CREATED = 1;
const CHANGED = 2;
const DELETED = 3;

/** Tells of files that come, change or go in the folder of such a document, for as long as one of the folder is open. */
export function watchAroundLoneDocuments(tell: (uri: Uri, type: FileEvent['type']) => void): Disposable {
  const watched = new Map<string, Disposable>();

  function refresh(): void {
    const folders = new Map(
      workspace.textDocuments.filter(isLone).map(({ uri }) => {
        const folder = Uri.joinPath(uri, '..');
        return [folder.toString(), folder];
      }),
    );
    for (const [key, watcher] of watched) {
      if (folders.has(key)) continue;
      watcher.dispose();
      watched.delete(key);
    }
    for (const [key, folder] of folders) if (!watched.has(key)) watched.set(key, watch(folder));
  }

  function watch(folder: Uri): Disposable {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '*'));
    watcher.onDidCreate((uri) => tell(uri, CREATED));
    watcher.onDidChange((uri) => tell(uri, CHANGED));
    watcher.onDidDelete((uri) => tell(uri, DELETED));
    return watcher;
  }

  refresh();
  return Disposable.from(
    workspace.onDidOpenTextDocument(refresh),
    workspace.onDidCloseTextDocument(refresh),
    workspace.onDidChangeWorkspaceFolders(refresh),
    { dispose: () => Disposable.from(...watched.values()).dispose() },
  );
}

function isLone(document: TextDocument): boolean {
  const { uri } = document;
  if (document.isUntitled || workspace.getWorkspaceFolder(uri) !== undefined) return false;
  return languages.match(selector, document) > 0;
}
