/** Names for findings that outlive an edit elsewhere in the file, so that platforms can tell old ones from new ones. */
import { createHash } from 'node:crypto';
import type { FileProblem, FileReport, ReportedFinding } from '../../run-result.js';

/** Hands out names; those of one giver never repeat. Ask in the order of the report. */
export interface FingerprintGiver {
  ofFinding(file: FileReport, reported: ReportedFinding): string;
  ofProblem(file: FileReport, problem: FileProblem): string;
}

export function fingerprintGiver(): FingerprintGiver {
  const given = new Map<string, number>();
  // What cannot be told apart otherwise is numbered from the top: lines may move, twins keep their order.
  const name = (...parts: readonly string[]) => {
    const key = parts.join('\u0000');
    const times = given.get(key) ?? 0;
    given.set(key, times + 1);
    return createHash('sha256').update(`${key}\u0000${times}`).digest('hex').slice(0, 32);
  };
  return {
    ofFinding(file, { finding: { rule, at, section } }) {
      const { path, source } = file.locate(at);
      const line = source ? source.slice(source.lineSpan(source.lineAt(at.start))) : '';
      const owner = section ? `${section.kind} ${section.name}` : '';
      return name(rule.id, path, owner, line.trim().replace(/\s+/g, ' '), source?.slice(at) ?? '');
    },
    ofProblem: (file, { kind, message }) => name(kind, file.path, message),
  };
}
