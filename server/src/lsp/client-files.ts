/** Files that the editor reads for the server: those of file systems that only the editor knows. */
import type { Connection } from 'vscode-languageserver';
import { isInside } from '../documents/compose/effective/uri.js';
import { type FileText, UNREADABLE } from '../engine/project.js';
import { isRecord } from '../engine/read-config.js';
import { coalesce } from './coalesce.js';
import type { RootedFileSystem } from './neighbours.js';
import type { ReadFilesMethod, ReadFilesParams } from './protocol.js';

const READ_FILES: ReadFilesMethod = 'bulkhead/readFiles';
/** Files of one request: the answer holds all their texts. */
const AT_ONCE = 50;

interface Asked {
  readonly text: Promise<FileText>;
  answer(text: FileText): void;
}

/** What is asked for in one turn goes to the editor in one request. */
export function clientFiles(connection: Connection, schedule: (task: () => void) => void): RootedFileSystem {
  let asked = new Map<string, Asked>();
  const askSoon = coalesce(schedule, () => {
    const all = [...asked];
    asked = new Map();
    for (let at = 0; at < all.length; at += AT_ONCE) void ask(connection, all.slice(at, at + AT_ONCE));
  });
  return {
    // An untitled document lies nowhere.
    covers: (uri) => !uri.startsWith('untitled:'),
    read(uri, folders) {
      if (!folders.some((folder) => isInside(uri, folder))) return Promise.resolve(UNREADABLE);
      const known = asked.get(uri);
      if (known) return known.text;
      let answer: Asked['answer'] = () => undefined;
      const text = new Promise<FileText>((resolve) => {
        answer = resolve;
      });
      asked.set(uri, { text, answer });
      askSoon();
      return text;
    },
  };
}

async function ask(connection: Connection, asked: readonly (readonly [string, Asked])[]): Promise<void> {
  const params: ReadFilesParams = { uris: asked.map(([uri]) => uri) };
  // An editor that fails here knows no more about the files than we do.
  const answer = await connection.sendRequest<unknown>(READ_FILES, params).catch(() => undefined);
  const files: readonly unknown[] = isRecord(answer) && Array.isArray(answer.files) ? answer.files : [];
  for (const [index, [, { answer }]] of asked.entries()) answer(textOf(files[index]));
}

function textOf(file: unknown): FileText {
  if (isRecord(file) && typeof file.text === 'string') return file.text;
  return isRecord(file) && file.state === 'absent' ? undefined : UNREADABLE;
}

/** The first of them that covers a file reads it. */
export function layeredFiles(layers: readonly RootedFileSystem[]): RootedFileSystem | undefined {
  if (layers.length === 0) return undefined;
  const layerOf = (uri: string) => layers.find((layer) => layer.covers(uri));
  return {
    covers: (uri) => layerOf(uri) !== undefined,
    read: async (uri, folders) => layerOf(uri)?.read(uri, folders) ?? UNREADABLE,
  };
}
