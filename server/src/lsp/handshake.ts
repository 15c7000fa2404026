/** What the server offers, in the form that suits the client. */
import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { FIX_ALL, QUICK_FIX } from '../features/offer.js';
import { COMPLETION_TRIGGERS } from '../features/completion.js';
import { SOURCE } from '../features/diagnostics.js';
import { HARDEN, HARDEN_ALL } from '../features/harden.js';
import { type ClientProfile, SERVER_COMMAND } from './capabilities.js';
import { staticLanguageCapabilities } from './dockerfile-language.js';

export function initializeResult(client: ClientProfile, version: string): InitializeResult {
  return {
    serverInfo: { name: 'Bulkhead', version },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      codeActionProvider: {
        codeActionKinds: [QUICK_FIX, HARDEN, HARDEN_ALL, FIX_ALL],
        resolveProvider: client.editor.resolveEdit,
      },
      hoverProvider: true,
      codeLensProvider: {},
      inlayHintProvider: true,
      completionProvider: { triggerCharacters: COMPLETION_TRIGGERS },
      ...(client.pull
        ? {
            diagnosticProvider: {
              identifier: SOURCE,
              interFileDependencies: true,
              workspaceDiagnostics: false,
            },
          }
        : {}),
      ...(client.editor.openRulePage === SERVER_COMMAND
        ? { executeCommandProvider: { commands: [SERVER_COMMAND] } }
        : {}),
      ...staticLanguageCapabilities(client),
      workspace: { workspaceFolders: { supported: true, changeNotifications: client.workspaceFolders } },
    },
  };
}

/** URIs of the folders that are open when the session starts. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map((folder) => folder.uri);
  return rootUri ? [rootUri] : [];
}
