/** What the server tells a client that shows more than open documents: the score card, edits from it, reports. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type {
  CardFinding,
  FindingEditResult,
  FindingEditParams,
  LintWorkspaceFileParams,
  ReportResult,
  ScoreCard,
} from '../server/src/lsp/protocol.js';
import { folderWith, sampleRules } from './support/cli.js';
import { type Editor, type EditorOptions, PULLING, startEditor, VSCODE } from './support/lsp-editor.js';
import { TINY } from './support/report.js';
import { crashing, tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/compose.yaml';
const DOCKERFILE = 'file:///project/Dockerfile';
const CLOSED = 'file:///project/deploy/compose.yaml';
const TEXT = [
  'services:',
  '  web:',
  '    image: nginx:latest',
  '    mem_limit: 1g',
  '  db:',
  '    image: postgres:17',
  '    # bulkhead-ignore privileged-set until 2027-01-31: needs the clock',
  '    privileged: true',
  '',
].join('\n');

let running: Editor | undefined;

async function start(options: Partial<EditorOptions> = {}): Promise<Editor> {
  const client = { scoreCard: true, status: true };
  running = await startEditor({ rules: tinyRules, initializationOptions: { client }, ...options });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const cardOf = (editor: Editor) => editor.client.sendRequest<ScoreCard>('bulkhead/scoreCard');
const keep = (editor: Editor, params: LintWorkspaceFileParams) =>
  editor.client.sendRequest('bulkhead/lintWorkspaceFile', { ...params, keep: true });
const stateOf = ({ practices }: ScoreCard, slug: string) =>
  practices.find((practice) => practice.slug === slug)?.state;
const rulesOf = ({ files }: ScoreCard) =>
  files.flatMap(({ uri, findings }) => findings.map(({ rule }) => `${uri.slice(16)} ${rule}`));

describe('the score card', () => {
  test('is empty before anything was looked at', async () => {
    const editor = await start();
    assert.deepEqual(await cardOf(editor), { practices: [], files: [] });
  });

  test('has ten practices, and what is missing one by one', async () => {
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    const card = await cardOf(editor);
    assert.equal(card.practices.length, 10);
    assert.equal(stateOf(card, 'images'), 'attention');
    assert.equal(stateOf(card, 'socket'), 'unknown', 'no rule of it ran');
    assert.deepEqual(rulesOf(card), [
      'compose.yaml read-only-missing',
      'compose.yaml tag-latest',
      'compose.yaml memory-missing',
      'compose.yaml read-only-missing',
    ]);
    const [, found] = card.files[0]?.findings ?? [];
    assert.deepEqual(found?.range, editor.rangeOf(COMPOSE, 'nginx:latest'));
    assert.deepEqual(found?.subject, { kind: 'service', name: 'web' });
    assert.equal(found?.fix, 'safe');
  });

  test('knows a finding again after edits elsewhere, and tells equal ones apart', async () => {
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    const before = (await cardOf(editor)).files[0]?.findings.map(({ id }) => id);
    editor.type(COMPOSE, 'services:', '# one more line\nservices:');
    await editor.diagnostics(COMPOSE);
    const after = (await cardOf(editor)).files[0]?.findings.map(({ id }) => id);
    assert.deepEqual(after, before);
    assert.equal(new Set(before).size, before?.length);
  });

  test('lists what was accepted: by whom, why, until when, where', async () => {
    const config = 'file:///project/.bulkhead.yaml';
    const editor = await start({
      disk: new Map([[config, 'services:\n  web:\n    tag-latest: mirrored\n']]),
      today: '2027-01-31',
    });
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    const accepted = (await cardOf(editor)).files[0]?.accepted ?? [];
    assert.deepEqual(
      accepted.map(({ rule, reason, until, by, isOver }) => ({ rule, reason, until, by, isOver })),
      [
        { rule: 'tag-latest', reason: 'mirrored', until: undefined, by: '.bulkhead.yaml', isOver: false },
        {
          rule: 'privileged-set',
          reason: 'needs the clock',
          until: '2027-01-31',
          by: 'bulkhead-ignore',
          isOver: false,
        },
      ],
    );
    assert.equal(accepted[0]?.at?.uri, config);
    assert.ok((accepted[0]?.at?.offset ?? 0) > 0);
    assert.equal(accepted[1]?.at?.range?.start.line, 6);
  });

  test('counts an exception whose day is over as finding and as acceptance', async () => {
    const editor = await start({ today: '2027-02-01' });
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    const card = await cardOf(editor);
    assert.equal(stateOf(card, 'images'), 'danger');
    assert.deepEqual(
      card.files[0]?.accepted.map(({ isOver }) => isOver),
      [true],
    );
  });

  test('holds closed files until they are forgotten, and an open document beats them', async () => {
    const editor = await start();
    await keep(editor, { uri: CLOSED, text: TEXT });
    await keep(editor, { uri: COMPOSE, text: TEXT });
    await keep(editor, { uri: 'file:///project/values.yaml', text: 'a: 1\n' });
    editor.open(COMPOSE, 'services:\n  web:\n    image: x:latest\n    mem_limit: 1g\n    read_only: true\n');
    await editor.diagnostics(COMPOSE);
    const card = await cardOf(editor);
    assert.deepEqual(
      card.files.map(({ uri, findings }) => [uri, findings.length]),
      [
        [COMPOSE, 1],
        [CLOSED, 4],
      ],
    );
    await editor.client.sendNotification('bulkhead/forgetWorkspaceFiles', { uris: [CLOSED] });
    assert.deepEqual(
      (await cardOf(editor)).files.map(({ uri }) => uri),
      [COMPOSE],
    );
    await editor.client.sendNotification('bulkhead/forgetWorkspaceFiles', {});
    editor.close(COMPOSE);
    assert.deepEqual(await cardOf(editor), { practices: [], files: [] });
  });

  test('believes what was read last of a document that the editor holds without showing it', async () => {
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    await keep(editor, {
      uri: COMPOSE,
      text: 'services:\n  web:\n    image: x:latest\n    read_only: true\n',
    });
    assert.equal(rulesOf(await cardOf(editor)).length, 2);
    editor.type(COMPOSE, 'services:', '# shown again\nservices:');
    await editor.diagnostics(COMPOSE);
    assert.equal(rulesOf(await cardOf(editor)).length, 4);
    await editor.client.sendNotification('bulkhead/forgetWorkspaceFiles', { uris: [COMPOSE] });
    assert.deepEqual(rulesOf(await cardOf(editor)), []);
  });

  test('shows a document again whose diagnostics did not change meanwhile', async () => {
    const editor = await start({ capabilities: PULLING });
    editor.open(COMPOSE, TEXT);
    await editor.pull(COMPOSE);
    await editor.client.sendNotification('bulkhead/forgetWorkspaceFiles', { uris: [COMPOSE] });
    assert.deepEqual(rulesOf(await cardOf(editor)), []);
    await editor.pull(COMPOSE);
    assert.equal(rulesOf(await cardOf(editor)).length, 4);
  });

  test('calls nothing clean in a file that could not be read to its end', async () => {
    const editor = await start({ rules: [...tinyRules, crashing] });
    editor.open(COMPOSE, 'services:\n  web:\n    image: crash\n    mem_limit: 1g\n    read_only: true\n');
    await editor.diagnostics(COMPOSE);
    const card = await cardOf(editor);
    assert.equal(card.files[0]?.complete, false);
    assert.equal(stateOf(card, 'images'), 'unknown');
    await keep(editor, { uri: DOCKERFILE, text: `FROM x\n${'#'.repeat(1 << 20)}` });
    assert.ok((await cardOf(editor)).files.some(({ uri, complete }) => uri === DOCKERFILE && !complete));
  });

  test('tells a client that asked for it when it changes, with the number of errors', async () => {
    const editor = await start({ today: '2027-02-01' });
    editor.open(COMPOSE, TEXT);
    assert.equal((await editor.scores.first()).errors, 1);
    await keep(editor, { uri: CLOSED, text: TEXT });
    assert.equal((await editor.scores.first(({ errors }) => errors !== 1)).errors, 2);
    editor.close(COMPOSE);
    assert.equal((await editor.scores.next()).errors, 1);
  });

  test('says nothing to others', async () => {
    const editor = await start({ initializationOptions: {} });
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    await cardOf(editor);
    assert.deepEqual(editor.scores.all, []);
  });
});

describe('an edit from the score card', () => {
  const find = async (editor: Editor, rule: string): Promise<CardFinding> => {
    const found = (await cardOf(editor)).files[0]?.findings.find((one) => one.rule === rule);
    assert.ok(found, rule);
    return found;
  };
  const edit = (editor: Editor, params: FindingEditParams) =>
    editor.client.sendRequest<FindingEditResult>('bulkhead/findingEdit', params);

  test('fixes one finding, or accepts it with a comment', async () => {
    const editor = await start({ capabilities: { ...VSCODE, workspace: { configuration: true } } });
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    const { id } = await find(editor, 'tag-latest');
    const ignored = await edit(editor, { uri: COMPOSE, id, wish: 'ignore' });
    editor.apply(ignored.edit);
    assert.match(editor.text(COMPOSE), /^ {4}# bulkhead-ignore tag-latest\n {4}image: nginx:latest$/m);
    assert.deepEqual(await edit(editor, { uri: COMPOSE, id, wish: 'fix' }), {}, 'it is accepted now');
  });

  test('is made for the newest text', async () => {
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    const { id } = await find(editor, 'tag-latest');
    editor.type(COMPOSE, 'services:', '# typed meanwhile\nservices:');
    editor.apply((await edit(editor, { uri: COMPOSE, id, wish: 'fix' })).edit);
    assert.match(editor.text(COMPOSE), /image: nginx:stable\n/);
  });

  test('is never one that may change behaviour, and nothing for what is not there', async () => {
    const editor = await start({ today: '2027-02-01' });
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    const { id, fix } = await find(editor, 'privileged-set');
    assert.equal(fix, 'other');
    assert.deepEqual(await edit(editor, { uri: COMPOSE, id, wish: 'fix' }), {});
    assert.deepEqual(await edit(editor, { uri: COMPOSE, id: 'x', wish: 'fix' }), {});
    assert.deepEqual(await edit(editor, { uri: DOCKERFILE, id, wish: 'ignore' }), {});
  });
});

describe('a report', () => {
  for (const format of ['html', 'markdown'] as const)
    test(`as ${format} is the one of the command line`, async (context) => {
      const folder = folderWith(context, TINY);
      const { out } = await folder.run(['lint', '.', '--format', format], { rules: sampleRules });
      const editor = await start({ rules: sampleRules });
      editor.open(DOCKERFILE, TINY.Dockerfile);
      await editor.diagnostics(DOCKERFILE);
      await keep(editor, { uri: COMPOSE, text: TINY['compose.yaml'] });
      const report = await editor.client.sendRequest<ReportResult>('bulkhead/report', { format });
      assert.equal(report.files, 2);
      assert.equal(report.text, out.replaceAll('1.2.3', '0.0.0'));
    });

  test('about nothing has no files', async () => {
    const editor = await start();
    const { files } = await editor.client.sendRequest<ReportResult>('bulkhead/report', { format: 'html' });
    assert.equal(files, 0);
  });
});
