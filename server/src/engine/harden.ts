/** What "Harden" in an editor and `fix --unsafe` make of a text: one function, so that both make the same. */
import type { Section } from '../model/document.js';
import type { CommonPart } from '../model/project.js';
import type { Fix } from '../rules/rule.js';
import { applyEdits } from '../text/edit.js';
import type { Finding } from './finding.js';
import { type FixRequest, type FixResult, fixText, isToMend, preferredFix } from './fix.js';
import { isHardening } from './harden-set.js';

/** A service or stage of one document, by its name. */
export type Subject = Pick<Section, 'kind' | 'name'>;

/** What is meant by one way of hardening. */
export interface HardenWish extends Pick<FixRequest, 'allowed'> {
  /** Names of the steps to take. */
  readonly steps: ReadonlySet<string>;
  /** Only this service or stage; the whole file when left out. */
  readonly subject?: Subject | undefined;
  /** Whether who asks can make a fix; all when left out. */
  isPossible?(fix: Fix): boolean;
}

export type HardenRequest = HardenWish & Omit<FixRequest, 'wants'>;

export interface Hardened extends FixResult {
  /** What several services got alike, moved to one place as the last step; `text` has it. */
  readonly common: CommonPart | undefined;
}

/** Name of the block that services share, without `x-`. */
const BLOCK = 'hardening';

/** Repeats the fixes of the chosen steps until none is left; what all services of a file get alike is said once. */
export function hardenText(request: HardenRequest): Hardened {
  const result = fixText({ ...request, wants: (finding) => isMeant(finding, request) });
  const { text, others, rounds } = result;
  if (request.subject !== undefined || text === request.text) return { ...result, common: undefined };
  const had = rounds[0]?.document.project?.edit.writtenKeys();
  const common = had && request.analyse(text, others).document.project?.edit.shareAdded(had, BLOCK);
  return common
    ? { ...result, common, text: applyEdits(text, common.edits) }
    : { ...result, common: undefined };
}

/** Whether hardening mends a finding. */
export function isMeant(finding: Finding, { allowed, steps, subject, isPossible }: HardenWish): boolean {
  const { rule, section } = finding;
  if (!isToMend(finding) || !isHardening(rule.id, steps)) return false;
  if (subject && !(section?.kind === subject.kind && section.name === subject.name)) return false;
  const fix = preferredFix(finding, allowed);
  // Hardening one service changes no other one on purpose.
  if (fix === undefined || (subject && fix.acrossServices)) return false;
  return isPossible?.(fix) ?? true;
}
