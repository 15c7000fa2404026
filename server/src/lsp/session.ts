/**
 * One editor's session over one connection: open documents, their settings and the newest look at each. All state of
 * the server lives here and ends with the connection. Free of Node, so that it also runs in a browser worker.
 */
import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  DidChangeConfigurationNotification,
  type DocumentDiagnosticReport,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isRecord } from '../engine/read-config.js';
import { rulePage } from '../engine/rule-page.js';
import { codeActionsFor, fixAllEdit } from '../features/code-actions.js';
import { hoverAt } from '../features/hover.js';
import type { AnyRule } from '../rules/rule.js';
import { type ClientProfile, readClient, SERVER_COMMAND } from './capabilities.js';
import { coalesce } from './coalesce.js';
import { crashReporter, type ReportCrash } from './crash-report.js';
import { foldersOf, initializeResult } from './handshake.js';
import type { FileInput } from './look.js';
import type {
  LintWorkspaceFileMethod,
  LintWorkspaceFileParams,
  LintWorkspaceFileResult,
  ShowLogMethod,
  StatusMethod,
} from './protocol.js';
import { nextTold, reportOf, type Told } from './pull.js';
import type { Settings } from './settings.js';
import { type SettingsStore, settingsStore } from './settings-store.js';
import { statusOf } from './status.js';
import { type View, type ViewStore, viewOf, viewStore } from './views.js';

export interface SessionHost {
  readonly connection: Connection;
  readonly rules: readonly AnyRule[];
  readonly version: string;
  /** The day of the user's clock, `2026-11-24`. */
  today(): string;
  /** Runs a task when the message at hand is done with, like `setImmediate`. */
  schedule(task: () => void): void;
}

/** Answers on the connection from now on. The caller starts listening. */
export function startSession(host: SessionHost): void {
  host.connection.onInitialize((params) => {
    const client = readClient(params);
    new Session(host, client, params).register();
    return initializeResult(client, host.version);
  });
}

const STATUS: StatusMethod = 'bulkhead/status';
const SHOW_LOG: ShowLogMethod = 'bulkhead/showLog';
const LINT_FILE: LintWorkspaceFileMethod = 'bulkhead/lintWorkspaceFile';

class Session {
  readonly #host: SessionHost;
  readonly #connection: Connection;
  readonly #client: ClientProfile;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #settings: SettingsStore;
  readonly #views: ViewStore;
  readonly #reportCrash: ReportCrash;
  /** What the editor was last told about each document. */
  readonly #told = new Map<string, Told>();
  /** Documents to look at again even when only saving starts a look. */
  readonly #due = new Set<string>();
  /** Documents that changed since the last turn. */
  readonly #changed = new Set<string>();
  readonly #publishSoon: () => void;
  #folders: readonly string[];
  #results = 0;

