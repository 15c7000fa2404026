/** Everything that fixes can do for one service, for one image or for a whole file, as changes that can be chosen from. */
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import {
  combineFixes,
  editsByFile,
  type FixRequest,
  type FixResult,
  type FixRound,
  fixText,
  isToMend,
  preferredFix,
} from '../engine/fix.js';
import { type HardenWish, hardenText, isMeant, type Subject } from '../engine/harden.js';
import { type Message, say } from '../l10n/message.js';
import type { Applicability, Fix } from '../rules/rule.js';
import { applyEdits, type Edit, type NewFile } from '../text/edit.js';
import { editSet } from '../text/edit-set.js';
import { contains, type Span, touches } from '../text/span.js';
import type { EditorCapabilities } from './capabilities.js';
import {
  type Annotated,
  annotated,
  type ChangeNote,
  noteOf,
  noteOfCommonPart,
  noteOfRule,
} from './harden-notes.js';
import { type NotedEdit, notedEdits, type TextStep } from './noted-edits.js';
import { ownContainers, shippingStages } from './subject-words.js';
import type { TargetDocument } from './workspace-edit.js';

export const HARDEN = 'refactor.rewrite.bulkhead.harden';
export const HARDEN_ALL = 'refactor.rewrite.bulkhead.hardenAll';

export interface HardenInput {
  readonly analysis: Analysis;
  /** Names of the steps to take. */
  readonly harden: ReadonlySet<string>;
  readonly capabilities: EditorCapabilities;
  /** Opens and analyses a changed text as the same file. `others` are changed texts of other files, by URI. */
  reanalyse(text: string, others?: ReadonlyMap<string, string>): Analysis;
  /** The other files of its project, by URI; those that are not at hand stay as they are. */
  other?(uri: string): TargetDocument | undefined;
}

export interface Hardening extends Annotated {
  readonly edits: readonly Edit[];
  readonly creates: readonly NewFile[];
}

/** Where no change can be asked about, only those that need no question are made. */
export function allowedIn({ capabilities }: Pick<HardenInput, 'capabilities'>): ReadonlySet<Applicability> {
  return new Set(capabilities.changeAnnotations ? ['safe', 'unsafe'] : ['safe']);
}

/**
 * Services whose name is touched and stages whose FROM is touched, when something can be done for them. `inside`: also
 * those in which the range lies.
 */
export function hardenable(input: HardenInput, touched: Span, inside = false): readonly Subject[] {
  const { sections } = input.analysis.document;
  const holds = ({ kind, name }: Subject) =>
    sections.some((one) => one.kind === kind && one.name === name && contains(one.span, touched));
  return subjectsOf(input)
    .filter(({ at, ...subject }) => touches(at, touched) || (inside && holds(subject)))
    .filter((subject) => isOpen(subject, input))
    .map(({ kind, name }) => ({ kind, name }));
}

