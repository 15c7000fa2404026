// The views in the activity bar, as VS Code gets them: items, words for screen readers, commands.
import * as vscode from 'vscode';
import type { Exports } from '../../../client/src/client.js';
import {
  closeEditors,
  diagnosticOf,
  openText,
  waitFor,
  waitUntil,
  withSetting,
  workspaceFile,
} from './support.js';

const TEXT = [
  'services:',
  '  web:',
  '    image: nginx:1.27',
  '    privileged: true',
  '  db:',
  '    image: postgres:17',
  '    # bulkhead-ignore privileged-container until 2999-01-31: needs the clock',
  '    privileged: true',
  '',
].join('\n');

function views(): Exports['views'] {
  const found = vscode.extensions.getExtension<Exports>('bulkhead.bulkhead')?.exports.views;
  if (found === undefined) throw new Error('the extension has not told its views');
  return found;
}

/** What stands in a tree, one line for each item, indented. */
async function drawn<T>(
  tree: vscode.TreeDataProvider<T>,
  parent?: T,
  indent = '',
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const node of (await tree.getChildren(parent)) ?? []) {
    const { label, description } = await tree.getTreeItem(node);
    lines.push(`${indent}${label} | ${description ?? ''}`, ...(await drawn(tree, node, `${indent}  `)));
  }
  return lines;
}

/** Waits until the tree has a line with this text; gives the text of all of it. */
async function treeWith<T>(
  tree: vscode.TreeDataProvider<T>,
  accept: (text: string) => boolean,
  what: string,
): Promise<string> {
  const changed: vscode.Event<unknown> =
    tree.onDidChangeTreeData ?? vscode.window.onDidChangeActiveTextEditor;
  const read = new vscode.EventEmitter<void>();
  let text = '';
  const draw = async () => {
    // Empty: not read yet.
    text = (await drawn(tree)).join('\n') || '(empty)';
    read.fire();
  };
  // From here on no change is missed, also one that comes while the tree is being read.
  const listener = changed(draw);
  try {
    void draw();
    return await waitFor(
      read.event,
      () => text,
      (found) => found !== '' && accept(found === '(empty)' ? '' : found),
      what,
    );
  } finally {
    listener.dispose();
    read.dispose();
  }
}

type ScoreNode = Parameters<Exports['views']['scoreCard']['getTreeItem']>[0];

/** The node of a finding of the rule in the file. */
async function findingNode(rule: string, file: string, parent?: ScoreNode): Promise<ScoreNode | undefined> {
  for (const node of (await views().scoreCard.getChildren(parent)) ?? []) {
    if (node.kind === 'finding' && node.finding.rule === rule && node.uri.endsWith(file)) return node;
    const below = await findingNode(rule, file, node);
    if (below) return below;
  }
  return undefined;
}

/** Each state has words of its own in the manifest. */
async function expectState(wanted: string): Promise<void> {
  await waitUntil(
    () => views().state,
    (state) => state === wanted,
    `the state ${wanted}`,
  );
  const manifest = vscode.extensions.getExtension<Exports>('bulkhead.bulkhead')?.packageJSON as
    | { readonly contributes: { readonly viewsWelcome: readonly { readonly when: string }[] } }
    | undefined;
  if (!manifest?.contributes.viewsWelcome.some(({ when }) => when === `bulkhead.viewState == ${wanted}`))
    throw new Error(`there are no words for the state ${wanted}`);
}

async function showViews(): Promise<void> {
  await vscode.commands.executeCommand('bulkhead.acceptedRisks.focus');
  await vscode.commands.executeCommand('bulkhead.scoreCard.focus');
}

