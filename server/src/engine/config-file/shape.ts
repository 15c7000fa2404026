/**
 * What may be written in `.bulkhead.yaml`: the one table behind checking, completion and hover. Knows rules by their
 * metadata only.
 */
import { type Argument, type Message, say, words } from '../../l10n/message.js';
import { practices } from '../../rules/practices.js';
import type { AnyRule, OptionSpecs } from '../../rules/rule.js';
import { HARDEN_STEPS } from '../harden-set.js';
import { ALL_MISSING } from '../suppress/comments.js';

export type Shape = MapShape | WordsShape | ListShape | ScalarShape;

export type KeyKind = 'setting' | 'rule' | 'practice' | 'option' | 'service';

export interface MapShape {
  readonly kind: 'map';
  /** What a key is, for messages. */
  readonly keyIs: KeyKind;
  readonly keys: ReadonlyMap<string, Entry>;
  /** For keys that are the user's own names; otherwise only the listed ones are allowed. */
  readonly others?: Entry;
  /** What may stand instead of the map. */
  readonly short?: WordsShape;
}

export interface WordsShape {
  readonly kind: 'words';
  readonly words: readonly Word[];
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: ScalarShape | WordsShape;
}

export interface ScalarShape {
  readonly kind: 'text' | 'number' | 'boolean';
  /** Why a value will not do, as a sentence about its name. */
  complain?(text: string, name: Argument): Message | undefined;
}

/** A key and what belongs behind it. */
export interface Entry {
  readonly shape: Shape;
  /** One line. */
  readonly title: Message;
  readonly about?: Message;
  /** The rule that the key stands for. */
  readonly rule?: AnyRule;
}

export interface Word {
  readonly word: string;
  readonly meaning: Message;
}

export const CONFIG_NAME = '.bulkhead.yaml';
/** Both are understood; in one folder the first one counts. */
export const CONFIG_NAMES: readonly string[] = [CONFIG_NAME, '.bulkhead.yml'];
export const BASELINE_NAME = '.bulkhead-baseline.json';

const LEVEL: WordsShape = {
  kind: 'words',
  words: [
    { word: 'off', meaning: say`does not run` },
    { word: 'hint', meaning: say`shown in the text only, not in lists of problems` },
    { word: 'info', meaning: say`hardening that is absent, hygiene` },
    { word: 'warning', meaning: say`one more flaw away from harm` },
    { word: 'error', meaning: say`a direct way to root on the host` },
    { word: 'default', meaning: say`as if it were not written` },
  ],
};

/** The whole file. */
export function configShape(rules: readonly AnyRule[]): MapShape {
  return map('setting', [
    [
      'profile',
      {
        title: say`How much is checked`,
        shape: {
          kind: 'words',
          words: [
            { word: 'essential', meaning: say`errors and warnings only` },
            { word: 'recommended', meaning: say`what fits most projects` },
            { word: 'strict', meaning: say`everything` },
          ],
        },
      },
    ],
    [
      'rules',
      {
        title: say`Single rules by their id`,
        about: say`\`off\`, a severity, or a map with \`severity\` and \`options\`. Beats the setting of the practice.`,
        shape: map(
          'rule',
          rules.map((rule) => [rule.meta.id, ruleEntry(rule)]),
        ),
      },
    ],
    [
      'practices',
      {
        title: say`Severity of all rules of a practice`,
        shape: map(
          'practice',
          practices.map(({ slug, title, summary }) => [
            slug,
            { title: words(title), about: words(summary), shape: LEVEL },
          ]),
        ),
      },
    ],
    [
      'exclude',
      {
        title: say`Files that are not looked at`,
        about: say`Glob patterns relative to the folder of this file: \`legacy/\`, \`**/test/*.yaml\`.`,
        shape: { kind: 'list', item: { kind: 'text' } },
      },
    ],
    [
      'allowedRegistries',
      {
        title: say`Registries that images may come from`,
        about: say`A host, or a host and a path: \`registry.example.com/team\`.`,
        shape: { kind: 'list', item: { kind: 'text' } },
      },
    ],
    [
      'harden',
      {
        title: say`What "Harden" and \`bulkhead fix --unsafe\` do`,
        about: say`A list of steps; all of them when left out.`,
        shape: {
          kind: 'list',
          item: {
            kind: 'words',
            words: HARDEN_STEPS.map(({ name, title }) => ({ word: name, meaning: words(title) })),
          },
        },
      },
    ],
    ['services', servicesEntry(rules)],
    [
      'baseline',
      {
        title: say`File with findings that were there before`,
        about: say`Written by \`bulkhead baseline\`. When left out, \`${BASELINE_NAME}\` is used if it is there.`,
        shape: { kind: 'text', complain: pathComplaint },
      },
    ],
    [
      'absence',
      {
        title: say`How settings that a service lacks are shown`,
        shape: {
          kind: 'words',
          words: [
            { word: 'grouped', meaning: say`as one entry for each service` },
            { word: 'separate', meaning: say`one by one` },
            { word: 'off', meaning: say`not at all` },
          ],
        },
      },
    ],
  ]);
}

function map(keyIs: KeyKind, entries: readonly (readonly [string, Entry])[]): MapShape {
  return { kind: 'map', keyIs, keys: new Map(entries) };
}

function ruleEntry(rule: AnyRule): Entry {
  const { title, why } = rule.meta;
  const specs: OptionSpecs = rule.meta.options ?? {};
  const options = Object.entries(specs).map(([name, { default: value, description }]): [string, Entry] => [
    name,
    {
      title: words(description),
      about: say`When left out: \`${JSON.stringify(value)}\`.`,
      shape: shapeLike(value),
    },
  ]);
  const settings: [string, Entry][] = [
    ['severity', { title: say`How grave its findings are`, shape: LEVEL }],
  ];
  if (options.length > 0)
    settings.push(['options', { title: say`Options of this rule`, shape: map('option', options) }]);
  return {
    title: words(title),
    about: words(why),
    rule,
    shape: { ...map('setting', settings), short: LEVEL },
  };
}

function shapeLike(example: unknown): Shape {
  if (Array.isArray(example)) return { kind: 'list', item: scalarLike(example[0]) };
  return scalarLike(example);
}

function scalarLike(example: unknown): ScalarShape {
  return { kind: typeof example === 'number' ? 'number' : typeof example === 'boolean' ? 'boolean' : 'text' };
}

function servicesEntry(rules: readonly AnyRule[]): Entry {
  const reason: ScalarShape = {
    kind: 'text',
    complain: (text, name) =>
      text.trim() === '' ? say`${name} needs the reason why it is accepted.` : undefined,
  };
  const accepted = rules.map((rule): [string, Entry] => {
    const { title, why } = rule.meta;
    return [rule.meta.id, { title: words(title), about: words(why), rule, shape: reason }];
  });
  const all: [string, Entry] = [
    ALL_MISSING,
    { title: say`Everything that the service lacks`, shape: reason },
  ];
  return {
    title: say`Accepted risks by service`,
    about: say`The id of a rule and the reason why its findings are accepted.`,
    shape: {
      kind: 'map',
      keyIs: 'service',
      keys: new Map(),
      others: { title: say`A service`, shape: map('rule', [...accepted, all]) },
    },
  };
}

/** A file of configuration must not lead out of the project: its folder and what is below it. */
function pathComplaint(path: string, name: Argument): Message | undefined {
  const isInside = path !== '' && !/^(?:[\\/~]|[a-z]+:)/i.test(path) && !path.split(/[\\/]/).includes('..');
  return isInside ? undefined : say`${name} must be a path below the folder of this file.`;
}
