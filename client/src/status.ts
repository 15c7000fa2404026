/**
 * What Bulkhead found in the active document, or why it says nothing: in the editor's `{}` menu, and in short in the
 * status bar.
 */
import {
  type Disposable,
  l10n,
  languages,
  LanguageStatusSeverity,
  StatusBarAlignment,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import type { StatusParams } from '../../server/src/lsp/protocol.js';
import { selector } from './documents.js';
import { type FileStatus, fileStatus } from './file-status.js';
import type { ServerEvents, ServerState } from './server.js';

export interface StatusView extends Pick<ServerEvents, 'onState' | 'onStatus'>, Disposable {
  /** What is shown about the active document; undefined when nothing is. */
  readonly shown: FileStatus | undefined;
  /** Whether the short form stands in the status bar. */
  readonly isInStatusBar: boolean;
}

const SETTING = 'bulkhead.statusBar.enabled';
/** To the right of what is told about the text itself. */
const PRIORITY = 90;

export function createStatusView(): StatusView {
  const known = new Map<string, StatusParams>();
  const item = languages.createLanguageStatusItem('bulkhead.status', []);
  item.name = 'Bulkhead';
  const bar = window.createStatusBarItem('bulkhead.file', StatusBarAlignment.Right, PRIORITY);
  bar.name = l10n.t('Bulkhead: State of the File');
  let server: ServerState = 'starting';
  let shown: FileStatus | undefined;
  let isInStatusBar = false;

  function refresh(): void {
    const document = window.activeTextEditor?.document;
    shown = document && fileStatus(document, server, known.get(document.uri.toString()));
    // Without a selector the item is not shown anywhere.
    item.selector = shown ? [...selector] : [];
    item.busy = shown !== undefined && server === 'starting';
    isInStatusBar = shown !== undefined && workspace.getConfiguration().get(SETTING, true);
    if (shown) {
      item.text = shown.text;
      item.detail = shown.detail;
      item.severity = shown.severity;
      item.command = shown.command;
      drawBar(shown);
    }
    if (isInStatusBar) bar.show();
    else bar.hide();
  }

  function drawBar({ short, text, detail, severity, command }: FileStatus): void {
    const isStopped = severity === LanguageStatusSeverity.Error;
    bar.text = short;
    bar.tooltip = ['Bulkhead', text, ...(detail === '' ? [] : [detail])].join('\n');
    bar.backgroundColor = isStopped ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    bar.command = isStopped ? command : 'bulkhead.scoreCard.focus';
    bar.accessibilityInformation = { label: [`Bulkhead: ${text}`, detail].filter(Boolean).join('. ') };
  }

  const listeners = [
    window.onDidChangeActiveTextEditor(refresh),
    workspace.onDidCloseTextDocument((document) => known.delete(document.uri.toString())),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) refresh();
    }),
  ];
  refresh();
  return {
    get shown() {
      return shown;
    },
    get isInStatusBar() {
      return isInStatusBar;
    },
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
      bar.dispose();
    },
  };
}
