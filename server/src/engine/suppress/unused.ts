/** What became of Bulkhead's own ignore comments, for the rules that report those that accept nothing or say too little. */
import { nearest } from '../../facts/nearest.js';
import type { ContainerDocument } from '../../model/document.js';
import type { IgnoreComment, IgnoreEntry } from '../../model/ignore-comment.js';
import type { AnyRule } from '../../rules/rule.js';
import type { Edit } from '../../text/edit.js';
import type { Span } from '../../text/span.js';
import { ALL_MISSING, REASON, type NamedRule, type OwnComment } from './comments.js';
import type { TrackedComment } from './match.js';
import { isAlone } from './reach.js';

export interface Outcome {
  readonly document: ContainerDocument;
  /** All rules that there are, also those that are off. */
  readonly rules: readonly AnyRule[];
  /** The rules that ran to their end and had everything they asked for. */
  readonly settled: ReadonlySet<string>;
}

export function ignoreComments(
  tracked: readonly TrackedComment[],
  outcome: Outcome,
): readonly IgnoreComment[] {
  const meant = meaning(outcome.rules);
  return tracked.map((one) => {
    const { comment } = one;
    const entries = comment.rules.map((rule) => entryOf(rule, one, outcome, meant));
    return {
      at: comment.span,
      mistake: comment.mistake,
      reason: comment.reason === REASON ? undefined : comment.reason,
      entries,
      remove: (gone) => removal(comment, entries, gone, outcome.document),
      explain: () => [explanation(comment, outcome.document)],
    };
  });
}

function entryOf(
  { name, span }: NamedRule,
  { used, comment, reach }: TrackedComment,
  outcome: Outcome,
  meantBy: (name: string) => string | undefined,
): IgnoreEntry {
  const { document, rules, settled } = outcome;
  const entry = (use: IgnoreEntry['use'], meant?: string): IgnoreEntry => ({ name, at: span, use, meant });
  if (used.has(name)) return entry('used');
  const own = name === ALL_MISSING ? rules.filter(isAbsence) : rules.filter(({ meta }) => meta.id === name);
  if (own.length === 0 && name !== ALL_MISSING) return entry('unknown', meantBy(name));
  // The rule that reports unused comments cannot be judged by itself.
  const isSettled = own.every(({ meta, check }) => settled.has(meta.id) && check.ignore === undefined);
  // A variable may have another value elsewhere; a Dockerfile as a whole says itself what its variables are.
  const local = comment.scope === 'line' || document.kind === 'compose';
  if (!isSettled || document.problems.length > 0 || (local && reach.variable())) return entry('undecided');
  return entry('unused');
}

function isAbsence({ meta }: AnyRule): boolean {
  return meta.presence === 'absence';
}

/** Names beyond these are no slips of the hand; each one costs a comparison with all rules. */
const MOST_MEANT = 200;

/** A rule's id that looks like the name, or the rule that checks what another linter calls so. */
function meaning(rules: readonly AnyRule[]): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    if (known.size >= MOST_MEANT) return undefined;
    const word = name.toLowerCase();
    const same = rules.find(({ meta }) =>
      meta.equivalents.some((one) => one.slice(one.indexOf(':') + 1).toLowerCase() === word),
    );
    const meant = same?.meta.id ?? nearest(name, [...rules.map(({ meta }) => meta.id), ALL_MISSING])[0];
    known.set(name, meant);
    return meant;
  };
}

function removal(
  comment: OwnComment,
  entries: readonly IgnoreEntry[],
  gone: readonly IgnoreEntry[],
  { source }: ContainerDocument,
): readonly Edit[] {
  if (gone.length === 0 || gone.length === entries.length)
    return [{ span: wholeComment(comment, source), text: '' }];
  const isGone = new Set(gone);
  const edits: Edit[] = [];
  for (let i = 0; i < entries.length; i++) {
    const first = i;
    while (i < entries.length && isGone.has(entries[i] as IgnoreEntry)) i++;
    const span = i > first ? namesBetween(entries, first, i) : undefined;
    if (span) edits.push({ span, text: '' });
  }
  return edits;
}

/** The names from `first` to the one before `next`, with the comma before them, or behind when there is nothing before. */
function namesBetween(entries: readonly IgnoreEntry[], first: number, next: number): Span | undefined {
  const [before, from] = [entries[first - 1], entries[first]];
  const [to, after] = [entries[next - 1], entries[next]];
  if (from === undefined || to === undefined) return undefined;
  return before
    ? { start: before.at.end, end: to.at.end }
    : { start: from.at.start, end: after?.at.start ?? to.at.end };
}

/** Behind the comment, or in place of the word that stands for the reason. */
function explanation({ span, reason }: OwnComment, { source }: ContainerDocument): Edit {
  const start = span.end - (reason?.length ?? 0);
  const text = source.slice({ start: span.start, end: start });
  const before = reason !== undefined ? '' : text.endsWith(':') ? ' ' : ': ';
  return {
    span: { start, end: span.end },
    text: before + REASON,
    placeholder: { start: before.length, end: before.length + REASON.length },
  };
}

/** With its line when nothing else stands on it, otherwise with the blanks before it. */
function wholeComment({ span }: OwnComment, source: ContainerDocument['source']): Span {
  const line = source.lineAt(span.start);
  if (isAlone(source, span)) {
    const mark = source.text.startsWith('\uFEFF') && line === 0 ? 1 : 0;
    const start = source.lineSpan(line).start + mark;
    return { start, end: source.lineStarts[line + 1] ?? source.text.length };
  }
  let { start } = span;
  while (/[ \t]/.test(source.text[start - 1] ?? '')) start--;
  return { start, end: span.end };
}
