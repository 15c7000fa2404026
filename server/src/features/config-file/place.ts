/** What a place in `.bulkhead.yaml` is about: the setting under the pointer, or what could be typed at the cursor. */
import type { Entry, MapShape, Shape } from '../../engine/config-file/shape.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import { keyText } from '../../syntax/yaml/scalar.js';
import type { YamlNode } from '../../syntax/yaml/tree.js';
import { contains, type Span } from '../../text/span.js';

export interface Setting {
  readonly name: string;
  readonly entry: Entry;
  /** Of the name, or of the word behind it. */
  readonly span: Span;
  /** The word behind the name, when the place is there. */
  readonly word: string | undefined;
}

/** The innermost setting whose name or word lies there. */
export function settingAt(root: YamlNode | undefined, shape: Shape, offset: number): Setting | undefined {
  const at = { start: offset, end: offset };
  if (root?.kind !== 'map' || shape.kind !== 'map') return undefined;
  for (const { key, value } of root.pairs) {
    const name = keyText(key);
    const entry = name === undefined ? undefined : entryOf(shape, name);
    if (name === undefined || entry === undefined) continue;
    if (contains(key.full, at)) return { name, entry, span: key.full, word: undefined };
    if (!contains(value.full, at)) continue;
    if (value.kind === 'seq' && entry.shape.kind === 'list') {
      const item = value.items.find((one) => contains(one.full, at));
      if (item?.kind !== 'scalar') return undefined;
      return { name, entry: { ...entry, shape: entry.shape.item }, span: item.full, word: item.value };
    }
    if (value.kind !== 'scalar') return settingAt(value, entry.shape, offset);
    return value.empty ? undefined : { name, entry, span: value.full, word: value.value };
  }
  return undefined;
}

function entryOf({ keys, others }: MapShape, name: string): Entry | undefined {
  return keys.get(name) ?? others;
}

export interface Typed {
  /** The word that a choice replaces. */
  readonly span: Span;
  readonly shape: Shape;
  /** A name is typed, beside these; otherwise the value of a setting. */
  readonly beside: readonly string[] | undefined;
  /** Nothing follows the word that makes it a name already. */
  readonly needsColon: boolean;
}

const WORD = /[\w.-]*$/;
/** Stands for the typed word; a name that nobody gives to anything. */
const MARK = 'typed-here-0';

/** Reads the text once more with a mark in place of the typed word, so that the tree says where that is. */
export function typedAt(text: string, shape: Shape, offset: number): Typed | undefined {
  const start = offset - (WORD.exec(text.slice(0, offset))?.[0].length ?? 0);
  const end = offset + (/^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (/(?:^|\s)#/.test(line)) return undefined;
  const isName = /^\s*$/.test(line);
  const hasColon = /^[ \t]*:/.test(text.slice(end));
  const marked = `${text.slice(0, start)}${MARK}${isName && !hasColon ? ':' : ''}${text.slice(end)}`;
  const found = findMark(parseYaml(marked).documents[0]?.root, shape);
  return found && { ...found, span: { start, end }, needsColon: !hasColon };
}

function findMark(node: YamlNode | undefined, shape: Shape): Pick<Typed, 'shape' | 'beside'> | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value === MARK ? { shape, beside: undefined } : undefined;
  if (node.kind === 'seq' && shape.kind === 'list') {
    for (const item of node.items) {
      const found = findMark(item, shape.item);
      if (found) return found;
    }
    return undefined;
  }
  if (node.kind !== 'map' || shape.kind !== 'map') return undefined;
  const names = node.pairs.map(({ key }) => keyText(key) ?? '');
  if (names.includes(MARK)) return { shape, beside: names };
  for (const { key, value } of node.pairs) {
    const entry = entryOf(shape, keyText(key) ?? '');
    const found = entry && findMark(value, entry.shape);
    if (found) return found;
  }
  return undefined;
}
