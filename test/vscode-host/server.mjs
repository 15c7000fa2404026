// Starts VS Code's own server (the one behind `code serve-web` and remote windows) in a temporary folder of its own.
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { newest } from './versions.mjs';
import { nodeForVSCode } from './install.mjs';
import { calmSettings, restrictedSettings } from './settings.mjs';

/** Where `close({ failed: true })` leaves what there is to read about a failure. */
export const logFolder = join(import.meta.dirname, '../../artefacts/vscode-logs');

/**
 * @typedef {object} ServerOptions
 * @property {import('./versions.mjs').Version} [version] An installed VS Code; the newest when absent.
 * @property {string} [workspace] Folder to open as it is; a new empty one when absent.
 * @property {Record<string, unknown>} [settings] User settings, on top of those that keep VS Code calm.
 * @property {string[]} [vsix] Packaged extensions to install.
 * @property {number} [port] A free one when absent.
 * @property {boolean} [restricted] Nobody has said that the folder can be trusted, so it is not.
 * @property {boolean} [underTest] Lets a page run an extension's tests.
 */

/**
 * Starts a server that only this machine can reach, and only with the token in its addresses.
 * @param {ServerOptions} options
 * @throws {Error} when an extension cannot be installed or the server does not start
 */
export async function startServer(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-vscode-'));
  const workspace = resolve(options.workspace ?? join(folder, 'workspace'));
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let server;
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const endAtOnce = () => {
    server?.kill('SIGKILL');
    removeFolder();
  };
  endWithProcess(endAtOnce);

  async function close({ failed = false } = {}) {
    if (server && server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    if (failed) keepLogs(folder);
    process.off('exit', endAtOnce);
    removeFolder();
  }

  try {
    mkdirSync(workspace, { recursive: true });
    mkdirSync(join(folder, 'user/User'), { recursive: true });
    const settings = { ...calmSettings, ...(options.restricted && restrictedSettings), ...options.settings };
    writeFileSync(join(folder, 'user/User/settings.json'), JSON.stringify(settings, null, 2));
    const launch = launcher(folder, options.version ?? newest);
    for (const file of options.vsix ?? []) await launch.install(resolve(file));
    const token = randomUUID();
    server = launch.start(token, options);
    const host = `127.0.0.1:${await listening(server)}`;
    return {
      /** The folder that is open. */
      workspace,
      /** Ends with the server. */
      exited: once(server, 'exit').then(([code]) => code),
      close,
      /** The name by which the page knows a file of this machine. */
      remote: (path) => `vscode-remote://${host}${resolve(path)}`,
      /**
       * The address of a window on the workspace.
       * @param {[string, string][]} payload see `IWorkbenchConstructionOptions` in VS Code: `openFile`, `extensionTestsPath` …
       */
      address(payload = []) {
        const query = new URLSearchParams({ folder: workspace, tkn: token });
        if (payload.length > 0) query.set('payload', JSON.stringify([['skipWelcome', 'true'], ...payload]));
        return `http://${host}/?${query}`;
      },
    };
  } catch (error) {
    await close({ failed: true });
    error.message += `\nThe logs are in ${logFolder}`;
    throw error;
  }
}

/** The two ways in which the server's program is run, with folders that leave the user's own VS Code alone. */
function launcher(folder, version) {
  const node = nodeForVSCode(version);
  const folders = { 'user-data-dir': 'user', 'server-data-dir': 'server', 'extensions-dir': 'extensions' };
  const common = [
    version.main,
    '--accept-server-license-terms',
    ...Object.entries(folders).flatMap(([flag, name]) => [`--${flag}`, join(folder, name)]),
  ];
  // No marketplace, so that nothing is looked up there.
  const env = {
    ...process.env,
    HOME: folder,
    EXTENSIONS_GALLERY: '{}',
  };
  // A terminal inside VS Code sets these; they would tie the new one to it.
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_)/.test(name)) delete env[name];

  return {
    async install(file) {
      try {
        await promisify(execFile)(node, [...common, '--install-extension', file], { env });
      } catch (error) {
        throw new Error(
          `VS Code could not install ${file}:\n${error.stderr || error.stdout || error.message}`,
        );
      }
    },
    start(token, { port = 0, restricted = false, underTest = false }) {
      const server = spawn(
        node,
        [
          ...common,
          ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
          ...['--telemetry-level', 'off', '--disable-experiments'],
          ...(restricted ? [] : ['--disable-workspace-trust']),
          // Without this flag the page ignores `extensionTestsPath` without a word.
          ...(underTest ? ['--enable-smoke-test-driver'] : []),
        ],
        { env, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      server.stderr.pipe(createWriteStream(join(folder, 'server.stderr.log')));
      return server;
    },
  };
}

/** @returns {Promise<number>} the port, once the server listens on it */
function listening(server) {
  return new Promise((resolvePort, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`VS Code's server ended at once with code ${code}.`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port) resolvePort(Number(port));
    });
  });
}

function keepLogs(folder) {
  rmSync(logFolder, { recursive: true, force: true });
  mkdirSync(logFolder, { recursive: true });
  for (const name of ['server.stderr.log', 'user/logs', 'server/data/logs']) {
    const from = join(folder, name);
    if (existsSync(from)) cpSync(from, join(logFolder, name.replaceAll('/', '-')), { recursive: true });
  }
}

/** Makes `end` run however the process ends, short of a SIGKILL. */
function endWithProcess(end) {
  process.once('exit', end);
  for (const [signal, stop] of Object.entries(stopOn)) process.off(signal, stop).on(signal, stop);
}

/** Without these a signal would end the process with no `exit` event. The codes are those a shell reports. */
const stopOn = {
  SIGINT: () => process.exit(130),
  SIGTERM: () => process.exit(143),
  SIGHUP: () => process.exit(129),
};
