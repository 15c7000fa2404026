/**
 * Bulkhead's own comments by which a user accepts findings, as they are written:
 *
 *     # bulkhead-ignore rule[, rule][ until YYYY-MM-DD][: reason]      the line, or the statement below
 *     # bulkhead-ignore-service …   # bulkhead-ignore-stage …          the service or stage around or below
 *     # bulkhead-ignore-file …                                         everything
 *
 * What they cover is worked out in reach.ts.
 */
import { type Message, say } from '../../l10n/message.js';
import type { ContainerDocument } from '../../model/document.js';
import type { Span } from '../../text/span.js';

export type Scope = 'line' | 'block' | 'section' | 'file';

export interface NamedRule {
  readonly name: string;
  readonly span: Span;
}

export interface OwnComment {
  /** As written: `bulkhead-ignore-file`. */
  readonly word: string;
  readonly scope: Scope;
  readonly span: Span;
  readonly rules: readonly NamedRule[];
  /** The last day on which it holds. */
  readonly until: string | undefined;
  readonly reason: string | undefined;
  /** Why it cannot be understood; it then names no rules. */
  readonly mistake: Message | undefined;
}

/** Stands for everything that a service lacks: the code of the grouped diagnostic. */
export const ALL_MISSING = 'hardening-missing';

/** Where the user says why; the word stays as a reminder when nothing is typed over it. */
export const REASON = 'reason';

/** The rule that reports comments which accept nothing. */
export const UNUSED_IGNORE = 'unused-ignore';

const WORD = /^#+[ \t]*(bulkhead-ignore(-[\w-]+)?)(?!\w)/;
const RULES = /[ \t]+([\w./-]+(?:[ \t]*,[ \t]*[\w./-]+)*)/;
const UNTIL = /[ \t]+until[ \t]+(\S*?)(?=[ \t]*(?::|$))/;
const TAIL = /[ \t]*(?::[ \t]*(.*))?$/;
const FORM = say`write \`# bulkhead-ignore rule: reason\``;

/** Words that any ignore comment holds, ours or another tool's: most files have none. */
const HINT = /bulkhead-ignore|check[ \t]*=|hadolint|trivy:|:skip|kics-scan|nosem|tally/i;

/** Whether a closer look is worth it. One pass over the text. */
export function mayHoldIgnores(text: string): boolean {
  return HINT.test(text);
}

export function readOwnComments(document: ContainerDocument): readonly OwnComment[] {
  if (!document.source.text.includes('bulkhead-ignore')) return [];
  return document.comments.flatMap((span) => readComment(document, span) ?? []);
}

function readComment({ source, kind }: ContainerDocument, at: Span): OwnComment | undefined {
  const text = source.slice(at).trimEnd();
  const head = WORD.exec(text);
  const word = head?.[1];
  if (head === null || word === undefined) return undefined;
  const span = { start: at.start, end: at.start + text.length };
  const scope = scopeOf(head[2] ?? '');
  const wrong = (mistake: Message): OwnComment => ({
    word,
    scope: scope ?? 'line',
    span,
    rules: [],
    until: undefined,
    reason: undefined,
    mistake,
  });
  const section = kind === 'compose' ? 'service' : 'stage';
  if (scope === undefined || (scope === 'section' && head[2] !== `-${section}`))
    return wrong(say`only \`-${section}\` and \`-file\` may follow \`bulkhead-ignore\``);

  const list = matchAt(RULES, text, head[0].length);
  if (list === undefined) return wrong(say`no rule is named; ${FORM}`);
  const listEnd = head[0].length + list[0].length;
  const day = matchAt(UNTIL, text, listEnd);
  const rest = matchAt(TAIL, text, listEnd + (day?.[0].length ?? 0));
  if (rest === undefined) return wrong(FORM);
  const until = day?.[1];
  if (until !== undefined && !isDay(until)) return wrong(say`\`${until}\` is no day, as \`2030-12-31\` is`);
  const reason = rest[1]?.trim();
  return {
    word,
    scope,
    span,
    rules: namesIn(list[1] ?? '', span.start + listEnd - (list[1] ?? '').length),
    until,
    reason: reason === '' ? undefined : reason,
    mistake: undefined,
  };
}

function scopeOf(suffix: string): Scope | undefined {
  switch (suffix) {
    case '':
      return 'line';
    case '-service':
    case '-stage':
      return 'section';
    case '-file':
      return 'file';
    default:
      return undefined;
  }
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | undefined {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = offset;
  return sticky.exec(text) ?? undefined;
}

/** The names of a list with commas that starts at this offset. */
function namesIn(list: string, start: number): readonly NamedRule[] {
  return [...list.matchAll(/[\w./-]+/g)].map(({ 0: name, index }) => ({
    name,
    span: { start: start + index, end: start + index + name.length },
  }));
}

/** Whether a text is a day of the calendar, `2026-11-24`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
