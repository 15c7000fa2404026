// Opens a folder in VS Code with the extension as it is built now:
//   node scripts/editor.mjs [--browser] [--port N] [FOLDER]       FOLDER: examples/ when absent
// In the VS Code of this machine when there is a `code` command; else, or with --browser, in one that npm brings, shown by
// any browser, until Ctrl+C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { install } from '../test/vscode-host/install.mjs';
import { startServer } from '../test/vscode-host/server.mjs';
import { root } from './bundle.mjs';
import { packageExtension } from './package.mjs';

async function main() {
  const { values, positionals } = parseArgs({
    options: { browser: { type: 'boolean' }, port: { type: 'string', default: '0' } },
    allowPositionals: true,
  });
  const folder = resolve(positionals[0] ?? join(root, 'examples'));
  if (!existsSync(folder)) throw new Error(`${folder} does not exist.`);
  if (!/^\d+$/.test(values.port)) throw new Error('--port needs a number.');
  const code = values.browser ? undefined : findCode();
  if (code) await openDesktop(code, folder);
  else await serve(folder, Number(values.port));
}

/** Loads the extension from this folder, so that a new build is there after "Developer: Reload Window". */
async function openDesktop(code, folder) {
  const { main: entry } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (!existsSync(join(root, entry))) throw new Error(`${entry} is missing. Build first: npm run build`);
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, folder];
  // On Windows `code` is a script, which only a shell can start.
  const shell = process.platform === 'win32';
  const child = spawn(shell ? `"${code}"` : code, shell ? args.map((arg) => `"${arg}"`) : args, {
    stdio: 'inherit',
    shell,
  });
  const [status] = await once(child, 'exit');
  if (status !== 0)
    throw new Error(`${code} ended with code ${status}. In a browser: npm run editor -- --browser`);
}

async function serve(folder, port) {
  const { vsix } = await packageExtension();
  await install();
  const server = await startServer({ workspace: folder, vsix: [vsix], port });
  console.log(`VS Code with Bulkhead, in ${folder}:\n\n  ${server.address()}\n\nCtrl+C ends it.`);
  // A signal ends this process and with it the server.
  const code = await server.exited;
  await server.close({ failed: true });
  throw new Error(`VS Code ended by itself with code ${code}. Its logs are in artefacts/vscode-logs.`);
}

function findCode() {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
