/** The documents that the editor has open, with their settings and the newest look at each. */
import { type Connection, FileChangeType, type FileEvent, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { baseName, isInside } from '../documents/compose/effective/uri.js';
import type { AnyRule } from '../rules/rule.js';
import type { ClientProfile } from './capabilities.js';
import type { ReportCrash } from './crash-report.js';
import { type FileInput, isConfigFile, kindOf, relativePath } from './look.js';
import {
  type NeighbourStore,
  type Neighbours,
  neighbourStore,
  type RootedFileSystem,
  type WholeProject,
} from './neighbours.js';
import { otherFindings } from './other-findings.js';
import { type ProjectConfigStore, projectConfigStore } from './project-config.js';
import { withProject } from './project-settings.js';
import type { LintWorkspaceFileParams, OtherFinding } from './protocol.js';
import type { Settings } from './settings.js';
import { type SettingsStore, settingsStore } from './settings-store.js';
import { type View, type ViewStore, viewOf, viewStore } from './views.js';

const NOTHING_COVERED: ReadonlySet<string> = new Set();

export interface DocumentsHost {
  readonly connection: Connection;
  readonly client: ClientProfile;
  readonly rules: readonly AnyRule[];
  /** URIs of the folders that are open at first. */
  readonly folders: readonly string[];
  /** How to read what lies around a document; undefined where there is no disk. */
  readonly files: RootedFileSystem | undefined;
  today(): string;
  readonly reportCrash: ReportCrash;
  /** The document should be looked at again: more is known about its surroundings now. */
  outdated(uri: string): void;
}

export class OpenDocuments {
  /** Synchronised with the editor, for events. */
  readonly synced = new TextDocuments(TextDocument);
  readonly #host: DocumentsHost;
  readonly #settings: SettingsStore;
  readonly #views: ViewStore;
  readonly #neighbours: NeighbourStore;
  readonly #projects: ProjectConfigStore;
  readonly #others = otherFindings();
  /** Documents that nobody sees: their file was deleted, or the editor held them without a tab when the session began. */
  readonly #hidden: Set<string>;
  /** Of those, the ones that the editor is about to open here. */
  readonly #held: Set<string>;
  #folders: readonly string[];

  constructor(host: DocumentsHost) {
    const { connection, client, rules } = host;
    this.#host = host;
    this.#folders = host.folders;
    this.#hidden = new Set(client.own.hiddenDocuments);
    this.#held = new Set(client.own.hiddenDocuments);
    this.#views = viewStore(client.editor);
    const around = {
      files: host.files,
      openFile: (uri: string) => {
        // Editors keep a document for a while that nobody sees any more; its file may be gone.
        const document = this.#hidden.has(uri) ? undefined : this.synced.get(uri);
        return document && { text: document.getText(), version: document.version };
      },
      folders: () => this.#folders,
    };
    this.#neighbours = neighbourStore({ ...around, outdated: host.outdated });
    this.#projects = projectConfigStore({ ...around, rules });
    this.#settings = settingsStore({
      rules,
      given: client.own.settings,
      ask: client.configuration
        ? (scopeUri) =>
            connection.workspace.getConfiguration({
              ...(scopeUri === undefined ? {} : { scopeUri }),
              section: 'bulkhead',
            })
        : undefined,
      refine: async (uri, settings) => {
        // The configuration itself has none, or each key typed in it would concern it twice.
        const project = isConfigFile(uri)
          ? undefined
          : await this.#projects.of(uri, settings.configurationPath);
        return project ? withProject(settings, project, uri, rules) : settings;
      },
      log: (message) => connection.console.warn(message),
    });
  }

  /** The view of the newest version under the newest settings; undefined for a document that is not open. */
  async view(uri: string): Promise<View | undefined> {
    const settings = await this.settingsOf(uri);
    return settings && this.look(uri, settings);
  }

  /** The same for settings at hand. */
  async look(uri: string, settings: Settings): Promise<View | undefined> {
    const neighbours = await this.#neighboursOf(uri, settings);
    // From here on without waiting, so nothing can change in between.
    const document = this.synced.get(uri);
    if (document === undefined) return undefined;
    const input = this.#input(uri, document.languageId, document.getText(), settings, neighbours);
    return this.reportFailures(this.#views.of(document.version, input));
  }

  /** Others report this in a document; whether that changes what is shown of ours. */
  async otherFindings(uri: string, found: readonly OtherFinding[]): Promise<boolean> {
    const view = await this.view(uri);
    return view?.look.analysis !== undefined && this.#others.update(uri, found, view.look.analysis);
  }

  /** The same as `filesChanged`, when it is known what became of the files. */
  filesChangedOnDisk(changes: readonly FileEvent[]): readonly string[] {
    for (const { uri, type } of changes) {
      if (type === FileChangeType.Deleted) this.#hidden.add(uri);
      else this.#hidden.delete(uri);
    }
    return this.filesChanged(changes.map(({ uri }) => uri));
  }

  /** The editor shows a document or what is typed in it. */
  shown(uri: string): void {
    if (!this.#held.delete(uri)) this.#hidden.delete(uri);
  }

  /** Files changed, in the editor or on disk: the open documents that this concerns. */
  filesChanged(uris: readonly string[]): readonly string[] {
    const configured = this.#projects.concerned(uris);
    for (const uri of configured) this.#settings.forget(uri);
    return [...new Set([...configured, ...this.#neighbours.changed(uris)])].filter((uri) =>
      this.synced.get(uri),
    );
  }

  async #neighboursOf(uri: string, { composeFiles }: Settings): Promise<Neighbours | undefined> {
    const document = this.synced.get(uri);
    const text = document?.getText() ?? '';
    const kind = document && kindOf({ uri, languageId: document.languageId, text });
    return kind && this.#neighbours.of({ uri, kind, text }, composeFiles);
  }

  /** Undefined when the document is not open, or was closed while the editor was being asked. */
  async settingsOf(uri: string): Promise<Settings | undefined> {
    while (this.synced.get(uri)) {
      const asked = this.#settings.of(uri);
      const settings = await asked;
      // Otherwise the settings changed meanwhile, and the answer is an old one.
      if (this.synced.get(uri) && this.#settings.of(uri) === asked) return settings;
    }
    return undefined;
  }

  /** The settings of the window, for what concerns no single document. */
  windowSettings(): Promise<Settings> {
    return this.#settings.once(undefined);
  }

  /** A look at a file that need not be open; undefined when there is no text for it. */
  async lookAtFile({ uri, text, languageId }: LintWorkspaceFileParams): Promise<View | undefined> {
    const open = this.synced.get(uri);
    const content = text ?? open?.getText();
    if (content === undefined) return undefined;
    const settings = await this.#settings.once(uri);
    const kind = kindOf({ uri, languageId: languageId ?? open?.languageId, text: content });
    const around = kind && { uri, kind, text: content };
    const neighbours = around && (await this.#neighbours.of(around, settings.composeFiles));
    if (!open) this.#neighbours.forget(uri);
    if (!open) this.#projects.forget(uri);
    const input = this.#input(uri, languageId ?? open?.languageId, content, settings, neighbours);
    return this.reportFailures(viewOf(open?.version ?? 0, input, this.#host.client.editor));
  }

  /** Of a file in the open folders, as the editor shows it now or as it is on the disk. */
  async textOf(uri: string): Promise<string | undefined> {
    const text = this.synced.get(uri)?.getText() ?? (await this.#host.files?.read(uri, this.#folders));
    return typeof text === 'string' ? text : undefined;
  }

  /** Relative to the open folder that holds the file, which is named when there are several. */
  shownPath(uri: string): string {
    const path = relativePath(uri, this.#folders);
    const folder = this.#folders.length > 1 && this.#folders.find((one) => isInside(uri, one));
    return folder ? `${baseName(folder)}/${path}` : path;
  }

  /** The whole project of a Compose file, open or on the disk; undefined for every other file. */
  async wholeProject(uri: string): Promise<WholeProject | undefined> {
    const { composeFiles } = await this.#settings.once(uri);
    const open = this.synced.get(uri);
    const text = await this.textOf(uri);
    const kind = text === undefined ? undefined : kindOf({ uri, languageId: open?.languageId, text });
    if (text === undefined || kind === undefined) return undefined;
    return this.#neighbours.whole({ uri, kind, text }, composeFiles);
  }

  /** Reports what failed in a view; fixes that are asked for later may add to it. */
  reportFailures(view: View): View {
    const { analysis, crash } = view.look;
    for (const one of [...(crash ? [crash] : []), ...(analysis?.crashes ?? [])]) this.#host.reportCrash(one);
    return view;
  }

  /** `sent` is what came with the editor's notification. */
  settingsChanged(sent: unknown): void {
    this.#settings.reset(sent);
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): void {
    this.#folders = [...this.#folders.filter((folder) => !removed.includes(folder)), ...added];
    this.#settings.reset(undefined);
  }

  forget(uri: string): void {
    this.#settings.forget(uri);
    this.#views.forget(uri);
    this.#neighbours.forget(uri);
    this.#projects.forget(uri);
    this.#others.forget(uri);
  }

  #input(
    uri: string,
    languageId: string | undefined,
    text: string,
    settings: Settings,
    neighbours: Neighbours | undefined,
  ): FileInput {
    const { rules } = this.#host;
    return {
      uri,
      languageId,
      text,
      settings,
      rules,
      today: this.#host.today(),
      folders: this.#folders,
      neighbours,
      covered: settings.avoidDuplicates ? this.#others.coveredIn(uri) : NOTHING_COVERED,
    };
  }
}
