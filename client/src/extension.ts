/** Entry point in a desktop or remote VS Code: the server is a Node process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { startBulkhead } from './client.js';
import type { Server } from './server.js';

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.cjs');
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
  };
  server = startBulkhead(
    context,
    (options) => new LanguageClient('bulkhead', 'Bulkhead', serverOptions, options),
  );
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
