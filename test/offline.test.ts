/** Bulkhead opens no connection: no bundle can, and the server does not even try. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CompletionItem } from 'vscode-languageserver-types';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

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
    for (const name of Object.keys(ALLOWED))
      assert.doesNotMatch(readFileSync(join(folder, name), 'utf8'), /auth\.docker\.io|\/tags\/list/, name);
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
