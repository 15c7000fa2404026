/** The text of a new `.bulkhead.yaml`: what holds, and as comments what could be said. */
import type { AnyRule, Profile } from '../../rules/rule.js';
import type { Finding } from '../finding.js';
import type { ImportedRule } from './from-hadolint.js';

export interface NewConfig {
  readonly profile: Profile;
  /** Rules that find something now, the loudest first. */
  readonly loud: readonly { readonly rule: AnyRule; readonly findings: number }[];
  readonly imported: readonly ImportedRule[];
  readonly registries: readonly string[];
  /** What could not be carried over, whole sentences, and from which file. */
  readonly lost?: { readonly from: string; readonly sentences: readonly string[] };
  /** URL of the page that explains the file. */
  readonly page: string;
}

const LOUDEST = 10;

export function newConfigText({ profile, loud, imported, registries, lost, page }: NewConfig): string {
  const listed = loud
    .filter(({ rule }) => !imported.some((one) => one.rule === rule))
    .slice(0, LOUDEST)
    .map(({ rule, findings }) => ({
      setting: `#  ${rule.meta.id}: off`,
      note: `${findings} × ${rule.meta.title}`,
    }));
  const carried = imported.map(({ rule, level, checks }) => ({
    setting: `  ${rule.meta.id}: ${level}`,
    note: `hadolint ${checks.join(', ')}`,
  }));
  return `${[
    `# What Bulkhead checks below this folder. All settings: ${page}`,
    '',
    '# essential: errors and warnings; recommended: what fits most projects; strict: everything.',
    `profile: ${profile}`,
    '',
    '# Single rules: off, info, warning or error. `bulkhead explain RULE` says what one is about.',
    ...(listed.length > 0
      ? ['# Those with the most findings today are listed; remove the # to change one.']
      : []),
    carried.length + listed.length > 0 ? 'rules:' : '# rules:',
    ...aligned(carried),
    ...aligned(listed),
    '',
    '# Files that are not looked at, relative to this folder.',
    '# exclude:',
    '#   - legacy/',
    '',
    '# Registries that images may come from.',
    ...(registries.length > 0
      ? ['allowedRegistries:', ...registries.map((registry) => `  - ${quoted(registry)}`)]
      : ['# allowedRegistries:', '#   - registry.example.com/team']),
    '',
    '# Risks that are accepted, by service and rule, with the reason.',
    '# services:',
    '#   proxy:',
    '#     docker-socket-mounted: reads container labels until the move to files',
    ...(lost && lost.sentences.length > 0 ? ['', ...lostComment(lost.from, lost.sentences)] : []),
  ].join('\n')}\n`;
}

/** Lines of a comment that lists what a file said and this one does not. */
export function lostComment(from: string, sentences: readonly string[]): readonly string[] {
  return [`# Not carried over from ${from}:`, ...sentences.map((sentence) => `# - ${sentence}`)];
}

/** Rules by how many findings they have that nobody accepted, the loudest first. */
export function loudest(
  findings: Iterable<Pick<Finding, 'rule' | 'suppressed'>>,
  rules: readonly AnyRule[],
): NewConfig['loud'] {
  const counts = new Map<string, number>();
  for (const { rule, suppressed } of findings)
    if (!suppressed) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return loudestOf(counts, rules);
}

/** The same from numbers of findings by rule. */
export function loudestOf(counts: ReadonlyMap<string, number>, rules: readonly AnyRule[]): NewConfig['loud'] {
  return rules
    .map((rule) => ({ rule, findings: counts.get(rule.meta.id) ?? 0 }))
    .filter((one) => one.findings > 0)
    .sort((a, b) => b.findings - a.findings);
}

function aligned(lines: readonly { readonly setting: string; readonly note: string }[]): readonly string[] {
  const width = Math.max(0, ...lines.map(({ setting }) => setting.length));
  return lines.map(({ setting, note }) => `${setting.padEnd(width)}  # ${note}`);
}

/** Anything but a plain host and path gets quotes. */
function quoted(text: string): string {
  return /^[a-z\d][\w./-]*(?::\d+)?(?:\/[\w./-]+)?$/i.test(text) && /[a-z]/i.test(text)
    ? text
    : JSON.stringify(text);
}
