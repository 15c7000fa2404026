/** Bulkhead opens no connection: no bundle can, and the server does not even try. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { CodeAction, CompletionItem } from 'vscode-languageserver-types';
import type { LintWorkspaceFileResult } from '../server/src/lsp/protocol.js';
import { bundle } from './support/language.js';
import { startWorker } from './support/worker.js';

/**
 * All that the bundles load from outside. `child_process`: the client starts the server, and the language server library
 * can find packages of a workspace, which Bulkhead does not ask for. `v8`: the command line tool says when to optimise.
 * No module on this list can open a connection.
 */
const ALLOWED = {
  'cli.js': ['node:crypto', 'node:fs', 'node:module', 'node:path', 'node:url', 'node:v8'],
  'server.cjs': [
    'child_process',
    'crypto',
    'fs',
    'node:fs/promises',
    'node:path',
    'node:url',
    'node:util',
    'os',
    'path',
    'url',
    'util',
  ],
  'client.cjs': ['child_process', 'crypto', 'fs', 'os', 'path', 'readline', 'util', 'vscode'],
  'browser/server.js': [],
  'browser/client.cjs': ['vscode'],
};

/** Loaded into the server before its own code: writes a line for each attempt to reach anything. */
const WATCH = `
const say = (what) => process.stderr.write('NETWORK ' + what + '\\n');
const Module = require('node:module');
const load = Module._load;
Module._load = function (name, ...rest) {
  if (/^(?:node:)?(?:net|tls|https?|http2|dns|dns\\/promises|dgram|undici)$/.test(name)) say('module ' + name);
  return load.call(this, name, ...rest);
};
for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
  Object.defineProperty(globalThis, name, { get: () => say(name) });
`;

