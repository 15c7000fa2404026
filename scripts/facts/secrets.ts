// Cuts the table of secrets: token shapes, words of names, weak and placeholder values, variables that are known.
import { fail, head, list, oneOf, shape, text, unique } from './read.js';
import { type Table, table } from './write.js';

export function secrets(raw: unknown): Table {
  const file = shape(raw, 'secret-patterns', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'rules',
    'envName',
    'envNameNot',
    'envWords',
    'envNotWords',
    'knownVariables',
    'weakValues',
    'placeholders',
    'tokens',
  ]);
  const tokens = list(file.tokens, 'tokens', (item, where) => {
    const one = shape(item, where, ['id', 'prefixes', 'regex', 'confidence']);
    const regex = pattern(one.regex, where);
    if (/[*+](?![^[]*\])|\(\?[=!<]/.test(regex.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')))
      fail(where, 'an unbounded repeat or a look-around would not be linear');
    return {
      id: text(one.id, where),
      confidence: oneOf(one.confidence, where, ['high', 'medium', 'low']),
      prefixes: list(one.prefixes, where, text),
      regex,
    };
  });
  unique(
    tokens.map((one) => one.id),
    'tokens',
  );
  const variables = list(file.knownVariables, 'knownVariables', (item, where) => {
    const one = shape(item, where, ['name', 'for', 'remark']);
    const name = text(one.name, where);
    const remark = text(one.remark, where);
    const variant = /\b[A-Z0-9_]+_FILE\b/.exec(remark)?.[0];
    if (variant !== undefined && !variant.startsWith(name))
      fail(where, `${variant} does not belong to ${name}`);
    return [name, text(one.for, where), ...(variant === undefined ? [] : [variant])];
  });
  unique(
    variables.map(([name]) => name ?? ''),
    'knownVariables',
  );
  list(file.envWords, 'envWords', text);
  const weak = list(file.weakValues, 'weakValues', text).map((value) => value.toLowerCase());
  unique(weak, 'weakValues');
  return table('secrets.json', head(file, 'secret-patterns'), {
    envName: [pattern(file.envName, 'envName')],
    // Entries with a remark in brackets say it about the word before it; lists of suffixes are in the code.
    envNot: [
      list(file.envNotWords, 'envNotWords', text)
        .map((word) => word.replace(/ \(.*$/, ''))
        .join(' '),
    ],
    variables,
    weak: [weak.join(' ')],
    placeholders: list(file.placeholders, 'placeholders', pattern),
    tokens,
  });
}

/** A regular expression that compiles, as its source. */
function pattern(value: unknown, where: string): string {
  const source = text(value, where);
  try {
    new RegExp(source);
  } catch {
    fail(where, `"${source}" is no regular expression`);
  }
  return source;
}
