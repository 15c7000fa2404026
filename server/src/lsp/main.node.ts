/** The server in Node: started by the VS Code client over IPC, by `bulkhead lsp --stdio` and other editors over stdio. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { rules } from '../rules/index.js';
import { diskFiles } from './disk.node.js';
import { startSession } from './session.js';
import { shippedTranslation } from './translations.node.js';

const connection = createConnection(ProposedFeatures.all);
startSession({
  connection,
  rules,
  files: diskFiles(),
  translation: shippedTranslation,
  version,
  today: () => new Date().toISOString().slice(0, 10),
  schedule: (task) => void setImmediate(task),
});
connection.listen();
