/** Entry point in a VS Code that runs in a browser: the server is a web worker. */
import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { type Bulkhead, type Exports, startBulkhead } from './client.js';

let bulkhead: Bulkhead | undefined;

export function activate(context: ExtensionContext): Exports {
  const program = Uri.joinPath(context.extensionUri, 'dist/browser/server.js').toString(true);
  bulkhead = startBulkhead(context, (options) => {
    const start = async () => {
      const worker = new Worker(program);
      return { reader: new WorkerReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return new LanguageClient('bulkhead', 'Bulkhead', start, options);
  });
  return bulkhead.exports;
}

export function deactivate(): Promise<void> | undefined {
  return bulkhead?.server.stop();
}

/**
 * A worker says that it failed, and never that it ended. To the client a failure is the end of the server, which it starts
 * again; and nobody but the client ends the worker.
 */
class WorkerReader extends BrowserMessageReader {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    super(worker);
    this.#worker = worker;
    worker.addEventListener('error', () => {
      this.fireClose();
      worker.terminate();
    });
  }

  override dispose(): void {
    super.dispose();
    this.#worker.terminate();
  }
}
