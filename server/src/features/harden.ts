/** Everything that fixes can do for one service or one image, as one refactoring whose changes can be chosen from. */
import type { ChangeAnnotation } from 'vscode-languageserver-types';
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import { combineFixes, fixText, preferredFix } from '../engine/fix.js';
import { capitalised, say, words } from '../l10n/message.js';
import type { Section } from '../model/document.js';
import type { Applicability, Fix } from '../rules/rule.js';
import { applyEdits, type Edit, type NewFile } from '../text/edit.js';
import { type Span, touches } from '../text/span.js';
import type { EditorCapabilities } from './capabilities.js';
import { type NotedEdit, notedEdits, type TextStep } from './noted-edits.js';
import { openFindings, ownContainers, shippingStages } from './subject-words.js';

export const HARDEN = 'refactor.rewrite.bulkhead.harden';

/** A service or stage of one document, by its name. */
export type Subject = Pick<Section, 'kind' | 'name'>;

export interface HardenInput {
  readonly analysis: Analysis;
  readonly capabilities: EditorCapabilities;
  /** Opens and analyses a changed text as the same file. */
  reanalyse(text: string): Analysis;
}

export interface Hardening {
  readonly edits: readonly Edit[];
  readonly creates: readonly NewFile[];
  annotationOf(change: Edit | NewFile): ChangeAnnotation | undefined;
}

const ALLOWED: ReadonlySet<Applicability> = new Set(['safe', 'unsafe']);

/** Services whose name is touched and stages whose FROM is touched, when something can be done for them. */
export function hardenable(input: HardenInput, touched: Span): readonly Subject[] {
  const { analysis } = input;
  const subjects: (Subject & { readonly at: Span })[] = [
    ...ownContainers(analysis).map(({ name, namePlace }) => ({
      kind: 'service' as const,
      name,
      at: namePlace,
    })),
    ...shippingStages(analysis).map(({ label, at, base, namePlace }) => ({
      kind: 'stage' as const,
      name: label,
      at: { start: at.start, end: Math.max(at.end, base.at.end, namePlace?.end ?? 0) },
    })),
  ];
  return subjects
    .filter(
      ({ at, ...subject }) =>
        touches(at, touched) && openFindings(analysis, subject).some((finding) => isWanted(finding, input)),
    )
    .map(({ kind, name }) => ({ kind, name }));
}

export function hardenTitle({ analysis, capabilities }: HardenInput, { kind, name }: Subject): string {
  const isOnly = kind === 'stage' && shippingStages(analysis).length === 1;
  return capabilities.tell(isOnly ? say`Harden this Dockerfile` : say`Harden '${name}'`);
}

/** The edits that lead to a text in which no fix for the subject is left, each with its reason. */
export function hardenEdit(input: HardenInput, { kind, name }: Subject): Hardening {
  const { analysis, reanalyse } = input;
  const before = analysis.document.source.text;
  const { rounds, creates } = fixText({
    text: before,
    analyse: (text) => (text === before ? analysis : reanalyse(text)),
    allowed: ALLOWED,
    wants: (finding) =>
      finding.section?.kind === kind && finding.section.name === name && isWanted(finding, input),
  });
  const reasons = rounds.flatMap(({ fixes }) => fixes);
  const steps = rounds.flatMap(({ text, fixes }): TextStep<Reason>[] =>
    fixes.map((note, index) => {
      // What came before, and this one: the difference between two such texts is what this fix changes.
      const together = fixes.slice(0, index + 1).map(({ fix }) => fix);
      return { after: applyEdits(text, combineFixes(together).edits), note };
    }),
  );
  const edits = notedEdits(before, steps);
  const notes = new Map<Edit | NewFile, ChangeAnnotation>();
  const shared = new Map<string, ChangeAnnotation>();
  for (const edit of edits) notes.set(edit, sharedNote(edit, reasons, shared, input));
  for (const file of creates) {
    const reason = reasons.find(({ fix }) => fix.creates?.some(({ path }) => path === file.path));
    if (reason) notes.set(file, annotation([reason], input));
  }
  return { edits, creates, annotationOf: (change) => notes.get(change) };
}

interface Reason {
  readonly finding: Finding;
  readonly fix: Fix;
}

function isWanted(finding: Finding, { capabilities }: HardenInput): boolean {
  const fix = preferredFix(finding, ALLOWED);
  if (fix === undefined || fix.edits.some(({ span }) => span.file !== undefined)) return false;
  return capabilities.createFiles || fix.creates === undefined;
}

/** Edits for the same reasons are one change to the user. */
function sharedNote(
  { notes }: NotedEdit<Reason>,
  reasons: readonly Reason[],
  shared: Map<string, ChangeAnnotation>,
  input: HardenInput,
): ChangeAnnotation {
  const key = notes.map((note) => reasons.indexOf(note)).join();
  const known = shared.get(key) ?? annotation(notes, input);
  shared.set(key, known);
  return known;
}

/** Editors show both as plain text. */
function annotation(reasons: readonly Reason[], { capabilities: { tell } }: HardenInput): ChangeAnnotation {
  const plain = (text: string) => text.replaceAll('`', '');
  const labels = new Set(
    reasons.map(({ finding: { missing, rule } }) => nameOf(tell(missing ?? words(rule.title)))),
  );
  return {
    label: plain([...labels].join(', ')),
    description: plain(
      reasons.map(({ fix, finding }) => `${tell(fix.title)}. ${tell(words(finding.rule.why))}`).join(' '),
    ),
    needsConfirmation: reasons.some(({ fix }) => fix.applicability === 'unsafe'),
  };
}

/** Keys stay as they are. */
function nameOf(text: string): string {
  return /[_:]/.test(text) ? text : capitalised(text);
}
