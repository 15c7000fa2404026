/** The server in a web worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { version } from '../../../package.json';
import { rules } from '../rules/index.js';
import { startSession } from './session.js';

declare const self: DedicatedWorkerGlobalScope;

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startSession({
  connection,
  rules,
  version,
  today: () => new Date().toISOString().slice(0, 10),
  schedule: (task) => void setTimeout(task, 0),
});
connection.listen();
