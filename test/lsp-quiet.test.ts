/** What users do to hear less: settings, and other extensions that report the same. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import addInsteadOfCopy from '../server/src/rules/images/add-instead-of-copy.js';
import tagLatest from '../server/src/rules/images/tag-latest.js';
import type { AnyRule } from '../server/src/rules/rule.js';
import type { OtherFinding } from '../server/src/lsp/protocol.js';
import type { Diagnostic } from 'vscode-languageserver-types';
import {
  codesOf,
  type Editor,
  type EditorOptions,
  messageOf,
  PULLING,
  startEditor,
} from './support/lsp-editor.js';
import { latestTag, memoryMissing, privileged, readOnlyMissing, tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/compose.yaml';
const TEXT = [
  'services:',
  '  web:',
  '    image: nginx:latest',
  '    privileged: true',
  '    mem_limit: 1g',
  '    read_only: true',
  '  db:',
  '    image: postgres:latest',
  '    mem_limit: 1g',
  '    read_only: true',
  '',
].join('\n');
const WEB_IMAGE = 2;
const DB_IMAGE = 7;

let running: Editor | undefined;

async function start(options: Partial<EditorOptions> = {}): Promise<Editor> {
  const initializationOptions = { client: { status: true, openRulePage: true } };
  running = await startEditor({ rules: tinyRules, initializationOptions, ...options });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const named = (rule: AnyRule, ...equivalents: readonly string[]): AnyRule => ({
  ...rule,
  meta: { ...rule.meta, equivalents },
});

describe('beside another extension', () => {
  const rules = [named(latestTag, 'hadolint:DL3007'), named(privileged, 'hadolint:DL1111')];
  const HINT = 4;

  async function startBeside(options: Partial<EditorOptions> = {}): Promise<Editor> {
    const editor = await start({ rules, ...options });
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    return editor;
  }
  const report = (editor: Editor, ...findings: readonly OtherFinding[]) =>
    editor.client.sendNotification('bulkhead/otherFindings', { uri: COMPOSE, findings });
  const dl3007 = (line: number): OtherFinding => ({ line, check: 'hadolint:DL3007' });
  /** Lines of ours that are hints, in the newest list or the next one that has these. */
  const hints = (editor: Editor, ...lines: readonly number[]) =>
    editor.published.first(
      ({ diagnostics }) =>
        diagnostics
          .filter(({ severity }) => severity === HINT)
          .map(({ range }) => range.start.line)
          .join() === lines.join(),
    );

  test('what it reports on the same line becomes a hint, and comes back when it is gone', async () => {
    const editor = await startBeside();
    await report(editor, dl3007(WEB_IMAGE), { line: DB_IMAGE, check: 'hadolint:DL1111' });
    await hints(editor, WEB_IMAGE);
    const { detail } = await editor.statuses.first((status) => status.counts.hint === 1);
    assert.match(detail ?? '', /bulkhead\.avoidDuplicates/);
    const next = editor.published.next();
    await report(editor);
    assert.ok((await next).diagnostics.every(({ severity }) => severity !== HINT));
  });

  test('nothing flickers while lines move and it is still reading', async () => {
    const editor = await startBeside();
    await report(editor, dl3007(WEB_IMAGE));
    await hints(editor, WEB_IMAGE);
    editor.type(COMPOSE, 'services:', '# one more line\nservices:');
    await editor.diagnostics(COMPOSE);
    await hints(editor, WEB_IMAGE + 1);
    // Told again because something else changed, with the line of the text before.
    await report(editor, dl3007(WEB_IMAGE));
    editor.type(COMPOSE, '# one', '# one,');
    await editor.diagnostics(COMPOSE);
    await report(editor, dl3007(WEB_IMAGE + 1));
    editor.type(COMPOSE, '# one', '# one,');
    await editor.diagnostics(COMPOSE);
    const after = editor.published.all.slice(1).filter(({ version = 0 }) => version > 1);
    assert.ok(after.length >= 3);
    for (const { diagnostics } of after)
      assert.equal(diagnostics.filter(({ severity }) => severity === HINT).length, 1);
  });

  test('the same news twice is no reason to look again', async () => {
    const editor = await start({ rules, capabilities: PULLING });
    editor.open(COMPOSE, TEXT);
    await editor.pull(COMPOSE);
    await report(editor, dl3007(WEB_IMAGE));
    await editor.refreshes.first();
    await editor.pull(COMPOSE);
    const before = editor.refreshes.all.length;
    await report(editor, dl3007(WEB_IMAGE));
    await editor.pull(COMPOSE);
    assert.equal(editor.refreshes.all.length, before);
  });

  test('a setting lets both speak, and garbage means nothing', async () => {
    const editor = await startBeside({ settings: { avoidDuplicates: false } });
    await editor.client.sendNotification('bulkhead/otherFindings', {
      uri: COMPOSE,
      findings: [7, { line: 'x' }],
    });
    await report(editor, dl3007(WEB_IMAGE));
    editor.type(COMPOSE, 'services:', '# x\nservices:');
    assert.ok((await editor.diagnostics(COMPOSE)).every(({ severity }) => severity !== HINT));
    await editor.setSettings({ avoidDuplicates: true });
    await hints(editor, WEB_IMAGE + 1);
  });

  test('of what is missing together, all has to be reported', async () => {
    const missing = [named(memoryMissing, 'hadolint:A'), named(readOnlyMissing, 'hadolint:B')];
    const editor = await start({ rules: missing });
    editor.open(COMPOSE, 'services:\n  web:\n    image: x\n');
    await editor.diagnostics(COMPOSE);
    await report(editor, { line: 1, check: 'hadolint:A' });
    editor.type(COMPOSE, 'image: x', 'image: y');
    assert.notEqual((await editor.diagnostics(COMPOSE))[0]?.severity, HINT);
    await report(editor, { line: 1, check: 'hadolint:A' }, { line: 1, check: 'hadolint:B' });
    await hints(editor, 1);
  });
});

