/** What an editor says about itself when it connects, reduced to what Bulkhead acts on. */
import {
  DiagnosticTag,
  type InitializeParams,
  type TextDocumentClientCapabilities,
} from 'vscode-languageserver';
import type { EditorCapabilities } from '../features/capabilities.js';
import type { CompletionSupport } from '../features/dockerfile-language.js';
import type { Bundle } from '../l10n/translate.js';
import { languageOf, toBundle } from './language.js';
import type {
  HardenCommand,
  InitializationOptions,
  OpenRulePageCommand,
  ShowEffectiveCommand,
} from './protocol.js';

export interface ClientProfile {
  readonly editor: EditorCapabilities;
  /** It asks for diagnostics; otherwise they are pushed. */
  readonly pull: boolean;
  /** It can be told to ask again. */
  readonly refreshDiagnostics: boolean;
  /** The same for code lenses, and for inlay hints. */
  readonly refreshLenses: boolean;
  readonly refreshHints: boolean;
  /** It can be asked for settings, document by document. */
  readonly configuration: boolean;
  /** It tells when settings change only if asked to. */
  readonly watchConfiguration: boolean;
  /** The client watches files for us. */
  readonly watchFiles: boolean;
  readonly workspaceFolders: boolean;
  /** It can show a web page. */
  readonly showDocument: boolean;
  readonly showLog: boolean;
  readonly status: boolean;
  readonly scoreCard: boolean;
  /** It reads files for us. */
  readonly readFiles: boolean;
  readonly dockerfile: DockerfileSupport;
  readonly own: InitializationOptions;
}

/** General language features for Dockerfiles: which of them can be offered after the handshake, and in which form. */
export interface DockerfileSupport {
  readonly signatureHelp: boolean;
  readonly rename: boolean;
  readonly prepareRename: boolean;
  readonly highlight: boolean;
  readonly definition: boolean;
  readonly formatting: boolean;
  readonly rangeFormatting: boolean;
  readonly folding: boolean;
  readonly links: boolean;
  readonly symbols: boolean;
  readonly completionItem: CompletionSupport;
  readonly foldingRange: { readonly lineFoldingOnly?: boolean; readonly rangeLimit?: number };
}

const CLIENT_COMMAND: OpenRulePageCommand = '_bulkhead.openRulePage';
const HARDEN_COMMAND: HardenCommand = '_bulkhead.harden';
const EFFECTIVE_COMMAND: ShowEffectiveCommand = 'bulkhead.showEffectiveConfiguration';
/** Done by the server, for editors without a Bulkhead client that can show a web page. */
export const SERVER_COMMAND = 'bulkhead.showRulePage';

/** `translation`: what is shipped for a language, where there is a disk to read it from. */
export async function readClient(
  params: InitializeParams,
  translation?: (locale: string) => Promise<Bundle | undefined>,
): Promise<ClientProfile> {
  const { textDocument, workspace, window } = params.capabilities;
  const own = ownOptions(params.initializationOptions);
  const edit = workspace?.workspaceEdit;
  const showDocument = window?.showDocument?.support === true;
  const serverCommand = showDocument ? SERVER_COMMAND : undefined;
  const { publishDiagnostics, diagnostic, codeAction, hover, completion } = textDocument ?? {};
  return {
    editor: {
      documentChanges: edit?.documentChanges === true,
      createFiles: edit?.resourceOperations?.includes('create') === true,
      snippetEdits: edit?.documentChanges === true && edit.snippetEditSupport === true,
      changeAnnotations:
        edit?.documentChanges === true &&
        edit.changeAnnotationSupport !== undefined &&
        codeAction?.honorsChangeAnnotations === true,
      relatedInformation:
        publishDiagnostics?.relatedInformation === true || diagnostic?.relatedInformation === true,
      codeDescription:
        publishDiagnostics?.codeDescriptionSupport === true || diagnostic?.codeDescriptionSupport === true,
      unnecessaryTag: [publishDiagnostics, diagnostic].some((one) =>
        one?.tagSupport?.valueSet.includes(DiagnosticTag.Unnecessary),
      ),
      isPreferred: codeAction?.isPreferredSupport === true,
      resolveEdit:
        codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
      markdownCompletion: completion?.completionItem?.documentationFormat?.includes('markdown') === true,
      markdownHover: hover?.contentFormat?.includes('markdown') === true,
      tell: await languageOf({ own: own.l10n, locale: params.locale }, translation),
      openRulePage: own.client?.openRulePage === true ? CLIENT_COMMAND : serverCommand,
      harden: own.client?.harden === true ? HARDEN_COMMAND : undefined,
      showEffective: own.client?.showEffective === true ? EFFECTIVE_COMMAND : undefined,
    },
    pull: diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshLenses: workspace?.codeLens?.refreshSupport === true,
    refreshHints: workspace?.inlayHint?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    watchConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    showDocument,
    showLog: own.client?.showLog === true,
    status: own.client?.status === true,
    scoreCard: own.client?.scoreCard === true,
    readFiles: own.client?.readFiles === true,
    dockerfile: readDockerfileSupport(textDocument ?? {}),
    own,
  };
}

function readDockerfileSupport(given: TextDocumentClientCapabilities): DockerfileSupport {
  const { lineFoldingOnly, rangeLimit } = given.foldingRange ?? {};
  const { snippetSupport, deprecatedSupport, documentationFormat, tagSupport } =
    given.completion?.completionItem ?? {};
  return {
    signatureHelp: given.signatureHelp?.dynamicRegistration === true,
    rename: given.rename?.dynamicRegistration === true,
    prepareRename: given.rename?.prepareSupport === true,
    highlight: given.documentHighlight?.dynamicRegistration === true,
    definition: given.definition?.dynamicRegistration === true,
    formatting: given.formatting?.dynamicRegistration === true,
    rangeFormatting: given.rangeFormatting?.dynamicRegistration === true,
    folding: given.foldingRange?.dynamicRegistration === true,
    links: given.documentLink?.dynamicRegistration === true,
    symbols: given.documentSymbol?.dynamicRegistration === true,
    completionItem: {
      snippetSupport: snippetSupport === true,
      deprecatedSupport: deprecatedSupport === true,
      documentationFormat: documentationFormat ?? [],
      ...(tagSupport ? { tagSupport } : {}),
    },
    foldingRange: {
      lineFoldingOnly: lineFoldingOnly === true,
      ...(rangeLimit === undefined ? {} : { rangeLimit }),
    },
  };
}

function ownOptions(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const bundle = 'l10n' in value ? toBundle(value.l10n) : undefined;
  const settings = {
    ...('settings' in value && { settings: value.settings }),
    ...(bundle && { l10n: bundle }),
    ...('hiddenDocuments' in value && { hiddenDocuments: strings(value.hiddenDocuments) }),
  };
  if (!('client' in value) || typeof value.client !== 'object' || value.client === null) return settings;
  const { client } = value;
  return {
    ...settings,
    client: {
      openRulePage: 'openRulePage' in client && client.openRulePage === true,
      harden: 'harden' in client && client.harden === true,
      showEffective: 'showEffective' in client && client.showEffective === true,
      status: 'status' in client && client.status === true,
      scoreCard: 'scoreCard' in client && client.scoreCard === true,
      baseline: 'baseline' in client && client.baseline === true,
      showLog: 'showLog' in client && client.showLog === true,
      readFiles: 'readFiles' in client && client.readFiles === true,
      ...('otherDockerfileSupport' in client && typeof client.otherDockerfileSupport === 'boolean'
        ? { otherDockerfileSupport: client.otherDockerfileSupport }
        : {}),
    },
  };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