describe('the bundles', () => {
  let folder = '';
  let imports: unknown;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulkhead-offline-'));
    imports = JSON.parse(
      execFileSync(process.execPath, ['scripts/bundle-imports.mjs', folder], { encoding: 'utf8' }),
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('load no module that can open a connection', () => {
    assert.deepEqual(imports, ALLOWED);
  });

  test('hold no address that the Dockerfile library would ask', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.c?js$/.test(name),
    );
    assert.ok(files.length > Object.keys(ALLOWED).length);
    for (const name of files)
      assert.doesNotMatch(readFileSync(join(folder, name), 'utf8'), /auth\.docker\.io|\/tags\/list/, name);
  });

  test('read no rules before a command of the command line tool asks for them', () => {
    const rule = 'docker-socket-mounted';
    const read = new Map<string, string>();
    const ahead = [join(folder, 'cli.js')];
    for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
      if (read.has(path)) continue;
      const text = readFileSync(path, 'utf8');
      read.set(path, text);
      for (const [, part = ''] of text.matchAll(/(?:from|import)"(\.[^"]+)"/g))
        ahead.push(join(path, '..', part));
    }
    assert.ok(read.size > 1);
    assert.deepEqual(
      [...read].filter(([, text]) => text.includes(rule)).map(([path]) => path),
      [],
    );
  });

  test('answer in a worker, without trying to reach anything and without Node', async () => {
    const dynamic = { dynamicRegistration: true };
    const settings = { profile: 'strict' };
    const worker = startWorker(join(folder, 'browser/server.js'), (method, params) => {
      if (method !== 'workspace/configuration') return null;
      return (params as { readonly items: readonly unknown[] }).items.map(() => settings);
    });
    await worker.request('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: { diagnostic: dynamic, documentSymbol: dynamic, documentLink: dynamic },
      },
      initializationOptions: { client: { otherDockerfileSupport: false } },
    });
    worker.notify('initialized', {});
    // Every rule has an example, so every rule runs.
    for (const path of readdirSync('test/fixtures/rules', { recursive: true, encoding: 'utf8' })) {
      if (!/\bdoc\.(?:compose\.yaml|Dockerfile)$/.test(path)) continue;
      const text = readFileSync(join('test/fixtures/rules', path), 'utf8');
      const uri = `vscode-vfs://github/owner/repository/${path.replaceAll('\\', '/')}`;
      const found = await worker.request<LintWorkspaceFileResult>('bulkhead/lintWorkspaceFile', {
        uri,
        text,
      });
      const rule = path.split(/[\\/]/).at(-2) ?? '';
      const codes = found.diagnostics.map(({ code }) => code);
      assert.notEqual(codes.length, 0, `${rule}: ${codes}`);
    }
    const textDocument = { uri: 'vscode-vfs://github/owner/repository/Dockerfile' };
    const text = 'FROM node:\nRU\n';
    worker.notify('textDocument/didOpen', {
      textDocument: { ...textDocument, languageId: 'dockerfile', version: 1, text },
    });
    const items = await worker.request<CompletionItem[]>('textDocument/completion', {
      textDocument,
      position: { line: 1, character: 2 },
    });
    assert.ok(items.some(({ label }) => label.startsWith('RUN')));
    await worker.request('textDocument/documentLink', { textDocument });
    assert.deepEqual(
      worker.said.filter((one) => !one.includes('is ready')),
      [],
    );
  });

  test('speak the language of the client in a worker, which has no disk to read it from', async () => {
    const worker = startWorker(join(folder, 'browser/server.js'), () => null);
    await worker.request('initialize', {
      processId: null,
      rootUri: null,
      locale: 'de',
      capabilities: {},
      initializationOptions: { l10n: bundle('de') },
    });
    worker.notify('initialized', {});
    const uri = 'vscode-vfs://github/owner/repository/compose.yaml';
    const text = 'services:\n  web:\n    image: nginx:1.31\n    privileged: true\n';
    worker.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockercompose', version: 1, text },
    });
    const line = 3;
    const actions = await worker.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line, character: 4 }, end: { line, character: 20 } },
      context: { diagnostics: [] },
    });
    const fix = '`privileged` entfernen (Gerätezugriff und Mounts funktionieren nicht mehr)';
    assert.ok(
      actions.some(({ title }) => title === fix),
      JSON.stringify(actions.map(({ title }) => title)),
    );
    const { diagnostics } = await worker.request<LintWorkspaceFileResult>('bulkhead/lintWorkspaceFile', {
      uri: uri.replace('compose.yaml', 'other/compose.yaml'),
      text,
    });
    const privileged = diagnostics.find(({ code }) => code === 'privileged-container');
    assert.equal(privileged?.message, '`web` läuft privilegiert: wer es steuert, steuert den Host');
  });

  test('answer in the server without trying to reach anything, also behind `FROM name:`', async () => {
    const watch = join(folder, 'watch.cjs');
    writeFileSync(watch, WATCH);
    const server = spawn(process.execPath, ['--require', watch, join(folder, 'server.cjs'), '--stdio']);
    const ended = new Promise((resolve) => server.on('close', resolve));
    let errors = '';
    server.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const editor = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    editor.listen();
    const uri = 'file:///project/Dockerfile';
    const textDocument = { uri };
    await editor.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: { settings: { languageFeatures: 'on' } },
    });
    await editor.sendNotification('initialized', {});
    const opened = { uri, languageId: 'dockerfile', version: 1, text: 'FROM node:\nRU\n' };
    await editor.sendNotification('textDocument/didOpen', { textDocument: opened });
    const complete = (line: number, character: number): Promise<CompletionItem[]> =>
      editor.sendRequest('textDocument/completion', { textDocument, position: { line, character } });
    assert.deepEqual(await complete(0, 'FROM node:'.length), []);
    assert.ok((await complete(1, 2)).some(({ label }) => label.startsWith('RUN')));
    await editor.sendRequest('textDocument/documentLink', { textDocument });
    await editor.sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 6 } });
    await editor.sendRequest('shutdown');
    await editor.sendNotification('exit');
    await ended;
    editor.dispose();
    assert.equal(errors, '');
  });
});
