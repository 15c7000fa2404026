import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EditorCapabilities, PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { toWorkspaceEdit } from '../../server/src/features/workspace-edit.js';
import type { Edit, NewFile } from '../../server/src/text/edit.js';
import { sourceText } from '../../server/src/text/source-text.js';

const FULL: EditorCapabilities = {
  ...PLAIN_EDITOR,
  documentChanges: true,
  createFiles: true,
  snippetEdits: true,
  changeAnnotations: true,
};
const TEXT = 'services:\n  web:\n    image: x\n';
const END = TEXT.length - 1;

function toEdit(
  edit: Edit,
  more: { uri?: string; capabilities?: EditorCapabilities; creates?: NewFile[] } = {},
) {
  const { uri = 'file:///a%20b/compose.yaml', capabilities = FULL, creates = [] } = more;
  const target = { uri, version: 3, source: sourceText(TEXT) };
  return toWorkspaceEdit({ target, capabilities, edits: [edit], creates, snippets: true });
}

/** The text of the first change, and whether it is a snippet. */
function first(edit: ReturnType<typeof toEdit>) {
  const [document] = edit?.documentChanges ?? [];
  const [change] = document && 'edits' in document ? document.edits : [];
  if (change === undefined) return undefined;
  return 'snippet' in change ? { snippet: change.snippet.value } : { text: change.newText };
}

test('lines of a snippet lose the indentation that the editor adds again', () => {
  const text = '\n    user: 1000\n    more:\n      - a';
  const placeholder = { start: text.indexOf('1000'), end: text.indexOf('1000') + 4 };
  assert.deepEqual(first(toEdit({ span: { start: END, end: END }, text, placeholder })), {
    snippet: '\nuser: ${1:1000}\nmore:\n  - a',
  });
});

test('a snippet that cannot keep its indentation is plain text with the placeholder to see', () => {
  const text = '\n  user: 1000';
  assert.deepEqual(
    first(toEdit({ span: { start: END, end: END }, text, placeholder: { start: 9, end: 13 } })),
    { text },
  );
});

test('what means something to snippets is escaped', () => {
  const edit = { span: { start: 0, end: 0 }, text: '${A}\\x', placeholder: { start: 5, end: 6 } };
  assert.deepEqual(first(toEdit(edit)), { snippet: '\\${A\\}\\\\${1:x}' });
});

test('edits of several files become one edit, the own document first', () => {
  const other = { uri: 'file:///a%20b/Dockerfile', version: null, source: sourceText('FROM x\nRUN y\n') };
  const request = {
    target: { uri: 'file:///a%20b/compose.yaml', version: 3, source: sourceText(TEXT) },
    other: (uri: string) => (uri === other.uri ? other : undefined),
    edits: [
      { span: { start: 7, end: 7, file: other.uri }, text: 'USER z\n' },
      { span: { start: END, end: END }, text: ' # c' },
    ],
  };
  assert.deepEqual(toWorkspaceEdit({ ...request, capabilities: FULL })?.documentChanges, [
    {
      textDocument: { uri: request.target.uri, version: 3 },
      edits: [{ range: { start: at(2, 12), end: at(2, 12) }, newText: ' # c' }],
    },
    {
      textDocument: { uri: other.uri, version: null },
      edits: [{ range: { start: at(1, 0), end: at(1, 0) }, newText: 'USER z\n' }],
    },
  ]);
  const plain = toWorkspaceEdit({ ...request, capabilities: PLAIN_EDITOR });
  assert.deepEqual(Object.keys(plain?.changes ?? {}), [request.target.uri, other.uri]);
});

const at = (line: number, character: number) => ({ line, character });

test('edits of files that are not at hand, and files beside a document without a folder, are not offered', () => {
  const edit = { span: { start: 0, end: 0 }, text: 'x' };
  assert.equal(toEdit({ ...edit, span: { start: 0, end: 0, file: 'file:///other' } }), undefined);
  const creates = [{ path: '.dockerignore', text: '.git\n' }];
  assert.equal(toEdit(edit, { uri: 'untitled:Untitled-1', creates }), undefined);
  assert.equal(toEdit(edit, { capabilities: PLAIN_EDITOR, creates }), undefined);
  assert.deepEqual(toEdit(edit, { creates })?.documentChanges?.[0], {
    kind: 'create',
    uri: 'file:///a%20b/.dockerignore',
    options: { ignoreIfExists: true },
  });
});

test('an editor that knows no versions gets plain changes', () => {
  const edit = { span: { start: 0, end: 8 }, text: 'x', placeholder: { start: 0, end: 1 } };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 8 } };
  assert.deepEqual(toEdit(edit, { capabilities: PLAIN_EDITOR }), {
    changes: { 'file:///a%20b/compose.yaml': [{ range, newText: 'x' }] },
  });
});

test('what goes behind another file is inserted at its end, without creating it', () => {
  const edit = { span: { start: 0, end: 0 }, text: 'x' };
  const creates = [{ path: '../.dockerignore', existing: '# ours\r\n*.log', text: '\r\n.git\r\n' }];
  const [change, own] = toEdit(edit, { creates })?.documentChanges ?? [];
  const at = { line: 1, character: 5 };
  assert.deepEqual(change, {
    textDocument: { uri: 'file:///.dockerignore', version: null },
    edits: [{ range: { start: at, end: at }, newText: '\r\n.git\r\n' }],
  });
  assert.ok(own && 'edits' in own);
  assert.ok(toEdit(edit, { creates, capabilities: { ...FULL, createFiles: false } }));
});
