/** `.bulkhead.yaml` in the editor: what it does to open documents, and what is said about itself. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { CompletionItem, MarkupContent } from 'vscode-languageserver/node';
import { baselineText, entriesOf } from '../server/src/engine/baseline.js';
import { analyse } from '../server/src/engine/analyse.js';
import { defaultConfig } from '../server/src/engine/config.js';
import { openDocument } from '../server/src/documents/open.js';
import { codesOf, type Editor, PULLING, startEditor } from './support/lsp-editor.js';
import { tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/app/compose.yaml';
const CONFIG = 'file:///project/.bulkhead.yaml';
const NEARER = 'file:///project/app/.bulkhead.yaml';
const BASELINE = 'file:///project/.bulkhead-baseline.json';
const TEXT = 'services:\n  web:\n    image: nginx:latest\n    mem_limit: 1g\n    read_only: true\n';

let running: Editor | undefined;

interface More {
  readonly settings?: unknown;
  readonly pull?: boolean;
  readonly hiddenDocuments?: readonly string[];
}

async function start(
  disk: Map<string, string>,
  { settings, pull = false, hiddenDocuments }: More = {},
): Promise<Editor> {
  running = await startEditor({
    rules: tinyRules,
    settings,
    disk,
    initializationOptions: { ...(hiddenDocuments && { hiddenDocuments }), client: { status: true } },
    ...(pull && { capabilities: PULLING }),
  });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** The newest list for the document if it has these codes, otherwise the next one that has. */
async function until(editor: Editor, uri: string, codes: readonly string[]): Promise<void> {
  const fits = (one: { readonly uri: string; readonly diagnostics: Parameters<typeof codesOf>[0] }) =>
    one.uri === uri && codesOf(one.diagnostics).join() === codes.join();
  const newest = editor.published.all.findLast((one) => one.uri === uri);
  if (newest === undefined || !fits(newest)) await editor.published.next(fits);
}

async function status(editor: Editor, uri: string): Promise<string> {
  const fits = (one: { readonly uri: string }) => one.uri === uri;
  const found = editor.statuses.all.findLast(fits) ?? (await editor.statuses.next(fits));
  return `${found.state}: ${found.detail ?? ''}`;
}

