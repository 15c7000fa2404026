/** Holds the direction of imports that docs/architecture.md describes. No exceptions. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { importsOf } from './support/imports.js';

const INNER = [
  'l10n',
  'text',
  'facts',
  'syntax',
  'model',
  'documents',
  'rules',
  'engine',
  'features',
  'report',
] as const;
type Room = (typeof INNER)[number] | 'lsp' | 'cli' | 'client';

/** The rooms that a room may import from, itself included. */
const MAY_IMPORT: Readonly<Record<Room, readonly Room[]>> = {
  l10n: ['l10n'],
  text: ['text'],
  facts: ['facts'],
  syntax: ['l10n', 'text', 'facts', 'syntax'],
  model: ['l10n', 'text', 'facts', 'syntax', 'model'],
  documents: ['l10n', 'text', 'facts', 'syntax', 'model', 'documents'],
  rules: ['l10n', 'text', 'facts', 'model', 'rules'],
  engine: INNER.slice(0, 8),
  features: INNER.slice(0, 9),
  report: INNER,
  lsp: [...INNER, 'lsp'],
  cli: [...INNER, 'cli'],
  client: [...INNER, 'lsp', 'client'],
};

/** Where only types may cross. */
const TYPES_ONLY: readonly (readonly [Room, Room])[] = [
  ['model', 'syntax'],
  ['rules', 'text'],
  ...([...INNER, 'lsp'] as const).map((room) => ['client', room] as const),
];

/** Below lsp and cli only packages that compute; the shapes of the protocol are types there. */
const PACKAGES: Readonly<Record<Room, RegExp>> = {
  l10n: /^$/,
  text: /^$/,
  facts: /^$/,
  syntax: /^(?:js-yaml|dockerfile-ast)$/,
  model: /^$/,
  documents: /^$/,
  rules: /^$/,
  engine: /^(?:picomatch|ignore)$/,
  features: /^(?:vscode-languageserver-types|vscode-uri|diff|dockerfile-language-service|dockerfile-utils)$/,
  report: /^$/,
  lsp: /^vscode-|^picomatch$|^ignore$/,
  cli: /^(?!vscode)(?!js-yaml|dockerfile-ast)/,
  client: /^vscode(?:$|-)/,
};

interface SourceFile {
  readonly path: string;
  readonly room: Room;
  readonly text: string;
}

const files = ['server/src', 'client/src'].flatMap(readFiles);

test('there is something to look at', () => {
  const rooms = new Set(files.map((file) => file.room));
  assert.deepEqual(
    INNER.filter((room) => !rooms.has(room)),
    [],
  );
  assert.ok(files.some((file) => importsOf(file.text).length > 0));
});

test('an inner room imports no outer one', () => {
  const wrong = eachImport(({ file, target, from, typeOnly }) => {
    if (target === undefined) return [];
    // Who talks to the outside says which version he is.
    if (target === 'package.json' && ['lsp', 'cli', 'client'].includes(file.room)) return [];
    const room = roomOf(target);
    if (room === undefined || !MAY_IMPORT[file.room].includes(room)) return [`${file.path} imports ${from}`];
    const crossesAsType = TYPES_ONLY.some(([inner, outer]) => inner === file.room && outer === room);
    return crossesAsType && !typeOnly ? [`${file.path} imports more than types from ${from}`] : [];
  });
  assert.deepEqual(wrong, [], 'see the code map in docs/architecture.md');
});

test('a rule imports no other rule', () => {
  const wrong = eachImport(({ file, target }) => {
    if (file.room !== 'rules' || !target?.startsWith('server/src/rules/')) return [];
    if (file.path === 'server/src/rules/index.ts') return [];
    return /^server\/src\/rules\/(?:rule|practices|shared\/[\w-]+)\.js$/.test(target)
      ? []
      : [`${file.path} imports ${target}`];
  });
  assert.deepEqual(wrong, [], 'what two rules need belongs to server/src/rules/shared/');
});

test('packages are used only where they belong', () => {
  const wrong = eachImport(({ file, target, from, typeOnly }) => {
    if (target !== undefined || from.startsWith('node:')) return [];
    if (!PACKAGES[file.room].test(packageOf(from))) return [`${file.path} imports ${from}`];
    return file.room === 'features' && from.startsWith('vscode-languageserver') && !typeOnly
      ? [`${file.path} imports more than types from ${from}`]
      : [];
  });
  assert.deepEqual(wrong, [], 'parsers belong to syntax/, vscode-* to lsp/ and client/, nothing to rules/');
});

test('Node is known to the command line and to the *.node.ts of the server', () => {
  const wrong = eachImport(({ file, from }) => {
    const allowed = file.room === 'cli' || /^server\/src\/lsp\/[\w-]+\.node\.ts$/.test(file.path);
    return from.startsWith('node:') && !allowed ? [`${file.path} imports ${from}`] : [];
  });
  assert.deepEqual(wrong, [], 'everything else must run in a browser');
});

test('nothing below lsp and cli keeps state, reads a clock or prints', () => {
  const forbidden: readonly (readonly [RegExp, string])[] = [
    [/^(?:export )?(?:let|var)\b/m, 'a variable of the module'],
    [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(/, 'a clock or chance'],
    [/\bconsole\.\w+\(|\bprocess\.(?:env|argv|cwd|exit|stdout|stderr)\b|\bsetTimeout\(/, 'the outside world'],
  ];
  const wrong = files
    .filter((file) => INNER.some((room) => room === file.room))
    .flatMap(({ path, text }) =>
      forbidden.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${path}: ${what}`),
    );
  assert.deepEqual(wrong, []);
});

function eachImport(
  look: (one: {
    readonly file: SourceFile;
    readonly from: string;
    /** Path of an imported file, relative to the root; undefined for packages. */
    readonly target: string | undefined;
    readonly typeOnly: boolean;
  }) => readonly string[],
): readonly string[] {
  return files.flatMap((file) =>
    importsOf(file.text).flatMap(({ from, typeOnly }) =>
      look({ file, from, typeOnly, target: from.startsWith('.') ? join(file.path, '..', from) : undefined }),
    ),
  );
}

function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

function roomOf(path: string): Room | undefined {
  if (path.startsWith('client/src/')) return 'client';
  const name = /^server\/src\/([\w-]+)\//.exec(path)?.[1];
  return name !== undefined && name in MAY_IMPORT ? (name as Room) : undefined;
}

function readFiles(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      const room = roomOf(path);
      assert.ok(room, `${path} lies in no room of docs/architecture.md`);
      return { path, room, text: readFileSync(path, 'utf8') };
    });
}
