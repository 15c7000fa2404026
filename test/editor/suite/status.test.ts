// What VS Code shows about the state of a file, and how Bulkhead behaves beside other extensions.
import * as vscode from 'vscode';
import type { Exports } from '../../../client/src/client.js';
import {
  closeEditors,
  diagnosticOf,
  diagnosticsOf,
  openText,
  replaceInWindow,
  ruleOf,
  waitFor,
  waitUntil,
  withSetting,
  workspaceFile,
} from './support.js';

const ROOT = 'FROM nginx:latest\nUSER root\n';

function status(): Exports['status'] {
  const found = vscode.extensions.getExtension<Exports>('bulkhead.bulkhead')?.exports.status;
  if (found === undefined) throw new Error('the extension has not told its status');
  return found;
}

/** Waits until the status of the active document is like this; asked again when anything happens that may change it. */
async function statusLike(pattern: RegExp): Promise<void> {
  const text = () => {
    const { shown, isInStatusBar } = status();
    return shown
      ? `${shown.text} | ${shown.detail} | ${shown.command?.title ?? ''} | ${isInStatusBar}`
      : 'nothing';
  };
  // The status is told just before or after the diagnostics: both are only a moment away.
  await waitUntil(text, (one) => pattern.test(one), `a status like ${pattern}`);
}

