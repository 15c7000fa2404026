/** The JSON schema of `.bulkhead.yaml`. */
import { GROUP_CODE } from '../../server/src/engine/group.js';
import { HARDEN_STEPS } from '../../server/src/engine/harden-set.js';
import { english, words } from '../../server/src/l10n/message.js';
import type { Tell } from '../../server/src/l10n/translate.js';
import { practices } from '../../server/src/rules/practices.js';
import type { AnyRule, OptionSpecs } from '../../server/src/rules/rule.js';

export const SEVERITY_WORDS = ['off', 'hint', 'info', 'warning', 'error'];

/** The text of docs/bulkhead.schema.json. */
export function schemaText(rules: readonly AnyRule[]): string {
  const ids = rules.map(({ meta }) => meta.id);
  const texts = (description: string) => ({ type: 'array', items: { type: 'string' }, description });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of Bulkhead (.bulkhead.yaml)',
    type: 'object',
    additionalProperties: false,
    properties: {
      profile: {
        enum: ['essential', 'recommended', 'strict'],
        default: 'recommended',
        description: 'How much is checked: only what is grave, what fits most projects, or everything.',
      },
      practices: {
        type: 'object',
        additionalProperties: false,
        description: 'Severity of all rules of a practice, or off.',
        properties: Object.fromEntries(
          practices.map(({ slug, title }) => [slug, { ...level(), description: title }]),
        ),
      },
      rules: {
        type: 'object',
        additionalProperties: false,
        description: 'Single rules by their id; beats the setting of the practice.',
        properties: Object.fromEntries(rules.map((rule) => [rule.meta.id, ruleSchema(rule)])),
      },
      exclude: texts('Files that are not looked at: glob patterns relative to this file.'),
      allowedRegistries: texts('Registries that images may come from: host, or host and path.'),
      harden: {
        type: 'array',
        uniqueItems: true,
        items: { enum: HARDEN_STEPS.map(({ name }) => name) },
        description: 'What "Harden" and `bulkhead fix --unsafe` do; everything when left out.',
      },
      services: {
        type: 'object',
        description: 'Accepted findings by service: the id of the rule and the reason.',
        additionalProperties: {
          type: 'object',
          propertyNames: { enum: [GROUP_CODE, ...ids] },
          additionalProperties: { type: 'string', minLength: 1, description: 'Why it is accepted.' },
        },
      },
      baseline: {
        type: 'string',
        description: 'File with findings that were there before and are not reported again.',
      },
      absence: {
        enum: ['grouped', 'separate', 'off'],
        default: 'grouped',
        description: 'How settings that a service lacks are shown.',
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function level() {
  return { type: 'string', enum: ['default', ...SEVERITY_WORDS] };
}

function ruleSchema(rule: AnyRule) {
  return {
    description: `${rule.meta.title}. ${rule.meta.why}`,
    anyOf: [
      level(),
      {
        type: 'object',
        additionalProperties: false,
        properties: { severity: level(), ...optionsSchema(rule) },
      },
    ],
  };
}

/** `{ options: … }` for a rule that has some; types and defaults are those of its option specs. */
export function optionsSchema(rule: AnyRule, tell: Tell = english): Readonly<Record<string, unknown>> {
  const specs = Object.entries((rule.meta.options ?? {}) as OptionSpecs);
  if (specs.length === 0) return {};
  return {
    options: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        specs.map(([name, spec]) => [
          name,
          { ...typeOf(spec.default), default: spec.default, description: tell(words(spec.description)) },
        ]),
      ),
    },
  };
}

function typeOf(example: unknown): Readonly<Record<string, unknown>> {
  if (!Array.isArray(example)) return { type: typeof example };
  return { type: 'array', items: example.length > 0 ? typeOf(example[0]) : { type: 'string' } };
}
