/** The two views of the activity bar: the score card and the accepted risks. */
import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  type LogOutputChannel,
  type TreeDataProvider,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import type { Server } from '../server.js';
import { type AcceptedNode, AcceptedTree, acceptedNodes } from './accepted-tree.js';
import {
  askForFilter,
  describeFilter,
  type Filter,
  isActive,
  readFilter,
  toFilter,
  writeFilter,
} from './filter.js';
import { registerFindingCommands } from './finding-commands.js';
import { practiceNodes, type ScoreNode } from './nodes.js';
import { PracticeBadges } from './practice-badges.js';
import { createScoreStore, type ScoreStore } from './score-store.js';
import { ScoreTree } from './score-tree.js';

const SCORE_CARD = 'bulkhead.scoreCard';
const ACCEPTED = 'bulkhead.acceptedRisks';

export interface Views extends Disposable, Pick<ScoreStore, 'onState'> {
  /** The server says that something changed. */
  onScore(errors: number): void;
  /** What the views draw, for tests. */
  readonly scoreCard: TreeDataProvider<ScoreNode>;
  readonly acceptedRisks: TreeDataProvider<AcceptedNode>;
  readonly state: EmptyState;
  /** Errors, as the activity bar counts them. */
  readonly badge: number;
}

/** Why the score card is empty; its words are in the manifest. */
export type EmptyState = 'shown' | 'loading' | 'nothing' | 'noFolder' | 'off' | 'stopped' | 'filtered';

export function createViews(context: ExtensionContext, server: Server, log: LogOutputChannel): Views {
  const store = createScoreStore(server, log);
  const scoreTree = new ScoreTree();
  const acceptedTree = new AcceptedTree();
  const badges = new PracticeBadges();
  const scoreView = window.createTreeView(SCORE_CARD, { treeDataProvider: scoreTree, showCollapseAll: true });
  const acceptedView = window.createTreeView(ACCEPTED, { treeDataProvider: acceptedTree });
  const setContext = contextKeys();
  let state: EmptyState = 'nothing';
  let filter = readFilter(context.workspaceState);

  function draw(): void {
    const { card } = store;
    const nodes = practiceNodes(card, filter);
    scoreTree.show(nodes);
    badges.show(nodes);
    acceptedTree.show(acceptedNodes(card));
    scoreView.description = describeFilter(filter);
    scoreView.message = cleanMessage(store);
    const over = card.files.flatMap(({ accepted }) => accepted.filter(({ isOver }) => isOver)).length;
    acceptedView.description = over === 0 ? '' : l10n.t('{0} expired', over);
    state = emptyState(store, nodes.length > 0);
    setContext('bulkhead.viewState', state);
    setContext('bulkhead.scoreCardFiltered', isActive(filter));
  }

  async function setFilter(next: Filter | undefined): Promise<void> {
    if (next === undefined) return;
    filter = next;
    draw();
    await writeFilter(context.workspaceState, next);
  }

  const choose = async (value: unknown) => {
    const { practices } = store.card;
    await setFilter(toFilter(value, practices) ?? (await askForFilter(filter, practices)));
  };
  const parts: Disposable[] = [
    store,
    scoreTree,
    acceptedTree,
    badges,
    window.registerFileDecorationProvider(badges),
    scoreView,
    acceptedView,
    store.onDidChange(draw),
    watch(SCORE_CARD, scoreView, store),
    watch(ACCEPTED, acceptedView, store),
    workspace.onDidChangeWorkspaceFolders(draw),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('bulkhead.enable')) draw();
    }),
    commands.registerCommand('bulkhead.filterScoreCard', choose),
    commands.registerCommand('bulkhead.changeScoreCardFilter', choose),
    commands.registerCommand('bulkhead.clearScoreCardFilter', () =>
      setFilter({ severities: [], practices: [] }),
    ),
    ...registerFindingCommands(server),
  ];
  draw();
  return {
    scoreCard: scoreTree,
    acceptedRisks: acceptedTree,
    get state() {
      return state;
    },
    get badge() {
      return scoreView.badge?.value ?? 0;
    },
    onState(next) {
      store.onState(next);
      if (store.isStopped) scoreView.badge = undefined;
    },
    onScore(errors) {
      scoreView.badge =
        errors === 0
          ? undefined
          : { value: errors, tooltip: errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors) };
      store.outdated();
    },
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}

function watch(id: string, view: TreeView<unknown>, store: ScoreStore): Disposable {
  store.setVisible(id, view.visible);
  return view.onDidChangeVisibility(({ visible }) => store.setVisible(id, visible));
}

/** Said above the ten practices when there is nothing to do. */
function cleanMessage({ card: { files } }: ScoreStore): string {
  if (files.length === 0 || files.some(({ findings }) => findings.length > 0)) return '';
  return files.length === 1
    ? l10n.t('Nothing found in 1 file.')
    : l10n.t('Nothing found in {0} files.', files.length);
}

function emptyState({ card, isStopped, isWaiting }: ScoreStore, hasNodes: boolean): EmptyState {
  if (hasNodes) return 'shown';
  if (card.files.length > 0) return 'filtered';
  if (isStopped) return 'stopped';
  // Words that go at once would take the focus of the keyboard with them.
  if (isWaiting) return 'loading';
  if (!workspace.getConfiguration('bulkhead').get('enable', true)) return 'off';
  return workspace.workspaceFolders === undefined ? 'noFolder' : 'nothing';
}

/** Sets keys of menus and welcome texts, each only when its value is another one. */
function contextKeys(): (key: string, value: unknown) => void {
  const known = new Map<string, unknown>();
  return (key, value) => {
    if (known.has(key) && known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
}
