/** Requests of a client that shows more than open documents: looking at closed files, edits from a list, reports. */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { findingEdit } from '../features/finding-edit.js';
import type { AnyRule } from '../rules/rule.js';
import type { ClientProfile } from './capabilities.js';
import type { OpenDocuments } from './open-documents.js';
import type {
  FindingEditMethod,
  FindingEditParams,
  FindingEditResult,
  LintWorkspaceFileMethod,
  LintWorkspaceFileParams,
  LintWorkspaceFileResult,
  ReportMethod,
  ReportParams,
  ReportResult,
} from './protocol.js';
import { writeReport } from './report.js';
import type { ScoreBoard } from './score-board.js';
import { statusOf } from './status.js';
import type { View } from './views.js';

const LINT_FILE: LintWorkspaceFileMethod = 'bulkhead/lintWorkspaceFile';
const FINDING_EDIT: FindingEditMethod = 'bulkhead/findingEdit';
const REPORT: ReportMethod = 'bulkhead/report';

export interface WorkspaceHost {
  readonly connection: Connection;
  readonly client: ClientProfile;
  readonly rules: readonly AnyRule[];
  readonly version: string;
  today(): string;
  readonly documents: OpenDocuments;
  readonly board: ScoreBoard;
  /** The border at which a failure ends: it is logged, and `otherwise` is the answer. */
  guard<T>(what: string, otherwise: T, task: () => Promise<T>): Promise<T>;
}

export function answerWorkspaceRequests(host: WorkspaceHost): void {
  const { connection, client, documents, board, guard } = host;
  connection.onRequest(LINT_FILE, (params: LintWorkspaceFileParams, token: CancellationToken) =>
    guard<LintWorkspaceFileResult>(
      'a file of the workspace',
      { diagnostics: [], state: 'incomplete' },
      async () => {
        const view = await documents.lookAtFile(params);
        if (token.isCancellationRequested)
          throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
        if (view && params.keep) board.keep(params, view);
        return view
          ? { diagnostics: view.diagnostics(), state: statusOf(view, client.editor.tell).state }
          : { diagnostics: [], state: 'none' };
      },
    ),
  );
  connection.onRequest(FINDING_EDIT, ({ uri, id, wish }: FindingEditParams) =>
    guard<FindingEditResult>('an edit for a finding', {}, async () => {
      const view = await documents.view(uri);
      const edit = view?.features && findingEdit(view.features, id, wish);
      if (view) documents.reportFailures(view);
      return edit ? { edit } : {};
    }),
  );
  connection.onRequest(REPORT, ({ format }: ReportParams, token: CancellationToken) =>
    guard<ReportResult>('a report', { text: '', files: 0 }, () =>
      writeReport(
        {
          rules: host.rules,
          version: host.version,
          today: () => host.today(),
          views: () => allViews(host),
          shownPath: (uri) => documents.shownPath(uri),
          textOf: (uri) => documents.textOf(uri),
        },
        format,
        token,
      ),
    ),
  );
}

/** Of open documents as they are now, then of the closed files on the score card. */
async function* allViews({ documents, board }: WorkspaceHost): AsyncGenerator<View> {
  const open = board.openViews().map(({ uri }) => uri);
  for (const uri of open) {
    const view = await documents.view(uri);
    if (view) yield view;
  }
  for (const params of board.closedFiles()) {
    if (open.includes(params.uri)) continue;
    const view = await documents.lookAtFile(params);
    if (view) yield view;
  }
}