/** Where the name of each service, or the FROM of each image, stands. */
function subjectsOf({ analysis }: HardenInput): readonly (Subject & { readonly at: Span })[] {
  return [
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
}

function isOpen(subject: Subject, input: HardenInput): boolean {
  const wish = wishOf(input, subject);
  return input.analysis.findings.some((finding) => isMeant(finding, wish));
}

/** What hardening a subject means; the only image of a Dockerfile stands for all of the file. */
function wishOf(input: HardenInput, subject?: Subject): HardenWish {
  return {
    allowed: allowedIn(input),
    steps: input.harden,
    subject: subject && isWholeFile(input, subject) ? undefined : subject,
    isPossible: (fix) => isPossible(fix, input),
  };
}

function isWholeFile({ analysis }: HardenInput, { kind, name }: Subject): boolean {
  const [first, ...others] = kind === 'stage' ? shippingStages(analysis) : [];
  return first?.label === name && others.length === 0;
}

/**
 * The title of hardening a whole file: undefined where nothing can be done, and unless `alone` where hardening its one
 * service or image, which is offered at the same place, does it all.
 */
export function hardenFileTitle(input: HardenInput, alone = false): string | undefined {
  const { document, findings } = input.analysis;
  const wish = wishOf(input);
  const open = new Set<string>();
  // Looking for fixes takes time: once a subject has one, the rest of it is not asked.
  for (const finding of findings) {
    const key = keyOf(finding.section);
    if (!open.has(key) && isMeant(finding, wish)) open.add(key);
  }
  if (open.size === 0) return undefined;
  const [only, ...others] = subjectsOf(input).filter((subject) => open.has(keyOf(subject)));
  if (only && others.length === 0 && !alone) {
    const own = wishOf(input, only);
    if (findings.every((finding) => !isMeant(finding, wish) || isMeant(finding, own))) return undefined;
  }
  if (document.kind === 'dockerfile') return priced(say`Harden this Dockerfile`, input);
  return priced(
    others.length > 0 ? say`Harden all ${others.length + 1} services` : say`Harden this Compose file`,
    input,
  );
}

function keyOf(section: Subject | undefined): string {
  return section ? `${section.kind} ${section.name}` : '';
}

export function hardenTitle(input: HardenInput, subject: Subject): string {
  return priced(
    isWholeFile(input, subject) ? say`Harden this Dockerfile` : say`Harden '${subject.name}'`,
    input,
  );
}

function priced(title: Message, { capabilities: { changeAnnotations, tell } }: HardenInput): string {
  return tell(changeAnnotations ? title : say`${title} (only what changes no behaviour)`);
}

/**
 * The edits that lead to a text in which no fix for the subject is left, or for the whole file when there is no subject,
 * each with its reason. What several services get alike is then said once where the file gets shorter by it.
 */
export function hardenEdit(input: HardenInput, subject?: Subject): Hardening {
  const result = hardenText({ ...requestOf(input), ...wishOf(input, subject) });
  const steps = stepsOf(result.rounds, input);
  if (result.common)
    steps.push({
      after: result.text,
      note: noteOfCommonPart(result.common, result.rounds, input.capabilities.tell),
    });
  return noted(steps, result, input);
}

/** The same for one rule in the whole file, whatever steps are chosen. */
export function fixRuleEdit(input: HardenInput, rule: string): Hardening {
  const result = fixText({
    ...requestOf(input),
    wants: (finding) => finding.rule.id === rule && isMendable(finding, input),
  });
  return noted(stepsOf(result.rounds, input), result, input);
}

function requestOf(input: HardenInput): FixRequest {
  const { analysis, reanalyse } = input;
  const { text: before } = analysis.document.source;
  return {
    text: before,
    analyse: (text, others) => (text === before && others.size === 0 ? analysis : reanalyse(text, others)),
    allowed: allowedIn(input),
    otherText: (uri) => textOf(uri, input),
  };
}

function textOf(uri: string, { other }: HardenInput): string | undefined {
  return other?.(uri)?.source.text;
}

interface FileStep extends TextStep<ChangeNote> {
  /** URI of another file; the document itself when left out. */
  readonly file?: string;
}

function noted(
  steps: readonly FileStep[],
  { creates, rounds }: Pick<FixResult, 'creates' | 'rounds'>,
  input: HardenInput,
): Hardening {
  const files = new Set(steps.map(({ file }) => file));
  const edits = [...files].flatMap((file): readonly NotedEdit<ChangeNote>[] => {
    const before = file === undefined ? input.analysis.document.source.text : textOf(file, input);
    const own = notedEdits(
      before ?? '',
      steps.filter((step) => step.file === file),
    );
    return file === undefined ? own : own.map((edit) => ({ ...edit, span: { ...edit.span, file } }));
  });
  return annotated(edits, creates, rounds, input.capabilities.tell);
}

/**
 * What each fix changes: the difference between the text with all before it, and that with this one too. Taken service by
 * service, as their fixes are combined: then only those of one service have to be combined anew for each step.
 */
function stepsOf(rounds: readonly FixRound[], input: HardenInput): FileStep[] {
  return rounds.flatMap((round) => {
    const { fixes } = round;
    if (fixes.length > MOST_STEPS) return stepsByRule(round, input);
    const done: Fix[] = [];
    return groupsOf(fixes).flatMap((group) => {
      const before = combineFixes(done).edits;
      const made = editSet();
      made.add(before);
      const steps = group.flatMap((reason, index) => {
        const own = group.slice(0, index + 1).map(({ fix }) => fix);
        const { edits } = combineFixes(own);
        const isApart = !edits.some((edit) => made.collides(edit));
        const together = isApart ? [...before, ...edits] : combineFixes([...done, ...own]).edits;
        return stepTo(together, round, noteOf(reason, input.capabilities.tell), input);
      });
      done.push(...group.map(({ fix }) => fix));
      return steps;
    });
  });
}

/** Each step costs a look at the whole text: of more, nobody chooses one by one. */
const MOST_STEPS = 300;

/** The same with one step for all fixes of a rule. */
function stepsByRule(round: FixRound, input: HardenInput): FileStep[] {
  const { fixes } = round;
  const done = new Set<string>();
  return [...firstByRule(fixes)].flatMap(([rule, first]) => {
    done.add(rule);
    const so = fixes.filter(({ finding }) => done.has(finding.rule.id)).map(({ fix }) => fix);
    return stepTo(combineFixes(so).edits, round, noteOfRule(first, input.capabilities.tell), input);
  });
}

/** The step after which these edits of a round are made, in each file that they change. */
function stepTo(
  edits: readonly Edit[],
  { document, others }: FixRound,
  note: ChangeNote,
  input: HardenInput,
): FileStep[] {
  const { own, elsewhere } = editsByFile(edits);
  return [
    { after: applyEdits(document.source.text, own), note },
    ...[...elsewhere].map(([file, changes]) => ({
      file,
      after: applyEdits(others.get(file) ?? textOf(file, input) ?? '', changes),
      note,
    })),
  ];
}

function firstByRule(fixes: FixRound['fixes']): ReadonlyMap<string, FixRound['fixes'][number]> {
  return new Map(fixes.toReversed().map((one) => [one.finding.rule.id, one]));
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

function isMendable(finding: Finding, input: HardenInput): boolean {
  const fix = isToMend(finding) ? preferredFix(finding, allowedIn(input)) : undefined;
  return fix !== undefined && isPossible(fix, input);
}

/** In this editor, with the files at hand. */
function isPossible({ edits, creates }: Fix, input: HardenInput): boolean {
  if (edits.some(({ span: { file } }) => file !== undefined && textOf(file, input) === undefined))
    return false;
  return input.capabilities.createFiles || creates === undefined;
}
