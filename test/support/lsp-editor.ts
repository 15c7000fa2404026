/**
 * An editor for tests: a real LSP connection over two streams in memory, documents that change as a user would change
 * them, and waits that end with a message of the server, never with a clock.
 */
import { PassThrough } from 'node:stream';
import { afterEach } from 'node:test';
import {
  type ClientCapabilities,
  type CodeAction,
  type Command,
  type ConfigurationParams,
  type Connection,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type Logger,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentEdit,
  type UnregistrationParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isRecord } from '../../server/src/engine/read-config.js';
import type { Bundle } from '../../server/src/l10n/translate.js';
import type {
  FileAnswer,
  InitializationOptions,
  ReadFilesParams,
  ReadFilesResult,
  ScoreChangedParams,
  StatusParams,
} from '../../server/src/lsp/protocol.js';
import { startSession } from '../../server/src/lsp/session.js';
import type { AnyRule } from '../../server/src/rules/rule.js';

export interface EditorOptions {
  readonly rules: readonly AnyRule[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** What stands below `bulkhead` in the settings at first. */
  readonly settings?: unknown;
  /** The folders that are open, by URI; one when left out. */
  readonly folders?: readonly string[];
  /** What a folder has below `bulkhead` in its own settings, by URI, in place of the settings above. */
  readonly folderSettings?: ReadonlyMap<string, unknown>;
  readonly today?: string;
  /** Files on the disk that the server sees, by URI. */
  readonly disk?: Map<string, string>;
  /** Files that the editor reads for the server, by URI; undefined: one that it cannot read. */
  readonly files?: Map<string, string | undefined>;
  /** The language of the editor's user. */
  readonly locale?: string;
  /** What is shipped with the server for a language. */
  readonly translation?: (locale: string) => Promise<Bundle | undefined>;
}

/** What VS Code announces, as far as the server looks at it. */
export const VSCODE: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create', 'rename', 'delete'],
      snippetEditSupport: true,
      changeAnnotationSupport: { groupsOnLabel: true },
    },
  },
  window: { showDocument: { support: true } },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
    codeAction: {
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
      honorsChangeAnnotations: true,
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

/** The same with diagnostics that the editor asks for. */
export const PULLING: ClientCapabilities = {
  ...VSCODE,
  textDocument: { ...VSCODE.textDocument, diagnostic: { dynamicRegistration: false } },
};

export type Editor = Awaited<ReturnType<typeof startEditor>>;

/** Starts editors for the tests of a file, which end with the test that started them. */
export function editorsWith(
  rules: readonly AnyRule[],
): (options?: Partial<EditorOptions>) => Promise<Editor> {
  let running: Editor[] = [];
  afterEach(async () => {
    const all = running;
    running = [];
    await Promise.all(all.map((editor) => editor.stop()));
  });
  return async (options = {}) => {
    const editor = await startEditor({ rules, ...options });
    running.push(editor);
    return editor;
  };
}

export async function startEditor(options: EditorOptions) {
  const { capabilities = VSCODE, folders = ['file:///project'] } = options;
  const [client, server] = connectionPair();
  const documents = new Map<string, TextDocument>();
  const published = new Inbox<PublishDiagnosticsParams>();
  const statuses = new Inbox<StatusParams>();
  const scores = new Inbox<ScoreChangedParams>();
  const messages = new Inbox<{ readonly message: string }>();
  const logs = new Inbox<{ readonly message: string }>();
  const refreshes = new Inbox<null>();
  const shown = new Inbox<{ readonly uri: string }>();
  const asked = new Inbox<{ readonly uris: readonly string[] }>();
  const files = options.files ?? new Map<string, string | undefined>();
  const offers = new Map<string, string>();
  const offered = new Inbox<readonly string[]>();
  let settings = options.settings;
  let holdSettings: Promise<void> | undefined;

  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
    published.add(params),
  );
  client.onNotification('bulkhead/status', (params: StatusParams) => statuses.add(params));
  client.onNotification('bulkhead/scoreChanged', (params: ScoreChangedParams) => scores.add(params));
  client.onNotification('bulkhead/showLog', () => shown.add({ uri: 'log' }));
  client.onNotification('window/logMessage', (params: { message: string }) => logs.add(params));
  client.onNotification('window/showMessage', (params: { message: string }) => messages.add(params));
  client.onRequest('window/showMessageRequest', (params: { message: string; actions?: unknown[] }) => {
    messages.add(params);
    return params.actions?.[0] ?? null;
  });
  client.onRequest('window/showDocument', (params: { uri: string }) => {
    shown.add(params);
    return { success: true };
  });
  client.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
    for (const { id, method } of registrations) offers.set(id, method);
    offered.add([...offers.values()].sort());
    return null;
  });
  client.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
    for (const { id } of unregisterations) offers.delete(id);
    offered.add([...offers.values()].sort());
    return null;
  });
  client.onRequest('workspace/diagnostic/refresh', () => {
    refreshes.add(null);
    return null;
  });
  client.onRequest('workspace/configuration', async ({ items }: ConfigurationParams) => {
    const answer = settings;
    await holdSettings;
    const folderOf = (uri = '') => folders.find((folder) => uri.startsWith(`${folder}/`)) ?? '';
    return items.map(({ scopeUri }) => options.folderSettings?.get(folderOf(scopeUri)) ?? answer ?? null);
  });
  client.onRequest('bulkhead/readFiles', ({ uris }: ReadFilesParams): ReadFilesResult => {
    asked.add({ uris });
    return { files: uris.map((uri) => answerOf(files, uri)) };
  });
  client.listen();
  startSession({
    connection: server,
    rules: options.rules,
    ...(options.disk && {
      files: {
        covers: (uri: string) => uri.startsWith('file:'),
        read: async (uri: string) => options.disk?.get(uri),
      },
    }),
    ...(options.translation && { translation: options.translation }),
    version: '0.0.0',
    today: () => options.today ?? '2026-11-24',
    schedule: (task) => void setImmediate(task),
  });
  server.listen();
  const initialized: InitializeResult = await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf('/') + 1) })),
    capabilities,
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    initializationOptions: options.files
      ? { client: { ...options.initializationOptions?.client, readFiles: true } }
      : options.initializationOptions,
  });
  await client.sendNotification('initialized', {});

  function document(uri: string): TextDocument {
    const found = documents.get(uri);
    if (found === undefined) throw new Error(`${uri} is not open`);
    return found;
  }

  function rangeOf(uri: string, part: string): Range {
    const one = document(uri);
    const start = one.getText().indexOf(part);
    if (start < 0) throw new Error(`"${part}" is not in ${uri}`);
    return { start: one.positionAt(start), end: one.positionAt(start + part.length) };
  }

  function change(uri: string, changes: readonly { range?: Range; text: string }[]): void {
    const version = document(uri).version + 1;
    documents.set(uri, TextDocument.update(document(uri), [...changes], version));
    void client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: changes,
    });
  }

  /** The newest list, once it is for the version that is open now. */
  async function diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const { version } = document(uri);
    return (await published.first((one) => one.uri === uri && one.version === version)).diagnostics;
  }

  return {
    client,
    capabilities: initialized.capabilities,
    published,
    statuses,
    scores,
    messages,
    logs,
    refreshes,
    /** What the server asked to be read, request by request. */
    asked,
    /** What the editor would read. */
    files,
    shown,
    /** The methods that the server offers beyond the handshake, after each change, sorted. */
    offered,
    change,
    diagnostics,
    rangeOf,
    text: (uri: string) => document(uri).getText(),
    version: (uri: string) => document(uri).version,
    open(uri: string, text: string, languageId = languageOf(uri)): void {
      documents.set(uri, TextDocument.create(uri, languageId, 1, text));
      const textDocument = { uri, languageId, version: 1, text };
      void client.sendNotification('textDocument/didOpen', { textDocument });
    },
    /** Tells the server that files changed on the disk. */
    changedOnDisk: (...uris: string[]) =>
      client.sendNotification('workspace/didChangeWatchedFiles', {
        changes: uris.map((uri) => ({ uri, type: 2 })),
      }),
    deletedOnDisk: (...uris: string[]) =>
      client.sendNotification('workspace/didChangeWatchedFiles', {
        changes: uris.map((uri) => ({ uri, type: 3 })),
      }),
    /** Replaces the first occurrence of a part of the text, as typing would. */
    type(uri: string, part: string, text: string): void {
      change(uri, [{ range: rangeOf(uri, part), text }]);
    },
    save: (uri: string) => client.sendNotification('textDocument/didSave', { textDocument: { uri } }),
    close(uri: string): void {
      documents.delete(uri);
      void client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    pull: (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
      client.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      }),
    async actions(uri: string, part: string, only?: string[], context: readonly Diagnostic[] = []) {
      const found: (CodeAction | Command)[] | null = await client.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: rangeOf(uri, part),
        context: { diagnostics: context, ...(only ? { only } : {}) },
      });
      return (found ?? []).filter((one): one is CodeAction => !('arguments' in one));
    },
    resolve: (action: CodeAction): Promise<CodeAction> => client.sendRequest('codeAction/resolve', action),
    hover: (uri: string, position: Position): Promise<Hover | null> =>
      client.sendRequest('textDocument/hover', { textDocument: { uri }, position }),
    /** Does to the open documents what the edit says, and tells the server. */
    apply(edit: WorkspaceEdit | undefined): void {
      for (const { uri, edits, version } of editsByDocument(edit)) {
        if (version !== undefined && version !== document(uri).version)
          throw new Error(`an edit for version ${version} of ${uri}, which is at ${document(uri).version}`);
        const text = TextDocument.applyEdits(document(uri), edits);
        change(uri, [{ text }]);
      }
    },
    async setSettings(value: unknown): Promise<void> {
      settings = value;
      await client.sendNotification('workspace/didChangeConfiguration', { settings: { bulkhead: value } });
    },
    /** Lets questions for settings wait until the returned function is called. */
    holdSettings(): () => void {
      let release = () => {};
      holdSettings = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        holdSettings = undefined;
        release();
      };
    },
    async stop(): Promise<void> {
      await client.sendRequest('shutdown');
      client.dispose();
      server.dispose();
    },
  };
}

