/**
 * Absence findings of one container shown as one: nine in ten public files lack limits, and twenty squiggles on one
 * service name help nobody. Reports for machines list them one by one instead.
 */
import { fitted, fullest } from '../l10n/fit.js';
import { type Message, listed, say } from '../l10n/message.js';
import type { Place } from '../text/span.js';
import type { Severity } from '../rules/rule.js';
import type { Finding } from './finding.js';

export type AbsenceMode = 'grouped' | 'separate' | 'off';

/** Code of the grouped diagnostic. */
export const GROUP_CODE = 'hardening-missing';

export interface FindingGroup {
  readonly kind: 'group';
  readonly at: Place;
  readonly severity: Severity;
  readonly message: Message;
  readonly members: readonly Finding[];
}

export interface SingleFinding {
  readonly kind: 'single';
  readonly finding: Finding;
}

/** Of few settings all are named, of many one less. */
const SHOWN = 4;
const GRAVITY: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** In order of place. A container that lacks one setting only keeps its own message. */
export function groupAbsences(
  findings: readonly Finding[],
  mode: AbsenceMode,
): readonly (SingleFinding | FindingGroup)[] {
  if (mode === 'separate') return findings.map((finding) => ({ kind: 'single', finding }));
  const groups = new Map<string, Finding[]>();
  const result: (SingleFinding | Finding[])[] = [];
  for (const finding of findings) {
    if (finding.rule.presence !== 'absence' || finding.missing === undefined) {
      result.push({ kind: 'single', finding });
      continue;
    }
    if (mode === 'off') continue;
    const key = `${finding.at.file ?? ''}:${finding.at.start}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else {
      const members = [finding];
      groups.set(key, members);
      result.push(members);
    }
  }
  return result.map((one) => (Array.isArray(one) ? toGroup(one) : one));
}

function toGroup(members: readonly Finding[]): SingleFinding | FindingGroup {
  const [first, second] = members;
  if (first !== undefined && second === undefined) return { kind: 'single', finding: first };
  const missing = members.map((member) => member.missing ?? member.rule.id);
  const saying = (list: Message) =>
    say`\`${first?.section?.name ?? ''}\`: ${members.length} hardening settings missing: ${list}`;
  const begin = (count: number) =>
    saying(say`${listed(missing.slice(0, count))} and ${missing.length - count} more`);
  const message = fullest(
    missing.length <= SHOWN ? saying(listed(missing)) : begin(SHOWN - 1),
    ...[2, 1].filter((count) => count < missing.length).map(begin),
  );
  const day = members.find((member) => member.expired)?.expired?.until;
  return {
    kind: 'group',
    at: first?.at ?? { start: 0, end: 0 },
    severity: GRAVITY.find((severity) => members.some((member) => member.severity === severity)) ?? 'info',
    message: day === undefined ? fitted(message) : say`${message} (an exception expired on ${day})`,
    members,
  };
}
