/** What was written meets what may be written: plain values of what is right, and a place and a sentence for the rest. */
import { nearest } from '../../facts/nearest.js';
import { type Argument, type Message, either, say } from '../../l10n/message.js';
import { coreScalar, keyText } from '../../syntax/yaml/scalar.js';
import type { YamlMap, YamlNode, YamlScalar } from '../../syntax/yaml/tree.js';
import type { Span } from '../../text/span.js';
import type { KeyKind, ListShape, MapShape, ScalarShape, Shape, WordsShape } from './shape.js';

export interface ConfigProblem {
  /** Offsets into the file of configuration. */
  readonly at: Span;
  /** Whole sentences; code in backquotes. */
  readonly message: Message;
  /** Of a word that is not known: the known ones that look like it and may take its place, best first. */
  readonly instead?: Instead;
}

export interface Instead {
  /** Of the word without tag and anchor, with its quotes. */
  readonly at: Span;
  readonly words: readonly string[];
}

/** Notes what is wrong; `name` is how messages call the node. Undefined for what is empty or wrong as a whole. */
export function checkNode(node: YamlNode, shape: Shape, name: Argument, problems: ConfigProblem[]): unknown {
  const target = node.kind === 'alias' ? node.target : node;
  if (target === undefined || target.kind === 'alias') {
    problems.push({ at: node.full, message: say`${name} refers to an anchor that does not exist.` });
    return undefined;
  }
  const wrong = (wanted: Argument) => {
    problems.push({ at: node.full, message: say`${name} must be ${wanted}, and this is ${nounOf(target)}.` });
    return undefined;
  };
  switch (shape.kind) {
    case 'map':
      if (target.kind === 'map') return checkMap(target, shape, problems);
      // `rules:` with everything below it commented out.
      if (isEmpty(target)) return undefined;
      if (shape.short && target.kind === 'scalar') return checkWord(target, shape.short, name, problems);
      return wrong(shape.short ? say`${wordList(shape.short)}, or a map` : MAPS[shape.keyIs]);
    case 'list':
      if (target.kind === 'seq') return checkList(target.items, shape, name, problems);
      return isEmpty(target) ? undefined : wrong(listOf(shape.item));
    case 'words':
      return target.kind === 'scalar' ? checkWord(target, shape, name, problems) : wrong(wordList(shape));
    default:
      return target.kind === 'scalar' ? checkScalar(target, shape, name, problems) : wrong(NOUNS[shape.kind]);
  }
}

function checkMap(
  node: YamlMap,
  shape: MapShape,
  problems: ConfigProblem[],
): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown>();
  for (const { key, value } of node.pairs) {
    const word = keyText(key);
    if (word === undefined) {
      problems.push({ at: key.full, message: KEY_NOT_A_WORD[shape.keyIs] });
      continue;
    }
    const entry = shape.keys.get(word) ?? shape.others;
    if (entry === undefined) {
      const near = nearest(word, shape.keys.keys());
      const written = node.pairs.map((pair) => keyText(pair.key));
      problems.push({
        at: key.full,
        message: withNearest(NO_SUCH_KEY[shape.keyIs](word), near),
        // A name must not be written twice.
        ...(key.kind === 'scalar' && {
          instead: { at: key.span, words: near.filter((name) => !written.includes(name)) },
        }),
      });
    } else if (values.has(word)) {
      problems.push({ at: key.full, message: say`\`${word}\` is written twice; only the first one counts.` });
    } else values.set(word, checkNode(value, entry.shape, `\`${word}\``, problems));
  }
  return Object.fromEntries([...values].filter(([, value]) => value !== undefined));
}

function checkList(
  items: readonly YamlNode[],
  { item }: ListShape,
  name: Argument,
  problems: ConfigProblem[],
): readonly unknown[] {
  return items
    .map((node) => checkNode(node, item, say`An entry of ${name}`, problems))
    .filter((value) => value !== undefined);
}

function checkWord(
  node: YamlScalar,
  shape: WordsShape,
  name: Argument,
  problems: ConfigProblem[],
): string | undefined {
  const words = shape.words.map(({ word }) => word);
  if (words.includes(node.value)) return node.value;
  if (node.empty) {
    problems.push({ at: node.full, message: say`${name} has no value; it is ${wordList(shape)}.` });
    return undefined;
  }
  const near = nearest(node.value, words);
  problems.push({
    at: node.full,
    message: withNearest(say`${name} cannot be \`${node.value}\`; it is ${wordList(shape)}.`, near),
    instead: { at: node.span, words: near },
  });
  return undefined;
}

function checkScalar(
  node: YamlScalar,
  { kind, complain }: ScalarShape,
  name: Argument,
  problems: ConfigProblem[],
): string | number | boolean | undefined {
  const value = coreScalar(node);
  // `010` and `1.0` are meant as they are written where a text is wanted; a word that means nothing or yes is not.
  const found = kind === 'text' && typeof value === 'number' ? node.value : value;
  const fits = kind === 'text' ? typeof found === 'string' : typeof found === kind;
  const complaint =
    !fits || found === null
      ? node.empty
        ? say`${name} has no value; it is ${NOUNS[kind]}.`
        : say`${name} must be ${NOUNS[kind]}, and this is ${nounOf(node)}.`
      : complain?.(String(found), name);
  if (complaint === undefined) return found ?? undefined;
  problems.push({ at: node.full, message: complaint });
  return undefined;
}

const NOUNS = { text: say`a text`, number: say`a number`, boolean: say`true or false` } as const;
const LISTS = {
  text: say`a list of texts`,
  number: say`a list of numbers`,
  boolean: say`a list of true and false`,
} as const;

const MAPS: Readonly<Record<KeyKind, Message>> = {
  setting: say`a map of settings`,
  rule: say`a map of rules`,
  practice: say`a map of practices`,
  option: say`a map of options`,
  service: say`a map of services`,
};
const KEY_NOT_A_WORD: Readonly<Record<KeyKind, Message>> = {
  setting: say`A setting is named by a single word.`,
  rule: say`A rule is named by a single word.`,
  practice: say`A practice is named by a single word.`,
  option: say`An option is named by a single word.`,
  service: say`A service is named by a single word.`,
};
const NO_SUCH_KEY: Readonly<Record<KeyKind, (word: string) => Message>> = {
  setting: (word) => say`There is no setting \`${word}\`.`,
  rule: (word) => say`There is no rule \`${word}\`.`,
  practice: (word) => say`There is no practice \`${word}\`.`,
  option: (word) => say`There is no option \`${word}\`.`,
  service: (word) => say`There is no service \`${word}\`.`,
};

function withNearest(message: Message, near: readonly string[]): Message {
  const names = near.map((name) => `\`${name}\``);
  return names.length === 0 ? message : say`${message} Did you mean ${either(names)}?`;
}

function wordList({ words }: WordsShape): Message {
  return either(words.map(({ word }) => word));
}

function listOf(item: ListShape['item']): Message {
  return item.kind === 'words' ? say`a list, each entry ${wordList(item)}` : LISTS[item.kind];
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && coreScalar(node) === null;
}

function nounOf(node: YamlNode): Message {
  if (node.kind === 'map') return say`a map`;
  if (node.kind === 'seq') return say`a list`;
  if (node.kind === 'alias') return say`an alias`;
  const value = coreScalar(node);
  if (value === null) return say`nothing`;
  if (typeof value === 'string') return say`a text`;
  return typeof value === 'number' ? say`the number ${value}` : say`the word ${String(value)}`;
}
