/** The language server over a real connection, with rules of its own: see tiny-rules.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CompletionItem } from 'vscode-languageserver-types';
import unusedIgnore from '../server/src/rules/updates/unused-ignore.js';
import { codesOf, editorsWith, messageOf, PULLING, rulesIn, VSCODE } from './support/lsp-editor.js';
import { tinyRules } from './support/tiny-rules.js';

const COMPOSE = 'file:///project/compose.yaml';
const DOCKERFILE = 'file:///project/Dockerfile';
const WEB = 'services:\n  web:\n    image: nginx:latest # keep\n    mem_limit: 1g\n    read_only: true\n';

const start = editorsWith(tinyRules);

describe('pushed diagnostics', () => {
  test('appear with source, code, link, data and related place', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const [diagnostic, ...others] = await editor.diagnostics(COMPOSE);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.source, 'bulkhead');
    assert.equal(diagnostic?.code, 'tag-latest');
    assert.equal(diagnostic?.severity, 2);
    assert.match(diagnostic?.codeDescription?.href ?? '', /^https:.*tag-latest/);
    assert.deepEqual(diagnostic?.range, editor.rangeOf(COMPOSE, 'nginx:latest'));
    assert.deepEqual(rulesIn(diagnostic), ['tag-latest']);
    assert.deepEqual(
      diagnostic?.relatedInformation?.map((one) => one.message),
      ['the service'],
    );
  });

  test('follow the typing, and a clean file gets an empty list', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    assert.equal((await editor.diagnostics(COMPOSE)).length, 1);
    editor.type(COMPOSE, ':latest', ':1.27');
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
  });

  test('of a burst of changes are sent for the newest version only', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    await editor.diagnostics(COMPOSE);
    for (const letter of 'abcdefgh') editor.type(COMPOSE, 'nginx', `nginx${letter}`);
    await editor.diagnostics(COMPOSE);
    assert.deepEqual(
      editor.published.all.map((one) => one.version),
      [1, 9],
    );
  });

  test('of a version that is gone are dropped', async () => {
    const editor = await start();
    const release = editor.holdSettings();
    editor.open(COMPOSE, WEB);
    await editor.client.sendRequest('textDocument/hover', {
      textDocument: { uri: 'file:///project/other' },
      position: { line: 0, character: 0 },
    });
    editor.type(COMPOSE, ':latest', ':1.27');
    release();
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
    assert.deepEqual(
      editor.published.all.map((one) => one.version),
      [2],
    );
  });

  test('disappear when the document is closed', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    await editor.diagnostics(COMPOSE);
    const cleared = editor.published.next();
    editor.close(COMPOSE);
    assert.deepEqual(await cleared, { uri: COMPOSE, diagnostics: [] });
  });

  test('group what is missing', async () => {
    const editor = await start();
    editor.open(COMPOSE, 'services:\n  web:\n    image: nginx\n');
    const [group] = await editor.diagnostics(COMPOSE);
    assert.equal(group?.code, 'hardening-missing');
    assert.deepEqual(rulesIn(group), ['memory-missing', 'read-only-missing']);
    assert.match(messageOf(group), /2 hardening settings missing: memory limit, read-only root/);
  });

  test('come for untitled documents, and not for other sides of a diff, cells, output or other YAML', async () => {
    const editor = await start();
    const foreign = ['git:/project/compose.yaml', 'vscode-notebook-cell:/project/a.ipynb#W0', 'output:build'];
    for (const uri of foreign) editor.open(uri, WEB, 'dockercompose');
    editor.open('file:///project/pod.yaml', 'kind: Pod\nservices:\n  web:\n    image: nginx:latest\n');
    editor.open('untitled:Untitled-1', WEB, 'yaml');
    assert.deepEqual(codesOf(await editor.diagnostics('untitled:Untitled-1')), ['tag-latest']);
    for (const uri of foreign) assert.deepEqual(await editor.diagnostics(uri), [], uri);
    assert.deepEqual(await editor.diagnostics('file:///project/pod.yaml'), []);
  });

  test('say in words where the related place is when the editor cannot show it', async () => {
    const editor = await start({ capabilities: {} });
    editor.open(COMPOSE, WEB);
    const [diagnostic] = await editor.diagnostics(COMPOSE);
    assert.match(messageOf(diagnostic), /\(see line 2\)$/);
    assert.equal(diagnostic?.relatedInformation, undefined);
    assert.equal(diagnostic?.codeDescription, undefined);
  });

  test('show a broken line as a warning and keep the findings of the others', async () => {
    const editor = await start();
    editor.open(COMPOSE, `${WEB}    read_only: false\n`);
    const diagnostics = await editor.diagnostics(COMPOSE);
    assert.deepEqual(codesOf(diagnostics), ['syntax', 'tag-latest']);
    assert.equal(diagnostics.find(({ code }) => code === 'syntax')?.severity, 2);
  });
});

describe('pulled diagnostics', () => {
  test('are answered once, then as unchanged until they change', async () => {
    const editor = await start({ capabilities: PULLING });
    assert.equal(editor.capabilities.diagnosticProvider?.interFileDependencies, true);
    editor.open(COMPOSE, WEB);
    const first = await editor.pull(COMPOSE);
    assert.ok(first.kind === 'full');
    assert.deepEqual(codesOf(first.items), ['tag-latest']);
    const again = await editor.pull(COMPOSE, first.resultId);
    assert.equal(again.kind, 'unchanged');
    editor.type(COMPOSE, 'read_only: true', 'read_only: true # yes');
    assert.equal((await editor.pull(COMPOSE, first.resultId)).kind, 'unchanged');
    editor.type(COMPOSE, ':latest', ':1.27');
    const last = await editor.pull(COMPOSE, first.resultId);
    assert.ok(last.kind === 'full');
    assert.deepEqual(last.items, []);
    assert.deepEqual(editor.published.all, []);
  });

  test('are asked for again when a setting changes', async () => {
    const editor = await start({ capabilities: PULLING });
    editor.open(COMPOSE, WEB);
    await editor.pull(COMPOSE);
    const refresh = editor.refreshes.next();
    await editor.setSettings({ enable: false });
    await refresh;
    const report = await editor.pull(COMPOSE);
    assert.ok(report.kind === 'full');
    assert.deepEqual(report.items, []);
  });

  test('wait for saving when the setting says so', async () => {
    const editor = await start({ capabilities: PULLING, settings: { run: 'onSave' } });
    editor.open(COMPOSE, WEB);
    const first = await editor.pull(COMPOSE);
    assert.ok(first.kind === 'full');
    editor.type(COMPOSE, ':latest', ':1.27');
    assert.equal((await editor.pull(COMPOSE, first.resultId)).kind, 'unchanged');
    const refresh = editor.refreshes.next();
    await editor.save(COMPOSE);
    await refresh;
    const saved = await editor.pull(COMPOSE, first.resultId);
    assert.ok(saved.kind === 'full');
    assert.deepEqual(saved.items, []);
  });

  test('of an unknown document are empty', async () => {
    const editor = await start({ capabilities: PULLING });
    assert.deepEqual(await editor.pull(COMPOSE), { kind: 'full', items: [] });
  });
});

describe('quick fixes', () => {
  test('repair one finding, keep the comment, and the finding goes away', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const diagnostics = await editor.diagnostics(COMPOSE);
    const actions = await editor.actions(COMPOSE, 'nginx:latest', undefined, diagnostics);
    assert.deepEqual(
      actions.map(({ title, isPreferred = false }) => ({ title, isPreferred })),
      [
        { title: 'Use `stable`', isPreferred: true },
        { title: "Ignore 'tag-latest' on this line", isPreferred: false },
        { title: "Ignore 'tag-latest' for this service", isPreferred: false },
        { title: "Ignore 'tag-latest' in this file", isPreferred: false },
        { title: "Explain 'tag-latest'", isPreferred: false },
        { title: 'Fix all safe Bulkhead findings', isPreferred: false },
      ],
    );
    assert.deepEqual(actions[0]?.diagnostics, diagnostics);
    editor.apply(actions[0]?.edit);
    assert.equal(editor.text(COMPOSE), WEB.replace('latest', 'stable'));
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
  });

  test('honour the kinds that are asked for', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const kinds = async (only: string[]) =>
      new Set((await editor.actions(COMPOSE, 'nginx:latest', only)).map((action) => action.kind));
    assert.deepEqual(await kinds(['quickfix']), new Set(['quickfix']));
    assert.deepEqual(await kinds(['source']), new Set(['source.fixAll.bulkhead']));
    assert.deepEqual(await kinds(['source.fixAll']), new Set(['source.fixAll.bulkhead']));
    assert.deepEqual(await kinds(['source.organizeImports']), new Set());
    assert.deepEqual(await kinds(['refactor']), new Set());
  });

  test('of one rule in the whole file are offered when there are two', async () => {
    const editor = await start();
    const text = `${WEB}  db:\n    image: redis:latest\n    mem_limit: 1g\n    read_only: true\n`;
    editor.open(COMPOSE, text);
    const actions = await editor.actions(COMPOSE, 'nginx:latest', ['quickfix']);
    const all = actions.find(({ title }) => title.startsWith('Fix all'));
    assert.equal(all?.title, "Fix all 2 'tag-latest' in this file");
    assert.ok(all && all.edit === undefined);
    editor.apply((await editor.resolve(all)).edit);
    assert.equal(editor.text(COMPOSE), text.replaceAll('latest', 'stable'));
  });

  test('harden a service in one step', async () => {
    const editor = await start();
    editor.open(COMPOSE, 'services:\n  web:\n    image: nginx # keep\n');
    const actions = await editor.actions(COMPOSE, 'web', ['quickfix']);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        "Harden 'web'",
        'Add `mem_limit`',
        'Add `read_only: true`',
        'Ignore these 2 missing settings on this line',
        'Ignore these 2 missing settings for this service',
        'Ignore these 2 missing settings in this file',
        "Explain 'hardening-missing'",
      ],
    );
    const [first] = actions;
    assert.ok(first);
    editor.apply((await editor.resolve(first)).edit);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
    assert.match(editor.text(COMPOSE), /image: nginx # keep\n {4}\w+: .+\n {4}\w+: .+\n$/);
  });

  test('carry the version that they are for', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const [fix] = await editor.actions(COMPOSE, 'nginx:latest');
    editor.type(COMPOSE, 'web', 'site');
    assert.throws(() => editor.apply(fix?.edit), /for version 1/);
  });

  test('use tab stops and new files only where the editor can', async () => {
    const editor = await start();
    editor.open(DOCKERFILE, 'FROM x\n');
    const [manual, file] = await editor.actions(DOCKERFILE, 'FROM');
    assert.equal(manual?.isPreferred, undefined);
    const [snippet] = manual?.edit?.documentChanges ?? [];
    assert.ok(snippet && 'edits' in snippet && snippet.edits[0] && 'snippet' in snippet.edits[0]);
    assert.equal(snippet.edits[0].snippet.value, '\nUSER ${1:name}');
    assert.deepEqual(
      file?.edit?.documentChanges?.map((one) =>
        'kind' in one ? `${one.kind} ${'uri' in one && one.uri}` : 'edit',
      ),
      ['create file:///project/.dockerignore', 'edit'],
    );

    const plain = await start({ capabilities: {} });
    plain.open(DOCKERFILE, 'FROM x\n');
    const offered = await plain.actions(DOCKERFILE, 'FROM');
    assert.deepEqual(
      offered.map(({ title }) => title),
      [
        'Add a user …',
        "Ignore 'base-untagged' on this line",
        "Ignore 'base-untagged' for this stage",
        "Ignore 'base-untagged' in this file",
      ],
    );
    assert.deepEqual(offered[0]?.edit?.changes?.[DOCKERFILE]?.[0]?.newText, '\nUSER name');
  });
});

describe('fix all', () => {
  const TWO = `${WEB}    privileged: true\n  db:\n    image: redis:latest # too\n    mem_limit: 1g\n    read_only: true\n`;

  test('makes the safe fixes only, and a second time there is nothing left', async () => {
    const editor = await start();
    editor.open(COMPOSE, TWO);
    const [action] = await editor.actions(COMPOSE, 'services', ['source.fixAll.bulkhead']);
    editor.apply(action?.edit);
    assert.equal(editor.text(COMPOSE), TWO.replaceAll('latest', 'stable'));
    assert.deepEqual(await editor.actions(COMPOSE, 'services', ['source.fixAll.bulkhead']), []);
  });

  test('touches nothing but what changes, also with CRLF', async () => {
    const editor = await start();
    editor.open(COMPOSE, TWO.replaceAll('\n', '\r\n'));
    const [action] = await editor.actions(COMPOSE, 'services', ['source.fixAll.bulkhead']);
    const [change] = action?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    assert.ok(change.edits.every(({ range }) => range.start.line === range.end.line));
    editor.apply(action?.edit);
    assert.equal(editor.text(COMPOSE), TWO.replaceAll('latest', 'stable').replaceAll('\n', '\r\n'));
  });

  test('is computed when it is chosen, for the version it was offered for', async () => {
    const editor = await start();
    editor.open(COMPOSE, TWO);
    const offered = (await editor.actions(COMPOSE, 'services')).at(-1);
    assert.ok(offered?.kind === 'source.fixAll.bulkhead' && offered.edit === undefined);
    const resolved = await editor.resolve(offered);
    assert.ok(resolved.edit);
    editor.type(COMPOSE, 'web', 'site');
    assert.equal((await editor.resolve(offered)).edit, undefined);
  });
});

describe('ignore comments', () => {
  const plain = { ...VSCODE, workspace: { ...VSCODE.workspace, workspaceEdit: { documentChanges: true } } };

  test('are written above the line, then extended, and accept the finding', async () => {
    const editor = await start({ capabilities: plain });
    editor.open(
      COMPOSE,
      WEB.replace('latest # keep', 'latest').replace('web:\n', 'web:\n    privileged: true\n'),
    );
    const first = await editor.actions(COMPOSE, 'nginx:latest');
    editor.apply(first.find(({ title }) => title === "Ignore 'tag-latest' on this line")?.edit);
    assert.match(editor.text(COMPOSE), /\n {4}# bulkhead-ignore tag-latest\n {4}image: nginx:latest\n/);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['privileged-set']);
    editor.type(COMPOSE, '    privileged: true\n', '');
    editor.type(COMPOSE, 'image: nginx:latest', 'privileged: true\n    image: nginx:1');
    const second = await editor.actions(COMPOSE, 'privileged: true');
    editor.apply(second.find(({ title }) => title === "Ignore 'privileged-set' on this line")?.edit);
    assert.match(editor.text(COMPOSE), /# bulkhead-ignore tag-latest, privileged-set\n {4}privileged/);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
  });

  test('for the file stand below what is at its top', async () => {
    const editor = await start({ capabilities: plain });
    editor.open(DOCKERFILE, '# syntax=docker/dockerfile:1\n\nFROM x\n');
    const actions = await editor.actions(DOCKERFILE, 'FROM');
    editor.apply(actions.find(({ title }) => title === "Ignore 'base-untagged' in this file")?.edit);
    assert.equal(
      editor.text(DOCKERFILE),
      '# syntax=docker/dockerfile:1\n\n# bulkhead-ignore-file base-untagged\nFROM x\n',
    );
    assert.deepEqual(await editor.diagnostics(DOCKERFILE), []);
  });

  test('for a service or stage stand above its name', async () => {
    const editor = await start({ capabilities: plain });
    editor.open(COMPOSE, WEB);
    const inService = await editor.actions(COMPOSE, 'nginx:latest');
    editor.apply(inService.find(({ title }) => title === "Ignore 'tag-latest' for this service")?.edit);
    assert.match(editor.text(COMPOSE), /^services:\n {2}# bulkhead-ignore-service tag-latest\n {2}web:\n/);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
    editor.open(DOCKERFILE, 'FROM x AS one\nFROM y\n');
    const inStage = await editor.actions(DOCKERFILE, 'FROM y');
    editor.apply(inStage.find(({ title }) => title === "Ignore 'base-untagged' for this stage")?.edit);
    assert.equal(editor.text(DOCKERFILE), 'FROM x AS one\n# bulkhead-ignore-stage base-untagged\nFROM y\n');
  });

  test('that accept nothing are greyed, told why, and taken out', async () => {
    const editor = await start({
      rules: [...tinyRules, unusedIgnore],
      capabilities: {
        ...VSCODE,
        textDocument: { ...VSCODE.textDocument, publishDiagnostics: { tagSupport: { valueSet: [1] } } },
      },
    });
    const clean = WEB.replace(':latest # keep', '');
    editor.open(COMPOSE, clean.replace('nginx', 'nginx # bulkhead-ignore tag-latest: was needed once'));
    const diagnostics = await editor.diagnostics(COMPOSE);
    assert.deepEqual(
      diagnostics.map(({ code, severity, tags }) => ({ code, severity, tags })),
      [{ code: 'unused-ignore', severity: 3, tags: [1] }],
    );
    const actions = await editor.actions(COMPOSE, '# bulkhead', undefined, diagnostics);
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes("Ignore 'unused-ignore' in this file"));
    assert.ok(!titles.includes("Ignore 'unused-ignore' on this line"));
    const [removal] = actions;
    assert.deepEqual(
      { title: removal?.title, preferred: removal?.isPreferred },
      { title: 'Remove this comment', preferred: true },
    );
    editor.apply(removal?.edit);
    assert.equal(editor.text(COMPOSE), clean);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
  });

  test('with a misspelt name are not greyed, and fix-all leaves them alone', async () => {
    const editor = await start({ rules: [...tinyRules, unusedIgnore] });
    const text = WEB.replace('# keep', '# bulkhead-ignore tag-lates: known');
    editor.open(COMPOSE, text.replace(':latest', ''));
    const [diagnostic] = await editor.diagnostics(COMPOSE);
    assert.match(messageOf(diagnostic), /`tag-latest` may be meant/);
    assert.equal(diagnostic?.tags, undefined);
    assert.deepEqual(await editor.actions(COMPOSE, 'web', ['source.fixAll']), []);
    const [change] = await editor.actions(COMPOSE, 'tag-lates');
    assert.equal(change?.title, 'Change to `tag-latest`…');
  });

  test('leave a place for the reason where the editor has tab stops', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const actions = await editor.actions(COMPOSE, 'nginx:latest');
    const [change] = actions.find(({ title }) => title.endsWith('on this line'))?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change && change.edits[0] && 'snippet' in change.edits[0]);
    assert.equal(change.edits[0].snippet.value, '    # bulkhead-ignore tag-latest: ${1:reason}\n');
  });
});

describe('hover', () => {
  test('explains the finding under the pointer, offline', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB);
    const hover = await editor.hover(COMPOSE, editor.rangeOf(COMPOSE, 'latest').start);
    assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents);
    const { value } = hover.contents;
    for (const part of ['Title of tag-latest', 'Why of', 'Advice of', 'A benchmark', '[A page](https:'])
      assert.ok(value.includes(part), part);
    assert.equal(await editor.hover(COMPOSE, { line: 0, character: 0 }), null);
  });

  test('lists what is missing', async () => {
    const editor = await start();
    editor.open(COMPOSE, 'services:\n  web:\n    image: nginx\n');
    const hover = await editor.hover(COMPOSE, { line: 1, character: 3 });
    assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents);
    assert.match(hover.contents.value, /memory-missing[\s\S]*read-only-missing/);
  });

  test('tells behind the findings what is known of a word, and also where nothing was found', async () => {
    const editor = await start();
    editor.open(COMPOSE, `${WEB}    cap_add: [SYS_ADMIN]\n`);
    const image = await editor.hover(COMPOSE, editor.rangeOf(COMPOSE, 'latest').start);
    assert.ok(image && typeof image.contents === 'object' && 'value' in image.contents);
    assert.match(
      image.contents.value,
      /Title of tag-latest[\s\S]*---[\s\S]*`nginx:latest`[\s\S]*Default user/,
    );
    const capability = await editor.hover(COMPOSE, editor.rangeOf(COMPOSE, 'ADMIN').start);
    assert.ok(capability && typeof capability.contents === 'object' && 'value' in capability.contents);
    assert.match(capability.contents.value, /Capability `SYS_ADMIN`/);
    assert.deepEqual(capability.range, editor.rangeOf(COMPOSE, 'SYS_ADMIN'));
  });
});

describe('completion', () => {
  test('proposes words that matter for security while a line is being typed', async () => {
    const editor = await start();
    assert.ok(editor.capabilities.completionProvider?.triggerCharacters?.includes(' '));
    editor.open(COMPOSE, `${WEB}    cap_add:\n      - NET_`);
    const items: CompletionItem[] = await editor.client.sendRequest('textDocument/completion', {
      textDocument: { uri: COMPOSE },
      position: editor.rangeOf(COMPOSE, 'NET_').end,
    });
    const admin = items.find(({ label }) => label === 'NET_ADMIN');
    assert.deepEqual(admin?.textEdit, { range: editor.rangeOf(COMPOSE, 'NET_'), newText: 'NET_ADMIN' });
    const elsewhere = { textDocument: { uri: COMPOSE }, position: { line: 0, character: 3 } };
    assert.deepEqual(await editor.client.sendRequest('textDocument/completion', elsewhere), []);
  });
});

describe('settings', () => {
  test('take effect at once', async () => {
    const editor = await start();
    editor.open(COMPOSE, WEB.replace('    mem_limit: 1g\n', ''));
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['memory-missing', 'tag-latest']);
    const change = async (settings: unknown) => {
      const next = editor.published.next();
      await editor.setSettings(settings);
      return (await next).diagnostics;
    };
    assert.deepEqual(codesOf(await change({ absence: 'off' })), ['tag-latest']);
    assert.deepEqual(codesOf(await change({ rules: { 'tag-latest': 'off' } })), ['memory-missing']);
    assert.deepEqual(codesOf(await change({ exclude: ['compose.yaml'] })), []);
    assert.deepEqual(codesOf(await change({ practices: { resources: 'off' } })), ['tag-latest']);
    const [error] = await change({ rules: { 'tag-latest': { severity: 'error' } }, absence: 'off' });
    assert.equal(error?.severity, 1);
    assert.deepEqual(codesOf(await change({ enable: false })), []);
    assert.deepEqual(codesOf(await change({ maxFileSize: 0.01 })), []);
  });

  test('that make no sense are named in the log and ignored', async () => {
    const editor = await start({
      settings: { profile: 7, run: 'never', rules: { nonsense: 'off', 'tag-latest': 'loud' }, exclude: 'x' },
    });
    editor.open(COMPOSE, WEB);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['tag-latest']);
    const log = editor.logs.all.map(({ message }) => message).join('\n');
    for (const name of ['profile', 'run', 'rules.tag-latest', 'nonsense', 'exclude'])
      assert.ok(log.includes(name), `${name} in ${log}`);
  });

  test('come from the start message and notifications of editors that cannot be asked', async () => {
    const editor = await start({
      capabilities: {},
      initializationOptions: { settings: { rules: { 'tag-latest': 'off' } } },
    });
    editor.open(COMPOSE, WEB);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
    const next = editor.published.next();
    await editor.setSettings({});
    assert.deepEqual(codesOf((await next).diagnostics), ['tag-latest']);
  });
});

describe('failures', () => {
  const options = { initializationOptions: { client: { showLog: true, status: true } } };

  test('of a rule are told once, cost only that rule, and are in the log and the status', async () => {
    const editor = await start(options);
    const text = 'services:\n  a:\n    image: crash\n  web:\n    image: nginx:latest\n';
    editor.open(COMPOSE, text);
    assert.ok(codesOf(await editor.diagnostics(COMPOSE)).includes('tag-latest'));
    const { state, detail } = await editor.statuses.first(({ uri }) => uri === COMPOSE);
    assert.equal(state, 'incomplete');
    assert.match(detail ?? '', /incomplete/);
    await editor.shown.first(({ uri }) => uri === 'log');
    editor.type(COMPOSE, 'services', 'services'); // another version, the same failure
    await editor.diagnostics(COMPOSE);
    assert.equal(editor.messages.all.length, 1);
    const failures = editor.logs.all.filter(({ message }) => message.includes('crashing'));
    assert.equal(failures.length, 1);
    assert.ok(failures[0]?.message.includes('no such thing'));
  });

  test('do not come from garbage', async () => {
    const editor = await start(options);
    const garbage = [
      '',
      '\u0000\uFFFF',
      '{[}]:\n\t- *x\n&',
      'services:\n  - - :\n  ? |\n',
      '\uFEFFFROM \\\n',
      'RUN <<A <<B',
    ];
    for (const [index, text] of garbage.entries()) {
      for (const uri of [`file:///project/${index}/compose.yaml`, `file:///project/${index}/Dockerfile`]) {
        editor.open(uri, text);
        await editor.diagnostics(uri);
        editor.change(uri, [
          {
            range: { start: { line: 0, character: 0 }, end: { line: 99, character: 99 } },
            text: text.slice(1),
          },
        ]);
        await editor.diagnostics(uri);
        await editor.actions(uri, '');
        await editor.hover(uri, { line: 5, character: 5 });
      }
    }
    await editor.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///never-opened', version: 3 },
      contentChanges: [{ text: 'x' }],
    });
    await editor.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    editor.open(COMPOSE, WEB);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['tag-latest']);
    assert.deepEqual(editor.messages.all, []);
  });
});

describe('an editor that announces nothing', () => {
  const text = WEB.replace(/ {4}(?:mem_limit|read_only).*\n/g, '');

  test('is sent diagnostics and asked for nothing', async () => {
    const editor = await start({ capabilities: {} });
    assert.equal(editor.capabilities.diagnosticProvider, undefined);
    editor.open(COMPOSE, text);
    const found = await editor.diagnostics(COMPOSE);
    assert.deepEqual(codesOf(found), ['hardening-missing', 'tag-latest']);
    for (const one of found) {
      assert.equal(typeof one.message, 'string');
      for (const extra of ['codeDescription', 'relatedInformation', 'tags'] as const)
        assert.equal(one[extra], undefined, extra);
    }
    // No message that it did not say it understands.
    for (const none of [editor.offered, editor.refreshes, editor.statuses, editor.scores, editor.asked])
      assert.deepEqual(none.all, []);
  });

  test('gets whole edits as plain changes, with no command', async () => {
    const editor = await start({ capabilities: {} });
    editor.open(COMPOSE, text);
    const diagnostics = await editor.diagnostics(COMPOSE);
    const actions = [
      ...(await editor.actions(COMPOSE, 'nginx:latest', undefined, diagnostics)),
      ...(await editor.actions(COMPOSE, 'web', undefined, diagnostics)),
    ];
    assert.ok(actions.length > 8, actions.map(({ title }) => title).join('\n'));
    for (const { title, edit, command, data, isPreferred } of actions) {
      assert.deepEqual([command, data, isPreferred], [undefined, undefined, undefined], title);
      assert.deepEqual(Object.keys(edit ?? {}), ['changes'], title);
      for (const change of Object.values(edit?.changes ?? {}).flat())
        assert.deepEqual(Object.keys(change).sort(), ['newText', 'range'], title);
    }
    editor.apply(actions.find(({ title }) => title === 'Use `stable`')?.edit);
    assert.equal(editor.text(COMPOSE), text.replace('latest', 'stable'));
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['hardening-missing']);
    const offered = await editor.actions(COMPOSE, 'web');
    assert.deepEqual(
      offered.map(({ title }) => title),
      [
        'Add `mem_limit`',
        'Add `read_only: true`',
        'Ignore these 2 missing settings on this line',
        'Ignore these 2 missing settings for this service',
        'Ignore these 2 missing settings in this file',
      ],
    );
    editor.apply(offered[0]?.edit);
    assert.deepEqual(codesOf(await editor.diagnostics(COMPOSE)), ['read-only-missing']);
    const [last] = await editor.actions(COMPOSE, 'web');
    editor.apply(last?.edit);
    assert.deepEqual(await editor.diagnostics(COMPOSE), []);
  });

  test('gets hovers and proposals as plain text', async () => {
    const editor = await start({ capabilities: {} });
    editor.open(COMPOSE, `${WEB}    cap_add:\n      - NET_`);
    const hover = await editor.hover(COMPOSE, editor.rangeOf(COMPOSE, 'nginx:latest').start);
    const items: CompletionItem[] = await editor.client.sendRequest('textDocument/completion', {
      textDocument: { uri: COMPOSE },
      position: editor.rangeOf(COMPOSE, 'NET_').end,
    });
    assert.ok(items.length > 40, 'all capabilities are proposed');
    for (const text of [hover?.contents, ...items.map(({ documentation }) => documentation)]) {
      assert.ok(typeof text === 'object' && 'kind' in text, JSON.stringify(text));
      assert.equal(text.kind, 'plaintext');
      assert.ok(text.value.length > 0);
      assert.doesNotMatch(text.value, /\*\*|`|\]\(|command:/);
    }
    for (const item of items) {
      assert.equal(item.insertTextFormat, undefined, 'no tab stops');
      assert.deepEqual(Object.keys(item.textEdit ?? {}).sort(), ['newText', 'range'], item.label);
    }
  });
});

describe('the client of VS Code', () => {
  const client = { initializationOptions: { client: { status: true, openRulePage: true } } };

  test('is told the state of every file', async () => {
    const editor = await start({ ...client, settings: { exclude: ['vendor'] } });
    const stateOf = async (uri: string, text: string) => {
      editor.open(uri, text);
      return (await editor.statuses.first((status) => status.uri === uri)).state;
    };
    assert.equal(await stateOf(COMPOSE, WEB), 'findings');
    assert.equal(await stateOf(DOCKERFILE, 'FROM x\nUSER 1\n'), 'ok');
    assert.equal(await stateOf('file:///project/a/vendor/Dockerfile', 'FROM x\n'), 'excluded');
    assert.equal(await stateOf('file:///project/pod.yaml', 'kind: Pod\n'), 'none');
    assert.equal(await stateOf('file:///project/b/Dockerfile', `FROM x\n${'#'.repeat(1 << 20)}`), 'tooLarge');
    const { counts } = await editor.statuses.first(({ uri }) => uri === COMPOSE);
    assert.deepEqual(counts, { error: 0, warning: 1, info: 0, hint: 0 });
  });

  test('opens rule pages itself; others are shown the web page', async () => {
    const editor = await start(client);
    editor.open(COMPOSE, WEB);
    const explain = (await editor.actions(COMPOSE, 'nginx:latest')).find((one) => one.command);
    assert.equal(explain?.command?.command, '_bulkhead.openRulePage');
    assert.equal(explain?.command?.arguments?.[0], 'tag-latest');
    const other = await start();
    await other.client.sendRequest('workspace/executeCommand', {
      command: 'bulkhead.showRulePage',
      arguments: ['tag-latest'],
    });
    assert.match(other.shown.all[0]?.uri ?? '', /tag-latest/);
  });

  test('can have files looked at that are not open', async () => {
    const editor = await start({ ...client, settings: { exclude: ['vendor'] } });
    const lint = (uri: string, text?: string) =>
      editor.client.sendRequest<{ diagnostics: []; state: string }>('bulkhead/lintWorkspaceFile', {
        uri,
        text,
      });
    const { diagnostics, state } = await lint(COMPOSE, WEB);
    assert.deepEqual(codesOf(diagnostics), ['tag-latest']);
    assert.equal(state, 'findings');
    assert.deepEqual(await lint('file:///project/vendor/compose.yaml', WEB), {
      diagnostics: [],
      state: 'excluded',
    });
    assert.deepEqual(await lint('file:///project/values.yaml', 'a: 1\n'), { diagnostics: [], state: 'none' });
    assert.deepEqual(await lint(COMPOSE), { diagnostics: [], state: 'none' });
    assert.deepEqual(editor.published.all, []);
  });
});
