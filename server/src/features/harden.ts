/** Everything that fixes can do for one service, for all of them or for one image, as changes that can be chosen from. */
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import {
  collides,
  combineFixes,
  type FixResult,
  type FixRound,
  fixText,
  preferredFix,
} from '../engine/fix.js';
import { isHardening } from '../engine/harden-set.js';
import { type Message, say } from '../l10n/message.js';
import type { Section } from '../model/document.js';
import type { Applicability, Fix } from '../rules/rule.js';
import { applyEdits, type Edit, type NewFile } from '../text/edit.js';
import { contains, type Span, touches } from '../text/span.js';
import type { EditorCapabilities } from './capabilities.js';
import { type Annotated, annotated, type ChangeNote, noteOf, noteOfCommonPart } from './harden-notes.js';
import { notedEdits, type TextStep } from './noted-edits.js';
import { openFindings, ownContainers, shippingStages } from './subject-words.js';

export const HARDEN = 'refactor.rewrite.bulkhead.harden';
export const HARDEN_ALL = 'refactor.rewrite.bulkhead.hardenAll';

/** A service or stage of one document, by its name. */
export type Subject = Pick<Section, 'kind' | 'name'>;

export interface HardenInput {
  readonly analysis: Analysis;
  /** Names of the steps to take. */
  readonly harden: ReadonlySet<string>;
  readonly capabilities: EditorCapabilities;
  /** Opens and analyses a changed text as the same file. */
  reanalyse(text: string): Analysis;
}

export interface Hardening extends Annotated {
  readonly edits: readonly Edit[];
  readonly creates: readonly NewFile[];
}

/** Name of the block that services share, without `x-`. */
const BLOCK = 'hardening';

/** Where no change can be asked about, only those that need no question are made. */
function allowedIn({ capabilities }: HardenInput): ReadonlySet<Applicability> {
  return new Set(capabilities.changeAnnotations ? ['safe', 'unsafe'] : ['safe']);
}

/**
 * Services whose name is touched and stages whose FROM is touched, when something can be done for them. `inside`: also
 * those in which the range lies.
 */
export function hardenable(input: HardenInput, touched: Span, inside = false): readonly Subject[] {
  const { analysis } = input;
  const { sections } = analysis.document;
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
  const holds = ({ kind, name }: Subject) =>
    sections.some((one) => one.kind === kind && one.name === name && contains(one.span, touched));
  return subjects
    .filter(({ at, ...subject }) => touches(at, touched) || (inside && holds(subject)))
    .filter((subject) => isOpen(subject, input))
    .map(({ kind, name }) => ({ kind, name }));
}

function isOpen(subject: Subject, input: HardenInput): boolean {
  return openFindings(input.analysis, subject).some((finding) => isWanted(finding, input));
}

/** The services for which something can be done; hardening all of them is offered for two and more. */
export function hardenableServices(input: HardenInput): readonly Subject[] {
  return ownContainers(input.analysis)
    .map(({ name }): Subject => ({ kind: 'service', name }))
    .filter((subject) => isOpen(subject, input));
}

export function hardenTitle(input: HardenInput, { kind, name }: Subject): string {
  const isOnly = kind === 'stage' && shippingStages(input.analysis).length === 1;
  return priced(isOnly ? say`Harden this Dockerfile` : say`Harden '${name}'`, input);
}

export function hardenAllTitle(input: HardenInput): string {
  return priced(say`Harden all ${hardenableServices(input).length} services`, input);
}

function priced(title: Message, { capabilities: { changeAnnotations, tell } }: HardenInput): string {
  return tell(changeAnnotations ? title : say`${title} (only what changes no behaviour)`);
}

/** The edits that lead to a text in which no fix for the subject is left, each with its reason. */
export function hardenEdit(input: HardenInput, { kind, name }: Subject): Hardening {
  const before = input.analysis.document.source.text;
  const { rounds, creates } = hardened(
    input,
    ({ section }) => section?.kind === kind && section.name === name,
  );
  return annotated(notedEdits(before, stepsOf(rounds, input)), creates, rounds, input.capabilities.tell);
}

/**
 * The same for all services of a Compose file. What they get alike is said once where the file gets shorter by it; what
 * Compose makes of each service is what hardening it alone would give.
 */
