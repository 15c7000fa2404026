/** The server in a web worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { version } from '../../../package.json';
import { rules } from '../rules/index.js';
import { startSession } from './session.js';

/** The part of a worker's global scope that is used, so that the types of the whole browser are not needed. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startSession({
  connection,
  rules,
  version,
  today: () => new Date().toISOString().slice(0, 10),
  schedule: (task) => void setTimeout(task, 0),
});
connection.listen();