suite('the score card', () => {
  setup(showViews);
  teardown(async () => {
    await vscode.commands.executeCommand('bulkhead.clearScoreCardFilter');
    await vscode.commands.executeCommand('bulkhead.clearWorkspaceResults');
    await closeEditors();
  });

  test('lists practices, files, services and findings, and follows the text', async () => {
    const { scoreCard } = views();
    const document = await openText('compose.yaml', TEXT);
    const text = await treeWith(
      scoreCard,
      (one) => /3\. Non-root users \| 1 error\b/.test(one) && one.includes('memory'),
      'the error of the open file',
    );
    const lines = text.split('\n');
    if (lines.filter((line) => /^\d+\. /.test(line)).length !== 10) throw new Error(text);
    const at = lines.findIndex((line) => line.startsWith('3. '));
    const wanted = [/^ {2}compose\.yaml \| $/, /^ {4}web \| $/, /^ {6}runs privileged.* \| line 4$/];
    wanted.forEach((pattern, i) => {
      if (!pattern.test(lines[at + 1 + i] ?? '')) throw new Error(`${pattern} does not match in:\n${text}`);
    });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# one more line\n');
    await vscode.workspace.applyEdit(edit);
    await treeWith(scoreCard, (one) => /privileged.* \| line 5/.test(one), 'the line to move');
  });

  test('has the gravest finding of a service on top', async () => {
    const { scoreCard } = views();
    const user = '    user: root\n';
    await openText('compose.yaml', TEXT.replace('    privileged', `${user}    privileged`));
    await treeWith(
      scoreCard,
      (one) => /^ {4}web \| \n {6}runs privileged.* \| line 5\n {6}.*root.* \| line 4$/m.test(one),
      'the error above the warning',
    );
  });

  test('keeps the identity of items, and says each one as a sentence', async () => {
    const { scoreCard } = views();
    const document = await openText('compose.yaml', TEXT);
    await treeWith(scoreCard, (one) => /privileged.* \| line 4/.test(one), 'the finding');
    const before = await findingNode('privileged-container', 'compose.yaml');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# one more line\n');
    await vscode.workspace.applyEdit(edit);
    await treeWith(scoreCard, (one) => /privileged.* \| line 5/.test(one), 'the line to move');
    const after = await findingNode('privileged-container', 'compose.yaml');
    if (before === undefined || before.id !== after?.id) throw new Error(`${before?.id} became ${after?.id}`);
    const item = await scoreCard.getTreeItem(after);
    const label = item.accessibilityInformation?.label ?? '';
    if (!/^Error, .*privileged.*, service web, line 5 of compose\.yaml$/.test(label)) throw new Error(label);
    const [practice] = (await scoreCard.getChildren()) ?? [];
    const spoken = practice && (await scoreCard.getTreeItem(practice)).accessibilityInformation?.label;
    if (!/^Practice 1, Update Docker.*: /.test(spoken ?? '')) throw new Error(spoken);
  });

  test('lets through what the filter says, and remembers nothing after it is cleared', async () => {
    const { scoreCard } = views();
    await openText('compose.yaml', TEXT);
    await treeWith(scoreCard, (one) => one.includes('privileged'), 'the finding');
    await vscode.commands.executeCommand('bulkhead.filterScoreCard', { severities: ['error'] });
    const text = (await drawn(scoreCard)).join('\n');
    if (/warning|info|memory/.test(text) || !text.startsWith('3. ')) throw new Error(text);
    await vscode.commands.executeCommand('bulkhead.filterScoreCard', { practices: ['registries'] });
    if ((await drawn(scoreCard)).length > 0) throw new Error('nothing of that practice was found');
    await expectState('filtered');
    await vscode.commands.executeCommand('bulkhead.clearScoreCardFilter');
    if ((await scoreCard.getChildren())?.length !== 10) throw new Error('the filter is cleared');
  });

  test('counts errors in its badge, and a click on a finding goes to its place', async () => {
    const { scoreCard } = views();
    await openText('compose.yaml', TEXT);
    await treeWith(scoreCard, (one) => /privileged.* \| line 4/.test(one), 'the finding');
    await waitUntil(
      () => views().badge,
      (badge) => badge === 1,
      'a badge for one error',
    );
    const node = await findingNode('privileged-container', 'compose.yaml');
    await openText('notes.txt', 'elsewhere\n');
    const { command } = node ? await scoreCard.getTreeItem(node) : {};
    if (command === undefined) throw new Error('a click does something');
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const editor = vscode.window.activeTextEditor;
    if (!editor?.document.uri.path.endsWith('/compose.yaml') || editor.selection.active.line !== 3)
      throw new Error(`${editor?.document.uri.path} ${editor?.selection.active.line}`);
    await withSetting('bulkhead.enable', false, async () => {
      await waitUntil(
        () => views().badge,
        (badge) => badge === 0,
        'no badge',
      );
    });
  });

  test('fixes a finding, also in a file that is closed, and accepts one', async () => {
    const { scoreCard } = views();
    const closed = workspaceFile('deploy/Dockerfile');
    const content = 'FROM nginx:1.27\nADD only.conf /only.conf\n';
    await vscode.workspace.fs.writeFile(closed, new TextEncoder().encode(content));
    await vscode.commands.executeCommand('bulkhead.lintWorkspace');
    await treeWith(scoreCard, (one) => one.includes('deploy'), 'the closed file');
    const node = await findingNode('add-instead-of-copy', 'deploy/Dockerfile');
    if (node === undefined) throw new Error('the closed file has its finding');
    await vscode.commands.executeCommand('bulkhead.fixFinding', node);
    const document = await vscode.workspace.openTextDocument(closed);
    if (!/^COPY only\.conf \/only\.conf$/m.test(document.getText())) throw new Error(document.getText());
    await treeWith(scoreCard, (one) => !one.includes('only.conf'), 'the finding to go');
    const other = await findingNode('user-missing', 'deploy/Dockerfile');
    await vscode.commands.executeCommand('bulkhead.ignoreFinding', other);
    if (!document.getText().includes('# bulkhead-ignore user-missing: ')) throw new Error(document.getText());
    await treeWith(
      views().acceptedRisks,
      (one) => /Dockerfile \| deploy\n.* \| reason/.test(one),
      'the accepted risk',
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
    await vscode.workspace.fs.delete(workspaceFile('deploy'), { recursive: true });
    await treeWith(scoreCard, (one) => !one.includes('deploy'), 'the deleted file to go');
  });

  test('says what to do while nothing is open', async () => {
    // VS Code holds documents of earlier tests for a while; a server that is started again is not asked about them.
    await vscode.commands.executeCommand('bulkhead.restartServer');
    await treeWith(views().scoreCard, (one) => one === '', 'nothing');
    await expectState('nothing');
  });

  test('ignores arguments that are no findings', async () => {
    for (const name of ['fixFinding', 'showFixes', 'ignoreFinding', 'explainFinding'])
      await vscode.commands.executeCommand(`bulkhead.${name}`, { kind: 'file' });
    await vscode.commands.executeCommand('_bulkhead.openPlace', { uri: 1 });
  });

  test('lists accepted risks with reason and last day', async () => {
    await openText('compose.yaml', TEXT);
    await treeWith(
      views().acceptedRisks,
      (one) => /compose\.yaml \| \n {2}.*privileged.* \| until 2999-01-31 · needs the clock/.test(one),
      'the accepted risk',
    );
  });

  test('is empty while Bulkhead is off, and comes back after a restart', async () => {
    const { scoreCard } = views();
    await openText('compose.yaml', TEXT);
    await treeWith(scoreCard, (one) => one.includes('privileged'), 'the finding');
    await withSetting('bulkhead.enable', false, async () => {
      await treeWith(scoreCard, (one) => one === '', 'nothing');
      await expectState('off');
    });
    await treeWith(scoreCard, (one) => one.includes('privileged'), 'the finding again');
    await vscode.commands.executeCommand('bulkhead.restartServer');
    await treeWith(scoreCard, (one) => one.includes('privileged'), 'the finding after the restart');
  });
});

suite('the report', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('bulkhead.clearWorkspaceResults');
    await closeEditors();
  });

  test('is written where it is wanted, in the format of the name', async () => {
    const { uri } = await openText('compose.yaml', TEXT);
    await diagnosticOf(uri, 'privileged-container');
    const texts = await Promise.all(
      ['report.html', 'report.md'].map(async (name) => {
        const target = workspaceFile(name);
        await vscode.commands.executeCommand('bulkhead.exportReport', target);
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
        await vscode.workspace.fs.delete(target);
        return text;
      }),
    );
    const [page = '', markdown = ''] = texts;
    for (const [text, parts] of [
      [
        page,
        [
          /^<!doctype html>/,
          /<svg\b/,
          /@media print/,
          / {4}privileged: <mark>true<\/mark>/,
          /id="rule-privileged-container"/,
          /default-src &#39;none&#39;/,
        ],
      ],
      [markdown, [/^# Bulkhead report/, /`compose\.yaml`/, /privileged-container/, /needs the clock/]],
    ] as const)
      for (const part of parts) if (!part.test(text)) throw new Error(`${part} is not in:\n${text}`);
    if (page.match(/<th scope="row">[^<]+<span class="what">/g)?.length !== 10)
      throw new Error('ten practices');
    if (/<script|<link|<img|@import|\bsrc=/i.test(page)) throw new Error('the page loads something');
  });
});
