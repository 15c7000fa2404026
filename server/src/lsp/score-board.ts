/** How the project stands: the findings of open documents, and of closed files that were looked at on command. */
import type { Connection } from 'vscode-languageserver';
import {
  type CardFile,
  type CardFinding,
  cardFile,
  scoreCard,
  unreadCardFile,
} from '../features/score-card.js';
import type { ClientProfile } from './capabilities.js';
import { coalesce } from './coalesce.js';
import type {
  ForgetWorkspaceFilesMethod,
  ForgetWorkspaceFilesParams,
  LintWorkspaceFileParams,
  ScoreCardMethod,
  ScoreChangedMethod,
  ScoreChangedParams,
} from './protocol.js';
import type { View } from './views.js';

const CARD: ScoreCardMethod = 'bulkhead/scoreCard';
const CHANGED: ScoreChangedMethod = 'bulkhead/scoreChanged';
const FORGET: ForgetWorkspaceFilesMethod = 'bulkhead/forgetWorkspaceFiles';

export interface ScoreBoardHost {
  readonly connection: Connection;
  readonly client: ClientProfile;
  schedule(task: () => void): void;
  /** What the editor was told about each open document. */
  openViews(): Iterable<View>;
}

/** A closed file, with what it takes to look at it again. */
interface Kept {
  readonly params: LintWorkspaceFileParams;
  readonly file: CardFile;
}

export class ScoreBoard {
  readonly #host: ScoreBoardHost;
  readonly #closed = new Map<string, Kept>();
  readonly #cards = new WeakMap<View, CardFile | 'none'>();
  /**
   * Files of which something newer is known than what the editor was told: an editor holds a document for a while after
   * it was closed.
   */
  readonly #left = new Set<string>();
  readonly #tellSoon: () => void;

  constructor(host: ScoreBoardHost) {
    this.#host = host;
    this.#tellSoon = host.client.scoreCard ? coalesce(host.schedule, () => this.#tell()) : () => undefined;
  }

  answerRequests(): void {
    const { connection, client } = this.#host;
    connection.onRequest(CARD, () => scoreCard(this.#files(), client.editor.tell));
    connection.onNotification(FORGET, ({ uris }: ForgetWorkspaceFilesParams) => {
      if (uris === undefined) this.#closed.clear();
      for (const uri of uris ?? []) {
        this.#closed.delete(uri);
        this.#left.add(uri);
      }
      this.#tellSoon();
    });
  }

  /** Remembers what was found in a closed file; its text stays at hand for a report. */
  keep(params: LintWorkspaceFileParams, view: View): void {
    const file = this.#cardOf(view);
    if (file) this.#closed.set(params.uri, { params, file });
    else this.#closed.delete(params.uri);
    this.#left.add(params.uri);
    this.#tellSoon();
  }

  /** The editor was told something new about a document, or closed it. */
  changed(uri: string): void {
    this.#left.delete(uri);
    this.#tellSoon();
  }

  /** The editor asks for what it was told before: it shows the document again. */
  shown(uri: string): void {
    if (this.#left.delete(uri)) this.#tellSoon();
  }

  /** What the editor was told about documents that it still shows. */
  openViews(): readonly View[] {
    return [...this.#host.openViews()].filter(({ uri }) => !this.#left.has(uri));
  }

  /** The closed files, to be looked at again. */
  closedFiles(): readonly LintWorkspaceFileParams[] {
    return [...this.#closed.values()].map(({ params }) => params);
  }

  #files(): readonly CardFile[] {
    const files = new Map([...this.#closed].map(([uri, { file }]) => [uri, file]));
    for (const view of this.openViews()) {
      const file = this.#cardOf(view);
      if (file) files.set(view.uri, file);
      else files.delete(view.uri);
    }
    return [...files.values()];
  }

  /** Undefined for files that are none of ours or are left out. */
  #cardOf(view: View): CardFile | undefined {
    const known = this.#cards.get(view) ?? newCard(view);
    this.#cards.set(view, known);
    return known === 'none' ? undefined : known;
  }

  /** Without making cards: nobody may be looking. */
  #tell(): void {
    const open = new Map(this.openViews().map((view) => [view.uri, errorsOf(view)]));
    const closed = [...this.#closed].filter(([uri]) => !open.has(uri));
    const numbers = [...open.values(), ...closed.map(([, { file }]) => file.findings.filter(isError).length)];
    const params: ScoreChangedParams = { errors: numbers.reduce((sum, one) => sum + one, 0) };
    void this.#host.connection.sendNotification(CHANGED, params);
  }
}

const isError = ({ severity }: Pick<CardFinding, 'severity'>) => severity === 'error';

function errorsOf({ features }: View): number {
  const findings = features?.analysis.findings ?? [];
  return findings.filter((finding) => isError(finding) && finding.suppressed === undefined).length;
}

function newCard({ uri, look, features }: View): CardFile | 'none' {
  if (features) return cardFile(features);
  return look.state === 'incomplete' || look.state === 'tooLarge' ? unreadCardFile(uri) : 'none';
}
