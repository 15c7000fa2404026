/** A configuration as text: YAML as Compose prints it, or plain data for JSON. */
import { coreScalar } from '../../../../syntax/yaml/scalar.js';
import { type ConfigNode, type ConfigScalar, entriesOf } from '../../config-node.js';

export interface PrintOptions {
  /** What to say behind a value. */
  note?(node: ConfigNode): string | undefined;
}

/** YAML with two blanks per level and keys in order of the alphabet below the first. */
export function printYaml(node: ConfigNode, options: PrintOptions = {}): string {
  return `${printMap(node, '', options, false).join('\n')}\n`;
}

function printMap(
  node: ConfigNode,
  indent: string,
  options: PrintOptions,
  sorted: boolean,
): readonly string[] {
  const entries = [...entriesOf(node)];
  if (sorted) entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return entries.flatMap(({ key, value }) => {
    const head = `${indent}${quotedKey(key)}:`;
    return isEmpty(value)
      ? [`${head} ${flow(value)}${noteOf(value, options)}`]
      : value.kind === 'map'
        ? [head, ...printMap(value, `${indent}  `, options, true)]
        : [head, ...printList(value, `${indent}  `, options)];
  });
}

function printList(node: ConfigNode, indent: string, options: PrintOptions): readonly string[] {
  const items = node.kind === 'list' ? node.items : [];
  return items.flatMap((item) => {
    if (isEmpty(item)) return [`${indent}- ${flow(item)}${noteOf(item, options)}`];
    const [first = '', ...rest] =
      item.kind === 'map'
        ? printMap(item, `${indent}  `, options, true)
        : printList(item, `${indent}  `, options);
    return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
  });
}

/** Written on the line of its key. */
function isEmpty(node: ConfigNode): boolean {
  if (node.kind === 'scalar') return true;
  return node.kind === 'map' ? node.entries.size === 0 : node.items.length === 0;
}

function flow(node: ConfigNode): string {
  if (node.kind === 'map') return '{}';
  return node.kind === 'list' ? '[]' : scalarText(node);
}

function noteOf(node: ConfigNode, { note }: PrintOptions): string {
  const text = note?.(node);
  return text === undefined ? '' : ` # ${text}`;
}

/** A dollar sign is written twice, so that the text can be read as a Compose file again. */
function scalarText({ value }: ConfigScalar): string {
  if (typeof value !== 'string') return String(value);
  return quoted(value.replaceAll('$', '$$$$'));
}

function quotedKey(key: string): string {
  return quoted(key);
}

const PLAIN = /^[A-Za-z0-9_./<($^+-][^\n\r\t]*$/;

function quoted(text: string): string {
  const isPlain =
    PLAIN.test(text) &&
    !/\p{C}|[\u2028\u2029]|: |:$| #|\s$|^- |^-$|^[?]|^---|^\.\.\./u.test(text) &&
    !/^(?:y|yes|n|no|on|off)$/i.test(text) &&
    !/^[-+]?[0-9][0-9_:.]*$/.test(text) &&
    typeof readPlain(text) === 'string';
  return isPlain ? text : JSON.stringify(text);
}

/** What a YAML reader makes of the text without quotes. */
function readPlain(text: string): unknown {
  const span = { start: 0, end: text.length };
  return coreScalar({ kind: 'scalar', value: text, style: 'plain', empty: text === '', span, full: span });
}

export function toPlain(node: ConfigNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  // A mapping of its own kind: `__proto__` is a key like any other.
  const result = Object.create(null) as Record<string, unknown>;
  for (const { key, value } of entriesOf(node)) result[key] = toPlain(value);
  return result;
}

/** All single values with the way to them. */
export function leavesOf(
  node: ConfigNode,
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly node: ConfigScalar }[] {
  if (node.kind === 'scalar') return [{ path, node }];
  if (node.kind === 'list') return node.items.flatMap((item, at) => leavesOf(item, [...path, String(at)]));
  return entriesOf(node).flatMap(({ key, value }) => leavesOf(value, [...path, key]));
}
