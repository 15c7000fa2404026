/** Findings meet the comments that accept them. */
import type { Message } from '../../l10n/message.js';
import type { ContainerDocument, Section } from '../../model/document.js';
import type { RuleMeta } from '../../rules/rule.js';
import type { Place } from '../../text/span.js';
import type { Finding, Suppression } from '../finding.js';
import { ALL_MISSING, mayHoldIgnores, type OwnComment, readOwnComments } from './comments.js';
import { readForeignComments } from './foreign.js';
import { type Position, positionOf, type Reach, reachReader } from './reach.js';

export interface Verdict {
  /** What accepts the finding. */
  readonly suppressed: Suppression | undefined;
  /** What would accept it if its day were not over. */
  readonly expired: Suppression | undefined;
}

/** Bulkhead's own comment, and which of its names were of use so far. */
export interface TrackedComment {
  readonly comment: OwnComment;
  readonly reach: Reach;
  /** Names that matched a finding. */
  readonly used: ReadonlySet<string>;
}

export interface Exceptions {
  /** Notes what is of use: to be asked about every finding. */
  judge(finding: Finding): Verdict;
  readonly own: readonly TrackedComment[];
}

/** One comment of any tool. */
interface Exception {
  readonly suppression: Suppression;
  readonly over: boolean;
  readonly reach: Reach;
  /** Whether it speaks of this rule, wherever the finding is; says so to who keeps count. */
  matches(finding: Finding, covered: boolean): boolean;
}

/** Undefined when the document holds no such comment, which is the rule. */
export function readExceptions(document: ContainerDocument, today: string): Exceptions | undefined {
  if (!mayHoldIgnores(document.source.text)) return undefined;
  const reachOf = reachReader(document);
  const own = readOwnComments(document).map((comment) => ({
    comment,
    reach: reachOf(comment.span, comment.scope),
    used: new Set<string>(),
  }));
  const foreign = readForeignComments(document);
  if (own.length === 0 && foreign.length === 0) return undefined;
  const exceptions: readonly Exception[] = [
    ...own.map(({ comment, reach, used }) => ({
      ...exception(comment, comment.word, today),
      reach,
      matches: (finding: Finding, covered: boolean) => {
        const names = comment.rules.filter(({ name }) => speaksOf(name, finding, covered, reach.sections));
        for (const { name } of names) used.add(name);
        return names.length > 0;
      },
    })),
    ...foreign.map((comment) => ({
      ...exception(comment, comment.tool, today),
      reach: reachOf(comment.span, comment.scope),
      matches: ({ rule }: Finding, covered: boolean) => covered && comment.accepts(rule),
    })),
  ];
  const near = indexed(exceptions);
  return { own, judge: (finding) => judge(finding, near, document) };
}

function exception(
  {
    span,
    until,
    reason,
  }: { readonly span: Place; readonly until: string | undefined; readonly reason: string | undefined },
  by: string,
  today: string,
): Pick<Exception, 'suppression' | 'over'> {
  return { suppression: { reason, until, by, at: span }, over: until !== undefined && until < today };
}

/** Those that may cover a place, in their own order: files with a comment on every line have many. */
function indexed(exceptions: readonly Exception[]): (position: Position) => readonly Exception[] {
  const anywhere = new Set<number>();
  const byLine = new Map<number, number[]>();
  const bySection = new Map<Section, number[]>();
  exceptions.forEach(({ reach }, index) => {
    if (reach.lines === undefined) {
      anywhere.add(index);
      return;
    }
    for (const line of reach.lines) push(byLine, line, index);
    for (const section of reach.sections) push(bySection, section, index);
  });
  return ({ line, statement, section }) => {
    const found = new Set([...anywhere, ...(byLine.get(line) ?? []), ...(byLine.get(statement) ?? [])]);
    for (const index of (section && bySection.get(section)) ?? []) found.add(index);
    return [...found].sort((a, b) => a - b).flatMap((index) => exceptions[index] ?? []);
  };
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** All are asked, so that none is called unused because another one came first. */
function judge(
  finding: Finding,
  near: (position: Position) => readonly Exception[],
  document: ContainerDocument,
): Verdict {
  const position = positionOf(finding.at, finding.section, document);
  if (position === undefined) return { suppressed: undefined, expired: undefined };
  const matching = near(position).filter((one) => one.matches(finding, one.reach.covers(position)));
  const suppressed = matching.find((one) => !one.over)?.suppression;
  const expired = suppressed ? undefined : matching.find((one) => one.over)?.suppression;
  return { suppressed, expired };
}

function speaksOf(name: string, finding: Finding, covered: boolean, sections: readonly Section[]): boolean {
  if (name !== ALL_MISSING) return covered && finding.rule.id === name;
  if (!isMissing(finding.rule, finding.missing)) return false;
  // On a service's name it stands for all that the service lacks, wherever that shows.
  return covered || (finding.section !== undefined && sections.includes(finding.section));
}

/** Whether a finding is part of the grouped diagnostic. */
function isMissing({ presence }: RuleMeta, missing: Message | undefined): boolean {
  return presence === 'absence' && missing !== undefined;
}
