/** Everything that can be repaired without a question, repeated until nothing is left. */
import type { Analysis } from '../engine/analyse.js';
import { type FixResult, fixText, isToMend, preferredFix } from '../engine/fix.js';
import type { Applicability } from '../rules/rule.js';
import { lineEdits } from './line-edits.js';
import type { Edit, NewFile } from '../text/edit.js';

const SAFE: ReadonlySet<Applicability> = new Set(['safe']);

export interface FixAllRequest {
  readonly analysis: Analysis;
  /** Opens and analyses a changed text as the same file. */
  reanalyse(text: string): Analysis;
  /** Whether the editor can create files; fixes that need one are left out otherwise. */
  readonly createFiles: boolean;
}

export interface FixAllResult {
  readonly edits: readonly Edit[];
  readonly creates: readonly NewFile[];
  readonly applied: FixResult['applied'];
}

/** The edits that lead to a text in which no safe fix is left; none when there is nothing to fix. */
export function fixAll(request: FixAllRequest): FixAllResult {
  const { text } = request.analysis.document.source;
  const result = fixText({
    text,
    analyse: (next) => (next === text ? request.analysis : request.reanalyse(next)),
    allowed: SAFE,
    wants: (finding) => request.createFiles || preferredFix(finding, SAFE)?.creates === undefined,
  });
  return { edits: lineEdits(text, result.text), creates: result.creates, applied: result.applied };
}

/** Whether asking for all safe fixes may give something: cheap, from what rules say about themselves. */
export function mayFixAll(analysis: Analysis): boolean {
  return analysis.findings.some((finding) => isToMend(finding) && finding.rule.fixes.includes('safe'));
}
