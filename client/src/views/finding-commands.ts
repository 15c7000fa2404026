/** What can be done with a finding of the score card. Commands can be called by anybody: other arguments do nothing. */
import {
  commands,
  type Disposable,
  l10n,
  Position,
  Range,
  Selection,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';
import type {
  FindingEditMethod,
  FindingEditParams,
  FindingEditResult,
} from '../../../server/src/lsp/protocol.js';
import type { Server } from '../server.js';
import type { FindingNode } from './nodes.js';
import { toRange } from './words.js';

const EDIT: FindingEditMethod = 'bulkhead/findingEdit';

export function registerFindingCommands(server: Server): Disposable[] {
  const command = (name: string, run: (node: FindingNode) => Promise<void>) =>
    commands.registerCommand(name, async (node: unknown) => {
      if (isFinding(node)) await run(node);
    });
  return [
    command('bulkhead.fixFinding', (node) => change(server, node, 'fix')),
    command('bulkhead.ignoreFinding', (node) => change(server, node, 'ignore')),
    command('bulkhead.showFixes', async (node) => {
      await show(node, false);
      await commands.executeCommand('editor.action.quickFix');
    }),
    command('bulkhead.explainFinding', async ({ finding: { rule, href } }) => {
      await commands.executeCommand('_bulkhead.openRulePage', rule, href);
    }),
    commands.registerCommand('_bulkhead.openPlace', openPlace),
  ];
}

function isFinding(node: unknown): node is FindingNode {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'finding';
}

/** Who fixes stays in the list; who accepts has a reason to type. */
async function change(server: Server, node: FindingNode, wish: FindingEditParams['wish']): Promise<void> {
  const client = await server.ready();
  await show(node, wish === 'fix');
  const params: FindingEditParams = { uri: node.uri, id: node.finding.id, wish };
  const { edit } = await client.sendRequest<FindingEditResult>(EDIT, params);
  if (edit) {
    await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
    return;
  }
  // Nothing that could be done without a look: the menu has what there is.
  await show(node, false);
  await commands.executeCommand('editor.action.quickFix');
}

async function show({ uri, finding }: FindingNode, preserveFocus: boolean): Promise<TextEditor> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  return window.showTextDocument(document, { selection: toRange(finding), preserveFocus });
}

/** A place by its range, or in a file whose lines the server did not count, by its offset. */
async function openPlace(place: unknown): Promise<void> {
  if (typeof place !== 'object' || place === null || !('uri' in place) || typeof place.uri !== 'string')
    return;
  try {
    const editor = await window.showTextDocument(Uri.parse(place.uri), { preserveFocus: true });
    const at = positionOf(place, editor);
    editor.selection = new Selection(at, at);
    editor.revealRange(new Range(at, at));
  } catch {
    void window.showWarningMessage(l10n.t('The file cannot be opened any more.'));
  }
}

function positionOf(place: object, { document }: TextEditor): Position {
  if ('offset' in place && typeof place.offset === 'number') return document.positionAt(place.offset);
  const range = 'range' in place ? place.range : undefined;
  if (typeof range !== 'object' || range === null || !('start' in range)) return new Position(0, 0);
  const { start } = range as { readonly start: { readonly line: number; readonly character: number } };
  return new Position(start.line, start.character);
}
