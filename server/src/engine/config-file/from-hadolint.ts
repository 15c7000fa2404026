/** hadolint's configuration -> what it means to Bulkhead, and a sentence for everything that cannot be carried over. */
import { english } from '../../l10n/message.js';
import type { AnyRule, Severity } from '../../rules/rule.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import { keyText } from '../../syntax/yaml/scalar.js';
import type { YamlNode } from '../../syntax/yaml/tree.js';
import type { Span } from '../../text/span.js';

export interface Imported {
  readonly rules: readonly ImportedRule[];
  readonly registries: readonly string[];
  /** Whole sentences. */
  readonly lost: readonly string[];
  /** Why nothing can be read from the file. */
  readonly problem: { readonly at: Span; readonly message: string } | undefined;
}

export interface ImportedRule {
  readonly rule: AnyRule;
  readonly level: Severity | 'off';
  /** The checks that it stands for. */
  readonly checks: readonly string[];
}

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['style', 'hint'],
]);

/** Settings of hadolint that have another place here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['failure-threshold', 'use `--fail-on` on the command line'],
  ['no-fail', 'use `--fail-on never` on the command line'],
  ['format', 'use `--format` on the command line'],
  ['no-color', 'use `--color never` on the command line'],
  ['verbose', 'there is no such option'],
  ['disable-ignore-pragma', 'comments of hadolint always count'],
  ['strict-labels', 'labels are not checked'],
  ['label-schema', 'labels are not checked'],
]);

/** Never throws. Wrong values are listed as lost. */
export function importHadolint(text: string, rules: readonly AnyRule[]): Imported {
  const tree = parseYaml(text);
  const root = tree.documents[0]?.root;
  const [problem] = tree.problems;
  if (problem !== undefined || (root !== undefined && root.kind !== 'map')) {
    const nothing = { rules: [], registries: [], lost: [] };
    const at = problem?.at ?? root?.full ?? { start: 0, end: 0 };
    return {
      ...nothing,
      problem: { at, message: problem ? english(problem.message) : 'a map of settings is expected' },
    };
  }
  const lost: string[] = [];
  const levels = new Map<string, Severity | 'off'>();
  const registries: string[] = [];
  for (const { key, value } of root?.pairs ?? []) {
    const name = keyText(key) ?? '';
    const elsewhere = ELSEWHERE.get(name);
    if (name === 'ignored') for (const check of textsOf(value)) levels.set(check, 'off');
    else if (name === 'override') readOverride(value, levels, lost);
    else if (name === 'trustedRegistries')
      for (const registry of textsOf(value)) {
        if (registry.includes('*'))
          lost.push(`trustedRegistries: \`${registry}\` holds a pattern; name each registry.`);
        else registries.push(registry);
      }
    else lost.push(`${name}: ${elsewhere ?? 'this setting is not known'}.`);
  }
  return { rules: toRules(levels, rules, lost), registries, lost, problem: undefined };
}

function readOverride(value: YamlNode, levels: Map<string, Severity | 'off'>, lost: string[]): void {
  for (const pair of value.kind === 'map' ? value.pairs : []) {
    const word = keyText(pair.key) ?? '';
    const severity = SEVERITIES.get(word);
    if (severity === undefined) lost.push(`override: there is no severity \`${word}\`.`);
    // Ignored beats overridden, as in hadolint.
    else for (const check of textsOf(pair.value)) if (!levels.has(check)) levels.set(check, severity);
  }
}

/**
 * A rule can stand for several checks. It is changed only when all of them are: what was not switched off there must not
 * fall silent here.
 */
function toRules(
  levels: ReadonlyMap<string, Severity | 'off'>,
  rules: readonly AnyRule[],
  lost: string[],
): readonly ImportedRule[] {
  const used = new Set<string>();
  const result = rules.flatMap((rule): readonly ImportedRule[] => {
    const checks = rule.meta.equivalents.flatMap((name) => /^hadolint:(.*)$/.exec(name)?.[1] ?? []);
    const named = checks.filter((check) => levels.has(check));
    for (const check of named) used.add(check);
    if (named.length === 0) return [];
    const [level, ...others] = [...new Set(checks.map((check) => levels.get(check)))];
    if (level !== undefined && others.length === 0) return [{ rule, level, checks: named }];
    const rest = checks.filter((check) => !named.includes(check));
    const why = rest.length > 0 ? `also stands for ${rest.join(', ')}` : 'has one severity for all of them';
    lost.push(`${named.join(', ')}: \`${rule.meta.id}\` ${why}; decide about it yourself.`);
    return [];
  });
  for (const check of [...levels.keys()].filter((one) => !used.has(one)))
    lost.push(`${check}: no rule checks this, so there is nothing to change.`);
  return result;
}

function textsOf(node: YamlNode): readonly string[] {
  if (node.kind === 'seq') return node.items.flatMap((item) => keyText(item) ?? []);
  const text = keyText(node);
  return text === undefined || text === '' ? [] : [text];
}
