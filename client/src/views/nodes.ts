/** The score card as a tree: practice, file, service or stage, finding. */
import type {
  CardFile,
  CardFinding,
  CardPractice,
  CardSubject,
  ScoreCard,
} from '../../../server/src/lsp/protocol.js';
import { type Filter, isActive, passes } from './filter.js';

export interface PracticeNode {
  readonly kind: 'practice';
  readonly id: string;
  readonly practice: CardPractice;
  /** Those that pass the filter. */
  readonly findings: readonly CardFinding[];
  readonly children: readonly FileNode[];
}

export interface FileNode {
  readonly kind: 'file';
  readonly id: string;
  readonly uri: string;
  readonly children: readonly (SubjectNode | FindingNode)[];
}

export interface SubjectNode {
  readonly kind: 'subject';
  readonly id: string;
  readonly subject: CardSubject;
  readonly children: readonly FindingNode[];
}

export interface FindingNode {
  readonly kind: 'finding';
  readonly id: string;
  readonly uri: string;
  readonly finding: CardFinding;
}

export type ScoreNode = PracticeNode | FileNode | SubjectNode | FindingNode;

/** All ten practices; with a filter only those with findings that pass it. */
export function practiceNodes({ practices, files }: ScoreCard, filter: Filter): readonly PracticeNode[] {
  const nodes = practices.map((practice): PracticeNode => {
    const { slug } = practice;
    const own = files.map((file) => ({
      file,
      findings: file.findings.filter((one) => one.practice === slug && passes(filter, one)),
    }));
    return {
      kind: 'practice',
      id: slug,
      practice,
      findings: own.flatMap(({ findings }) => findings),
      children: own.flatMap(({ file, findings }) =>
        findings.length === 0 ? [] : [fileNode(slug, file, findings)],
      ),
    };
  });
  return isActive(filter) ? nodes.filter(({ findings }) => findings.length > 0) : nodes;
}

const GRAVITY: Readonly<Record<CardFinding['severity'], number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** Services and stages in the order of their gravest findings, what concerns none of them in between. */
function fileNode(practice: string, { uri }: CardFile, findings: readonly CardFinding[]): FileNode {
  const id = `${practice} ${uri}`;
  const children: (SubjectNode | FindingNode)[] = [];
  // The sort is stable: what is equally grave stays in order of place.
  const gravestFirst = [...findings].sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
  const subjects = new Map<string, FindingNode[]>();
  for (const finding of gravestFirst) {
    const node: FindingNode = { kind: 'finding', id: `${uri} ${finding.id}`, uri, finding };
    const { subject } = finding;
    if (subject === undefined) {
      children.push(node);
      continue;
    }
    const key = `${id} ${subject.kind} ${subject.name}`;
    const known = subjects.get(key);
    if (known) known.push(node);
    else {
      const own = [node];
      subjects.set(key, own);
      children.push({ kind: 'subject', id: key, subject, children: own });
    }
  }
  return { kind: 'file', id, uri, children };
}

export function childrenOf(node: ScoreNode): readonly ScoreNode[] {
  return node.kind === 'finding' ? [] : node.children;
}
