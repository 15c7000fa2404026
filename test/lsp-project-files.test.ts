/** What the editor's commands for a project's configuration and baseline ask the server. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { readBaseline } from '../server/src/engine/baseline.js';
import { readConfigFile } from '../server/src/engine/config-file/read.js';
import type {
  BaselineShrunkParams,
  FileFindingsResult,
  NewBaselineParams,
  NewBaselineResult,
  NewConfigurationParams,
  NewConfigurationResult,
} from '../server/src/lsp/protocol.js';
import { rules } from '../server/src/rules/index.js';
import { type Editor, type EditorOptions, startEditor } from './support/lsp-editor.js';
import { tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/app/compose.yaml';
const BASELINE = 'file:///project/.bulkhead-baseline.json';
const CONFIG = 'file:///project/.bulkhead.yaml';
const TEXT =
  'services:\n  web:\n    image: nginx:latest\n    privileged: true\n    mem_limit: 1g\n    read_only: true\n';

let running: Editor | undefined;

async function start(options: Partial<EditorOptions> = {}): Promise<Editor> {
  running = await startEditor({
    rules: tinyRules,
    disk: new Map([[CONFIG, 'profile: recommended\n']]),
    initializationOptions: { client: { baseline: true } },
    ...options,
  });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const findings = (editor: Editor, text: string): Promise<FileFindingsResult> =>
  editor.client.sendRequest('bulkhead/fileFindings', { uri: COMPOSE, text });
const configuration = (editor: Editor, params: NewConfigurationParams): Promise<NewConfigurationResult> =>
  editor.client.sendRequest('bulkhead/newConfiguration', params);
const baseline = (editor: Editor, params: Partial<NewBaselineParams>): Promise<NewBaselineResult> =>
  editor.client.sendRequest('bulkhead/newBaseline', {
    uri: BASELINE,
    files: [],
    gone: [],
    onlyRemove: false,
    ...params,
  });

describe('a new configuration', () => {
  test('changes nothing and lists the rules that find most', async () => {
    const editor = await start({ rules });
    const { counts } = await findings(editor, TEXT);
    assert.equal(counts['privileged-container'], 1);
    const { text } = await configuration(editor, { counts });
    const { config, problems } = readConfigFile(text, rules);
    assert.deepEqual(problems, []);
    assert.equal(config.rules.size, 0);
    assert.match(text, /\n# {2}privileged-container: off +# 1 × /);
  });

  test('carries over what hadolint was told, and lists what it could not', async () => {
    const editor = await start({ rules });
    const hadolint = { name: '.hadolint.yaml', text: 'ignored: [DL3002, DL9999]\nno-fail: true\n' };
    const { text, carried, lost } = await configuration(editor, { counts: {}, hadolint });
    assert.equal(carried, 1);
    assert.equal(lost, 2);
    const { config, problems } = readConfigFile(text, rules);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...config.rules].map(([id, { severity }]) => `${id}: ${severity}`),
      ['user-root: off'],
    );
    assert.match(text, /\n# Not carried over from \.hadolint\.yaml:\n# - .*no-fail.*\n# - DL9999: .*\n$/);
  });

  test('keeps what the present one says', async () => {
    const editor = await start({ rules });
    const hadolint = { name: '.hadolint.yaml', text: 'ignored: [DL3002, DL3007]\n' };
    const present = '# ours\nrules:\n  user-root: error # never\n';
    const { text, carried } = await configuration(editor, { counts: {}, hadolint, present });
    assert.equal(carried, 1);
    assert.equal(text, `${present}  tag-latest: off\n`);
  });

  test('is not made of a file that cannot be read', async () => {
    const editor = await start({ rules });
    const { problem } = await configuration(editor, {
      counts: {},
      hadolint: { name: 'x', text: 'ignored: [\n' },
    });
    assert.ok(problem && problem.message !== '');
  });
});

describe('a baseline', () => {
  test('takes in what is found, keeps what was not looked at, and loses what is gone', async () => {
    const editor = await start();
    const { baseline: file } = await findings(editor, TEXT);
    assert.ok(file);
    assert.equal(file.uri, BASELINE);
    assert.equal(file.path, 'app/compose.yaml');
    assert.deepEqual(file.entries.map(({ rule }) => rule).sort(), ['privileged-set', 'tag-latest']);
    const first = await baseline(editor, { files: [file] });
    assert.deepEqual([first.total, first.added, first.removed], [2, 2, 0]);
    const { baseline: less } = await findings(editor, TEXT.replace('    privileged: true\n', ''));
    assert.ok(less);
    const elsewhere = { path: 'other.yaml', complete: true, entries: file.entries };
    const more = await baseline(editor, { before: first.text, files: [less, elsewhere] });
    assert.deepEqual([more.total, more.added, more.removed], [3, 2, 1]);
    const gone = await baseline(editor, { before: more.text, gone: ['other.yaml'], onlyRemove: true });
    assert.deepEqual([gone.total, gone.removed], [1, 2]);
    const nothingNew = await baseline(editor, { before: gone.text, files: [file], onlyRemove: true });
    assert.equal(nothingNew.text, gone.text);
  });

  test('that is none of ours is left alone', async () => {
    const editor = await start();
    const { text, problem } = await baseline(editor, { before: '{}' });
    assert.equal(text, '{}');
    assert.equal(problem, 'is no baseline of Bulkhead');
  });

  test('shrinks when a file is saved without a finding that it held', async () => {
    const disk = new Map([[CONFIG, 'profile: recommended\n']]);
    const editor = await start({ disk });
    const shrunk: BaselineShrunkParams[] = [];
    const told = new Promise<void>((resolve) => {
      editor.client.onNotification('bulkhead/baselineShrunk', (params: BaselineShrunkParams) => {
        shrunk.push(params);
        resolve();
      });
    });
    const { baseline: file } = await findings(editor, TEXT);
    assert.ok(file);
    const { text } = await baseline(editor, { files: [file] });
    disk.set(BASELINE, text);
    await editor.changedOnDisk(BASELINE);
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
    // Saved as it was, and with a moved line: everything is still there.
    await editor.save(COMPOSE);
    editor.type(COMPOSE, 'services:', '# moved\n\nservices:');
    await editor.save(COMPOSE);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
    editor.type(COMPOSE, '    privileged: true\n', '');
    await editor.save(COMPOSE);
    await told;
    assert.equal(shrunk.length, 1);
    const [{ uri, before, text: after } = { uri: '', before: '', text: '' }] = shrunk;
    assert.equal(uri, BASELINE);
    assert.equal(before, text);
    const entries = readBaseline(after);
    assert.ok(!('problem' in entries));
    assert.deepEqual(
      entries.map(({ rule }) => rule),
      ['tag-latest'],
    );
    disk.set(BASELINE, after);
    await editor.changedOnDisk(BASELINE);
    editor.type(COMPOSE, '    mem_limit', '    privileged: true\n    mem_limit');
    const { diagnostics } = await editor.published.next(({ diagnostics: found }) => found.length > 0);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['privileged-set'],
    );
  });
});
