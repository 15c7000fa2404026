/**
 * Switches the general language features for Dockerfiles on and off, and answers their requests. They are offered to the
 * editor only while they are on, and the library behind them is loaded with the first request, so that nobody pays for
 * what another extension does already.
 */
import {
  BulkRegistration,
  type BulkUnregistration,
  type CompletionItem,
  type Connection,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type Position,
  RenameRequest,
  type ServerCapabilities,
  SignatureHelpRequest,
} from 'vscode-languageserver';
import type { EditorCapabilities } from '../features/capabilities.js';
import { markdown, plainText } from '../features/markup.js';
import type { SourceText } from '../text/source-text.js';
import type { ClientProfile, DockerfileSupport } from './capabilities.js';
import type { LanguageFeatures } from './settings.js';

type Language = typeof import('../features/dockerfile-language.js');

export interface LanguageHost {
  readonly connection: Connection;
  readonly client: ClientProfile;
  /** The text of an open document that is analysed as a Dockerfile. */
  sourceOf(uri: string): Promise<SourceText | undefined>;
  /** The setting that holds for the whole window. */
  setting(): Promise<LanguageFeatures>;
  guard<T>(what: string, otherwise: T, task: () => Promise<T>): Promise<T>;
}

const SELECTOR = [{ language: 'dockerfile' }];
const SIGNATURE_TRIGGERS = [' ', '-', '[', ',', '"', '=', ':', '$'];

/** What is offered from the start to an editor that takes no offers later. */
export function staticLanguageCapabilities(client: ClientProfile): Partial<ServerCapabilities> {
  if (!isOnFromStart(client)) return {};
  const late = client.dockerfile;
  return {
    ...(late.signatureHelp ? {} : { signatureHelpProvider: { triggerCharacters: SIGNATURE_TRIGGERS } }),
    ...(late.rename
      ? {}
      : { renameProvider: client.dockerfile.prepareRename ? { prepareProvider: true } : true }),
    ...(late.highlight ? {} : { documentHighlightProvider: true }),
    ...(late.definition ? {} : { definitionProvider: true }),
    ...(late.formatting ? {} : { documentFormattingProvider: true }),
    ...(late.rangeFormatting ? {} : { documentRangeFormattingProvider: true }),
    ...(late.folding ? {} : { foldingRangeProvider: true }),
    ...(late.links ? {} : { documentLinkProvider: {} }),
    ...(late.symbols ? {} : { documentSymbolProvider: true }),
  };
}

/** Settings that came with the handshake can be obeyed at once. */
function isOnFromStart({ own }: ClientProfile): boolean {
  const { settings } = own;
  return (
    typeof settings === 'object' &&
    settings !== null &&
    'languageFeatures' in settings &&
    settings.languageFeatures === 'on'
  );
}

/** Whether anything can be offered after the handshake. */
function takesOffers(support: DockerfileSupport): boolean {
  const { prepareRename: _, completionItem: __, foldingRange: ___, ...late } = support;
  return Object.values(late).includes(true);
}

