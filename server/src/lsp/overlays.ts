/** What is drawn into the text beside the findings: code lenses and inlay hints. */
import {
  type CodeLens,
  CodeLensRefreshRequest,
  type Connection,
  type InlayHint,
} from 'vscode-languageserver';
import { codeLenses } from '../features/code-lens.js';
import { inlayHints } from '../features/inlay-hints.js';
import type { ClientProfile } from './capabilities.js';
import type { View } from './views.js';

export interface OverlayHost {
  readonly connection: Connection;
  readonly client: ClientProfile;
  viewOf(uri: string): Promise<View | undefined>;
  /** The border at which a failure ends: it is logged, and nothing is drawn. */
  guard<T>(what: string, task: () => Promise<T[]>): Promise<T[]>;
}

export interface Overlays {
  answerRequests(): void;
  /** Lets the editor ask again, where it can: something else than its own text changed. */
  refresh(): void;
}

export function overlays({ connection, client, viewOf, guard }: OverlayHost): Overlays {
  return {
    answerRequests() {
      connection.onCodeLens(({ textDocument }) =>
        guard<CodeLens>('code lenses', async () => {
          const view = await viewOf(textDocument.uri);
          return view?.features && view.input.settings.codeLens ? [...codeLenses(view.features)] : [];
        }),
      );
      connection.languages.inlayHint.on(({ textDocument, range }) =>
        guard<InlayHint>('inlay hints', async () => {
          const view = await viewOf(textDocument.uri);
          return view?.features && view.input.settings.inlayHints
            ? [...inlayHints(view.features, range)]
            : [];
        }),
      );
    },
    refresh() {
      // An editor that answers with an error asks again when its text changes.
      if (client.refreshLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
      if (client.refreshHints) connection.languages.inlayHint.refresh().catch(() => undefined);
    },
  };
}
