/** The findings of a run as people read them: by file, then service or stage, what one of them lacks together. */
import { BY_BASELINE } from '../../engine/baseline.js';
import type { Finding } from '../../engine/finding.js';
import { type FindingGroup, groupAbsences, type SingleFinding } from '../../engine/group.js';
import type { Section } from '../../model/document.js';
import type { FileReport, LintRun } from '../lint-run.js';
import { count } from '../plain-text.js';

export type Entry = SingleFinding | FindingGroup;

export interface Part {
  /** Undefined for what belongs to the file as a whole. */
  readonly section: Section | undefined;
  readonly entries: readonly Entry[];
}

export interface FileOutline {
  readonly file: FileReport;
  readonly parts: readonly Part[];
}

export interface Outline {
  /** Files with findings that nobody accepted, or that were not read to their end. */
  readonly open: readonly FileOutline[];
  readonly clean: readonly FileReport[];
  /** By somebody who looked at them: a baseline may hold hundreds that nobody has judged. */
  readonly accepted: readonly { readonly file: FileReport; readonly finding: Finding }[];
  /** How many findings only the baseline accepts. */
  readonly inBaseline: number;
}

export function outlineOf({ files }: LintRun): Outline {
  const outlines = files.map((file) => ({ file, parts: partsOf(file) }));
  const isOpen = ({ file, parts }: FileOutline) => parts.length > 0 || file.problems.length > 0;
  const suppressed = files.flatMap((file) =>
    file.findings.flatMap(({ finding }) => (finding.suppressed ? [{ file, finding }] : [])),
  );
  const accepted = suppressed.filter(({ finding }) => finding.suppressed?.by !== BY_BASELINE);
  return {
    open: outlines.filter(isOpen),
    clean: outlines.filter((one) => !isOpen(one)).map(({ file }) => file),
    accepted,
    inBaseline: suppressed.length - accepted.length,
  };
}

/** In the order in which they come first. */
function partsOf(file: FileReport): readonly Part[] {
  const active = file.findings.map(({ finding }) => finding).filter(({ suppressed }) => !suppressed);
  const parts = new Map<Section | undefined, Entry[]>();
  for (const entry of groupAbsences(active, file.absence)) {
    const section = entry.kind === 'single' ? entry.finding.section : entry.members[0]?.section;
    const entries = parts.get(section);
    if (entries) entries.push(entry);
    else parts.set(section, [entry]);
  }
  return [...parts].map(([section, entries]) => ({ section, entries }));
}

/** Stages without a name are called `stage 2` already; such a name needs no word in front. */
export const isNumbered = ({ kind, name }: Section) => name.startsWith(`${kind} `);

/** The members are listed below it. */
export function groupTitle({ members }: FindingGroup): string {
  const name = members[0]?.section?.name;
  const expired = members.find((member) => member.expired)?.expired?.until;
  const what = `${count(members.length, 'hardening setting')} missing`;
  return `${name === undefined ? '' : `\`${name}\`: `}${what}${expired === undefined ? '' : ` (an exception expired on ${expired})`}`;
}