export class DockerfileLanguage {
  readonly #host: LanguageHost;
  readonly #support: DockerfileSupport;
  readonly #editor: EditorCapabilities;
  /** Another extension has these features, as far as the client said; an editor that says nothing may have some too. */
  #otherPresent: boolean;
  #on = false;
  #registered: BulkUnregistration | undefined;
  #language: Promise<Language> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(host: LanguageHost) {
    this.#host = host;
    this.#support = host.client.dockerfile;
    this.#editor = host.client.editor;
    this.#otherPresent = host.client.own.client?.otherDockerfileSupport ?? true;
  }

  otherSupport(present: boolean): Promise<void> {
    this.#otherPresent = present;
    return this.update();
  }

  /** Brings the offer in line with the setting. Changes follow each other in order. */
  update(): Promise<void> {
    this.#last = this.#last.then(() =>
      this.#host.guard('language features', undefined, () => this.#switch()),
    );
    return this.#last;
  }

  async #switch(): Promise<void> {
    const setting = await this.#host.setting();
    this.#on = setting === 'on' || (setting === 'auto' && !this.#otherPresent);
    if (this.#on && this.#registered === undefined && takesOffers(this.#support))
      this.#registered = await this.#host.connection.client.register(this.#offer());
    if (!this.#on) {
      this.#registered?.dispose();
      this.#registered = undefined;
    }
  }

  #offer(): BulkRegistration {
    const all = BulkRegistration.create();
    const to = { documentSelector: SELECTOR };
    const late = this.#support;
    if (late.signatureHelp)
      all.add(SignatureHelpRequest.type, { ...to, triggerCharacters: SIGNATURE_TRIGGERS });
    if (late.rename) all.add(RenameRequest.type, { ...to, prepareProvider: late.prepareRename });
    if (late.highlight) all.add(DocumentHighlightRequest.type, to);
    if (late.definition) all.add(DefinitionRequest.type, to);
    if (late.formatting) all.add(DocumentFormattingRequest.type, to);
    if (late.rangeFormatting) all.add(DocumentRangeFormattingRequest.type, to);
    if (late.folding) all.add(FoldingRangeRequest.type, to);
    if (late.links) all.add(DocumentLinkRequest.type, { ...to, resolveProvider: false });
    if (late.symbols) all.add(DocumentSymbolRequest.type, to);
    return all;
  }

  /** What the hover says besides Bulkhead's own words. */
  async explain(uri: string, position: Position): Promise<string | undefined> {
    const markup = this.#editor.markdownHover ? markdown : plainText;
    return this.#ask(uri, undefined, (language, source) => language.explain(source, position, markup));
  }

  async complete(uri: string, position: Position): Promise<readonly CompletionItem[]> {
    return this.#ask(uri, [], (language, source) =>
      language.complete(source, position, this.#support.completionItem),
    );
  }

  /** Answers from now on; with nothing while the features are off. */
  answerRequests(): void {
    const { connection } = this.#host;
    connection.onSignatureHelp(({ textDocument: { uri }, position }) =>
      this.#answer(uri, null, (language, source) => language.signatureHelp(source, position) ?? null),
    );
    connection.onPrepareRename(({ textDocument: { uri }, position }) =>
      this.#answer(uri, null, (language, source) => language.renameable(source, position) ?? null),
    );
    connection.onRenameRequest(({ textDocument: { uri }, position, newName }) =>
      this.#answer(uri, null, (language, source) => {
        const edits = language.rename(source, position, newName);
        return edits.length === 0 ? null : { changes: { [uri]: [...edits] } };
      }),
    );
    connection.onDocumentHighlight(({ textDocument: { uri }, position }) =>
      this.#answer(uri, null, (language, source) => language.highlights(source, position)),
    );
    connection.onDefinition(({ textDocument: { uri }, position }) =>
      this.#answer(uri, null, (language, source) => language.definition(source, position, uri) ?? null),
    );
    connection.onDocumentFormatting(({ textDocument: { uri }, options }) =>
      this.#answer(uri, null, (language, source) => language.format(source, options)),
    );
    connection.onDocumentRangeFormatting(({ textDocument: { uri }, options, range }) =>
      this.#answer(uri, null, (language, source) => language.format(source, options, range)),
    );
    connection.onFoldingRanges(({ textDocument: { uri } }) =>
      this.#answer(uri, null, (language, source) =>
        language.foldingRanges(source, this.#support.foldingRange),
      ),
    );
    connection.onDocumentLinks(({ textDocument: { uri } }) =>
      this.#answer(uri, null, (language, source) => language.links(source)),
    );
    connection.onDocumentSymbol(({ textDocument: { uri } }) =>
      this.#answer(uri, null, (language, source) => language.symbols(source, uri)),
    );
  }

  #answer<T>(uri: string, otherwise: T, task: (language: Language, source: SourceText) => T): Promise<T> {
    return this.#host.guard('language features', otherwise, () => this.#ask(uri, otherwise, task));
  }

  async #ask<T>(
    uri: string,
    otherwise: T,
    task: (language: Language, source: SourceText) => T | Promise<T>,
  ): Promise<T> {
    await this.#last;
    const source = this.#on ? await this.#host.sourceOf(uri) : undefined;
    if (source === undefined) return otherwise;
    this.#language ??= import('../features/dockerfile-language.js');
    return task(await this.#language, source);
  }
}
