/** One pass through the language server with the rules that are shipped; all other LSP tests bring their own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import { codesOf, startEditor } from './support/lsp-editor.js';

test('the catalogue runs in the server: finding, explanation, fix', async () => {
  const uri = 'file:///project/compose.yaml';
  const editor = await startEditor({ rules });
  editor.open(uri, 'services:\n  web:\n    image: nginx # keep\n    privileged: true\n');
  assert.ok(codesOf(await editor.diagnostics(uri)).includes('privileged-container'));
  assert.ok(await editor.hover(uri, editor.rangeOf(uri, 'true').start));
  const fixes = await editor.actions(uri, 'true', ['quickfix']);
  editor.apply(fixes.find(({ title }) => title.startsWith('Remove'))?.edit);
  assert.ok(!codesOf(await editor.diagnostics(uri)).includes('privileged-container'));
  assert.ok(editor.text(uri).includes('# keep'));
  assert.deepEqual(editor.messages.all, []);
  await editor.stop();
});
