/**
 * One editor's session over one connection. All state of the server lives in it and ends with the connection. Free of
 * Node, so that it also runs in a browser worker.
 */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  ResponseError,
} from 'vscode-languageserver';
import { say } from '../l10n/message.js';
import type { Bundle } from '../l10n/translate.js';
import type { AnyRule } from '../rules/rule.js';
import { type ClientProfile, readClient } from './capabilities.js';
import { clientFiles, layeredFiles } from './client-files.js';
import { crashReporter, type ReportCrash } from './crash-report.js';
import { answerDocumentRequests } from './document-requests.js';
import { DockerfileLanguage } from './dockerfile-language.js';
import { type EffectiveDocuments, effectiveDocuments } from './effective-documents.js';
import { foldersOf, initializeResult } from './handshake.js';
import type { RootedFileSystem } from './neighbours.js';
import { OpenDocuments } from './open-documents.js';
import { readOtherFindings } from './other-findings.js';
import { type Overlays, overlays } from './overlays.js';
import { answerProjectFiles, shrunkBaseline } from './project-files.js';
import type {
  BaselineShrunkMethod,
  OtherDockerfileSupportMethod,
  OtherDockerfileSupportParams,
  OtherFindingsMethod,
  OtherFindingsParams,
  ShowLogMethod,
} from './protocol.js';
import { ScoreBoard } from './score-board.js';
import { Telling } from './telling.js';
import { answerWorkspaceRequests } from './workspace-requests.js';

export interface SessionHost {
  readonly connection: Connection;
  readonly rules: readonly AnyRule[];
  readonly version: string;
  /** Reads the disk; left out where there is none. An editor may read more for us. */
  readonly files?: RootedFileSystem;
  /** What is shipped for a language (`de`, `de-AT`); left out where there is no disk: such a client brings its bundle. */
  translation?(locale: string): Promise<Bundle | undefined>;
  /** The day of the user's clock, `2026-11-24`. */
  today(): string;
  /** Runs a task when the message at hand is done with, like `setImmediate`. */
  schedule(task: () => void): void;
}

/** Answers on the connection from now on. The caller starts listening. */
export function startSession(host: SessionHost): void {
  host.connection.onInitialize(async (params) => {
    const client = await readClient(params, host.translation);
    new Session(host, client, params).register();
    return initializeResult(client, host.version);
  });
}

const SHOW_LOG: ShowLogMethod = 'bulkhead/showLog';
const OTHER_FINDINGS: OtherFindingsMethod = 'bulkhead/otherFindings';
const OTHER_SUPPORT: OtherDockerfileSupportMethod = 'bulkhead/otherDockerfileSupport';
const BASELINE_SHRUNK: BaselineShrunkMethod = 'bulkhead/baselineShrunk';

/** Files that can lie around a document. A project may name others; those count when the document changes next. */
const WATCHED = [
  '**/*.{yml,yaml,env,dockerignore}',
  '**/{.env,.dockerignore}',
  '**/{Dockerfile,Containerfile}*',
  '**/*.Dockerfile',
  // Baselines; the files of configuration are among the first.
  '**/*baseline*.json',
];

class Session {
  readonly #host: SessionHost;
  readonly #connection: Connection;
  readonly #client: ClientProfile;
  readonly #documents: OpenDocuments;
  readonly #language: DockerfileLanguage;
  readonly #overlays: Overlays;
  readonly #board: ScoreBoard;
  readonly #effective: EffectiveDocuments;
  readonly #reportCrash: ReportCrash;
  readonly #telling: Telling;