describe('documents in a project with a configuration', () => {
  test('are judged by the nearest file, and at once when it changes', async () => {
    const disk = new Map([[CONFIG, 'rules: {tag-latest: off}\n']]);
    const editor = await start(disk);
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), []);
    editor.open(CONFIG, 'rules: {tag-latest: warning}\n');
    await until(editor, COMPOSE, ['tag-latest']);
    editor.type(CONFIG, 'warning', 'off');
    await until(editor, COMPOSE, []);
    disk.set(NEARER, 'profile: recommended\n');
    await editor.changedOnDisk(NEARER);
    await until(editor, COMPOSE, ['tag-latest']);
    disk.delete(NEARER);
    await editor.changedOnDisk(NEARER);
    await until(editor, COMPOSE, []);
  });

  test('no longer follow a file that was deleted, although the editor keeps it', async () => {
    const disk = new Map([[CONFIG, 'rules: {tag-latest: off}\n']]);
    const editor = await start(disk);
    editor.open(COMPOSE, TEXT);
    editor.open(CONFIG, 'rules: {tag-latest: off}\n');
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), []);
    disk.delete(CONFIG);
    await editor.deletedOnDisk(CONFIG);
    await until(editor, COMPOSE, ['tag-latest']);
    editor.type(CONFIG, 'off', 'off ');
    await until(editor, COMPOSE, []);
  });

  test('do not follow a file that is gone and that the editor still holds from an earlier session', async () => {
    const editor = await start(new Map(), { hiddenDocuments: [CONFIG] });
    editor.open(CONFIG, 'rules: {tag-latest: off}\n');
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['tag-latest']);
    editor.type(CONFIG, 'off', 'off ');
    await until(editor, COMPOSE, []);
    editor.close(CONFIG);
    await until(editor, COMPOSE, ['tag-latest']);
    editor.open(CONFIG, 'rules: {tag-latest: off}\n');
    await until(editor, COMPOSE, []);
  });

  test('follow the disk again when the open file is closed without saving', async () => {
    const editor = await start(new Map([[CONFIG, 'rules: {tag-latest: off}\n']]));
    editor.open(COMPOSE, TEXT);
    editor.open(CONFIG, 'rules: {tag-latest: error}\n');
    await until(editor, COMPOSE, ['tag-latest']);
    editor.close(CONFIG);
    await until(editor, COMPOSE, []);
  });

  test('are asked for again by an editor that pulls', async () => {
    const disk = new Map([[CONFIG, 'rules: {tag-latest: off}\n']]);
    const editor = await start(disk, { pull: true });
    editor.open(COMPOSE, TEXT);
    const first = await editor.pull(COMPOSE);
    assert.ok(first.kind === 'full' && first.items.length === 0);
    disk.delete(CONFIG);
    await editor.changedOnDisk(CONFIG);
    await editor.refreshes.next(() => true);
    const second = await editor.pull(COMPOSE);
    assert.ok(second.kind === 'full' && second.items.length === 1);
  });

  test('follow the file where the editor says something else, and the status says so', async () => {
    const editor = await start(new Map([[CONFIG, 'rules: {tag-latest: error}\n']]), {
      settings: { rules: { 'tag-latest': 'off', 'memory-missing': 'off' } },
    });
    editor.open(COMPOSE, TEXT.replace('    mem_limit: 1g\n', ''));
    const [only, ...others] = await editor.diagnostics(COMPOSE);
    assert.deepEqual([only?.code, only?.severity, others], ['tag-latest', 1, []]);
    assert.equal(
      await status(editor, COMPOSE),
      'findings: Configured by `.bulkhead.yaml`. `.bulkhead.yaml` overrules the setting `bulkhead.rules.tag-latest`',
    );
  });

  test('keep what is right in a broken file', async () => {
    const editor = await start(new Map([[CONFIG, 'profil: strict\nrules: {tag-latest: off}\n']]));
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), []);
    assert.equal(
      await status(editor, COMPOSE),
      'ok: Configured by `.bulkhead.yaml`. `.bulkhead.yaml` has mistakes; what is right in it holds',
    );
  });

  test('are left out, and accepted for a service', async () => {
    const editor = await start(new Map([[CONFIG, 'exclude: [app/]\n']]));
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), []);
    assert.equal(
      await status(editor, COMPOSE),
      'excluded: This file is left out by `exclude` in `.bulkhead.yaml`',
    );
    editor.open(CONFIG, 'services:\n  web:\n    tag-latest: pinned by the registry\n');
    editor.type(COMPOSE, 'nginx:latest\n', 'nginx:latest\n    privileged: true\n');
    await until(editor, COMPOSE, ['privileged-set']);
  });

  test('of another repository below the open folder are not concerned', async () => {
    const editor = await start(
      new Map([
        [CONFIG, 'rules: {tag-latest: off}\n'],
        ['file:///project/app/.git/HEAD', 'ref: x\n'],
      ]),
    );
    editor.open(COMPOSE, TEXT);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['tag-latest']);
  });

  test('hide what the baseline holds', async () => {
    const document = openDocument(TEXT, 'compose');
    const { findings } = analyse({ document, rules: tinyRules, config: defaultConfig, today: '2026-11-24' });
    const disk = new Map([
      [BASELINE, baselineText(entriesOf(findings, document.source, 'app/compose.yaml'))],
    ]);
    const editor = await start(disk);
    editor.open(COMPOSE, `# moved\n${TEXT}`);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), []);
    disk.delete(BASELINE);
    await editor.changedOnDisk(BASELINE);
    await until(editor, COMPOSE, ['tag-latest']);
  });
});

describe('several folders that are open', () => {
  const SHOP = 'file:///shop';
  const BLOG = 'file:///blog';

  test('keep to their own settings, the files in them and their own paths, at once', async () => {
    const folderSettings = new Map<string, unknown>([
      [SHOP, { rules: { 'tag-latest': 'error' } }],
      [BLOG, { exclude: ['old/*'], rules: { 'tag-latest': 'off' } }],
    ]);
    const disk = new Map([[`${BLOG}/new/.bulkhead.yaml`, 'rules: {tag-latest: info}\n']]);
    running = await startEditor({
      rules: tinyRules,
      disk,
      folders: [SHOP, BLOG],
      settings: { absence: 'off' },
      folderSettings,
      initializationOptions: { client: { status: true } },
    });
    const editor = running;
    const severities = async (uri: string) =>
      (await editor.diagnostics(uri)).map(({ code, severity }) => `${code}:${severity}`);
    const [shop, blog, old] = [`${SHOP}/compose.yaml`, `${BLOG}/compose.yaml`, `${SHOP}/old/compose.yaml`];
    const [excluded, configured] = [`${BLOG}/old/compose.yaml`, `${BLOG}/new/compose.yaml`];
    const outside = 'file:///elsewhere/compose.yaml';
    for (const uri of [shop, blog, old, excluded, configured, outside]) editor.open(uri, TEXT);
    assert.deepEqual(await severities(shop), ['tag-latest:1']);
    assert.deepEqual(await severities(old), ['tag-latest:1'], 'the other folder leaves this out');
    assert.deepEqual(await severities(blog), []);
    assert.deepEqual(await severities(excluded), []);
    assert.match(await status(editor, excluded), /^excluded/);
    assert.deepEqual(await severities(configured), ['tag-latest:3']);
    assert.match(await status(editor, configured), /overrules the setting `bulkhead\.rules\.tag-latest`/);
    assert.deepEqual(await severities(outside), ['tag-latest:2']);

    folderSettings.set(SHOP, {});
    folderSettings.set(BLOG, {});
    const changed = [shop, blog, excluded].map((uri) => editor.published.next((one) => one.uri === uri));
    await editor.setSettings({ absence: 'off' });
    for (const { uri, diagnostics } of await Promise.all(changed))
      assert.deepEqual([uri, diagnostics[0]?.severity], [uri, 2]);
    assert.deepEqual(await severities(configured), ['tag-latest:3']);
  });
});