describe('settings', () => {
  test('leave out what is milder than a severity, at once', async () => {
    const editor = await start({ settings: { minimumSeverity: 'error' } });
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['privileged-set']);
    assert.deepEqual(await editor.actions(COMPOSE, 'nginx:latest', ['quickfix']), []);
    const next = editor.published.next();
    await editor.setSettings({ minimumSeverity: 'warning' });
    assert.equal((await next).diagnostics.length, 3);
  });

  test('shorten the menu of the light bulb', async () => {
    const titles = async (editor: Editor) =>
      (await editor.actions(COMPOSE, 'nginx:latest', ['quickfix'])).map(({ title }) => title).join('\n');
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    assert.match(await titles(editor), /Ignore[\s\S]*Explain/);
    await editor.setSettings({ codeAction: { ignore: false } });
    assert.doesNotMatch(await titles(editor), /Ignore|Turn/);
    assert.match(await titles(editor), /Explain/);
    await editor.setSettings({ codeAction: { explain: false } });
    assert.match(await titles(editor), /Ignore/);
    assert.doesNotMatch(await titles(editor), /Explain/);
  });

  test('choose the file of configuration, and say when it cannot be read', async () => {
    const chosen = 'file:///project/ci/strict.yaml';
    const disk = new Map([
      [chosen, 'rules: {tag-latest: off}\n'],
      ['file:///project/.bulkhead.yaml', 'rules: {privileged-set: off}\n'],
    ]);
    const editor = await start({ disk, settings: { configurationPath: 'ci/strict.yaml' } });
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['privileged-set']);
    const status = await editor.statuses.first();
    assert.equal(status.configuration, chosen);
    assert.equal(status.detail, 'Configured by `ci/strict.yaml`');
    const next = editor.statuses.next();
    disk.delete(chosen);
    await editor.changedOnDisk(chosen);
    const { detail, configuration } = await next;
    assert.equal(configuration, 'file:///project/.bulkhead.yaml');
    assert.match(detail ?? '', /`ci\/strict\.yaml` of the setting .* cannot be read/);
  });

  test('that make no sense are named in the log', async () => {
    const settings = { minimumSeverity: 'loud', codeAction: 7, avoidDuplicates: 'no', configurationPath: [] };
    const editor = await start({ settings });
    editor.open(COMPOSE, TEXT);
    await editor.diagnostics(COMPOSE);
    for (const name of Object.keys(settings))
      assert.ok(
        editor.logs.all.some(({ message }) => message.includes(`bulkhead.${name}`)),
        name,
      );
  });
});

