/**
 * Untrusted values -> Config: what editor settings and configuration files share. A wrong value costs itself alone and
 * one sentence that says so.
 */
import { type PracticeSlug, practices } from '../rules/practices.js';
import type { AnyRule, OptionSpecs, Profile, Severity } from '../rules/rule.js';
import { type Config, defaultConfig, type RuleSetting } from './config.js';
import { HARDEN_STEPS } from './harden-set.js';

export interface ReadConfig {
  readonly config: Config;
  /** Names of settings with what is wrong, for a log or a diagnostic: "profile: `x` is not one of …". */
  readonly complaints: readonly string[];
}

const PROFILES: readonly Profile[] = ['essential', 'recommended', 'strict'];
const SEVERITIES: readonly (Severity | 'off')[] = ['off', 'hint', 'info', 'warning', 'error'];
/** Says "as if not written"; settings pages need a word for it. */
const DEFAULT = 'default';

/** Reads `profile`, `rules`, `practices`, `allowedRegistries` and `harden`; other keys belong to the caller. */
export function readConfig(value: unknown, rules: readonly AnyRule[]): ReadConfig {
  const complaints: string[] = [];
  const given = isRecord(value) ? value : {};
  const complain = (name: string, found: unknown, wanted: string) => {
    complaints.push(`${name}: ${show(found)} is not ${wanted}`);
  };
  if (given.profile !== undefined && oneOf(given.profile, PROFILES) === undefined)
    complain('profile', given.profile, `one of ${PROFILES.join(', ')}`);
  return {
    config: {
      ...defaultConfig,
      profile: oneOf(given.profile, PROFILES) ?? defaultConfig.profile,
      rules: readRules(given.rules, rules, complain),
      practices: readPractices(given.practices, complain),
      allowedRegistries: readStrings('allowedRegistries', given.allowedRegistries, complain),
      harden: readSteps(given.harden, complain),
    },
    complaints,
  };
}

export type Complain = (name: string, found: unknown, wanted: string) => void;

/** A list of texts; what is no text is left out. */
export function readStrings(name: string, value: unknown, complain: Complain): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    complain(name, value, 'a list of texts');
    return [];
  }
  return value.filter((item: unknown): item is string => {
    if (typeof item === 'string') return true;
    complain(name, item, 'a text');
    return false;
  });
}

/** An empty list is a choice: nothing. */
function readSteps(value: unknown, complain: Complain): ReadonlySet<string> {
  if (value === undefined || value === null || !Array.isArray(value)) {
    readStrings('harden', value, complain);
    return defaultConfig.harden;
  }
  const names = HARDEN_STEPS.map(({ name }) => name);
  return new Set(
    readStrings('harden', value, complain).filter((name) => {
      const isStep = names.includes(name);
      if (!isStep) complain('harden', name, `one of ${names.join(', ')}`);
      return isStep;
    }),
  );
}

/** The value if it is one of the words. */
export function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in a message: short, and never a whole object. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  if (Array.isArray(value)) return 'a list';
  return isRecord(value) ? 'an object' : String(value);
}

function readRules(
  value: unknown,
  rules: readonly AnyRule[],
  complain: Complain,
): ReadonlyMap<string, RuleSetting> {
  const result = new Map<string, RuleSetting>();
  if (value !== undefined && value !== null && !isRecord(value)) complain('rules', value, 'an object');
  if (!isRecord(value)) return result;
  const known = new Map(rules.map((rule) => [rule.meta.id, rule]));
  for (const [id, given] of Object.entries(value)) {
    const rule = known.get(id);
    if (rule === undefined) {
      complain('rules', id, 'the id of a rule');
      continue;
    }
    const setting = readRule(`rules.${id}`, given, rule.meta.options ?? {}, complain);
    if (setting !== undefined) result.set(id, setting);
  }
  return result;
}

/** `off`, a severity, or an object with `severity` and the rule's options, beside it or below `options`. */
function readRule(
  name: string,
  value: unknown,
  specs: OptionSpecs,
  complain: Complain,
): RuleSetting | undefined {
  if (value === DEFAULT || value === null || value === undefined) return undefined;
  if (!isRecord(value)) {
    const severity = oneOf(value, SEVERITIES);
    if (severity === undefined) complain(name, value, `one of ${SEVERITIES.join(', ')}`);
    return severity && { severity };
  }
  const { severity: word, options: nested, ...beside } = value;
  const severity = oneOf(word, SEVERITIES);
  if (word !== undefined && word !== DEFAULT && severity === undefined)
    complain(`${name}.severity`, word, `one of ${SEVERITIES.join(', ')}`);
  const options: Record<string, unknown> = {};
  for (const [option, given] of Object.entries({ ...beside, ...(isRecord(nested) ? nested : {}) })) {
    const spec = specs[option];
    if (spec === undefined) complain(name, option, 'an option of this rule');
    else if (typeOf(given) !== typeOf(spec.default))
      complain(`${name}.${option}`, given, `a ${typeOf(spec.default)}`);
    else options[option] = given;
  }
  return severity === undefined ? { options } : { severity, options };
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

function readPractices(value: unknown, complain: Complain): ReadonlyMap<PracticeSlug, Severity | 'off'> {
  const result = new Map<PracticeSlug, Severity | 'off'>();
  if (value !== undefined && value !== null && !isRecord(value)) complain('practices', value, 'an object');
  if (!isRecord(value)) return result;
  for (const [slug, given] of Object.entries(value)) {
    const practice = practices.find((one) => one.slug === slug);
    const severity = oneOf(given, SEVERITIES);
    if (practice === undefined) complain('practices', slug, 'the name of a practice');
    else if (severity !== undefined) result.set(practice.slug, severity);
    else if (given !== DEFAULT && given !== null)
      complain(`practices.${slug}`, given, `one of ${SEVERITIES.join(', ')}`);
  }
  return result;
}
