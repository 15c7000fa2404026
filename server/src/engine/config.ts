/** What a run is told: which rules, how grave, with which options. The result of merging settings, files and flags. */
import { oncePer } from '../model/once-per.js';
import type { PracticeSlug } from '../rules/practices.js';
import type { AnyRule, OptionSpecs, Profile, Severity } from '../rules/rule.js';
import type { Suppression } from './finding.js';
import { WHOLE_SET } from './harden-set.js';

export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface Config {
  readonly profile: Profile;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly practices: ReadonlyMap<PracticeSlug, Severity | 'off'>;
  readonly allowedRegistries: readonly string[];
  /** Names of the steps that hardening takes. */
  readonly harden: ReadonlySet<string>;
  /** Risks that the project accepts, by service, then by rule or `hardening-missing`. */
  readonly accepted: ReadonlyMap<string, ReadonlyMap<string, Suppression>>;
}

export const defaultConfig: Config = {
  profile: 'recommended',
  rules: new Map(),
  practices: new Map(),
  allowedRegistries: [],
  harden: WHOLE_SET,
  accepted: new Map(),
};

/** How a rule runs under a configuration. */
export interface RuleRun {
  /** Undefined: the rule's own severity, case by case. */
  readonly severity: Severity | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

const RANK: Readonly<Record<Profile, number>> = { essential: 0, recommended: 1, strict: 2 };

/** Undefined when the rule is off. A setting of the rule beats one of its practice, which beats the profile. */
export function ruleRun(rule: AnyRule, config: Config): RuleRun | undefined {
  return runsUnder(config)(rule);
}

/** The same configuration holds for many files, and for each key that is typed. */
const runsUnder = oncePer((config: Config) => oncePer((rule: AnyRule) => readRun(rule, config)));

function readRun(rule: AnyRule, config: Config): RuleRun | undefined {
  const own = config.rules.get(rule.meta.id);
  const chosen = own?.severity ?? config.practices.get(rule.meta.practice);
  if (chosen === 'off') return undefined;
  if (chosen === undefined && !inProfile(rule, config.profile)) return undefined;
  return { severity: chosen, options: optionsOf(rule, own?.options ?? {}) };
}

/** `essential` shows errors and warnings only, whatever a rule's own profile is. */
function inProfile(rule: AnyRule, profile: Profile): boolean {
  if (profile === 'essential' && rule.meta.severity === 'info') return false;
  return profile === 'essential' ? rule.meta.profile !== 'strict' : RANK[rule.meta.profile] <= RANK[profile];
}

/** Defaults of the rule, overridden by values of the same type; a value of another type is ignored here. */
function optionsOf(
  rule: AnyRule,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  const specs: OptionSpecs = rule.meta.options ?? {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = given[name];
    options[name] = sameType(value, spec.default) ? value : spec.default;
  }
  return options;
}

function sameType(value: unknown, example: unknown): boolean {
  return Array.isArray(example) ? Array.isArray(value) : typeof value === typeof example;
}