test('a document that the configuration leaves out leads to it, one that a setting leaves out does not', async () => {
  const config = 'file:///project/.bulkhead.yaml';
  const editor = await start({ disk: new Map([[config, 'exclude: [compose.yaml]\n']]) });
  editor.open(COMPOSE, TEXT);
  await editor.diagnostics(COMPOSE);
  const { state, isExcludedByConfiguration, configuration } = await editor.statuses.first();
  assert.deepEqual([state, isExcludedByConfiguration, configuration], ['excluded', true, config]);
  await running?.stop();
  const other = await start({ settings: { exclude: ['compose.yaml'] } });
  other.open(COMPOSE, TEXT);
  await other.diagnostics(COMPOSE);
  assert.equal((await other.statuses.first()).isExcludedByConfiguration, undefined);
});

test('the log has file, time and configuration, and no word of a text', async () => {
  const disk = new Map([['file:///project/.bulkhead.yaml', 'rules: {tag-latest: off}\n']]);
  const editor = await start({ disk });
  editor.open(COMPOSE, TEXT);
  await editor.diagnostics(COMPOSE);
  const said = () =>
    editor.logs.all.map(({ message }) => message).filter((one) => one.includes('compose.yaml'));
  editor.type(COMPOSE, 'services:', '# typed\nservices:');
  await editor.diagnostics(COMPOSE);
  const [configured, looked, ...others] = said();
  assert.equal(configured, 'Files beside compose.yaml are configured by .bulkhead.yaml');
  assert.match(looked ?? '', /^compose\.yaml: findings, 1 shown, \d+ ms$/);
  assert.deepEqual(others, [], 'typing is not worth a line');
});

describe('while a line is typed', () => {
  /** What identifies a finding for a reader, in the order of the list. */
  const shown = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.map((one) => `${String(one.code)} ${messageOf(one)} ${JSON.stringify(one.data)}`);

  /** Every state of a line while it is typed, each with what the editor is told about the other lines. */
  async function typeLine(editor: Editor, uri: string, above: string, line: string, below: string) {
    const lists: (readonly string[])[] = [];
    for (let typed = 0; typed <= line.length; typed++) {
      editor.change(uri, [{ text: `${above}${line.slice(0, typed)}\n${below}` }]);
      const at = above.split('\n').length - 1;
      const others = (await editor.diagnostics(uri)).filter(({ range }) => range.start.line !== at);
      lists.push(shown(others));
    }
    return lists;
  }

  test('the findings of all other lines stay, in their order, in every list that is sent', async () => {
    const editor = await start();
    editor.open(COMPOSE, TEXT);
    const before = shown(await editor.diagnostics(COMPOSE));
    assert.equal(before.length, 3);
    const [above = '', below = ''] = TEXT.split(/(?<=read_only: true\n)(?= {2}db)/);
    for (const line of ['    environment: {A: "b", C: [d]}', '    command: [\'a\', "b"] # c'])
      for (const after of await typeLine(editor, COMPOSE, above, line, below))
        assert.deepEqual(after, before);
  });

  test('a Dockerfile keeps its findings, too', async () => {
    const uri = 'file:///project/Dockerfile';
    const above = 'FROM node:latest\n';
    const below = 'ADD a.conf /a.conf\n';
    const editor = await start({ rules: [tagLatest, addInsteadOfCopy] });
    editor.open(uri, `${above}${below}`);
    const before = shown(await editor.diagnostics(uri));
    assert.equal(before.length, 2);
    for (const line of ['LABEL a="b c" d=\'e\'', 'CMD ["node", "a.js"]', '# a note'])
      for (const after of await typeLine(editor, uri, above, line, below)) assert.deepEqual(after, before);
  });

  test('an editor that asks is told that nothing changed as long as nothing did', async () => {
    const editor = await start({ capabilities: PULLING });
    editor.open(COMPOSE, TEXT);
    const { resultId } = await editor.pull(COMPOSE);
    editor.change(COMPOSE, [{ text: `${TEXT}# typed below` }]);
    assert.deepEqual(await editor.pull(COMPOSE, resultId), { kind: 'unchanged', resultId });
  });
});