suite('the status', () => {
  teardown(closeEditors);

  test('says how many findings there are, and why there are none', async () => {
    const { uri } = await openText('Dockerfile', ROOT);
    await diagnosticsOf(uri);
    await statusLike(/^\d+ findings \| .* \| Show Problems \| true$/);
    await withSetting('bulkhead.statusBar.enabled', false, () => statusLike(/^\d+ findings .* \| false$/));
    await withSetting('bulkhead.enable', false, () =>
      statusLike(/^Off \| [^`|]*bulkhead\.enable[^`|]* \| Open Setting/),
    );
    await withSetting('bulkhead.exclude', ['Dockerfile'], () =>
      statusLike(/^Excluded \| .* \| Open Setting/),
    );
    await withSetting('bulkhead.maxFileSize', 0.001, () => statusLike(/^File too large \| /));
  });

  test('names the configuration that leaves a file out, and leads to it', async () => {
    const configuration = workspaceFile('.bulkhead.yaml');
    await vscode.workspace.fs.writeFile(configuration, new TextEncoder().encode('exclude: [Dockerfile]\n'));
    try {
      await openText('Dockerfile', ROOT);
      await statusLike(/^Excluded \| [^`|]*\.bulkhead\.yaml \| Open Configuration/);
      await vscode.workspace.fs.writeFile(configuration, new TextEncoder().encode('profile: essential\n'));
      await statusLike(/^\d+ findings? \| Configured by \.bulkhead\.yaml/);
    } finally {
      await vscode.workspace.fs.delete(configuration);
    }
  });

  test('is not there for other files, and not for other sides of a diff', async () => {
    await openText('notes.txt', 'FROM nginx:latest\n');
    await statusLike(/^nothing$/);
    const provider = vscode.workspace.registerTextDocumentContentProvider('git', {
      provideTextDocumentContent: () => ROOT,
    });
    try {
      const uri = vscode.Uri.from({ scheme: 'git', path: '/old/Dockerfile' });
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      await statusLike(/^nothing$/);
      if (vscode.languages.getDiagnostics(uri).length > 0) throw new Error('an old version has findings');
    } finally {
      provider.dispose();
    }
  });

  test('tells versions and settings, and nothing of the files', async () => {
    await withSetting('bulkhead.exclude', ['secret-customer/**'], async () => {
      await withSetting('bulkhead.profile', 'strict', async () => {
        await vscode.commands.executeCommand('bulkhead.copyDebugInformation');
        const text = await vscode.env.clipboard.readText();
        if (!/^Bulkhead \d+\.\d+\.\d+, language server running$/m.test(text)) throw new Error(text);
        if (!text.includes('bulkhead.profile (workspace): "strict"')) throw new Error(text);
        if (!text.includes('bulkhead.exclude (workspace): set')) throw new Error(text);
        if (/secret-customer|my-app|file:\/\/|\/tmp\//.test(text)) throw new Error(text);
      });
    });
  });
});

suite('beside another linter', () => {
  let other: vscode.DiagnosticCollection;
  setup(() => {
    other = vscode.languages.createDiagnosticCollection('a linter for tests');
  });
  teardown(async () => {
    other.dispose();
    await closeEditors();
  });

  const report = (document: vscode.TextDocument, source: string, code: string, line = 0) => {
    const diagnostic = new vscode.Diagnostic(document.lineAt(line).range, 'said by another', 1);
    Object.assign(diagnostic, { source, code });
    other.set(document.uri, [diagnostic]);
  };
  const severityOf = (found: readonly vscode.Diagnostic[], rule: string) =>
    found.find((one) => ruleOf(one) === rule)?.severity;

  test('what both report becomes a hint, until the other one is silent', async () => {
    const document = await openText('Dockerfile', ROOT);
    await diagnosticOf(document.uri, 'tag-latest');
    report(document, 'hadolint', 'DL3007');
    const found = await diagnosticsOf(
      document.uri,
      (all) => severityOf(all, 'tag-latest') === vscode.DiagnosticSeverity.Hint,
    );
    if (severityOf(found, 'user-root') === vscode.DiagnosticSeverity.Hint)
      throw new Error('nobody else reports user-root');
    other.clear();
    await diagnosticsOf(
      document.uri,
      (all) => severityOf(all, 'tag-latest') === vscode.DiagnosticSeverity.Warning,
    );
  });

  test('Docker DX, SonarQube and Checkov are known, too', async () => {
    const document = await openText('Dockerfile.others', 'FROM nginx:latest\nENV API_TOKEN=abc123\n');
    for (const [source, code, line, rule] of [
      ['docker-language-server', 'SecretsUsedInArgOrEnv', 1, 'secret-in-env'],
      ['sonarqube', 'docker:S6596', 0, 'tag-latest'],
      ['sonarlint', 'docker:S6596', 0, 'tag-latest'],
      ['Checkov', 'CKV_DOCKER_7', 0, 'tag-latest'],
    ] as const) {
      const usual = severityOf(await diagnosticsOf(document.uri, (all) => hasLoud(all, rule)), rule);
      report(document, source, code, line);
      const quiet = (all: readonly vscode.Diagnostic[]) =>
        severityOf(all, rule) === vscode.DiagnosticSeverity.Hint;
      await diagnosticsOf(document.uri, quiet);
      other.clear();
      await diagnosticsOf(document.uri, (all) => severityOf(all, rule) === usual);
    }
  });

  const hasLoud = (all: readonly vscode.Diagnostic[], rule: string) =>
    ![undefined, vscode.DiagnosticSeverity.Hint].includes(severityOf(all, rule));

  test('a setting lets both speak', async () => {
    const document = await openText('Dockerfile', ROOT);
    await diagnosticOf(document.uri, 'tag-latest');
    report(document, 'hadolint', 'DL3007');
    await diagnosticsOf(
      document.uri,
      (all) => severityOf(all, 'tag-latest') === vscode.DiagnosticSeverity.Hint,
    );
    await withSetting('bulkhead.avoidDuplicates', false, async () => {
      await diagnosticsOf(
        document.uri,
        (all) => severityOf(all, 'tag-latest') === vscode.DiagnosticSeverity.Warning,
      );
    });
  });
});

suite('the server', () => {
  teardown(closeEditors);

  test('runs once after restarts that overlap', async () => {
    const document = await openText('Dockerfile', ROOT);
    await diagnosticOf(document.uri, 'tag-latest');
    const restart = () => vscode.commands.executeCommand('bulkhead.restartServer');
    await Promise.all([restart(), restart(), restart()]);
    const found = await diagnosticsOf(document.uri, (all) => severityCount(all, 'tag-latest') > 0);
    if (severityCount(found, 'tag-latest') !== 1) throw new Error('a finding is shown twice');
  });

  const severityCount = (found: readonly vscode.Diagnostic[], rule: string) =>
    found.filter((one) => ruleOf(one) === rule).length;

  // In a worker there is no process to end.
  if (serverProcesses() !== undefined)
    test('comes back on wish after it was given up', async () => {
      const document = await openText('Dockerfile', ROOT);
      await diagnosticOf(document.uri, 'tag-latest');
      const tick = new vscode.EventEmitter<void>();
      const timer = setInterval(() => tick.fire(), 50);
      const told: string[] = [];
      const restore = replaceInWindow('showErrorMessage', async (...words: string[]) => {
        told.push(words.join(' | '));
        return undefined;
      });
      try {
        // One crash is nothing: the client starts it again. It is ended only while it runs, each process once.
        const ended = new Set<ServerProcess>();
        await waitFor(
          tick.event,
          () => {
            const text = status().shown?.text ?? '';
            const runs = /findings/.test(text);
            for (const one of runs ? (serverProcesses() ?? []) : []) {
              if (!ended.has(one)) one.kill('SIGKILL');
              ended.add(one);
            }
            return { crashes: ended.size, text };
          },
          ({ crashes, text }) => crashes === 5 && text === 'Stopped' && told.length > 0,
          'the client to give up',
        );
      } finally {
        restore();
        clearInterval(timer);
        tick.dispose();
      }
      if (told.length !== 1 || !/ended 5 times.* \| Restart Server \| Show Log$/.test(told[0] ?? ''))
        throw new Error(`told: ${JSON.stringify(told)}`);
      await vscode.commands.executeCommand('bulkhead.restartServer');
      await diagnosticOf(document.uri, 'tag-latest');
      await statusLike(/^\d+ findings/);
    });
});

interface ServerProcess {
  readonly killed: boolean;
  readonly spawnargs: readonly string[];
  kill(signal: string): void;
}

/** The language servers that this extension host has started; undefined where there are no processes. */
function serverProcesses(): readonly ServerProcess[] | undefined {
  const host = globalThis as {
    readonly process?: { _getActiveHandles?(): readonly object[] };
  };
  return host.process
    ?._getActiveHandles?.()
    .filter(
      (handle): handle is ServerProcess =>
        'spawnargs' in handle &&
        Array.isArray(handle.spawnargs) &&
        handle.spawnargs.some((word) => String(word).endsWith('server.cjs')),
    );
}
