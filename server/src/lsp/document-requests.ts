/** What an editor asks about a place in an open document: hover, completion, code actions. */
import type { CodeAction, CodeActionParams, Connection } from 'vscode-languageserver';
import { GROUP_CODE } from '../engine/group.js';
import { isRecord } from '../engine/read-config.js';
import { rulePage } from '../engine/rule-page.js';
import { codeActionsFor } from '../features/code-actions.js';
import { completionsAt } from '../features/completion.js';
import { configActions } from '../features/config-file/fixes.js';
import { configCompletions, configHover } from '../features/config-file.js';
import { fileFixEdit, readFileFix } from '../features/edit-actions.js';
import { hoverAt } from '../features/hover.js';
import type { AnyRule } from '../rules/rule.js';
import { type ClientProfile, SERVER_COMMAND } from './capabilities.js';
import type { DockerfileLanguage } from './dockerfile-language.js';
import type { OpenDocuments } from './open-documents.js';

export interface DocumentRequestsHost {
  readonly connection: Connection;
  readonly client: ClientProfile;
  readonly rules: readonly AnyRule[];
  readonly documents: OpenDocuments;
  readonly language: DockerfileLanguage;
  /** The border at which a failure ends: it is logged, and `otherwise` is the answer. */
  guard<T>(what: string, otherwise: T, task: () => Promise<T>): Promise<T>;
}

export function answerDocumentRequests(host: DocumentRequestsHost): void {
  const { connection, client, documents, language, guard } = host;
  connection.onHover(({ textDocument, position }) =>
    guard('hover', null, async () => {
      const view = await documents.view(textDocument.uri);
      if (view?.configFile) return configHover(view.configFile, position) ?? null;
      if (!view?.features) return null;
      const general = await language.explain(textDocument.uri, position);
      return hoverAt(view.features, position, general) ?? null;
    }),
  );
  connection.onCompletion(({ textDocument, position }) =>
    guard('completion', [], async () => {
      const { features, configFile } = (await documents.view(textDocument.uri)) ?? {};
      if (configFile) return configCompletions(configFile, position);
      if (!features) return [];
      const own = completionsAt({ ...features, rules: host.rules }, position);
      return [...own, ...(await language.complete(textDocument.uri, position))];
    }),
  );
  connection.onCodeAction((params) => guard('code actions', [], () => codeActions(params, host)));
  if (client.editor.resolveEdit)
    connection.onCodeActionResolve((action) => guard('code actions', action, () => resolve(action, host)));
  connection.onExecuteCommand(({ command, arguments: args }) =>
    guard('commands', null, () => execute(command, args?.[0], host)),
  );
}

async function codeActions(
  { textDocument, range, context }: CodeActionParams,
  { documents }: DocumentRequestsHost,
): Promise<CodeAction[]> {
  const view = await documents.view(textDocument.uri);
  if (view?.configFile) return [...configActions(view.configFile, view, range, context)];
  if (!view?.features) return [];
  const actions = [...codeActionsFor(view.features, range, context)];
  documents.reportFailures(view);
  return actions;
}

/** An action that was offered for another version gets no edit: it would hit the wrong place. */
async function resolve(action: CodeAction, { documents }: DocumentRequestsHost): Promise<CodeAction> {
  const data: unknown = action.data;
  if (!isRecord(data) || typeof data.uri !== 'string') return action;
  const view = await documents.view(data.uri);
  if (!view?.features || view.version !== data.version) return action;
  const edit = fileFixEdit(view.features, readFileFix(data));
  documents.reportFailures(view);
  return edit ? { ...action, edit } : action;
}

async function execute(
  command: string,
  rule: unknown,
  { rules, connection }: DocumentRequestsHost,
): Promise<null> {
  const known = rule === GROUP_CODE || rules.some(({ meta }) => meta.id === rule);
  if (command === SERVER_COMMAND && known)
    await connection.window.showDocument({ uri: rulePage(String(rule)), external: true });
  return null;
}
