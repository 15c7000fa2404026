/**
 * Names for findings that outlive an edit elsewhere in the file, so that platforms can tell old ones from new ones. What
 * makes a finding the same is said once, for the baseline; a platform needs the path in it too.
 */
import { createHash } from 'node:crypto';
import { fingerprintsOf } from '../../../engine/baseline.js';
import type { FileProblem, FileReport } from '../../../report/lint-run.js';

/** One for each finding of the file, in their order; none comes twice in a run. */
export function findingPrints(file: FileReport): readonly string[] {
  const findings = file.findings.map(({ finding }) => finding);
  const [first] = findings;
  const source = first && file.locate(first.at).source;
  if (source === undefined) return [];
  return fingerprintsOf(findings, source).map((print) => named(file.path, print));
}

/** One for each problem of the file, in their order. */
export function problemPrints(file: FileReport): readonly string[] {
  const times = new Map<string, number>();
  return file.problems.map(({ kind, message }: FileProblem) => {
    const key = `${kind}\n${message}`;
    const before = times.get(key) ?? 0;
    times.set(key, before + 1);
    return named(file.path, key, String(before));
  });
}

function named(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 32);
}
