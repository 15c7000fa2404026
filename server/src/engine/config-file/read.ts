/** The text of `.bulkhead.yaml` -> what it says. Wrong parts are left out and reported, each at its place. */
import { say } from '../../l10n/message.js';
import type { AnyRule, Profile } from '../../rules/rule.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import { keyText, mapGet } from '../../syntax/yaml/scalar.js';
import type { YamlMap, YamlNode, YamlTree } from '../../syntax/yaml/tree.js';
import type { Span } from '../../text/span.js';
import type { Config } from '../config.js';
import type { AbsenceMode } from '../group.js';
import { isRecord, oneOf, readConfig } from '../read-config.js';
import { checkNode, type ConfigProblem } from './check.js';
import { configShape } from './shape.js';

/** What is not written is undefined or empty. */
export interface FileConfig extends Pick<Config, 'rules' | 'practices'> {
  readonly profile: Profile | undefined;
  readonly allowedRegistries: readonly string[] | undefined;
  /** Names of the steps that hardening takes. */
  readonly harden: ReadonlySet<string> | undefined;
  /** Globs relative to the folder of the file. */
  readonly exclude: readonly string[];
  /** By service, then by rule. */
  readonly services: ReadonlyMap<string, ReadonlyMap<string, AcceptedRisk>>;
  /** Path relative to the folder of the file; never leads out of it. */
  readonly baseline: string | undefined;
  readonly absence: AbsenceMode | undefined;
}

export interface AcceptedRisk {
  readonly reason: string;
  /** Of the rule's name. */
  readonly at: Span;
}

export interface ReadConfigFile {
  readonly tree: YamlTree;
  readonly config: FileConfig;
  /** In order of place. */
  readonly problems: readonly ConfigProblem[];
}

export function readConfigFile(text: string, rules: readonly AnyRule[]): ReadConfigFile {
  const tree = parseYaml(text);
  const problems: ConfigProblem[] = tree.problems.map(({ at, message }) => ({
    at,
    message: say`${message}.`,
  }));
  const [document, second] = tree.documents;
  if (second !== undefined)
    problems.push({
      at: { start: second.span.start, end: second.root?.full.end ?? second.span.end },
      message: say`Only the first document of this file is read; remove the \`---\` above.`,
    });
  const root = document?.root;
  const value = root && checkNode(root, configShape(rules), say`The configuration`, problems);
  return {
    tree,
    config: toFileConfig(value, root, rules),
    problems: problems.sort((a, b) => a.at.start - b.at.start),
  };
}

const ABSENCE: readonly AbsenceMode[] = ['grouped', 'separate', 'off'];

/** `value` has been checked, so that nothing in it can be wrong any more. */
function toFileConfig(value: unknown, root: YamlNode | undefined, rules: readonly AnyRule[]): FileConfig {
  const given = isRecord(value) ? value : {};
  const { config } = readConfig(given, rules);
  const services = root?.kind === 'map' ? mapGet(root, 'services')?.value : undefined;
  return {
    profile: given.profile === undefined ? undefined : config.profile,
    rules: config.rules,
    practices: config.practices,
    allowedRegistries: given.allowedRegistries === undefined ? undefined : config.allowedRegistries,
    harden: given.harden === undefined ? undefined : config.harden,
    exclude: texts(given.exclude),
    services: acceptedRisks(asMap(services), given.services),
    baseline: typeof given.baseline === 'string' ? given.baseline : undefined,
    absence: oneOf(given.absence, ABSENCE),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item: unknown) => typeof item === 'string') : [];
}

/** Reasons from the checked value, places from the tree. */
function acceptedRisks(written: YamlMap | undefined, value: unknown): FileConfig['services'] {
  const services = new Map<string, ReadonlyMap<string, AcceptedRisk>>();
  if (written === undefined || !isRecord(value)) return services;
  for (const [name, accepted] of Object.entries(value)) {
    const pairs = asMap(mapGet(written, name)?.value)?.pairs ?? [];
    const risks = new Map<string, AcceptedRisk>();
    for (const { key } of pairs) {
      const rule = keyText(key);
      const reason = rule !== undefined && isRecord(accepted) ? accepted[rule] : undefined;
      if (rule !== undefined && typeof reason === 'string' && !risks.has(rule))
        risks.set(rule, { reason: reason.trim(), at: key.full });
    }
    services.set(name, risks);
  }
  return services;
}

function asMap(node: YamlNode | undefined): YamlMap | undefined {
  const target = node?.kind === 'alias' ? node.target : node;
  return target?.kind === 'map' ? target : undefined;
}
