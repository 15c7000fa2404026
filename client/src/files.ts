/** Reads files around open documents for the server, on every file system that VS Code knows. */
import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { FileAnswer, ReadFilesParams, ReadFilesResult } from '../../server/src/lsp/protocol.js';

const MAX_BYTES = 4 * 1024 * 1024;
/** Texts that are kept; when there are more, it begins anew. */
const MOST_KEPT = 200;

const ABSENT: FileAnswer = { state: 'absent' };
const UNREADABLE: FileAnswer = { state: 'unreadable' };

interface Kept {
  readonly mtime: number;
  readonly size: number;
  readonly text: string;
}

/** Answers `bulkhead/readFiles`. A file is fetched again only when its time or size changed. */
export function createFileReader(): (params: ReadFilesParams) => Promise<ReadFilesResult> {
  const kept = new Map<string, Kept>();

  async function read(uri: Uri, isLink: (folder: Uri) => Promise<boolean>): Promise<FileAnswer> {
    const root = rootOf(uri);
    if (root === undefined) return UNREADABLE;
    try {
      const { type, size, mtime } = await workspace.fs.stat(uri);
      // A folder of that name is no such file.
      if ((type & FileType.File) === 0) return ABSENT;
      // Where a link leads, only its file system knows: perhaps out of the workspace.
      if ((type & FileType.SymbolicLink) !== 0 || size > MAX_BYTES) return UNREADABLE;
      for (const folder of foldersBetween(root, uri)) if (await isLink(folder)) return UNREADABLE;
      const key = uri.toString();
      const known = kept.get(key);
      // Some file systems keep no time.
      if (known && mtime > 0 && known.mtime === mtime && known.size === size) return { text: known.text };
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, { mtime, size, text });
      return { text };
    } catch (error) {
      return error instanceof FileSystemError && error.code === 'FileNotFound' ? ABSENT : UNREADABLE;
    }
  }

  return async ({ uris }) => {
    const links = new Map<string, Promise<boolean>>();
    const isLink = (folder: Uri) => {
      const key = folder.toString();
      const known = links.get(key) ?? isSymbolicLink(folder);
      links.set(key, known);
      return known;
    };
    return { files: await Promise.all(uris.map((uri) => read(Uri.parse(uri), isLink))) };
  };
}

async function isSymbolicLink(uri: Uri): Promise<boolean> {
  const { type } = await workspace.fs.stat(uri);
  return (type & FileType.SymbolicLink) !== 0;
}

/** The folder that allows a file to be read: one of the workspace, or that of an open document. */
function rootOf(uri: Uri): Uri | undefined {
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder) return folder.uri;
  return workspace.textDocuments
    .map((document) => Uri.joinPath(document.uri, '..'))
    .find((one) => one.scheme === uri.scheme && one.authority === uri.authority && isBelow(uri, one));
}

function isBelow(uri: Uri, folder: Uri): boolean {
  return uri.path.startsWith(folder.path.endsWith('/') ? folder.path : `${folder.path}/`);
}

/** Those that a path to the file goes through below the root. */
function foldersBetween(root: Uri, uri: Uri): readonly Uri[] {
  const folders: Uri[] = [];
  for (let folder = Uri.joinPath(uri, '..'); isBelow(folder, root); folder = Uri.joinPath(folder, '..'))
    folders.push(folder);
  return folders;
}
