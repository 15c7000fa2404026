/** What was written meets what may be written: plain values of what is right, and a place and a sentence for the rest. */
import { coreScalar, keyText } from '../../syntax/yaml/scalar.js';
import type { YamlMap, YamlNode, YamlScalar } from '../../syntax/yaml/tree.js';
import type { Span } from '../../text/span.js';
import { didYouMean, oneOf } from '../near.js';
import type { ListShape, MapShape, ScalarShape, Shape, WordsShape } from './shape.js';

export interface ConfigProblem {
  /** Offsets into the file of configuration. */
  readonly at: Span;
  /** Whole sentences; code in backquotes. */
  readonly message: string;
}

/** Notes what is wrong; `name` is how messages call the node. Undefined for what is empty or wrong as a whole. */
export function checkNode(node: YamlNode, shape: Shape, name: string, problems: ConfigProblem[]): unknown {
  const target = node.kind === 'alias' ? node.target : node;
  if (target === undefined || target.kind === 'alias') {
    problems.push({ at: node.full, message: `${name} refers to an anchor that does not exist.` });
    return undefined;
  }
  const wrong = (wanted: string) => {
    problems.push({ at: node.full, message: `${name} must be ${wanted}, and this is ${nounOf(target)}.` });
    return undefined;
  };
  switch (shape.kind) {
    case 'map':
      if (target.kind === 'map') return checkMap(target, shape, problems);
      // `rules:` with everything below it commented out.
      if (isEmpty(target)) return undefined;
      if (shape.short && target.kind === 'scalar') return checkWord(target, shape.short, name, problems);
      return wrong(shape.short ? `${wordList(shape.short)}, or a map` : `a map of ${shape.keyIs}s`);
    case 'list':
      if (target.kind === 'seq') return checkList(target.items, shape, name, problems);
      return isEmpty(target) ? undefined : wrong(listOf(shape.item));
    case 'words':
      return target.kind === 'scalar' ? checkWord(target, shape, name, problems) : wrong(wordList(shape));
    default:
      return target.kind === 'scalar'
        ? checkScalar(target, shape, name, problems)
        : wrong(`a ${NOUNS[shape.kind]}`);
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
      problems.push({ at: key.full, message: `A ${shape.keyIs} is named by a single word.` });
      continue;
    }
    const entry = shape.keys.get(word) ?? shape.others;
    if (entry === undefined) {
      const near = didYouMean(word, shape.keys.keys());
      problems.push({ at: key.full, message: `There is no ${shape.keyIs} \`${word}\`.${near}` });
    } else if (values.has(word)) {
      problems.push({ at: key.full, message: `\`${word}\` is written twice; only the first one counts.` });
    } else values.set(word, checkNode(value, entry.shape, `\`${word}\``, problems));
  }
  return Object.fromEntries([...values].filter(([, value]) => value !== undefined));
}

function checkList(
  items: readonly YamlNode[],
  { item }: ListShape,
  name: string,
  problems: ConfigProblem[],
): readonly unknown[] {
  return items
    .map((node) => checkNode(node, item, `An entry of ${name}`, problems))
    .filter((value) => value !== undefined);
}

function checkWord(
  node: YamlScalar,
  shape: WordsShape,
  name: string,
  problems: ConfigProblem[],
): string | undefined {
  const words = shape.words.map(({ word }) => word);
  if (words.includes(node.value)) return node.value;
  problems.push({
    at: node.full,
    message: node.empty
      ? `${name} has no value; it is ${wordList(shape)}.`
      : `${name} cannot be \`${node.value}\`; it is ${wordList(shape)}.${didYouMean(node.value, words)}`,
  });
  return undefined;
}

function checkScalar(
  node: YamlScalar,
  { kind, complain }: ScalarShape,
  name: string,
  problems: ConfigProblem[],
): string | number | boolean | undefined {
  const value = coreScalar(node);
  // `010` and `1.0` are meant as they are written where a text is wanted; a word that means nothing or yes is not.
  const found = kind === 'text' && typeof value === 'number' ? node.value : value;
  const fits = kind === 'text' ? typeof found === 'string' : typeof found === kind;
  const complaint =
    !fits || found === null
      ? node.empty
        ? `has no value; it is a ${NOUNS[kind]}`
        : `must be a ${NOUNS[kind]}, and this is ${nounOf(node)}`
      : complain?.(String(found));
  if (complaint === undefined && found !== null) return found;
  problems.push({ at: node.full, message: `${name} ${complaint}.` });
  return undefined;
}

const NOUNS = { text: 'text', number: 'number', boolean: 'true or false' } as const;

function wordList({ words }: WordsShape): string {
  return oneOf(words.map(({ word }) => word));
}

function listOf(item: ListShape['item']): string {
  return item.kind === 'words' ? `a list, each entry ${wordList(item)}` : `a list of ${NOUNS[item.kind]}s`;
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && coreScalar(node) === null;
}

function nounOf(node: YamlNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'seq') return 'a list';
  if (node.kind === 'alias') return 'an alias';
  const value = coreScalar(node);
  if (value === null) return 'nothing';
  return typeof value === 'string' ? 'a text' : `the ${NOUNS_OF_VALUES[typeof value] ?? 'value'} ${value}`;
}

const NOUNS_OF_VALUES: Readonly<Record<string, string>> = { number: 'number', boolean: 'word' };
