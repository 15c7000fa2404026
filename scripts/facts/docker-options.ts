// Cuts the flags of `docker run` and `docker build`, and the keys of daemon.json.
import { fail, flag, head, list, oneOf, shape, text, unique } from './read.js';
import { type Table, table } from './write.js';

/** [name, short form or "", how it is written, Compose key or ""]: value, values (may be repeated) or switch. */
type Flag = readonly [string, string, 'value' | 'values' | 'switch', string];

export function runFlags(raw: unknown): Table {
  const file = shape(raw, 'docker-run-flags', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'parsing',
    'run',
    'build',
  ]);
  const common = ['name', 'takesValue', 'repeatable', 'compose'];
  const read =
    (required: readonly string[], optional: readonly string[]) =>
    (item: unknown, where: string): Flag => {
      const one = shape(
        item,
        where,
        [...common, ...required],
        ['shorthand', 'hidden', 'deprecated', ...optional],
      );
      const short = one.shorthand === undefined ? '' : text(one.shorthand, where);
      if (short.length > 1) fail(where, `"${short}" is no short form`);
      const takesValue = flag(one.takesValue, where);
      const many = flag(one.repeatable, where);
      return [
        text(one.name, where),
        short,
        takesValue ? (many ? 'values' : 'value') : 'switch',
        one.compose === null ? '' : text(one.compose, where),
      ];
    };
  const run = list(file.run, 'run', read(['valueType', 'securityRelevant', 'commands'], ['minApi', 'os']));
  const build = list(file.build, 'build', read(['builders'], ['security']));
  unique(
    run.map(([name]) => name),
    'run',
  );
  unique(
    build.map(([name]) => name),
    'build',
  );
  return table('run-flags.json', head(file, 'docker-run-flags'), { run, build });
}

const types = [
  'string',
  'boolean',
  'integer',
  'array of string',
  'array',
  'object',
  'object of boolean',
  'object of string',
] as const;

export function daemonKeys(raw: unknown): Table {
  const file = shape(raw, 'daemon-options', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'keys',
    'removedKeys',
    'cisTopics',
    'doubts',
  ]);
  const keys = list(file.keys, 'keys', (item, where) => {
    const one = shape(
      item,
      where,
      ['key', 'type', 'default', 'flag', 'securityRelevant', 'meaning'],
      ['cis', 'unsafeWhen', 'recommended'],
    );
    const relevant = flag(one.securityRelevant, where);
    const cis = one.cis === undefined ? [] : list(one.cis, where, text);
    return {
      key: text(one.key, where),
      type: oneOf(one.type, where, types),
      ...(cis.length === 0 ? {} : { cis }),
      ...(relevant ? { meaning: text(one.meaning, where) } : {}),
    };
  });
  unique(
    keys.map(({ key }) => key),
    'daemon keys',
  );
  const removed = list(file.removedKeys, 'removedKeys', (item, where) => {
    const one = shape(item, where, ['key', 'note']);
    return [text(one.key, where), text(one.note, where)];
  });
  return table('daemon-keys.json', head(file, 'daemon-options'), {
    keys,
    // An entry of two words is about a value of a key, not about a key.
    removed: removed.filter(([key]) => !key?.includes(' ')),
  });
}
