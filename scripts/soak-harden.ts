/**
 * Proof of "Harden" on real input: each service and each image of a file alone, and whole files. What must hold: the
 * result parses, what was asked for is there, comments survive, a second run changes nothing, all together give what each
 * alone gives once Compose has followed the merge keys, and `fix --unsafe` makes the same text.
 */
import { canonicalProject } from '../server/src/documents/compose/effective/canonical/project.js';
import { toPlain } from '../server/src/documents/compose/effective/canonical/print.js';
import { effectiveProject } from '../server/src/documents/compose/effective/project.js';
import type { Analysis } from '../server/src/engine/analyse.js';
import { hardenText, type Subject } from '../server/src/engine/harden.js';
import { WHOLE_SET } from '../server/src/engine/harden-set.js';
import { PLAIN_EDITOR } from '../server/src/features/capabilities.js';
import {
  hardenable,
  hardenEdit,
  hardenFileTitle,
  type HardenInput,
  type Hardening,
} from '../server/src/features/harden.js';
import { english } from '../server/src/l10n/message.js';
import type { DocumentKind } from '../server/src/model/document.js';
import { applyEdits } from '../server/src/text/edit.js';

export interface HardenTotals {
  subjects: number;
  changes: number;
  together: number;
  shared: number;
}

type Fail = (rule: string, what: string) => void;
/** What no change may do to a file. */
type Broken = (before: Analysis, after: Analysis) => Iterable<string>;

export interface HardenSoak {
  readonly text: string;
  readonly kind: DocumentKind;
  run(text: string): Analysis;
  readonly fail: Fail;
  readonly broken: Broken;
  readonly totals: HardenTotals;
}

export function soakHarden(soak: HardenSoak): void {
  const { text, run, totals } = soak;
  const input = inputOf(run(text), run);
  const everywhere = { start: 0, end: text.length };
  for (const subject of hardenable(input, everywhere)) {
    totals.subjects++;
    soakSubject(soak, input, subject);
  }
  if (hardenFileTitle(input) !== undefined) soakFile(soak, input);
}

function inputOf(analysis: Analysis, run: HardenSoak['run']): HardenInput {
  const capabilities = { ...PLAIN_EDITOR, changeAnnotations: true, createFiles: true };
  return { analysis, harden: WHOLE_SET, capabilities, reanalyse: run };
}

function soakSubject(soak: HardenSoak, input: HardenInput, subject: Subject): void {
  const { fail, run } = soak;
  const name = `(harden ${subject.kind})`;
  const after = applied(soak, name, hardenEdit(input, subject));
  if (after === undefined) return;
  checkResult(soak, name, input, after);
  const again = inputOf(run(after), run);
  const left = hardenEdit(again, subject);
  if (applyEdits(after, left.edits) !== after) fail(name, `a second run changes '${subject.name}'`);
  const open = again.analysis.findings.filter(
    (finding) =>
      finding.missing !== undefined &&
      finding.suppressed === undefined &&
      finding.section?.name === subject.name &&
      finding
        .fixes()
        .some(
          (fix) => fix.applicability !== 'manual' && fix.edits.every(({ span }) => span.file === undefined),
        ),
  );
  for (const finding of open)
    fail(name, `'${subject.name}' still lacks ${finding.missing && english(finding.missing)}`);
}

function applied({ text, fail, totals }: HardenSoak, name: string, hardening: Hardening): string | undefined {
  totals.changes += hardening.edits.length;
  const unexplained = hardening.edits.filter((edit) => !hardening.annotationOf(edit)?.description);
  if (unexplained.length > 0) fail(name, `${unexplained.length} changes without a reason`);
  try {
    return applyEdits(text, hardening.edits);
  } catch (error) {
    fail(name, `edits overlap: ${String(error)}`);
    return undefined;
  }
}

function checkResult(
  { run, fail, broken }: HardenSoak,
  name: string,
  input: HardenInput,
  text: string,
): void {
  for (const what of broken(input.analysis, run(text))) fail(name, what);
}

function soakFile(soak: HardenSoak, input: HardenInput): void {
  const { text, kind, run, fail, totals } = soak;
  const name = '(harden the file)';
  totals.together++;
  const after = applied(soak, name, hardenEdit(input));
  if (after === undefined) return;
  if (/^x-hardening:/m.test(after) && !/^x-hardening:/m.test(text)) totals.shared++;
  checkResult(soak, name, input, after);
  const again = hardenEdit(inputOf(run(after), run));
  if (applyEdits(after, again.edits) !== after) fail(name, 'a second run changes the text');
  const fixed = hardenText({ text, analyse: run, allowed: new Set(['safe', 'unsafe']), steps: WHOLE_SET });
  if (fixed.text !== after) fail(name, '`fix --unsafe` makes another text');
  if (kind !== 'compose') return;
  let single = text;
  for (const subject of hardenable(input, { start: 0, end: text.length })) {
    const one = inputOf(run(single), run);
    single = applyEdits(single, hardenEdit(one, subject).edits);
  }
  single = applyEdits(single, hardenEdit(inputOf(run(single), run)).edits);
  const [together, apart] = [effective(after), effective(single)];
  if (together !== apart) fail(name, `another configuration than one by one: ${difference(apart, together)}`);
}

/** The services as Compose would start them. */
function effective(text: string): string {
  const uri = 'file:///compose.yaml';
  const project = effectiveProject({ entry: uri, alone: new Map() }, new Map([[uri, { text }]]));
  const plain = toPlain(canonicalProject(project).config) as Readonly<Record<string, unknown>>;
  return JSON.stringify(sorted(plain), undefined, 1);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'x-hardening')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

function difference(a: string, b: string): string {
  const [first, second] = [a.split('\n'), b.split('\n')];
  const at = first.findIndex((line, index) => line !== second[index]);
  return `line ${at + 1}: ${first[at]?.trim()} / ${second[at]?.trim()}`;
}
