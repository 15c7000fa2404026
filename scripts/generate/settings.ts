/** `contributes.configuration` of package.json: hand-written sections stay, those made from metadata are replaced. */
import { rulePage } from '../../server/src/engine/rule-page.js';
import { HARDEN_STEPS } from '../../server/src/engine/harden-set.js';
import { practices } from '../../server/src/rules/practices.js';
import type { AnyRule } from '../../server/src/rules/rule.js';
import { optionsSchema, SEVERITY_WORDS } from './schema.js';

export interface SettingProperty {
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly [key: string]: unknown;
}

export interface ConfigurationSection {
  readonly title?: string;
  readonly order?: number;
  readonly properties?: Readonly<Record<string, SettingProperty>>;
}

interface Manifest {
  readonly contributes?: { readonly configuration?: ConfigurationSection | readonly ConfigurationSection[] };
  readonly [key: string]: unknown;
}

const LEVELS = ['default', ...SEVERITY_WORDS];

/** The manifest with its settings brought up to date, and all sections of settings. */
export function manifestText(
  manifest: string,
  rules: readonly AnyRule[],
): { readonly text: string; readonly sections: readonly ConfigurationSection[] } {
  const parsed = JSON.parse(manifest) as Manifest;
  const present = parsed.contributes?.configuration ?? [];
  const handWritten = (Array.isArray(present) ? present : [present]).filter(
    (section: ConfigurationSection) => !isGenerated(section),
  );
  const sections = [...handWritten, hardenSection(), rulesSection(rules), ...practiceSections(rules)];
  const next = { ...parsed, contributes: { ...parsed.contributes, configuration: sections } };
  return { text: `${JSON.stringify(next, undefined, 2)}\n`, sections };
}

/** Sections are told apart by what they define, so that titles can change. */
function isGenerated({ properties = {} }: ConfigurationSection): boolean {
  return Object.keys(properties).some(
    (name) =>
      name === 'bulkhead.rules' || name === 'bulkhead.harden' || name.startsWith('bulkhead.practices.'),
  );
}

function hardenSection(): ConfigurationSection {
  const names = HARDEN_STEPS.map(({ name }) => name);
  return {
    title: 'Hardening',
    order: 2,
    properties: {
      'bulkhead.harden': {
        type: 'array',
        scope: 'resource',
        items: {
          type: 'string',
          enum: names,
          enumDescriptions: HARDEN_STEPS.map(({ title }) => sentence(title)),
        },
        uniqueItems: true,
        default: names,
        markdownDescription:
          'What "Harden" does to a service or a Dockerfile. Each change is shown before it is made.',
      },
    },
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function rulesSection(rules: readonly AnyRule[]): ConfigurationSection {
  return {
    title: 'Rules',
    order: 10,
    properties: {
      'bulkhead.rules': {
        type: 'object',
        scope: 'resource',
        default: {},
        markdownDescription:
          'Single rules by their id: `off`, a severity, or an object with `severity` and `options`. Beats the setting of the practice.',
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.meta.id, ruleProperty(rule)])),
      },
    },
  };
}

function ruleProperty(rule: AnyRule): SettingProperty {
  const { id, title, why, advice } = rule.meta;
  const markdownDescription = `**${title}.** ${why} ${advice} [Rule page](${rulePage(id)})`;
  const level = { type: 'string', enum: LEVELS };
  const options = optionsSchema(rule);
  // Where there is nothing but the severity, editors can offer a plain list.
  if (Object.keys(options).length === 0) return { ...level, markdownDescription };
  const properties = { severity: level, ...options };
  return {
    markdownDescription,
    anyOf: [level, { type: 'object', additionalProperties: false, properties }],
  };
}

function practiceSections(rules: readonly AnyRule[]): readonly ConfigurationSection[] {
  return practices.map(({ number, slug, title, summary }) => {
    const ids = rules.filter(({ meta }) => meta.practice === slug).map(({ meta }) => `\`${meta.id}\``);
    const list = ids.length === 0 ? '' : ` Its rules: ${ids.join(', ')}.`;
    return {
      title: `${number}. ${title}`,
      order: 10 + number,
      properties: {
        [`bulkhead.practices.${slug}`]: {
          type: 'string',
          scope: 'resource',
          enum: LEVELS,
          default: 'default',
          markdownDescription: `How grave findings of "${title}" are; \`default\` leaves it to each rule. ${summary}${list}`,
        },
      },
    };
  });
}