  constructor(host: SessionHost, client: ClientProfile, params: InitializeParams) {
    const { connection, rules } = host;
    this.#host = host;
    this.#connection = connection;
    this.#client = client;
    this.#reportCrash = crashReporter({
      log: (message) => connection.console.error(message),
      tell: (message) => void this.#tellFailure(client.editor.tell(message)),
    });
    this.#documents = new OpenDocuments({
      connection,
      client,
      rules,
      folders: foldersOf(params),
      files: layeredFiles([
        ...(host.files ? [host.files] : []),
        ...(client.readFiles ? [clientFiles(connection, (task) => host.schedule(task))] : []),
      ]),
      today: () => host.today(),
      reportCrash: this.#reportCrash,
      outdated: (uri) => {
        this.#telling.lookAgainAt(uri);
        this.#askAgain();
      },
    });
    this.#language = new DockerfileLanguage({
      connection,
      client,
      sourceOf: async (uri) => (await this.#documents.view(uri))?.dockerfile,
      setting: async () => (await this.#documents.windowSettings()).languageFeatures,
      guard: (what, otherwise, task) => this.#guard(what, otherwise, task),
    });
    this.#overlays = overlays({
      connection,
      client,
      viewOf: (uri) => this.#documents.view(uri),
      guard: (what, task) => this.#guard(what, [], task),
    });
    this.#board = new ScoreBoard({
      connection,
      client,
      schedule: host.schedule,
      openViews: () => this.#telling.views(),
    });
    this.#effective = effectiveDocuments({
      connection,
      tell: client.editor.tell,
      wholeProject: (uri) => this.#documents.wholeProject(uri),
      guard: (what, otherwise, task) => this.#guard(what, otherwise, task),
    });
    this.#telling = new Telling({
      connection,
      client,
      documents: this.#documents,
      board: this.#board,
      schedule: host.schedule,
      guard: (what, otherwise, task) => this.#guard(what, otherwise, task),
    });
  }

  register(): void {
    const connection = this.#connection;
    const guard = <T>(what: string, otherwise: T, task: () => Promise<T>) =>
      this.#guard(what, otherwise, task);
    connection.onInitialized(() => this.#initialized());
    connection.onDidChangeConfiguration(({ settings }) => {
      this.#documents.settingsChanged(settings);
      void this.#language.update();
      this.#lookAgain();
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      this.#effective.changed(changes.map(({ uri }) => uri));
      this.#lookAgainAt(this.#documents.filesChangedOnDisk(changes));
    });
    this.#followDocuments();
    this.#telling.answerRequests();
    answerDocumentRequests({
      connection,
      client: this.#client,
      rules: this.#host.rules,
      documents: this.#documents,
      language: this.#language,
      guard,
    });
    this.#language.answerRequests();
    this.#overlays.answerRequests();
    connection.onNotification(OTHER_FINDINGS, ({ uri, findings }: OtherFindingsParams) =>
      this.#guard('findings of others', undefined, () => this.#otherFindings(uri, findings)),
    );
    this.#board.answerRequests();
    answerWorkspaceRequests({
      ...this.#host,
      client: this.#client,
      documents: this.#documents,
      board: this.#board,
      guard,
    });
    this.#effective.answerRequests();
    answerProjectFiles({
      connection,
      rules: this.#host.rules,
      lookAtFile: (params) => this.#documents.lookAtFile(params),
      guard,
    });
    connection.onNotification(OTHER_SUPPORT, ({ present }: OtherDockerfileSupportParams) =>
      this.#language.otherSupport(present === true),
    );
  }

  #initialized(): void {
    const { connection, version } = this.#host;
    connection.console.info(`Bulkhead ${version} is ready`);
    void this.#language.update();
    if (this.#client.watchConfiguration)
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'bulkhead' });
    if (this.#client.watchFiles)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: WATCHED.map((globPattern) => ({ globPattern })),
      });
    if (this.#client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.#documents.foldersChanged(
          added.map(({ uri }) => uri),
          removed.map(({ uri }) => uri),
        );
        this.#lookAgain();
      });
  }

  #followDocuments(): void {
    const { synced } = this.#documents;
    synced.onDidOpen(({ document }) => this.#telling.opened(document.uri));
    synced.onDidChangeContent(({ document }) => {
      this.#telling.typed(document.uri);
      this.#documents.shown(document.uri);
      this.#filesChanged([document.uri]);
    });
    synced.onDidSave(({ document: { uri } }) => {
      this.#telling.saved(uri);
      if (this.#client.own.client?.baseline)
        void this.#guard('the baseline', undefined, () => this.#shrinkBaseline(uri));
    });
    synced.onDidClose(({ document: { uri } }) => {
      this.#documents.forget(uri);
      this.#telling.closed(uri);
      // What was typed and not saved holds no longer.
      this.#filesChanged([uri]);
    });
    synced.listen(this.#connection);
  }

  /** What was said about documents around these files may not hold any more. */
  #filesChanged(uris: readonly string[]): void {
    this.#effective.changed(uris);
    this.#lookAgainAt(this.#documents.filesChanged(uris));
  }

  #lookAgainAt(concerned: readonly string[]): void {
    for (const uri of concerned) this.#telling.lookAgainAt(uri);
    if (concerned.length > 0) this.#askAgain();
  }

  async #otherFindings(uri: string, findings: unknown): Promise<void> {
    if (!(await this.#documents.otherFindings(uri, readOtherFindings(findings)))) return;
    this.#telling.lookAgainAt(uri);
    this.#telling.askToPull();
  }

  /** After a change of what holds for all documents. */
  #lookAgain(): void {
    this.#effective.changed(undefined);
    for (const uri of this.#documents.synced.keys()) this.#telling.lookAgainAt(uri);
    this.#askAgain();
  }

  /** Something else than the editor's own text changed what is to be shown. */
  #askAgain(): void {
    this.#telling.askToPull();
    this.#overlays.refresh();
  }

  /** What a saved text has no more is not to be accepted when it comes back. */
  async #shrinkBaseline(uri: string): Promise<void> {
    const view = await this.#documents.view(uri);
    const shrunk = view && shrunkBaseline(view);
    if (shrunk) void this.#connection.sendNotification(BASELINE_SHRUNK, shrunk);
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
    const chosen = await connection.window.showErrorMessage(message, {
      title: this.#client.editor.tell(say`Show Log`),
    });
    if (chosen) void connection.sendNotification(SHOW_LOG);
  }
}
