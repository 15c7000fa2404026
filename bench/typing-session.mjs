// Somebody typing into a file: with a language server that answers each key with diagnostics, or with nothing but a
// parser. Both kinds of session look the same, so that they can be measured side by side:
//   type(character) -> Promise<milliseconds until the answer>     close() -> Promise
//   initialize: milliseconds from starting the program to its answer to `initialize`; peakMemory(): MB or undefined
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseEvents } from 'js-yaml';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const requirePeer = createRequire(new URL('peers/package.json', import.meta.url));

/** A server that has not answered after so many milliseconds never will. */
const patience = 60_000;

/**
 * @param {{ command: string[], settings?: object, initializationOptions?: object }} server
 * @throws {Error} when the server ends or does not answer
 */
export async function typeIntoServer(server, { kind, scene, folder }) {
  const file = join(folder, kind === 'dockerfile' ? 'Dockerfile' : 'compose.yaml');
  writeFileSync(file, scene.text);
  for (const [path, text] of Object.entries(scene.beside ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const textDocument = { uri: pathToFileURL(file).href };
  const root = { uri: pathToFileURL(folder).href, name: 'bench' };

  const started = performance.now();
  const child = spawn(server.command[0], server.command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onError(() => {});
  const pushed = listen(connection, textDocument.uri);
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => server.settings?.[section] ?? null),
  );
  connection.onRequest('workspace/workspaceFolders', () => [root]);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();

  /** The result of `work`, or an error when the server has ended or takes too long. */
  const answer = async (work) => {
    const stop = new AbortController();
    const giveUp = pause(patience, undefined, { signal: stop.signal }).then(
      () => Promise.reject(new Error('no answer')),
      () => undefined,
    );
    const died = ended.then(() => Promise.reject(new Error('server ended')));
    try {
      return await Promise.race([work, died, giveUp]);
    } finally {
      stop.abort();
    }
  };

  const close = async () => {
    const force = setTimeout(() => child.kill('SIGKILL'), 2000);
    if (child.exitCode === null) {
      await answer(connection.sendRequest('shutdown')).catch(() => {});
      connection.sendNotification('exit').catch(() => {});
    }
    await ended;
    clearTimeout(force);
    connection.dispose();
  };

  try {
    const { capabilities } = await answer(
      connection.sendRequest('initialize', {
        processId: process.pid,
        rootUri: root.uri,
        workspaceFolders: [root],
        initializationOptions: server.initializationOptions,
        capabilities: clientCapabilities,
      }),
    );
    const initialize = performance.now() - started;
    connection.sendNotification('initialized', {});

    // As VS Code does it: asks for diagnostics where the server offers that, otherwise waits until they are pushed.
    const diagnostics = capabilities.diagnosticProvider
      ? () => connection.sendRequest('textDocument/diagnostic', { textDocument })
      : pushed;
    let version = 1;
    let { character } = scene;
    const languageId = kind === 'dockerfile' ? 'dockerfile' : 'dockercompose';
    const open = { textDocument: { ...textDocument, languageId, version, text: scene.text } };
    connection.sendNotification('textDocument/didOpen', open);
    await answer(diagnostics(version));

    const type = async (text) => {
      const at = { line: scene.line, character: character++ };
      const pressed = performance.now();
      connection.sendNotification('textDocument/didChange', {
        textDocument: { ...textDocument, version: ++version },
        contentChanges: [{ range: { start: at, end: at }, text }],
      });
      await answer(diagnostics(version));
      return performance.now() - pressed;
    };
    return { initialize, type, close, peakMemory: () => peakMemory(child.pid) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The floor: the text is changed and parsed in this process, and nothing is looked for in it. */
export function typeIntoParser({ kind, scene }) {
  let { text, offset } = scene;
  const parse = parsers[kind]();
  return {
    type: async (character) => {
      const pressed = performance.now();
      text = text.slice(0, offset) + character + text.slice(offset++);
      parse(text);
      return performance.now() - pressed;
    },
    close: async () => {},
  };
}

const parsers = {
  dockerfile: () => {
    const { DockerfileParser } = requirePeer('dockerfile-ast');
    return (text) => DockerfileParser.parse(text);
  },
  compose: () => (text) => {
    try {
      parseEvents(text, {});
    } catch {
      // A line that is being typed is often no YAML yet; the parser stops there.
    }
  },
};

const clientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: {
    synchronization: {},
    diagnostic: {},
    publishDiagnostics: { versionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

/** Waits for the next pushed diagnostics of a version; a server that does not say the version is believed. */
function listen(connection, uri) {
  let wake = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    if (params.uri === uri) wake(params.version);
  });
  return (wanted) =>
    new Promise((resolve) => {
      wake = (version) => {
        if (version === undefined || version >= wanted) resolve();
      };
    });
}

/** The largest resident size so far, in MB; undefined where the system has no /proc. */
function peakMemory(pid) {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
