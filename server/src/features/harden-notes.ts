/** What is said beside each change of a refactoring: what it sets, what it may cost, why, and how that is known. */
import type { ChangeAnnotation } from 'vscode-languageserver-types';
import type { Finding } from '../engine/finding.js';
import type { FixRound } from '../engine/fix.js';
import { capitalised, enumerated, type Message, say, words } from '../l10n/message.js';
import type { CommonPart } from '../model/project.js';
import type { Fix } from '../rules/rule.js';
import type { Edit, NewFile } from '../text/edit.js';
import type { NotedEdit } from './noted-edits.js';

type Tell = (message: Message) => string;

export interface Reason {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** Why a change is made, in words. Notes with equal words belong to changes that are chosen together. */
export interface ChangeNote {
  readonly label: string;
  readonly description: string;
  /** The user is to be asked first. */
  readonly ask: boolean;
  /** The service or stage that it is about, when it is about one. */
  readonly subject?: string | undefined;
}

export interface Annotated {
  annotationOf(change: Edit | NewFile): ChangeAnnotation | undefined;
}

export function noteOf({ finding, fix }: Reason, tell: Tell): ChangeNote {
  return {
    label: labelOf(finding, tell),
    description: describe(fix, tell(words(finding.rule.why)), tell),
    ask: fix.applicability === 'unsafe',
    subject: finding.section?.name,
  };
}

/** Of all fixes of a rule, of which this is the first. */
export function noteOfRule({ finding, fix }: Reason, tell: Tell): ChangeNote {
  return {
    label: labelOf(finding, tell),
    description: tell(words(finding.rule.why)),
    ask: fix.applicability === 'unsafe',
  };
}

/** Of a fix by itself, for an action that makes only this one. */
export function fixAnnotation(reason: Reason, tell: Tell): ChangeAnnotation {
  return toAnnotation([noteOf(reason, tell)], tell);
}

export function noteOfCommonPart(
  { block, keys, entries, isNew }: CommonPart,
  rounds: readonly FixRound[],
  tell: Tell,
): ChangeNote {
  const reasons = rounds.flatMap(({ fixes }) => fixes).filter(({ fix }) => concerns(fix, keys));
  const labels = new Set(reasons.map(({ finding: { missing, rule } }) => tell(missing ?? words(rule.title))));
  const risks = new Set(
    reasons.flatMap(({ fix }) => (fix.applicability === 'unsafe' ? riskOf(fix, tell) : [])),
  );
  const [what, whose] = [enumerated(keys), enumerated(entries)];
  return {
    label: tell(say`Common part of ${entries.length} services`),
    description: [
      tell(
        isNew
          ? say`Put ${what} once in ${block}, for ${whose}.`
          : say`Take ${what} from ${block}, for ${whose}.`,
      ),
      tell(say`Of it: ${[...labels].join(', ')}.`),
      ...(risks.size === 0 ? [] : [tell(say`May change behaviour: ${[...risks].join('; ')}.`)]),
    ].join(' '),
    ask: risks.size > 0,
  };
}

/** Whether a fix sets one of these keys. */
function concerns({ change }: Fix, keys: readonly string[]): boolean {
  if (change === undefined) return false;
  const { container, changes } = change;
  return changes.some((one) => {
    const field = 'set' in one ? one.set : 'append' in one ? one.append : undefined;
    return field !== undefined && keys.includes(container.spelling(field).split('.')[0] ?? '');
  });
}

function labelOf({ missing, rule }: Finding, tell: Tell): string {
  const text = tell(missing ?? words(rule.title));
  // Keys stay as they are.
  return /[_:]/.test(text) ? text : capitalised(text);
}

function othersOf(first: string, others: number): Message {
  return others === 0 ? words(first) : say`${first}, and ${others} more`;
}

/** The end of a title in brackets is the price of an unsafe fix. */
const PRICE = /^(.*?)((?: \([^()]*\))+)$/;

function describe(fix: Fix, why: string, tell: Tell): string {
  const { applicability, basis } = fix;
  const title = tell(fix.title);
  const isUnsafe = applicability === 'unsafe';
  return [
    `${isUnsafe ? (PRICE.exec(title)?.[1] ?? title) : title}.`,
    ...(isUnsafe ? [tell(say`May change behaviour: ${riskOf(fix, tell)}.`)] : []),
    why,
    ...(basis
      ? [tell(say`Source for ${basis.image}: ${basis.source} (${basis.origin}, ${basis.date}).`)]
      : []),
  ].join(' ');
}

function riskOf({ title, basis }: Fix, tell: Tell): string {
  const price = PRICE.exec(tell(title))?.[2]?.trim().slice(1, -1).replaceAll(') (', '; ');
  // Then the brackets say how it is known, which is said anyway.
  if (price === undefined || (basis && price.startsWith(basis.image)))
    return tell(
      basis ? say`${basis.image} may need more than is known of it` : say`check that it still works`,
    );
  return price;
}

/** The edits and new files with what is said about each. */
export function annotated(
  edits: readonly NotedEdit<ChangeNote>[],
  creates: readonly NewFile[],
  rounds: readonly FixRound[],
  tell: Tell,
): Annotated & { readonly edits: readonly Edit[]; readonly creates: readonly NewFile[] } {
  const notes = new Map<Edit | NewFile, Shared>();
  const shared = new Map<string, Shared>();
  const note = (change: Edit | NewFile, reasons: readonly ChangeNote[]) => {
    const key = reasons.map(({ label, description }) => `${label}\n${description}`).join('\n\n');
    const known = shared.get(key) ?? { annotation: toAnnotation(reasons, tell), subjects: new Set() };
    shared.set(key, known);
    for (const { subject } of reasons) known.subjects.add(subject);
    notes.set(change, known);
  };
  for (const edit of edits) note(edit, edit.notes);
  for (const file of creates) {
    const reason = rounds
      .flatMap(({ fixes }) => fixes)
      .find(({ fix }) => fix.creates?.some(({ path }) => path === file.path));
    if (reason) note(file, [noteOf(reason, tell)]);
  }
  const named = withSubjects([...shared.values()]);
  return {
    edits,
    creates,
    annotationOf(change) {
      const known = notes.get(change);
      return known && named.get(known);
    },
  };
}

interface Shared {
  readonly annotation: ChangeAnnotation;
  readonly subjects: Set<string | undefined>;
}

/** VS Code shows changes of one name together, with the words of the first: other words need another name. */
function withSubjects(all: readonly Shared[]): ReadonlyMap<Shared, ChangeAnnotation> {
  const times = new Map<string, number>();
  for (const { annotation } of all) times.set(annotation.label, (times.get(annotation.label) ?? 0) + 1);
  return new Map(
    all.map((one) => {
      const { annotation, subjects } = one;
      const [subject, ...others] = subjects;
      const isShared = (times.get(annotation.label) ?? 0) > 1;
      const label =
        isShared && subject !== undefined && others.length === 0
          ? `${annotation.label} · ${subject}`
          : annotation.label;
      return [one, { ...annotation, label }];
    }),
  );
}

/** What the name of a change has room for in the tree of a preview. */
const LABEL = 60;

/** Editors show both as plain text. */
function toAnnotation(notes: readonly ChangeNote[], tell: Tell): ChangeAnnotation {
  const plain = (text: string) => text.replaceAll('`', '');
  const [first = '', ...others] = new Set(notes.map(({ label }) => label));
  const all = [first, ...others].join(', ');
  return {
    label: plain(all.length <= LABEL ? all : tell(othersOf(first, others.length))),
    description: plain(notes.map(({ description }) => description).join(' ')),
    needsConfirmation: notes.some(({ ask }) => ask),
  };
}
