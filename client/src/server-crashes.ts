/** What happens when the language server ends by itself: it is started again, but not for ever, and that is said once. */
import { commands, l10n, window } from 'vscode';
import { CloseAction, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** So many ends within so short a time have a cause that starting again does not mend. */
const MOST_CRASHES = 5;
const WITHIN_MILLISECONDS = 3 * 60 * 1000;
const MOST_ERRORS = 3;

/** For one client. What VS Code's library would say speaks English only, and with each crash. */
export function crashHandler(): ErrorHandler {
  const crashes: number[] = [];
  return {
    error: (_error, _message, count = 0) => ({
      action: count <= MOST_ERRORS ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed() {
      crashes.push(Date.now());
      const recent = crashes.slice(-MOST_CRASHES);
      const [first = 0] = recent;
      if (recent.length < MOST_CRASHES || Date.now() - first > WITHIN_MILLISECONDS)
        return { action: CloseAction.Restart, handled: true };
      void tell();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

async function tell(): Promise<void> {
  const restart = l10n.t('Restart Server');
  const log = l10n.t('Show Log');
  const message = l10n.t(
    'The language server of Bulkhead ended {0} times in three minutes and is not started again.',
    MOST_CRASHES,
  );
  const chosen = await window.showErrorMessage(message, restart, log);
  if (chosen === restart) await commands.executeCommand('bulkhead.restartServer');
  if (chosen === log) await commands.executeCommand('bulkhead.showLog');
}
