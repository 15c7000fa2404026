/**
 * What the editor is told about documents: when each is looked at again, and the list of its findings, which is sent, or
 * which the editor asks for. What it was told stays known, so that nothing is said twice.
 */
import type { Connection, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { ClientProfile } from './capabilities.js';
import { coalesce } from './coalesce.js';
import { lookLog } from './look-log.js';
import type { OpenDocuments } from './open-documents.js';
import type { StatusMethod } from './protocol.js';
import { nextTold, reportOf, type Told } from './pull.js';
import type { ScoreBoard } from './score-board.js';
import { statusOf } from './status.js';
import type { View } from './views.js';

const STATUS: StatusMethod = 'bulkhead/status';

export interface TellingHost {
  readonly connection: Connection;
  readonly client: ClientProfile;
  readonly documents: OpenDocuments;
  readonly board: ScoreBoard;
  /** Runs a task when the message at hand is done with. */
  schedule(task: () => void): void;
  /** What fails is logged and answered with `otherwise`. */
  guard<T>(what: string, otherwise: T, task: () => Promise<T>): Promise<T>;
}

export class Telling {
  readonly #host: TellingHost;
  /** What the editor was last told about each document. */
  readonly #told = new Map<string, Told>();
  /** Documents to look at again even when only saving starts a look. */
  readonly #due = new Set<string>();
  /** Documents that changed since the last turn. */
  readonly #changed = new Set<string>();
  readonly #publishSoon: () => void;
  readonly #logLook: ReturnType<typeof lookLog>;
  #results = 0;

  constructor(host: TellingHost) {
    this.#host = host;
    this.#publishSoon = coalesce(host.schedule, () => this.#publishChanged());
    this.#logLook = lookLog({
      log: (message) => host.connection.console.info(message),
      shownPath: (uri) => host.documents.shownPath(uri),
    });
  }

  /** Of all documents about which the editor knows something. */
  views(): readonly View[] {
    return [...this.#told.values()].map(({ view }) => view);
  }

  answerRequests(): void {
    const { connection, client, guard } = this.#host;
    if (client.pull)
      connection.languages.diagnostics.on(({ textDocument, previousResultId }) =>
        guard<DocumentDiagnosticReport>('diagnostics', { kind: 'full', items: [] }, () =>
          this.#pulled(textDocument.uri, previousResultId),
        ),
      );
  }

  opened(uri: string): void {
    this.#due.add(uri);
  }

  saved(uri: string): void {
    this.lookAgainAt(uri);
    if (this.#told.get(uri)?.view.input.settings.run === 'onSave') this.askToPull();
  }

  closed(uri: string): void {
    const { connection, client, board } = this.#host;
    this.#told.delete(uri);
    board.changed(uri);
    this.#due.delete(uri);
    this.#changed.delete(uri);
    if (!client.pull) void connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** It is due, whatever starts a look. An editor that asks by itself has to be told so: {@link askToPull}. */
  lookAgainAt(uri: string): void {
    this.#due.add(uri);
    this.typed(uri);
  }

  /** What the editor shows stays until the new list is ready. */
  typed(uri: string): void {
    if (this.#host.client.pull) return;
    this.#changed.add(uri);
    this.#publishSoon();
  }

  askToPull(): void {
    const { connection, client } = this.#host;
    if (client.pull && client.refreshDiagnostics)
      connection.languages.diagnostics.refresh().catch(() => undefined);
  }

  #publishChanged(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const uri of changed) void this.#host.guard('diagnostics', undefined, () => this.#publish(uri));
  }

  async #publish(uri: string): Promise<void> {
    const settings = await this.#host.documents.settingsOf(uri);
    if (!settings || (settings.run === 'onSave' && !this.#due.has(uri))) return;
    const view = await this.#host.documents.look(uri, settings);
    if (!view || this.#told.get(uri)?.view === view) return;
    this.#tell(view);
    void this.#host.connection.sendDiagnostics({
      uri,
      version: view.version,
      diagnostics: view.diagnostics(),
    });
  }

  async #pulled(uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport> {
    const settings = await this.#host.documents.settingsOf(uri);
    const told = this.#told.get(uri);
    if (told && settings?.run === 'onSave' && !this.#due.has(uri)) return reportOf(told, previous);
    const view = settings && (await this.#host.documents.look(uri, settings));
    if (!view) return { kind: 'full', items: [] };
    this.#host.board.shown(uri);
    return reportOf(told?.view === view ? told : this.#tell(view), previous);
  }

  /** Notes what the editor learns, and brings its status item up to date. */
  #tell(view: View): Told {
    const told = nextTold(this.#told.get(view.uri), view, ++this.#results);
    this.#told.set(view.uri, told);
    const status = statusOf(view, this.#host.client.editor.tell);
    this.#logLook(status, this.#due.delete(view.uri));
    this.#host.board.changed(view.uri);
    if (this.#host.client.status) void this.#host.connection.sendNotification(STATUS, status);
    return told;
  }
}
