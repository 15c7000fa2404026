/**
 * Findings that a project had when it began to look, kept in a file so that only new ones are shown. A finding is known
 * again by its rule, its service or stage and the text of its line, not by the line's number.
 */
import type { SourceText } from '../text/source-text.js';
import type { Finding, Suppression } from './finding.js';
import { isRecord } from './read-config.js';

export interface BaselineEntry {
  /** Relative to the folder of the baseline file, with `/`. */
  readonly path: string;
  readonly rule: string;
  /** Name of the service or stage. */
  readonly subject: string | undefined;
  readonly fingerprint: string;
}

/** What accepts a finding of the baseline, as reports call it. */
export const BY_BASELINE = 'baseline';

const VERSION = 1;

/** One for each finding of a document, in their order. Equal ones are told apart by their order of place. */
export function fingerprintsOf(findings: readonly Finding[], source: SourceText): readonly string[] {
  const times = new Map<string, number>();
  return findings.map(({ rule, section, at }) => {
    const line = source
      .slice(source.lineSpan(source.lineAt(at.start)))
      .trim()
      .replace(/\s+/g, ' ');
    const key = [rule.id, section?.name ?? '', line].join('\n');
    const occurrence = (times.get(key) ?? 0) + 1;
    times.set(key, occurrence);
    return hash(`${key}\n${occurrence}`);
  });
}

/** The findings with those accepted that the baseline holds, unless something else accepts them. */
export function withBaseline(
  findings: readonly Finding[],
  known: ReadonlySet<string>,
  source: SourceText,
): readonly Finding[] {
  const prints = fingerprintsOf(findings, source);
  return findings.map((finding, index) => {
    if (finding.suppressed !== undefined || !known.has(prints[index] ?? '')) return finding;
    const suppressed: Suppression = {
      reason: undefined,
      until: undefined,
      by: BY_BASELINE,
      at: finding.at,
    };
    return { ...finding, suppressed };
  });
}

/** The entries for what nothing but a baseline accepts. `path` is that of the document, as entries have it. */
export function entriesOf(
  findings: readonly Finding[],
  source: SourceText,
  path: string,
): readonly BaselineEntry[] {
  const prints = fingerprintsOf(findings, source);
  return findings.flatMap(({ rule, section, suppressed }, index) =>
    suppressed === undefined || suppressed.by === BY_BASELINE
      ? [{ path, rule: rule.id, subject: section?.name, fingerprint: prints[index] ?? '' }]
      : [],
  );
}

/** The text of a baseline file: one entry a line, so that two branches rarely disagree. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = entries
    .map(({ path, rule, subject, fingerprint }) =>
      JSON.stringify({ path, rule, subject: subject ?? null, fingerprint }),
    )
    .sort();
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`;
}

/** The problem ends a sentence that starts with the name of the file. */
export function readBaseline(text: string): readonly BaselineEntry[] | { readonly problem: string } {
  const value = parse(text);
  if (!isRecord(value) || !Array.isArray(value.findings)) return { problem: 'is no baseline of Bulkhead' };
  if (value.version !== VERSION) return { problem: 'was written by another version of Bulkhead' };
  const entries: BaselineEntry[] = [];
  for (const item of value.findings as readonly unknown[]) {
    if (!isRecord(item)) return { problem: 'holds an entry that is no object' };
    const { path, rule, subject, fingerprint } = item;
    if (typeof path !== 'string' || typeof rule !== 'string' || typeof fingerprint !== 'string')
      return { problem: 'holds an entry without path, rule or fingerprint' };
    entries.push({ path, rule, subject: typeof subject === 'string' ? subject : undefined, fingerprint });
  }
  return entries;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 64 bits of FNV-1a over UTF-16 units as two halves, in 16 digits: short, and the same everywhere. */
function hash(text: string): string {
  let low = 0x84222325;
  let high = 0xcbf29ce4;
  for (let i = 0; i < text.length; i++) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    // Times 2^40 + 0x1b3, modulo 2^64.
    const product = low * 0x1b3;
    const carry = Math.floor(product / 0x1_0000_0000);
    high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
