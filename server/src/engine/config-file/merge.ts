/** Order of authority: what a project's file says beats what its reader set in the editor, setting by setting. */
import type { AnyRule } from '../../rules/rule.js';
import { type Config, defaultConfig, type RuleSetting } from '../config.js';
import type { Suppression } from '../finding.js';
import type { AbsenceMode } from '../group.js';
import type { FileConfig } from './read.js';
import { CONFIG_NAME } from './shape.js';

export interface MergeContext {
  /** Of the file, for the places of its reasons. */
  readonly uri: string;
  readonly rules: readonly AnyRule[];
}

export function withFile(base: Config, file: FileConfig, { uri, rules }: MergeContext): Config {
  return {
    profile: file.profile ?? base.profile,
    practices: new Map([...base.practices, ...file.practices]),
    rules: mergeRules(base, file, rules),
    allowedRegistries: file.allowedRegistries ?? base.allowedRegistries,
    harden: file.harden ?? base.harden,
    accepted: new Map(
      [...file.services].map(([service, risks]) => [
        service,
        new Map(
          [...risks].map(([rule, { reason, at }]): [string, Suppression] => [
            rule,
            { reason, until: undefined, by: CONFIG_NAME, at: { ...at, file: uri } },
          ]),
        ),
      ]),
    ),
  };
}

/** A rule keeps what only the editor says of it; a practice in the file beats a rule of it in the editor. */
function mergeRules(
  base: Config,
  file: FileConfig,
  rules: readonly AnyRule[],
): ReadonlyMap<string, RuleSetting> {
  const practiceOf = new Map(rules.map(({ meta }) => [meta.id, meta.practice]));
  const merged = new Map<string, RuleSetting>();
  for (const [id, { severity, options = {} }] of base.rules) {
    const practice = practiceOf.get(id);
    const beaten = practice !== undefined && file.practices.has(practice);
    merged.set(id, severity === undefined || beaten ? { options } : { severity, options });
  }
  for (const [id, own] of file.rules) {
    const before = merged.get(id);
    merged.set(id, { ...before, ...own, options: { ...before?.options, ...own.options } });
  }
  return merged;
}

/** Names of editor settings that say something else than the file does: `profile`, `rules.user-missing`. */
export function overruledSettings(
  base: Pick<Config, 'profile' | 'rules' | 'practices' | 'allowedRegistries' | 'harden'> & {
    readonly absence: AbsenceMode;
  },
  file: FileConfig,
): readonly string[] {
  const differs = (name: string, own: string, other: string | undefined, usual: string) =>
    other !== undefined && own !== usual && own !== other ? [name] : [];
  const severities = [...base.rules].flatMap(([id, { severity }]) => {
    const other = file.rules.get(id)?.severity;
    return severity !== undefined && other !== undefined && other !== severity ? [`rules.${id}`] : [];
  });
  const levels = [...base.practices].flatMap(([slug, severity]) => {
    const other = file.practices.get(slug);
    return other !== undefined && other !== severity ? [`practices.${slug}`] : [];
  });
  return [
    ...differs('profile', base.profile, file.profile, defaultConfig.profile),
    ...severities,
    ...levels,
    ...differs('allowedRegistries', base.allowedRegistries.join(' '), file.allowedRegistries?.join(' '), ''),
    ...differs(
      'harden',
      listed(base.harden),
      file.harden && listed(file.harden),
      listed(defaultConfig.harden),
    ),
    ...differs('absence', base.absence, file.absence, 'grouped'),
  ];
}

function listed(words: ReadonlySet<string>): string {
  return [...words].sort().join(' ');
}
