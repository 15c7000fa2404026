/**
 * Findings of ours that another extension shows on the same line. The client says what others report; which of our
 * findings that covers is kept by their fingerprints, so that it holds while lines move and others are still reading.
 */
import type { Analysis } from '../engine/analyse.js';
import { fingerprintsOf } from '../engine/baseline.js';
import type { OtherFinding } from './protocol.js';

export interface OtherFindings {
  /** Fingerprints; the same object until they change. */
  coveredIn(uri: string): ReadonlySet<string>;
  /** What others report now in a document, and our newest analysis of it. Tells whether anything changes for us. */
  update(uri: string, others: readonly OtherFinding[], analysis: Analysis): boolean;
  forget(uri: string): void;
}

const NONE: ReadonlySet<string> = new Set();

export function otherFindings(): OtherFindings {
  const covered = new Map<string, ReadonlySet<string>>();
  const coveredIn = (uri: string) => covered.get(uri) ?? NONE;
  return {
    coveredIn,
    update(uri, others, analysis) {
      const before = coveredIn(uri);
      const next = coverage(others, analysis, before);
      if (next.size === before.size && [...next].every((print) => before.has(print))) return false;
      if (next.size === 0) covered.delete(uri);
      else covered.set(uri, next);
      return true;
    },
    forget: (uri) => covered.delete(uri),
  };
}

/**
 * What was covered stays so while the other one still reports that check anywhere: its lines may be those of an older
 * version.
 */
function coverage(
  others: readonly OtherFinding[],
  { findings, document }: Analysis,
  before: ReadonlySet<string>,
): ReadonlySet<string> {
  if (others.length === 0) return NONE;
  const { source } = document;
  const checks = new Set(others.map(({ check }) => check));
  const places = new Set(others.map(({ check, line }) => `${line} ${check}`));
  const prints = fingerprintsOf(findings, source);
  const next = findings.flatMap(({ rule, at }, index) => {
    const print = prints[index] ?? '';
    const same = rule.equivalents.filter((check) => checks.has(check));
    const line = source.lineAt(at.start);
    const isCovered = same.some((check) => places.has(`${line} ${check}`)) || before.has(print);
    return same.length > 0 && isCovered ? [print] : [];
  });
  return next.length === 0 ? NONE : new Set(next);
}

/** Whatever a client sends, only this is used. */
export function readOtherFindings(value: unknown): readonly OtherFinding[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('line' in one) || !('check' in one)) return [];
    const { line, check } = one;
    return typeof line === 'number' && typeof check === 'string' ? [{ line, check }] : [];
  });
}
