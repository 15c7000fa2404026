/** The view "Score Card". */
import {
  type Event,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import {
  childrenOf,
  type FileNode,
  type FindingNode,
  type PracticeNode,
  type ScoreNode,
  type SubjectNode,
} from './nodes.js';
import { practiceUri } from './practice-badges.js';
import {
  countsInWords,
  fileInWords,
  plain,
  severityIcon,
  severityWord,
  subjectIcon,
  subjectInWords,
  toRange,
} from './words.js';

export class ScoreTree implements TreeDataProvider<ScoreNode> {
  readonly #changed = new EventEmitter<ScoreNode[] | undefined>();
  readonly onDidChangeTreeData: Event<ScoreNode[] | undefined> = this.#changed.event;
  /** The objects that VS Code knows: a practice that stays is changed in place. */
  #roots: PracticeNode[] = [];

  get roots(): readonly PracticeNode[] {
    return this.#roots;
  }

  /** Has only those drawn again that look different now. */
  show(next: readonly PracticeNode[]): void {
    const isSame =
      next.length === this.#roots.length && next.every(({ id }, index) => id === this.#roots[index]?.id);
    if (!isSame) {
      this.#roots = [...next];
      this.#changed.fire(undefined);
      return;
    }
    const different = this.#roots.flatMap((root, index) => {
      const node = next[index];
      if (node === undefined || JSON.stringify(root) === JSON.stringify(node)) return [];
      return [Object.assign(root, node)];
    });
    if (different.length > 0) this.#changed.fire(different);
  }

  getChildren(node?: ScoreNode): ScoreNode[] {
    return [...(node === undefined ? this.#roots : childrenOf(node))];
  }

  getTreeItem(node: ScoreNode): TreeItem {
    switch (node.kind) {
      case 'practice':
        return practiceItem(node);
      case 'file':
        return fileItem(node);
      case 'subject':
        return subjectItem(node);
      case 'finding':
        return findingItem(node);
    }
  }

  resolveTreeItem(item: TreeItem, node: ScoreNode): TreeItem {
    item.tooltip = tooltipOf(node);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const OPEN = TreeItemCollapsibleState.Expanded;

function practiceItem(node: PracticeNode): TreeItem {
  const { practice, findings, id } = node;
  const isEmpty = findings.length === 0;
  const item = new TreeItem(
    `${practice.number}. ${practice.short}`,
    isEmpty ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
  );
  const standing = standingOf(node);
  item.id = id;
  item.description = isEmpty ? '' : standing;
  item.iconPath = practiceIcon(node);
  item.resourceUri = practiceUri(id);
  item.contextValue = 'practice';
  item.accessibilityInformation = {
    label: l10n.t('Practice {0}, {1}: {2}', practice.number, practice.title, standing),
  };
  return item;
}

function standingOf({ practice, findings }: PracticeNode): string {
  if (findings.length > 0) return countsInWords(findings);
  return practice.state === 'unknown' ? l10n.t('not fully checked') : l10n.t('nothing found');
}

function practiceIcon({ practice, findings }: PracticeNode): ThemeIcon {
  const gravest = (['error', 'warning', 'info', 'hint'] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  if (gravest) return severityIcon(gravest);
  return practice.state === 'unknown'
    ? new ThemeIcon('circle-outline', new ThemeColor('disabledForeground'))
    : new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
}

function fileItem({ id, uri, children }: FileNode): TreeItem {
  const file = fileInWords(uri);
  const item = new TreeItem(file.name, OPEN);
  item.id = id;
  item.description = file.folder;
  item.resourceUri = file.uri;
  item.iconPath = ThemeIcon.File;
  item.contextValue = 'file';
  const number = children.reduce(
    (sum, child) => sum + (child.kind === 'finding' ? 1 : child.children.length),
    0,
  );
  item.accessibilityInformation = {
    label:
      number === 1
        ? l10n.t('File {0}, 1 finding', file.path)
        : l10n.t('File {0}, {1} findings', file.path, number),
  };
  return item;
}

function subjectItem({ id, subject, children }: SubjectNode): TreeItem {
  const item = new TreeItem(subject.name, OPEN);
  item.id = id;
  item.iconPath = subjectIcon(subject);
  item.contextValue = 'subject';
  const words = subjectInWords(subject);
  item.accessibilityInformation = {
    label:
      children.length === 1
        ? l10n.t('{0}, 1 finding', words)
        : l10n.t('{0}, {1} findings', words, children.length),
  };
  return item;
}

/** What its menus ask for. */
const CONTEXT = { safe: 'finding.fixSafe', other: 'finding.fixOther', none: 'finding' } as const;

function findingItem({ id, uri, finding }: FindingNode): TreeItem {
  const item = new TreeItem(plain(withoutSubject(finding)));
  const { path, uri: target } = fileInWords(uri);
  const line = finding.range.start.line + 1;
  item.id = id;
  item.description = l10n.t('line {0}', line);
  item.iconPath = severityIcon(finding.severity);
  item.contextValue = CONTEXT[finding.fix];
  item.command = {
    title: l10n.t('Open'),
    command: 'vscode.open',
    arguments: [target, { selection: toRange(finding), preserveFocus: true }],
  };
  const where = l10n.t('line {0} of {1}', line, path);
  item.accessibilityInformation = {
    label: [
      severityWord(finding.severity),
      plain(finding.message),
      ...(finding.subject ? [subjectInWords(finding.subject)] : []),
      where,
    ].join(', '),
  };
  return item;
}

/** The item stands below its service: a sentence that begins with the name can go on without it. */
function withoutSubject({ message, subject }: FindingNode['finding']): string {
  const start = `\`${subject?.name}\` `;
  return subject && message.startsWith(start) ? message.slice(start.length) : message;
}

/** Made when the pointer rests on an item. */
function tooltipOf(node: ScoreNode): MarkdownString | string | undefined {
  if (node.kind === 'practice') {
    const { title, summary } = node.practice;
    return `${title}\n\n${summary}\n\n${standingOf(node)}`;
  }
  if (node.kind === 'file') return fileInWords(node.uri).path;
  if (node.kind === 'subject') return subjectInWords(node.subject);
  const { message, rule, severity } = node.finding;
  // Names in it were chosen by whoever wrote the file.
  return new MarkdownString()
    .appendText(plain(message))
    .appendMarkdown('\n\n')
    .appendText(`${severityWord(severity)} · ${rule}`);
}
