/** What can be said about a document's state, for the status item, the status bar and whoever reads them aloud. */
import { type Command, l10n, LanguageStatusSeverity, type TextDocument, Uri } from 'vscode';
import type { Counts, FileState, StatusParams } from '../../server/src/lsp/protocol.js';
import { needsServer } from './documents.js';
import type { ServerState } from './server.js';
import { plain } from './views/words.js';

export interface FileStatus {
  readonly text: string;
  readonly detail: string;
  readonly severity: LanguageStatusSeverity;
  readonly command?: Command;
  /** As short as the status bar needs it: icon and number. */
  readonly short: string;
}

const CALM = LanguageStatusSeverity.Information;
const WARNING = LanguageStatusSeverity.Warning;

/** Undefined for documents that do not concern Bulkhead. */
export function fileStatus(
  document: TextDocument,
  server: ServerState,
  status: StatusParams | undefined,
): FileStatus | undefined {
  if (status) return status.state === 'none' ? undefined : ofFile(status, status.state);
  if (!needsServer(document)) return undefined;
  if (server === 'failed' || server === 'stopped')
    return {
      text: l10n.t('Stopped'),
      detail: l10n.t('The language server of Bulkhead is not running'),
      severity: LanguageStatusSeverity.Error,
      command: { title: l10n.t('Restart Server'), command: 'bulkhead.restartServer' },
      short: '$(shield) $(error)',
    };
  return { text: l10n.t('Analysing'), detail: '', severity: CALM, short: '$(shield) $(loading~spin)' };
}

function ofFile(status: StatusParams, state: Exclude<FileState, 'none'>): FileStatus {
  const { isSlow = false, counts } = status;
  // The hover of the status item shows no Markdown.
  const detail = plain(status.detail ?? '');
  const analysed = { detail, severity: isSlow ? WARNING : CALM };
  switch (state) {
    case 'ok':
      return {
        ...analysed,
        ...configuration(status),
        text: l10n.t('No findings'),
        short: '$(shield) $(pass)',
      };
    case 'findings':
      return {
        ...analysed,
        text: inWords(counts),
        command: { title: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' },
        short: inNumbers(counts),
      };
    case 'incomplete':
      return {
        text: l10n.t('Analysis incomplete'),
        detail,
        severity: WARNING,
        command: { title: l10n.t('Show Log'), command: 'bulkhead.showLog' },
        short: '$(shield) $(warning)',
      };
    case 'off':
      return { text: l10n.t('Off'), detail, severity: CALM, ...setting('bulkhead.enable'), short: OFF };
    case 'excluded':
      return {
        text: l10n.t('Excluded'),
        detail,
        severity: CALM,
        ...(status.isExcludedByConfiguration ? configuration(status) : setting('bulkhead.exclude')),
        short: OFF,
      };
    case 'tooLarge':
      return {
        text: l10n.t('File too large'),
        detail,
        severity: WARNING,
        ...setting('bulkhead.maxFileSize'),
        short: '$(shield) $(warning)',
      };
  }
}

const OFF = '$(shield) $(circle-slash)';

function setting(name: string): { readonly command: Command } {
  const command = 'workbench.action.openSettings';
  return { command: { title: l10n.t('Open Setting'), command, arguments: [name] } };
}

function configuration({ configuration: uri }: StatusParams): { readonly command?: Command } {
  if (uri === undefined) return {};
  const title = l10n.t('Open Configuration');
  return { command: { title, command: 'vscode.open', arguments: [Uri.parse(uri)] } };
}

function inWords({ error, warning, info, hint }: Counts): string {
  const total = error + warning + info + hint;
  return total === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', total);
}

/** The gravest only: a status bar is read in passing. */
function inNumbers({ error, warning, info, hint }: Counts): string {
  if (error > 0) return `$(shield) $(error) ${error}`;
  return warning > 0 ? `$(shield) $(warning) ${warning}` : `$(shield) $(info) ${info + hint}`;
}
