/** Findings meet the risks that the project's configuration accepts for a service. */
import type { Config } from './config.js';
import type { Finding } from './finding.js';
import { ALL_MISSING } from './suppress/comments.js';

/** Those that a comment accepts already stay as they are. */
export function withAccepted(findings: readonly Finding[], { accepted }: Config): readonly Finding[] {
  if (accepted.size === 0) return findings;
  return findings.map((finding) => {
    const { rule, section, missing, suppressed } = finding;
    if (suppressed !== undefined || section?.kind !== 'service') return finding;
    const risks = accepted.get(section.name);
    const isMissing = rule.presence === 'absence' && missing !== undefined;
    const found = risks?.get(rule.id) ?? (isMissing ? risks?.get(ALL_MISSING) : undefined);
    return found === undefined ? finding : { ...finding, suppressed: found };
  });
}
