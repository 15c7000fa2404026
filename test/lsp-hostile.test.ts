/** A file made to stop a reader is open: the server goes on answering, about it and about the files beside it. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { CancellationTokenSource, type CodeAction } from 'vscode-languageserver/node';
import type { Case } from '../scripts/hostile/case.js';
import { composeCases } from '../scripts/hostile/compose-cases.js';
import { dockerfileCases } from '../scripts/hostile/dockerfile-cases.js';
import { loadRulesForTests } from './support/load-rules.js';
import { codesOf, type Editor, startEditor } from './support/lsp-editor.js';

const { rules } = await loadRulesForTests();
const SMALL = 'file:///project/small/Dockerfile';

let running: Editor | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function start(files: Readonly<Record<string, string>> = {}): Promise<Editor> {
  const disk = new Map(Object.entries(files).map(([name, text]) => [`file:///project/${name}`, text]));
  running = await startEditor({ rules, disk, settings: { profile: 'strict', languageFeatures: 'on' } });
  return running;
}

for (const [name, make, n] of [
  ['dockerfile: env, each twice the one before', dockerfileCases, 60],
  ['dockerfile: stages on each other', dockerfileCases, 300],
  ['dockerfile: open subshells', dockerfileCases, 2_000],
  ['dockerfile: apt installs', dockerfileCases, 150],
  ['dockerfile: nul and lone surrogates', dockerfileCases, 100],
  ['compose: services merging one anchor', composeCases, 150],
  ['compose: aliases of lists of aliases', composeCases, 40],
  ['compose: services extending the one before', composeCases, 100],
  ['compose: documents with ranges of ports', composeCases, 10],
  ['compose: includes in a circle', composeCases, 1],
  ['compose: open lists', composeCases, 2_000],
  ['compose: all that is broken', composeCases, 120],
] as const) {
  test(name, async () => {
    const files = (make[name.replace(/^\w+: /, '')] as Case)(n);
    const [main = ''] = Object.keys(files);
    const uri = `file:///project/${main}`;
    const editor = await start(files);
    editor.open(uri, files[main] ?? '');
    editor.open(SMALL, 'FROM debian:latest\nUSER root\n');
    const end = editor.rangeOf(uri, files[main] ?? '').end;
    // Typed while the first version may still be looked at, and asked for what is then not wanted.
    const cancelled = new CancellationTokenSource();
    const lenses = editor.client
      .sendRequest('textDocument/codeLens', { textDocument: { uri } }, cancelled.token)
      .catch(() => 'cancelled');
    for (const text of ['\n', '#']) editor.change(uri, [{ range: { start: end, end }, text }]);
    cancelled.cancel();
    assert.ok(codesOf(await editor.diagnostics(SMALL)).includes('tag-latest'));
    assert.ok(await lenses);
    await editor.diagnostics(uri);
    const versions = editor.published.all.flatMap((one) => (one.uri === uri ? [one.version] : []));
    assert.equal(versions.at(-1), 3);
    for (const position of [{ line: 0, character: 0 }, end]) {
      await editor.hover(uri, position);
      await editor.client.sendRequest('textDocument/completion', { textDocument: { uri }, position });
    }
    editor.type(SMALL, 'latest', '12');
    assert.ok(!codesOf(await editor.diagnostics(SMALL)).includes('tag-latest'));
    assert.deepEqual(
      editor.logs.all.filter(({ message }) => /failed|Error/.test(message)),
      [],
    );
  });
}

test('dozens of services are hardened in one step, with one choice for each rule', async () => {
  const editor = await start();
  const uri = 'file:///project/compose.yaml';
  const services = Array.from({ length: 50 }, (_, i) => `  s${i}:\n    image: nginx:1.29\n`).join('');
  editor.open(uri, `services:\n${services}`);
  await editor.diagnostics(uri);
  const actions = await editor.actions(uri, 'services', ['refactor.rewrite.bulkhead.hardenAll']);
  const resolved = await editor.resolve(actions[0] as CodeAction);
  const annotations = Object.values(resolved.edit?.changeAnnotations ?? {});
  assert.ok(annotations.length > 2);
  const labels = annotations.map(({ label }) => label);
  assert.ok(labels.length < 60, `${labels.length}: ${labels.slice(0, 30).join('; ')}`);
  editor.apply(resolved.edit);
  assert.doesNotMatch(codesOf(await editor.diagnostics(uri)).join(' '), /hardening-missing/);
});
