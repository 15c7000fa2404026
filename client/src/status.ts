/** The entry in the editor's `{}` menu: what Bulkhead found in the active document, or why it says nothing. */
import {
  type Command,
  type Disposable,
  l10n,
  languages,
  LanguageStatusSeverity,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import type { Counts, FileState, StatusParams } from '../../server/src/lsp/protocol.js';
import { needsServer, selector } from './documents.js';
import type { ServerEvents, ServerState } from './server.js';

export interface StatusView extends Pick<ServerEvents, 'onState' | 'onStatus'>, Disposable {}

interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly severity: LanguageStatusSeverity;
  readonly command?: Command;
}

const SHOW_LOG: Command = { title: l10n.t('Show Log'), command: 'bulkhead.showLog' };
const RESTART: Command = { title: l10n.t('Restart Server'), command: 'bulkhead.restartServer' };
const SHOW_PROBLEMS: Command = { title: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' };
const openSetting = (name: string): Command => ({
  title: l10n.t('Open Setting'),
  command: 'workbench.action.openSettings',
  arguments: [name],
});

export function createStatusView(): StatusView {
  const known = new Map<string, StatusParams>();
  const item = languages.createLanguageStatusItem('bulkhead.status', []);
  item.name = 'Bulkhead';
  let server: ServerState = 'starting';

  function refresh(): void {
    const document = window.activeTextEditor?.document;
    const shown = document && describe(document, server, known.get(document.uri.toString()));
    // Without a selector the item is not shown anywhere.
    item.selector = shown ? [...selector] : [];
    item.busy = shown !== undefined && server === 'starting';
    if (shown === undefined) return;
    item.text = shown.text;
    item.detail = shown.detail;
    item.severity = shown.severity;
    item.command = shown.command;
  }

  const listeners = [
    window.onDidChangeActiveTextEditor(refresh),
    workspace.onDidCloseTextDocument((document) => known.delete(document.uri.toString())),
  ];
  refresh();
  return {
    onState(state) {
      server = state;
      if (state !== 'running') known.clear();
      refresh();
    },
    onStatus(status) {
      known.set(status.uri, status);
      refresh();
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
      item.dispose();
    },
  };
}

function describe(
  document: TextDocument,
  server: ServerState,
  status: StatusParams | undefined,
): Shown | undefined {
  if (status) return status.state === 'none' ? undefined : ofFile(status, status.state);
  if (!needsServer(document)) return undefined;
  if (server === 'failed' || server === 'stopped')
    return {
      text: l10n.t('Stopped'),
      detail: l10n.t('The language server of Bulkhead is not running'),
      severity: LanguageStatusSeverity.Error,
      command: RESTART,
    };
  return { text: l10n.t('Analysing'), detail: '', severity: LanguageStatusSeverity.Information };
}

function ofFile({ counts, detail = '' }: StatusParams, state: Exclude<FileState, 'none'>): Shown {
  const calm = LanguageStatusSeverity.Information;
  switch (state) {
    case 'ok':
      return { text: l10n.t('No findings'), detail, severity: calm };
    case 'findings':
      return { text: inWords(counts), detail, severity: calm, command: SHOW_PROBLEMS };
    case 'incomplete':
      return {
        text: l10n.t('Analysis incomplete'),
        detail,
        severity: LanguageStatusSeverity.Warning,
        command: SHOW_LOG,
      };
    case 'off':
      return { text: l10n.t('Off'), detail, severity: calm, command: openSetting('bulkhead.enable') };
    case 'excluded':
      return { text: l10n.t('Excluded'), detail, severity: calm, command: openSetting('bulkhead.exclude') };
    case 'tooLarge':
      return {
        text: l10n.t('File too large'),
        detail,
        severity: LanguageStatusSeverity.Warning,
        command: openSetting('bulkhead.maxFileSize'),
      };
  }
}

function inWords(counts: Counts): string {
  const total = counts.error + counts.warning + counts.info + counts.hint;
  return total === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', total);
}
