/** What is asked of the files of a case, each in the way a user would: on the command line, or with an editor. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CodeAction, Diagnostic, Position } from 'vscode-languageserver/node';
import type { CliIo } from '../../server/src/cli/io.js';
import { runCli } from '../../server/src/cli/run.js';
import { rules } from '../../server/src/rules/index.js';
import { type Editor, startEditor, VSCODE } from '../../test/support/lsp-editor.js';
import type { Files } from './case.js';

/** Tells how long one question kept the processor busy, in milliseconds: what else the machine does is no part of it. */
export type Tell = (question: string, milliseconds: number) => void;

const TODAY = '2026-11-24';

/** Asks everything, or only for findings, and tells the time of each answer. Throws when something fails. */
export async function askAll(files: Files, tell: Tell, onlyLint: boolean): Promise<void> {
  await askCommandLine(files, onlyLint ? COMMANDS.slice(0, 1) : COMMANDS, tell);
  if (!onlyLint) await askEditor(files, tell);
}

const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ['lint', ['lint', '--all-rules', '--format', 'json']],
  ...['text', 'sarif', 'github', 'gitlab', 'markdown', 'html'].map(
    (format) => [format, ['lint', '--all-rules', '--absence', 'separate', '--format', format]] as const,
  ),
  ['fix --unsafe', ['fix', '--unsafe', '--all-rules']],
  ['effective', ['effective']],
];

async function askCommandLine(files: Files, commands: typeof COMMANDS, tell: Tell): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'bulkhead-hostile-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true });
      writeFileSync(join(cwd, name), text);
    }
    const [main = ''] = Object.keys(files);
    for (const [question, words] of commands)
      if (question !== 'effective' || main.endsWith('.yaml'))
        await timed(question, tell, () => command([...words, main], cwd));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function command(words: readonly string[], cwd: string): Promise<void> {
  let said = '';
  const io: CliIo = {
    stdout: { write: () => undefined, isTerminal: false, columns: undefined },
    stderr: { write: (text) => (said += text), isTerminal: false, columns: undefined },
    cwd,
    env: {},
    today: TODAY,
    version: '0.0.0',
    readStdin: async () => new Uint8Array(),
    startServer: () => undefined,
  };
  await runCli(words, io, async () => rules);
  if (/should not have happened|failed on/.test(said)) throw new Error(said);
}

const FOLDER = 'file:///project';
const SMALL = `${FOLDER}/small/Dockerfile`;

async function askEditor(files: Files, tell: Tell): Promise<void> {
  const [main = ''] = Object.keys(files);
  const uri = `${FOLDER}/${main}`;
  const disk = new Map(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text]));
  const editor = await startEditor({
    rules,
    today: TODAY,
    disk,
    capabilities: VSCODE,
    initializationOptions: { client: { scoreCard: true, status: true, otherDockerfileSupport: false } },
    settings: { profile: 'strict', languageFeatures: 'on', inlayHints: true, maxFileSize: 100_000 },
  });
  try {
    editor.open(SMALL, 'FROM debian:latest\nUSER root\n');
    await editor.diagnostics(SMALL);
    editor.open(uri, disk.get(uri) ?? '');
    const [found] = await timed('open', tell, () => Promise.all([editor.diagnostics(uri)]));
    await askAbout(editor, uri, found, tell);
    const end = endOf(editor.text(uri));
    for (const text of ['\n', '#', ' a']) {
      editor.change(uri, [{ range: { start: end, end }, text }]);
      await timed('type', tell, () => editor.diagnostics(uri));
    }
    editor.change(uri, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, text: '' },
    ]);
    await timed('break', tell, () => editor.diagnostics(uri));
    editor.type(SMALL, 'latest', '12');
    await editor.diagnostics(SMALL);
    const crash = editor.logs.all.find(({ message }) => /Error|failed/.test(message));
    if (crash) throw new Error(crash.message);
  } finally {
    await editor.stop();
  }
}

async function askAbout(
  editor: Editor,
  uri: string,
  found: readonly Diagnostic[],
  tell: Tell,
): Promise<void> {
  const textDocument = { uri };
  const text = editor.text(uri);
  const whole = { start: { line: 0, character: 0 }, end: endOf(text) };
  const ask = <T>(question: string, method: string, more: object = {}) =>
    timed(question, tell, () => editor.client.sendRequest<T>(method, { textDocument, ...more }));
  await ask('code lenses', 'textDocument/codeLens');
  await ask('inlay hints', 'textDocument/inlayHint', { range: whole });
  const places = placesIn(text, found);
  for (const position of places) {
    await ask('hover', 'textDocument/hover', { position });
    await ask('completion', 'textDocument/completion', { position });
    const range = { start: position, end: position };
    const context = { diagnostics: [] };
    const actions = await ask<CodeAction[]>('light bulb', 'textDocument/codeAction', { range, context });
    for (const action of new Map(actions?.map((one) => [one.title.replace(/\d+/g, ''), one])).values())
      if (action.data !== undefined && action.edit === undefined)
        await timed(action.title, tell, () => editor.resolve(action));
  }
  await ask('light bulb of everything', 'textDocument/codeAction', {
    range: whole,
    context: { diagnostics: found },
  });
  await timed('score card', tell, () => editor.client.sendRequest('bulkhead/scoreCard'));
  await timed('report', tell, () => editor.client.sendRequest('bulkhead/report', { format: 'html' }));
  await timed('baseline', tell, () => editor.client.sendRequest('bulkhead/fileFindings', { uri }));
  if (uri.endsWith('.yaml')) {
    await timed('effective document', tell, () => editor.client.sendRequest('bulkhead/effective', { uri }));
    return;
  }
  const options = { tabSize: 2, insertSpaces: true };
  await ask('formatting', 'textDocument/formatting', { options });
  for (const method of ['foldingRange', 'documentLink', 'documentSymbol'])
    await ask(method, `textDocument/${method}`);
  for (const position of places)
    for (const method of ['signatureHelp', 'prepareRename', 'documentHighlight', 'definition'])
      await ask(method, `textDocument/${method}`, { position });
}

/** Where somebody could look: the ends, the middle, and the first and last finding. */
function placesIn(text: string, found: readonly Diagnostic[]): readonly Position[] {
  const lines = text.split('\n');
  const middle = lines.length >> 1;
  return [
    { line: 0, character: 0 },
    { line: middle, character: (lines[middle]?.length ?? 0) >> 1 },
    endOf(text),
    ...[found[0], found.at(-1)].flatMap((one) => (one === undefined ? [] : [one.range.start])),
  ];
}

function endOf(text: string): Position {
  const lines = text.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

async function timed<T>(question: string, tell: Tell, task: () => Promise<T>): Promise<T> {
  const before = process.cpuUsage();
  const answer = await task();
  const { user, system } = process.cpuUsage(before);
  tell(question, (user + system) / 1000);
  return answer;
}
