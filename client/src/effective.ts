/**
 * The effective configuration of a Compose project as a document beside the file: read-only, made by the server, asked
 * for again when the server says that it is old.
 */
import {
  type Disposable,
  EventEmitter,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { EffectiveMethod, EffectiveParams, EffectiveResult } from '../../server/src/lsp/protocol.js';
import type { Server } from './server.js';

const SCHEME = 'bulkhead-effective';
const EFFECTIVE: EffectiveMethod = 'bulkhead/effective';

export interface EffectiveView extends Disposable {
  /** Opens the document of a file, or of the active editor. */
  show(resource?: unknown): Promise<void>;
  /** What is shown for a file, named as the server names it, is old; undefined: all of it may be. */
  changed(source: string | undefined): void;
}

export function createEffectiveView(server: Server): EffectiveView {
  const old = new EventEmitter<Uri>();
  const provider: TextDocumentContentProvider = {
    onDidChange: old.event,
    async provideTextDocumentContent(uri) {
      const shown = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      try {
        return (await ask(sourceOf(uri))) ?? '';
      } catch {
        // The server was stopped in the middle; when it runs again the text is asked for again.
        return shown?.getText() ?? '';
      }
    },
  };
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, provider);

  async function ask(source: Uri): Promise<string | undefined> {
    const client = await server.ready();
    const params: EffectiveParams = { uri: client.code2ProtocolConverter.asUri(source) };
    const result = await client.sendRequest<EffectiveResult>(EFFECTIVE, params);
    return result?.text;
  }

  return {
    async show(resource) {
      const source = toUri(resource) ?? window.activeTextEditor?.document.uri;
      if (source === undefined) return;
      // Called from the document itself: there is nothing further to show.
      if (source.scheme === SCHEME) return;
      if ((await ask(source)) === undefined) {
        void window.showInformationMessage(l10n.t('Bulkhead reads no Compose project in this file.'));
        return;
      }
      const document = await workspace.openTextDocument(viewOf(source));
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true });
    },
    changed(source) {
      for (const { uri } of workspace.textDocuments)
        if (uri.scheme === SCHEME && (source === undefined || isSame(sourceOf(uri), source))) old.fire(uri);
    },
    dispose() {
      registration.dispose();
      old.dispose();
    },
  };
}

/** A menu gives a URI, a link in a hover its text. */
function toUri(resource: unknown): Uri | undefined {
  if (typeof resource === 'string') return Uri.parse(resource);
  return resource instanceof Uri ? resource : undefined;
}

/** The tab shows the last part of the path; its ending makes the language. */
function viewOf(source: Uri): Uri {
  const folder = source.path.split('/').at(-2) || 'compose';
  return Uri.from({ scheme: SCHEME, path: `/${folder} (effective).yaml`, query: source.toString() });
}

function sourceOf(view: Uri): Uri {
  return Uri.parse(view.query, true);
}

/** The server writes URIs in its own way. */
function isSame(source: Uri, written: string): boolean {
  return source.toString() === Uri.parse(written, true).toString();
}