describe('the configuration itself', () => {
  const labels = async (editor: Editor, line: number, character: number) => {
    const items: CompletionItem[] = await editor.client.sendRequest('textDocument/completion', {
      textDocument: { uri: CONFIG },
      position: { line, character },
    });
    return items.map(({ label }) => label);
  };

  test('shows its mistakes while it is typed', async () => {
    const editor = await start(new Map());
    editor.open(CONFIG, 'profile: strikt\n');
    const [first] = await editor.diagnostics(CONFIG);
    assert.deepEqual(first?.range, editor.rangeOf(CONFIG, 'strikt'));
    assert.match(String(first?.message), /Did you mean `strict`\?/);
    editor.type(CONFIG, 'strikt', 'strict');
    assert.deepEqual(await editor.diagnostics(CONFIG), []);
  });

  test('has a fix for a word that looks like a known one', async () => {
    const editor = await start(new Map());
    editor.open(CONFIG, 'profile: strikt\nrules:\n  "tag-latset": off # later\n  nothing-like-it: off\n');
    const shown = await editor.diagnostics(CONFIG);
    const fixes = async (part: string, only?: string[]) => editor.actions(CONFIG, part, only, shown);
    const [word, ...others] = await fixes('strikt');
    assert.deepEqual(
      [word?.title, word?.kind, word?.isPreferred, word?.diagnostics, others],
      ['Change to `strict`', 'quickfix', true, [shown[0]], []],
    );
    editor.apply(word?.edit);
    const [rule] = await fixes('latset', ['quickfix']);
    assert.equal(rule?.title, 'Change to `tag-latest`');
    editor.apply(rule?.edit);
    assert.equal(
      editor.text(CONFIG),
      'profile: strict\nrules:\n  "tag-latest": off # later\n  nothing-like-it: off\n',
    );
    assert.deepEqual(await fixes('nothing-like-it'), []);
    editor.type(CONFIG, 'nothing-like-it', 'tag-latst');
    assert.deepEqual(await fixes('tag-latst'), [], 'the name would stand there twice');
    editor.type(CONFIG, 'strict', 'strickt');
    assert.deepEqual(await fixes('strickt', ['source.fixAll', 'refactor']), []);
  });

  test('proposes settings, rules, severities and options', async () => {
    const editor = await start(new Map());
    editor.open(CONFIG, 'rules:\n  tag-latest: \n  \n  memory-missing: {sev}\npr\nservices:\n  db:\n    \n');
    assert.deepEqual((await labels(editor, 1, 14)).slice(0, 2), ['off', 'hint']);
    const rules = await labels(editor, 2, 2);
    assert.ok(rules.includes('privileged-set') && !rules.includes('tag-latest'));
    assert.deepEqual(await labels(editor, 4, 2), [
      'profile',
      'practices',
      'exclude',
      'allowedRegistries',
      'harden',
      'baseline',
      'absence',
    ]);
    assert.ok((await labels(editor, 7, 4)).includes('hardening-missing'));
    assert.deepEqual(await labels(editor, 5, 9), []);
  });

  test('explains settings and rules', async () => {
    const editor = await start(new Map());
    editor.open(CONFIG, 'profile: strict\nrules:\n  tag-latest: off\n');
    const hover = async (line: number, character: number) =>
      ((await editor.hover(CONFIG, { line, character }))?.contents as MarkupContent | undefined)?.value;
    assert.match((await hover(2, 4)) ?? '', /\*\*Title of tag-latest\*\*\n\nWhy of tag-latest\./);
    assert.match((await hover(0, 11)) ?? '', /^`strict`: everything\n\n---\n\n\*\*How much is checked/);
    assert.equal(await hover(3, 0), undefined);
  });
});
