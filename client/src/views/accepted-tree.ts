/** The view "Accepted Risks": what somebody decided to live with, why and until when. */
import {
  type Event,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import type { CardAcceptance, ScoreCard } from '../../../server/src/lsp/protocol.js';
import { fileInWords, plain, severityWord, subjectInWords, toRange } from './words.js';

interface FileNode {
  readonly kind: 'file';
  readonly id: string;
  readonly uri: string;
  readonly children: readonly (RiskNode | BaselineNode)[];
}

/** A baseline may hold hundreds that nobody has judged: they stay folded. */
interface BaselineNode {
  readonly kind: 'baseline';
  readonly id: string;
  readonly children: readonly RiskNode[];
}

interface RiskNode {
  readonly kind: 'risk';
  readonly id: string;
  readonly uri: string;
  readonly risk: CardAcceptance;
}

export type AcceptedNode = FileNode | BaselineNode | RiskNode;

export function acceptedNodes({ files }: ScoreCard): readonly FileNode[] {
  return files.flatMap(({ uri, accepted }) => {
    if (accepted.length === 0) return [];
    const nodes = accepted.map((risk): RiskNode => ({ kind: 'risk', id: `${uri} ${risk.id}`, uri, risk }));
    const known = nodes.filter(({ risk }) => risk.by === 'baseline');
    const judged = nodes.filter(({ risk }) => risk.by !== 'baseline');
    const baseline: BaselineNode = { kind: 'baseline', id: `${uri} baseline`, children: known };
    return [{ kind: 'file', id: uri, uri, children: [...judged, ...(known.length > 0 ? [baseline] : [])] }];
  });
}

export class AcceptedTree implements TreeDataProvider<AcceptedNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;
  #roots: readonly FileNode[] = [];

  show(next: readonly FileNode[]): void {
    if (JSON.stringify(next) === JSON.stringify(this.#roots)) return;
    this.#roots = next;
    this.#changed.fire(undefined);
  }

  getChildren(node?: AcceptedNode): AcceptedNode[] {
    if (node === undefined) return [...this.#roots];
    return node.kind === 'risk' ? [] : [...node.children];
  }

  getTreeItem(node: AcceptedNode): TreeItem {
    if (node.kind === 'file') return fileItem(node);
    return node.kind === 'baseline' ? baselineItem(node) : riskItem(node);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function fileItem({ id, uri }: FileNode): TreeItem {
  const file = fileInWords(uri);
  const item = new TreeItem(file.name, TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.description = file.folder;
  item.resourceUri = file.uri;
  item.iconPath = ThemeIcon.File;
  item.accessibilityInformation = { label: l10n.t('File {0}', file.path) };
  return item;
}

function baselineItem({ id, children }: BaselineNode): TreeItem {
  const label =
    children.length === 1
      ? l10n.t('1 finding of the baseline')
      : l10n.t('{0} findings of the baseline', children.length);
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.iconPath = new ThemeIcon('history');
  return item;
}

function riskItem({ id, uri, risk }: RiskNode): TreeItem {
  const { message, reason, until, isOver, by, at } = risk;
  const item = new TreeItem(plain(message));
  const file = fileInWords(uri);
  const day =
    until === undefined ? [] : [isOver ? l10n.t('expired on {0}', until) : l10n.t('until {0}', until)];
  const why = by === 'baseline' ? [] : [reason ?? l10n.t('no reason given')];
  item.id = id;
  item.description = [...day, ...why].join(' · ');
  item.iconPath = isOver
    ? new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'))
    : new ThemeIcon('shield');
  item.contextValue = 'risk';
  item.tooltip = [plain(message), l10n.t('Accepted by {0}', by), ...day, ...why].join('\n');
  item.command = {
    title: l10n.t('Open'),
    command: '_bulkhead.openPlace',
    arguments: [at ?? { uri, range: risk.range }],
  };
  const line = toRange(risk).start.line + 1;
  item.accessibilityInformation = {
    label: [
      isOver ? l10n.t('Expired exception') : l10n.t('Accepted {0}', severityWord(risk.severity)),
      plain(message),
      ...(risk.subject ? [subjectInWords(risk.subject)] : []),
      l10n.t('line {0} of {1}', line, file.path),
      l10n.t('accepted by {0}', by),
      ...day,
      ...why,
    ].join(', '),
  };
  return item;
}
