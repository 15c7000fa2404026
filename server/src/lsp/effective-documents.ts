/**
 * Effective configurations that the editor shows. It asks for one, and is told once when something that it was made of
 * changes: then it asks again, if the document is still open.
 */
import type { Connection } from 'vscode-languageserver';
import { effectiveDocument } from '../features/effective-document.js';
import type { Tell } from '../l10n/translate.js';
import type { WholeProject } from './neighbours.js';
import type {
  EffectiveChangedMethod,
  EffectiveChangedParams,
  EffectiveMethod,
  EffectiveParams,
  EffectiveResult,
} from './protocol.js';

export interface EffectiveHost {
  readonly connection: Connection;
  readonly tell: Tell;
  /** The project of a Compose file, open or not; undefined for every other file. */
  wholeProject(uri: string): Promise<WholeProject | undefined>;
  /** The border at which a failure ends. */
  guard<T>(what: string, otherwise: T, task: () => Promise<T>): Promise<T>;
}

export interface EffectiveDocuments {
  answerRequests(): void;
  /** These files changed; undefined: everything may have. */
  changed(uris: readonly string[] | undefined): void;
}

const EFFECTIVE: EffectiveMethod = 'bulkhead/effective';
const CHANGED: EffectiveChangedMethod = 'bulkhead/effectiveChanged';

export function effectiveDocuments(host: EffectiveHost): EffectiveDocuments {
  const shown = new Map<string, WholeProject>();

  async function show({ uri }: EffectiveParams): Promise<EffectiveResult> {
    const project = await host.wholeProject(uri);
    if (project === undefined) return null;
    // Before it is read: a file may change meanwhile.
    shown.set(uri, project);
    return { text: effectiveDocument(await project.loaded, host.tell) };
  }

  return {
    answerRequests() {
      host.connection.onRequest(EFFECTIVE, (params: EffectiveParams) =>
        host.guard<EffectiveResult>('an effective configuration', null, () => show(params)),
      );
    },
    changed(uris) {
      for (const [uri, { asked }] of shown) {
        if (uris?.every((one) => one !== uri && !asked.has(one))) continue;
        shown.delete(uri);
        const params: EffectiveChangedParams = { uri };
        void host.connection.sendNotification(CHANGED, params);
      }
    },
  };
}
