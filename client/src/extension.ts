/** Entry point in a desktop or remote VS Code: the server is a Node process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { type Bulkhead, type Exports, startBulkhead } from './client.js';

let bulkhead: Bulkhead | undefined;

export function activate(context: ExtensionContext): Exports {
  const module = context.asAbsolutePath('dist/server.cjs');
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
  };
  bulkhead = startBulkhead(
    context,
    (options) => new LanguageClient('bulkhead', 'Bulkhead', serverOptions, options),
  );
  return bulkhead.exports;
}

export function deactivate(): Promise<void> | undefined {
  return bulkhead?.server.stop();
}