  constructor(host: SessionHost, client: ClientProfile, params: InitializeParams) {
    const { connection, rules } = host;
    this.#host = host;
    this.#connection = connection;
    this.#client = client;
    this.#folders = foldersOf(params);
    this.#settings = settingsStore({
      rules,
      given: client.own.settings,
      ask: client.configuration
        ? (scopeUri) => connection.workspace.getConfiguration({ scopeUri, section: 'bulkhead' })
        : undefined,
      log: (message) => connection.console.warn(message),
    });
    this.#views = viewStore(client.editor);
    this.#reportCrash = crashReporter({
      log: (message) => connection.console.error(message),
      tell: (message) => void this.#tellFailure(message),
    });
    this.#publishSoon = coalesce(host.schedule, () => this.#publishChanged());
  }

  register(): void {
    const connection = this.#connection;
    const documents = this.#documents;
    connection.onInitialized(() => this.#initialized());
    documents.onDidOpen(({ document }) => this.#due.add(document.uri));
    documents.onDidChangeContent(({ document }) => this.#touch(document.uri));
    documents.onDidSave(({ document }) => this.#saved(document.uri));
    documents.onDidClose(({ document }) => this.#closed(document.uri));
    connection.onDidChangeConfiguration(({ settings }) => this.#settingsChanged(settings));
    connection.onHover(({ textDocument, position }) =>
      this.#guard('hover', null, async () => {
        const view = await this.#view(textDocument.uri);
        return (view?.features && hoverAt(view.features, position)) ?? null;
      }),
    );
    connection.onCodeAction((params) => this.#guard('code actions', [], () => this.#codeActions(params)));
    if (this.#client.editor.resolveEdit)
      connection.onCodeActionResolve((action) =>
        this.#guard('code actions', action, () => this.#resolve(action)),
      );
    if (this.#client.pull)
      connection.languages.diagnostics.on(({ textDocument, previousResultId }) =>
        this.#guard<DocumentDiagnosticReport>('diagnostics', { kind: 'full', items: [] }, () =>
          this.#pulled(textDocument.uri, previousResultId),
        ),
      );
    connection.onExecuteCommand(({ command, arguments: args }) =>
      this.#guard('commands', null, () => this.#execute(command, args?.[0])),
    );
    connection.onRequest(LINT_FILE, (params: LintWorkspaceFileParams, token: CancellationToken) =>
      this.#guard<LintWorkspaceFileResult>(
        'a file of the workspace',
        { diagnostics: [], state: 'incomplete' },
        () => this.#lintFile(params, token),
      ),
    );
    documents.listen(connection);
  }

  #initialized(): void {
    const { connection, version } = this.#host;
    connection.console.info(`Bulkhead ${version} is ready`);
    if (this.#client.watchConfiguration)
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'bulkhead' });
    if (this.#client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        this.#folders = [...this.#folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
        this.#settingsChanged(undefined);
      });
  }

  /** A change: what is told now stays until the new list is ready. */
  #touch(uri: string): void {
    if (this.#client.pull) return;
    this.#changed.add(uri);
    this.#publishSoon();
  }

  #saved(uri: string): void {
    this.#due.add(uri);
    this.#touch(uri);
    if (this.#told.get(uri)?.view.input.settings.run === 'onSave') this.#refreshPulling();
  }

  #closed(uri: string): void {
    this.#settings.forget(uri);
    this.#views.forget(uri);
    this.#told.delete(uri);
    this.#due.delete(uri);
    this.#changed.delete(uri);
    if (!this.#client.pull) void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #settingsChanged(sent: unknown): void {
    this.#settings.reset(sent);
    for (const uri of this.#documents.keys()) {
      this.#due.add(uri);
      this.#touch(uri);
    }
    this.#refreshPulling();
  }

  #refreshPulling(): void {
    if (this.#client.pull && this.#client.refreshDiagnostics)
      this.#connection.languages.diagnostics.refresh().catch(() => undefined);
  }

  #publishChanged(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const uri of changed) void this.#guard('diagnostics', undefined, () => this.#publish(uri));
  }

  async #publish(uri: string): Promise<void> {
    const settings = await this.#settingsOf(uri);
    const document = this.#documents.get(uri);
    if (!document || !settings || (settings.run === 'onSave' && !this.#due.has(uri))) return;
    const view = this.#look(document, settings);
    if (this.#told.get(uri)?.view === view) return;
    this.#tell(view);
    void this.#connection.sendDiagnostics({ uri, version: view.version, diagnostics: view.diagnostics() });
  }

  async #pulled(uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport> {
    const settings = await this.#settingsOf(uri);
    const document = this.#documents.get(uri);
    if (!document || !settings) return { kind: 'full', items: [] };
    const told = this.#told.get(uri);
    const waits = settings.run === 'onSave' && !this.#due.has(uri);
    if (told && waits) return reportOf(told, previous);
    const view = this.#look(document, settings);
    return reportOf(told?.view === view ? told : this.#tell(view), previous);
  }

  /** Notes what the editor learns, and brings its status item up to date. */
  #tell(view: View): Told {
    const before = this.#told.get(view.uri);
    const told = nextTold(before, view, ++this.#results);
    this.#told.set(view.uri, told);
    this.#due.delete(view.uri);
    if (this.#client.status) void this.#connection.sendNotification(STATUS, statusOf(view));
    return told;
  }

  async #view(uri: string): Promise<View | undefined> {
    const settings = await this.#settingsOf(uri);
    const document = this.#documents.get(uri);
    return document && settings && this.#look(document, settings);
  }

  /** Undefined when the document was closed while the editor was being asked. */
  async #settingsOf(uri: string): Promise<Settings | undefined> {
    while (this.#documents.get(uri)) {
      const asked = this.#settings.of(uri);
      const settings = await asked;
      // Otherwise the settings changed meanwhile, and the answer is an old one.
      if (this.#documents.get(uri) && this.#settings.of(uri) === asked) return settings;
    }
    return undefined;
  }

  #look(document: TextDocument, settings: Settings): View {
    const { uri, languageId, version } = document;
    return this.#checked(this.#views.of(version, this.#input(uri, languageId, document.getText(), settings)));
  }

  #input(uri: string, languageId: string | undefined, text: string, settings: Settings): FileInput {
    const { rules } = this.#host;
    return { uri, languageId, text, settings, rules, today: this.#host.today(), folders: this.#folders };
  }

  /** Reports what failed in a view; fixes that are asked for later may add to it. */
  #checked(view: View): View {
    const { analysis, crash } = view.look;
    for (const one of [...(crash ? [crash] : []), ...(analysis?.crashes ?? [])]) this.#reportCrash(one);
    return view;
  }

  async #codeActions({ textDocument, range, context }: CodeActionParams): Promise<CodeAction[]> {
    const view = await this.#view(textDocument.uri);
    if (!view?.features) return [];
    const actions = [...codeActionsFor(view.features, range, context)];
    this.#checked(view);
    return actions;
  }

  /** An action that was offered for another version keeps no edit: it would hit the wrong place. */
  async #resolve(action: CodeAction): Promise<CodeAction> {
    const data: unknown = action.data;
    if (!isRecord(data) || typeof data.uri !== 'string') return action;
    const view = await this.#view(data.uri);
    if (!view?.features || view.version !== data.version) return action;
    const edit = fixAllEdit(view.features);
    this.#checked(view);
    return edit ? { ...action, edit } : action;
  }

  async #execute(command: string, rule: unknown): Promise<null> {
    const known = this.#host.rules.find(({ meta }) => meta.id === rule);
    if (command === SERVER_COMMAND && known)
      await this.#connection.window.showDocument({ uri: rulePage(known.meta.id), external: true });
    return null;
  }

  async #lintFile(
    { uri, text, languageId }: LintWorkspaceFileParams,
    token: CancellationToken,
  ): Promise<LintWorkspaceFileResult> {
    const open = this.#documents.get(uri);
    const content = text ?? open?.getText();
    if (content === undefined) return { diagnostics: [], state: 'none' };
    const settings = await this.#settings.once(uri);
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const input = this.#input(uri, languageId ?? open?.languageId, content, settings);
    const view = this.#checked(viewOf(open?.version ?? 0, input, this.#client.editor));
    return { diagnostics: view.diagnostics(), state: statusOf(view).state };
  }

  /** The border: a request that fails is logged and answered with nothing, and the session goes on. */
  async #guard<T>(what: string, otherwise: T, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.#reportCrash({ rule: what, error });
      return otherwise;
    }
  }

  async #tellFailure(message: string): Promise<void> {
    const { connection } = this.#host;
    if (!this.#client.showLog) return connection.window.showErrorMessage(message);
    const chosen = await connection.window.showErrorMessage(message, { title: 'Show Log' });
    if (chosen) void connection.sendNotification(SHOW_LOG);
  }
}
