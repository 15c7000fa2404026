/**
 * `contributes.configuration` of package.json: hand-written sections stay, those made from metadata are replaced. Texts go to
 * package.nls.json, and to its translations where the bundle of a language has what they are made of.
 */
import { rulePage } from '../../server/src/engine/rule-page.js';
import { HARDEN_STEPS } from '../../server/src/engine/harden-set.js';
import { listed, type Message, say, sentence, words } from '../../server/src/l10n/message.js';
import { type Bundle, type Tell, teller } from '../../server/src/l10n/translate.js';
import { practices } from '../../server/src/rules/practices.js';
import type { AnyRule } from '../../server/src/rules/rule.js';
import { externalise, resolved, type Texts } from './nls.js';
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

export interface ManifestTexts {
  readonly manifest: string;
  /** All sections of settings, in English. */
  readonly sections: readonly ConfigurationSection[];
  /** package.nls.json. */
  readonly english: Texts;
  /** What is made from metadata, in another language; the other keys are the translator's. */
  generatedIn(bundle: Bundle): Texts;
}

/** The manifest with its settings brought up to date. `known`: package.nls.json as it is now. */
export function manifestTexts(manifest: string, known: Texts, rules: readonly AnyRule[]): ManifestTexts {
  const parsed = JSON.parse(manifest) as Manifest;
  const present = parsed.contributes?.configuration ?? [];
  const handWritten = (Array.isArray(present) ? present : [present]).filter(
    (section: ConfigurationSection) => !isGenerated(section),
  );
  const withSections = (generated: readonly ConfigurationSection[]) =>
    externalise(
      { ...parsed, contributes: { ...parsed.contributes, configuration: [...handWritten, ...generated] } },
      known,
    );
  const { manifest: next, texts } = withSections(generatedSections(rules, teller(undefined)));
  return {
    manifest: `${JSON.stringify(next, undefined, 2)}\n`,
    sections: resolved(next.contributes.configuration, texts),
    english: texts,
    generatedIn: (bundle) =>
      externalise({ contributes: { configuration: generatedSections(rules, teller(bundle)) } }, {}).texts,
  };
}

function generatedSections(rules: readonly AnyRule[], tell: Tell): readonly ConfigurationSection[] {
  return [hardenSection(tell), rulesSection(rules, tell), ...practiceSections(rules, tell)];
}

/** Sections are told apart by what they define, so that titles can change. */
function isGenerated({ properties = {} }: ConfigurationSection): boolean {
  return Object.keys(properties).some(
    (name) =>
      name === 'bulkhead.rules' || name === 'bulkhead.harden' || name.startsWith('bulkhead.practices.'),
  );
}

function hardenSection(tell: Tell): ConfigurationSection {
  const names = HARDEN_STEPS.map(({ name }) => name);
  return {
    title: tell(say`Hardening`),
    order: 2,
    properties: {
      'bulkhead.harden': {
        order: 1,
        type: 'array',
        scope: 'resource',
        items: {
          type: 'string',
          enum: names,
          enumDescriptions: HARDEN_STEPS.map(({ title }) => tell(say`${sentence(words(title))}.`)),
        },
        uniqueItems: true,
        default: names,
        markdownDescription: tell(
          say`What "Harden" does to a service or a Dockerfile. Each change is shown before it is made.`,
        ),
      },
    },
  };
}

function rulesSection(rules: readonly AnyRule[], tell: Tell): ConfigurationSection {
  return {
    title: tell(say`Rules`),
    order: 10,
    properties: {
      'bulkhead.rules': {
        order: 1,
        type: 'object',
        scope: 'resource',
        default: {},
        markdownDescription: tell(
          say`Single rules by their id: \`off\`, a severity, or an object with \`severity\` and \`options\`. Beats the setting of the practice.`,
        ),
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.meta.id, ruleProperty(rule, tell)])),
      },
    },
  };
}

function ruleProperty(rule: AnyRule, tell: Tell): SettingProperty {
  const { id, title, why, advice } = rule.meta;
  const [bold, reason, todo] = [title, why, advice].map((text) => tell(words(text)));
  const page = tell(say`Rule page`);
  const markdownDescription = `**${bold}.** ${reason} ${todo} [${page}](${rulePage(id)})`;
  const level = { type: 'string', enum: LEVELS };
  const options = optionsSchema(rule, tell);
  // Where there is nothing but the severity, editors can offer a plain list.
  if (Object.keys(options).length === 0) return { ...level, markdownDescription };
  const properties = { severity: level, ...options };
  return {
    markdownDescription,
    anyOf: [level, { type: 'object', additionalProperties: false, properties }],
  };
}

function practiceSections(rules: readonly AnyRule[], tell: Tell): readonly ConfigurationSection[] {
  return practices.map(({ number, slug, title, summary }) => {
    const ids = rules.filter(({ meta }) => meta.practice === slug).map(({ meta }) => `\`${meta.id}\``);
    const name = tell(words(title));
    const text = say`How grave findings of "${name}" are; \`default\` leaves it to each rule. ${words(summary)}`;
    const list: Message = ids.length === 0 ? text : say`${text} Its rules: ${listed(ids)}.`;
    return {
      title: `${number}. ${name}`,
      order: 10 + number,
      properties: {
        [`bulkhead.practices.${slug}`]: {
          order: 1,
          type: 'string',
          scope: 'resource',
          enum: LEVELS,
          default: 'default',
          markdownDescription: tell(list),
        },
      },
    };
  });
}
