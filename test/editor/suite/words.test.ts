// What VS Code tells about a place, and what it proposes there.
import * as vscode from 'vscode';
import {
  closeEditors,
  completionsAt,
  diagnosticOf,
  hoversAt,
  openText,
  positionOf,
  ruleOf,
} from './support.js';

const WEB = [
  'services:',
  '  web:',
  '    image: postgres:13',
  '    cap_add: [NET_RAW]',
  '    ports: ["127.0.0.1:15432:5432"]',
  '',
].join('\n');

function expectAll(text: string, ...parts: readonly RegExp[]): void {
  for (const part of parts) if (!part.test(text)) throw new Error(`${part} is not in:\n${text}`);
}

suite('a hover', () => {
  teardown(closeEditors);

  async function hoverOf(document: vscode.TextDocument, part: string): Promise<string> {
    const found = await hoversAt(document.uri, positionOf(document, part));
    return found.map(({ value }) => value).join('\n\n');
  }

  test('on a finding tells rule, reason and advice', async () => {
    const document = await openText('compose.yaml', WEB);
    await diagnosticOf(document.uri, 'base-end-of-life');
    expectAll(
      await hoverOf(document, 'postgres'),
      /Image is past its end of life/,
      /Holes that are found from now on stay open/,
      /What to do:/,
      /\[Rule `base-end-of-life`\]\(https:/,
    );
  });

  test('on an image tells its end of life, user, capabilities and source', async () => {
    const document = await openText('compose.yaml', WEB);
    await diagnosticOf(document.uri, 'base-end-of-life');
    expectAll(
      await hoverOf(document, 'postgres'),
      /PostgreSQL 13: no security fixes since [\d-]+\*\*; go to `postgres:\d+`/,
      /Default user: `root` · \[source\]\(https:[^ ]* "[^"]+"\)/,
      /Capabilities needed: [^\n]*`SETUID`[^\n]* · \[report\]\(https:/,
    );
    const light = await openText('Dockerfile.light', 'FROM python:3.14\nUSER 1000\nCMD ["python3"]\n');
    expectAll(await hoverOf(light, 'python'), /Lighter: `[^`]+`/);
  });

  test('on a capability tells what it allows, on a port what listens there', async () => {
    const document = await openText('compose.yaml', WEB);
    await diagnosticOf(document.uri, 'base-end-of-life');
    expectAll(await hoverOf(document, 'NET_RAW'), /Capability `NET_RAW`\*\* · risk \w+ · /);
    expectAll(
      await hoverOf(document, '15432'),
      /Port 5432 in the container: usually \*\*postgres\*\*/,
      /Reachable from this machine only/,
    );
  });

  test('on a service tells its configuration and origin, and leads to that of the project', async () => {
    const document = await openText('compose.yaml', WEB);
    await diagnosticOf(document.uri, 'base-end-of-life');
    const found = await hoversAt(document.uri, positionOf(document, 'web:'));
    const told = found.find(({ value }) => value.includes('Effective configuration of `web`'));
    expectAll(told?.value ?? '', /image: postgres:13 # compose\.yaml:3/);
    const [, command = '', argument = ''] = /\(command:([\w.]+)\?([^)]*)\)/.exec(told?.value ?? '') ?? [];
    const { isTrusted } = told ?? {};
    if (typeof isTrusted !== 'object' || isTrusted.enabledCommands.join() !== command)
      throw new Error(`the link is followed, and no other one: ${JSON.stringify(isTrusted)}`);
    await vscode.commands.executeCommand(command, ...JSON.parse(decodeURIComponent(argument)));
    const shown = vscode.workspace.textDocuments.find(
      ({ uri: { scheme, query } }) => scheme === 'bulkhead-effective' && query === document.uri.toString(),
    );
    expectAll(shown?.getText() ?? '', /image: postgres:13 # compose\.yaml:3/);
  });
});

suite('while typing', () => {
  teardown(closeEditors);

  /** What is proposed where `|` stands: labels with their details. */
  async function proposed(name: string, marked: string): Promise<string> {
    const document = await openText(name, marked.replace('|', ''));
    const found = await completionsAt(document.uri, document.positionAt(marked.indexOf('|')));
    await closeEditors();
    return found
      .map(({ label, detail }) => `${typeof label === 'string' ? label : label.label}: ${detail}`)
      .join('\n');
  }
  const service = (...lines: readonly string[]) =>
    ['services:', '  web:', '    image: postgres:17', ...lines.map((line) => `    ${line}`)].join('\n');

  test('Compose files get security options, users, paths for tmpfs and limits', async () => {
    expectAll(
      await proposed('compose.a.yaml', service('security_opt:', '  - |')),
      /^no-new-privileges:true: recommended$/m,
      /^seccomp:unconfined: takes protection away$/m,
    );
    expectAll(
      await proposed('compose.b.yaml', service('user: |')),
      /^postgres: non-root user of the image$/m,
      /^999:999: /m,
    );
    expectAll(await proposed('compose.c.yaml', service('tmpfs: [|')), /^\/var\/run\/postgresql: written by/m);
    expectAll(await proposed('compose.d.yaml', service('mem_limit: |')), /^512m: 512 MB, a usual start/m);
    expectAll(await proposed('compose.e.yaml', service('cpus: |')), /^0\.5: half of one CPU$/m);
    expectAll(await proposed('compose.f.yaml', service('pids_limit: |')), /^256: /m);
  });

  test('Dockerfiles get the users of the base and of the build', async () => {
    const text = 'FROM node:24-slim\nRUN useradd -u 10001 app\nUSER |\n';
    expectAll(
      await proposed('Dockerfile.user', text),
      /^10001: the user app, created in this build$/m,
      /^node: non-root user of the image$/m,
    );
  });

  test('ignore comments get the rules that found something there first', async () => {
    const text = 'FROM nginx:latest\n# bulkhead-ignore |\nUSER root\n';
    expectAll(await proposed('Dockerfile.ignore', text), /^user-root: found here: /, /^tag-latest: /m);
    expectAll(await proposed('Dockerfile.word', '# bulk|\nFROM nginx:latest\n'), /^bulkhead-ignore: /m);
  });

  test('a chosen word replaces what was typed', async () => {
    const document = await openText('compose.chosen.yaml', service('cap_drop:', '  - al'));
    const at = document.positionAt(document.getText().length);
    await diagnosticOf(document.uri, 'cap-unknown');
    const all = (await completionsAt(document.uri, at)).find(({ label }) => label === 'ALL');
    if (!(all?.range instanceof vscode.Range)) throw new Error('ALL is proposed in place of the word');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, all.range, String(all.insertText));
    await vscode.workspace.applyEdit(edit);
    if (document.getText() !== service('cap_drop:', '  - ALL')) throw new Error(document.getText());
  });
});

suite('the Docker socket', () => {
  teardown(closeEditors);

  test('is put behind a proxy that opens what the image needs, as changes to choose from', async () => {
    const text = [
      'services:',
      '  logs:',
      '    image: amir20/dozzle:v10.0.0 # keep',
      '    volumes:',
      '      - /var/run/docker.sock:/var/run/docker.sock',
      '',
    ].join('\n');
    const document = await openText('compose.yaml', text);
    const diagnostic = await diagnosticOf(document.uri, 'docker-socket-mounted');
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
      100,
    );
    const action = offered.find(({ title }) => title.startsWith('Put a socket proxy between'));
    if (action?.edit === undefined) throw new Error(offered.map(({ title }) => title).join('; '));
    const editor = vscode.window.activeTextEditor;
    if (editor) editor.selection = new vscode.Selection(diagnostic.range.start, diagnostic.range.start);
    await discardFirstFix();
    if (document.getText() !== text) throw new Error('nothing changes before it was looked at');
    const plain = new vscode.WorkspaceEdit();
    plain.set(document.uri, action.edit.get(document.uri));
    await vscode.workspace.applyEdit(plain);
    expectAll(
      document.getText(),
      /image: amir20\/dozzle:v10\.0\.0 # keep\n/,
      /DOCKER_HOST: tcp:\/\/logs-socket-proxy:2375/,
      /\n {2}logs-socket-proxy:\n {4}image: tecnativa\/docker-socket-proxy:/,
      /CONTAINERS: 1\n {6}INFO: 1\n/,
      /cap_drop:\n? *-? ?\[?ALL/,
      /read_only: true/,
      /internal: true/,
    );
    const { line } = positionOf(document, 'logs-socket-proxy:\n');
    const left = vscode.languages.getDiagnostics(document.uri).filter(({ range }) => range.start.line > line);
    if (left.length > 0) throw new Error(left.map(ruleOf).join());
  });
});

/** Chooses the first quick fix at the cursor as a user does, and throws its preview away. */
async function discardFirstFix(): Promise<void> {
  let isOver = false;
  const done = vscode.commands
    .executeCommand('editor.action.codeAction', { kind: 'quickfix', apply: 'first' })
    .then(() => {
      isOver = true;
    });
  while (!isOver) await vscode.commands.executeCommand('refactorPreview.discard');
  await done;
}
