/** What package.json promises to VS Code, checked against what is there. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import manifest from '../package.json';
import texts from '../package.nls.json';
import german from '../package.nls.de.json';
import oldest from './vscode-oldest/package.json';
import { rules } from '../server/src/rules/index.js';
import { folderWith } from './support/cli.js';

const { contributes } = manifest;

test('nothing starts the extension but what it works on', () => {
  assert.deepEqual(manifest.activationEvents, [
    'onLanguage:dockerfile',
    'onLanguage:dockercompose',
    'onLanguage:yaml',
  ]);
});

test('the Marketplace gets a picture, places to read on and the category of a linter', () => {
  const icon = readFileSync(manifest.icon);
  assert.equal(icon.toString('latin1', 1, 4), 'PNG');
  // Width and height stand at the start of a PNG, in pixels.
  const [width, height] = [icon.readUInt32BE(16), icon.readUInt32BE(20)];
  assert.ok(width >= 128 && width === height, `${width} x ${height}`);
  assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
  for (const url of [manifest.repository.url, manifest.bugs.url, manifest.homepage])
    assert.match(url, /^https:/);
  assert.ok(manifest.categories.includes('Linters'));
  assert.ok(manifest.keywords.length <= 8);
});

test('the oldest version that is claimed is the one whose types are used, and that is tested', () => {
  // code-server 4.93.1 holds VS Code 1.93.1.
  const tested = /^4\.(\d+)\./.exec(oldest.dependencies['code-server'])?.[1];
  assert.ok(tested);
  assert.equal(manifest.engines.vscode, `^1.${tested}.0`);
  assert.equal(manifest.devDependencies['@types/vscode'], `1.${tested}.0`);
  assert.match(readFileSync('README.md', 'utf8'), new RegExp(`VS Code 1\\.${tested} or newer`));
});

test('it works in restricted and virtual workspaces, on desktops and in browsers', () => {
  assert.deepEqual(manifest.capabilities, {
    untrustedWorkspaces: { supported: true },
    virtualWorkspaces: true,
  });
  assert.ok(manifest.main && manifest.browser);
});

test('no setting names something to run or to open', () => {
  const names = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  assert.deepEqual(
    names.filter((name) => /exec|binary|command|server(?!$)|url|host|docker\.path/i.test(name)),
    [],
    'then capabilities.untrustedWorkspaces becomes "limited" and the setting restricted',
  );
});

test('commands have a category, and none that needs arguments is in the palette', () => {
  const hidden = new Set(
    contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
  );
  for (const { command, category } of contributes.commands) {
    assert.equal(category, 'Bulkhead', command);
    if (/Finding$|Example$/.test(command) && command !== 'bulkhead.openExample')
      assert.ok(hidden.has(command), command);
  }
});

test('the README names every command of the palette', () => {
  const readme = readFileSync('README.md', 'utf8').replace(/\s+/g, ' ');
  const hidden = new Set(
    contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
  );
  const titles: Readonly<Record<string, string>> = texts;
  const missing = contributes.commands
    .filter(({ command }) => !hidden.has(command))
    .map(({ title }) => titles[title.slice(1, -1)])
    .filter((title) => !readme.includes(`*Bulkhead: ${title}*`));
  assert.deepEqual(missing, []);
});

test('the changelog names every rule in the version that brought it, and every setting', () => {
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const versions = new Map(
    changelog
      .split(/^## /m)
      .slice(1)
      .map((part) => [/^\[([^\]]+)\]/.exec(part)?.[1], part] as const),
  );
  const rulesLeft = rules.filter(({ meta }) => !versions.get(meta.since)?.includes(`\`${meta.id}\``));
  assert.deepEqual(
    rulesLeft.map(({ meta }) => `${meta.id} is not in the part ${meta.since} of CHANGELOG.md`),
    [],
  );
  const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  const settingsLeft = settings.filter(
    (name) => !name.startsWith('bulkhead.practices.') && !changelog.includes(`\`${name}\``),
  );
  assert.deepEqual(settingsLeft, []);
});

test('every setting has a default, a scope, a place and an explanation', () => {
  for (const { properties } of contributes.configuration)
    for (const [name, setting] of Object.entries(properties))
      for (const part of ['default', 'scope', 'order', 'markdownDescription'])
        assert.ok(part in setting, `${name} lacks ${part}`);
});

test('the pictures of the walkthrough follow the theme and hold no words', () => {
  const [walkthrough] = contributes.walkthroughs;
  assert.ok(walkthrough && walkthrough.steps.length === 5);
  const named = walkthrough.steps.map(({ media }) => media.svg);
  assert.deepEqual(
    named.toSorted(),
    readdirSync('media/walkthrough')
      .map((name) => `media/walkthrough/${name}`)
      .toSorted(),
  );
  for (const { media, completionEvents } of walkthrough.steps) {
    assert.ok(media.altText && completionEvents.length > 0);
    const svg = readFileSync(media.svg, 'utf8');
    assert.doesNotMatch(svg, /<text|<script|href|#[0-9a-f]{3,8}\b|rgb/i, media.svg);
    for (const [, colour] of svg.matchAll(/(?:fill|stroke)="([^"]+)"/g))
      assert.match(colour ?? '', /^(?:none|var\(--vscode-.+\))$/, media.svg);
  }
});

test('the words of the walkthrough hold only the marks that VS Code draws there', () => {
  // **bold**, __italic__ and ``code``; a single star or backquote is shown as it is.
  for (const [key, text] of [...Object.entries(texts), ...Object.entries(german)])
    if (key.startsWith('walkthroughs.'))
      assert.doesNotMatch(text.replace(/\*\*[^*]+\*\*|``[^`]+``/g, ''), /[*`]/, key);
});

test('the task in the README reads every line that the command prints', async (context) => {
  const [, json = ''] = /tasks\.json`:\n\n```json\n(.*?)```/s.exec(readFileSync('README.md', 'utf8')) ?? [];
  const [task] = JSON.parse(json).tasks;
  const matcher = contributes.problemMatchers.find(({ name }) => `$${name}` === task.problemMatcher);
  assert.ok(matcher);
  assert.deepEqual(matcher.fileLocation, ['relative', '${workspaceFolder}'], 'where tasks run');
  const [program, ...words] = task.command.split(' ');
  assert.equal(program, Object.keys(manifest.bin)[0]);

  const folder = folderWith(context, {
    'shop/compose.yaml': readFileSync('examples/compose.yaml', 'utf8'),
    'a: b/Dockerfile': 'FROM node:22\nRUN curl -k https://example.com [x] && sudo ls\n',
    'broken/compose.yaml': 'services:\n  a:\n    image: "x\n',
  });
  const { out } = await folder.run(words, { rules });
  const { pattern } = matcher;
  const read = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = new RegExp(pattern.regexp).exec(line);
      assert.ok(match, line);
      const [path, row, column, severity, message, code] = [
        pattern.file,
        pattern.line,
        pattern.column,
        pattern.severity,
        pattern.message,
        pattern.code,
      ].map((group) => match[group] ?? '');
      return { path, line: Number(row), column: Number(column), severity, message, code };
    });
  const { findings, files } = JSON.parse((await folder.run(['lint', '--format', 'json'], { rules })).out);
  const told = findings.map((one: Finding) => ({
    path: one.path,
    ...one.range.start,
    severity: one.severity,
    message: one.message,
    code: one.rule,
  }));
  const codes = new Set(told.map(({ code }: { code: string }) => code));
  assert.deepEqual(
    read.filter(({ code }) => codes.has(code ?? '')),
    told,
  );
  const incomplete = read.filter(({ code }) => !codes.has(code ?? ''));
  assert.deepEqual(
    incomplete.map(({ path, severity }) => `${path} ${severity}`),
    ['broken/compose.yaml error'],
  );
  assert.equal(files.length, 3);
});

interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly severity: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}

test('the version of VS Code is the one that the types describe', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
});