/** Messages of one kind: those that came, and waiting for one that has yet to come. */
class Inbox<T> {
  readonly all: T[] = [];
  #waiting: { accept: (message: T) => boolean; resolve: (message: T) => void }[] = [];

  add(message: T): void {
    this.all.push(message);
    const served = this.#waiting.filter((one) => one.accept(message));
    this.#waiting = this.#waiting.filter((one) => !served.includes(one));
    for (const one of served) one.resolve(message);
  }

  /** The newest message that is accepted, or the next one to come. */
  first(accept: (message: T) => boolean = () => true): Promise<T> {
    const there = this.all.findLast(accept);
    return there === undefined ? this.next(accept) : Promise.resolve(there);
  }

  /** The next one to come. */
  next(accept: (message: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve) => this.#waiting.push({ accept, resolve }));
  }
}

function connectionPair(): [ProtocolConnection, Connection] {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const quiet: Logger = { error: () => {}, warn: () => {}, info: () => {}, log: () => {} };
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up), quiet);
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  return [client, server];
}

interface DocumentEdits {
  readonly uri: string;
  readonly version: number | undefined;
  readonly edits: { range: Range; newText: string }[];
}

function editsByDocument(edit: WorkspaceEdit | undefined): readonly DocumentEdits[] {
  const plain = Object.entries(edit?.changes ?? {}).map(([uri, edits]) => ({
    uri,
    version: undefined,
    edits,
  }));
  const versioned = (edit?.documentChanges ?? []).flatMap((one) =>
    TextDocumentEdit.is(one)
      ? [
          {
            uri: one.textDocument.uri,
            version: one.textDocument.version ?? undefined,
            edits: one.edits.map((change) => ({
              range: change.range,
              newText: 'snippet' in change ? change.snippet.value : change.newText,
            })),
          },
        ]
      : [],
  );
  return [...plain, ...versioned];
}

function languageOf(uri: string): string {
  return /\.ya?ml$/.test(uri) ? 'yaml' : 'dockerfile';
}

/** Ids of the rules that diagnostics speak for, sorted. */
export function codesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code }) => String(code)).sort();
}

export function rulesIn(diagnostic: Diagnostic | undefined): unknown {
  return isRecord(diagnostic?.data) ? diagnostic.data.rules : undefined;
}

/** The message as plain text; LSP also allows markup. */
export function messageOf(diagnostic: Diagnostic | undefined): string {
  const message = diagnostic?.message ?? '';
  return typeof message === 'string' ? message : message.value;
}

function answerOf(files: ReadonlyMap<string, string | undefined>, uri: string): FileAnswer {
  const text = files.get(uri);
  if (text !== undefined) return { text };
  return { state: files.has(uri) ? 'unreadable' : 'absent' };
}