export function hardenAllEdit(input: HardenInput): Hardening {
  const { document } = input.analysis;
  const names = new Set(hardenableServices(input).map(({ name }) => name));
  const { rounds, creates, text } = hardened(
    input,
    ({ section }) => section?.kind === 'service' && names.has(section.name),
  );
  const steps = stepsOf(rounds, input);
  const had = document.project?.edit.writtenKeys();
  const common = had && input.reanalyse(text).document.project?.edit.shareAdded(had, BLOCK);
  if (common)
    steps.push({
      after: applyEdits(text, common.edits),
      note: noteOfCommonPart(common, rounds, input.capabilities.tell),
    });
  return annotated(notedEdits(document.source.text, steps), creates, rounds, input.capabilities.tell);
}

/** The same for one rule in the whole file, whatever steps are chosen. */
export function fixRuleEdit(input: HardenInput, rule: string): Hardening {
  const before = input.analysis.document.source.text;
  const { rounds, creates } = repeated(
    input,
    (finding) => finding.rule.id === rule && isPossible(finding, input),
  );
  return annotated(notedEdits(before, stepsOf(rounds, input)), creates, rounds, input.capabilities.tell);
}

function hardened(input: HardenInput, isMeant: (finding: Finding) => boolean) {
  return repeated(input, (finding) => isMeant(finding) && isWanted(finding, input));
}

function repeated(input: HardenInput, wants: (finding: Finding) => boolean): FixResult {
  const { analysis, reanalyse } = input;
  const before = analysis.document.source.text;
  return fixText({
    text: before,
    analyse: (text) => (text === before ? analysis : reanalyse(text)),
    allowed: allowedIn(input),
    wants,
  });
}

/**
 * What each fix changes: the difference between the text with all before it, and that with this one too. Taken service by
 * service, as their fixes are combined: then only those of one service have to be combined anew for each step.
 */
function stepsOf(rounds: readonly FixRound[], { capabilities }: HardenInput): TextStep<ChangeNote>[] {
  return rounds.flatMap(({ text, fixes }) => {
    const done: Fix[] = [];
    return groupsOf(fixes).flatMap((group) => {
      const before = combineFixes(done).edits;
      const steps = group.map((reason, index) => {
        const own = group.slice(0, index + 1).map(({ fix }) => fix);
        const { edits } = combineFixes(own);
        const isApart = edits.every((edit) => !before.some((earlier) => collides(earlier, edit)));
        const together = isApart ? [...before, ...edits] : combineFixes([...done, ...own]).edits;
        return { after: applyEdits(text, together), note: noteOf(reason, capabilities.tell) };
      });
      done.push(...group.map(({ fix }) => fix));
      return steps;
    });
  });
}

/** Those of each container, then those that are about none. */
function groupsOf(fixes: FixRound['fixes']): readonly (readonly FixRound['fixes'][number][])[] {
  const groups = new Map<unknown, FixRound['fixes'][number][]>();
  const others: FixRound['fixes'][number][] = [];
  for (const reason of fixes) {
    const container = reason.fix.change?.container;
    if (container === undefined) {
      others.push(reason);
      continue;
    }
    const group = groups.get(container);
    if (group) group.push(reason);
    else groups.set(container, [reason]);
  }
  return others.length === 0 ? [...groups.values()] : [...groups.values(), others];
}

function isWanted(finding: Finding, input: HardenInput): boolean {
  return (
    isHardening(finding.rule.id, input.harden) && isPossible(finding, input) && isAboutOne(finding, input)
  );
}

/**
 * Hardening a service changes no other one: a fix that does, such as a move to another network, depends on what the
 * others are like and is a step of its own.
 */
function isAboutOne(finding: Finding, input: HardenInput): boolean {
  const { section } = finding;
  const fix = preferredFix(finding, allowedIn(input));
  if (section?.kind !== 'service' || fix === undefined || fix.change !== undefined) return true;
  return fix.edits.every(({ span }) => contains(section.span, span));
}

/** It can be mended in this file, and in this editor. */
function isPossible(finding: Finding, input: HardenInput): boolean {
  const fix = preferredFix(finding, allowedIn(input));
  if (fix === undefined || fix.edits.some(({ span }) => span.file !== undefined)) return false;
  return input.capabilities.createFiles || fix.creates === undefined;
}
