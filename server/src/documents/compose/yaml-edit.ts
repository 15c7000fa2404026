/**
 * Minimal edits of a YAML text, made from the tree alone. What cannot be said exactly at a place gives undefined.
 * Comments, quotes, order and indentation of everything else stay byte for byte.
 */
import type { YamlMap, YamlNode, YamlPair, YamlSeq } from '../../syntax/yaml/tree.js';
import type { SectionContent } from '../../model/project.js';
import type { Edit } from '../../text/edit.js';
import type { SourceText } from '../../text/source-text.js';
import { contains, type Span } from '../../text/span.js';
import { columnOf, keyColumnOf, quoted, type YamlStyle, yamlString } from './yaml-style.js';

/** New content: text of a scalar as it should be written, a list of strings, or a mapping. */
export type NewValue = SectionContent;

export interface YamlFile {
  readonly source: SourceText;
  readonly style: YamlStyle;
}

/** Where a node stands: as the value of a pair, or as an item of a list. */
export type Slot =
  | {
      readonly kind: 'pair';
      readonly map: YamlMap;
      readonly pair: YamlPair;
      readonly parent: Slot | undefined;
    }
  | {
      readonly kind: 'item';
      readonly seq: YamlSeq;
      readonly index: number;
      readonly parent: Slot | undefined;
    };

/** Slots by the offsets at which a key, a value or an item starts. */
export function indexSlots(root: YamlNode | undefined): ReadonlyMap<number, Slot> {
  const slots = new Map<number, Slot>();
  const add = (offset: number, slot: Slot) => {
    if (!slots.has(offset)) slots.set(offset, slot);
  };
  function visit(node: YamlNode, parent: Slot | undefined): void {
    if (node.kind === 'map') {
      for (const pair of node.pairs) {
        const slot: Slot = { kind: 'pair', map: node, pair, parent };
        add(pair.key.span.start, slot);
        visit(pair.value, slot);
        add(pair.value.span.start, slot);
      }
    } else if (node.kind === 'seq') {
      node.items.forEach((item, index) => {
        const slot: Slot = { kind: 'item', seq: node, index, parent };
        // The item itself before its first key, which may start at the same offset.
        if (item.kind !== 'map') add(item.span.start, slot);
        visit(item, slot);
        add(item.span.start, slot);
      });
    }
  }
  if (root) visit(root, undefined);
  return slots;
}

/** Adds keys to a mapping that is written in this place (not reached by an alias). */
export function addToMap(
  file: YamlFile,
  owner: YamlPair,
  added: ReadonlyMap<string, NewValue>,
): Edit | undefined {
  const { value } = owner;
  const ownerColumn = columnOf(file.source, owner.key.span.start);
  if (value.kind === 'map' && value.flow) return addToFlowMap(file, value, added);
  if (value.kind === 'map') {
    const column = keyColumnOf(file.source, value);
    return column === undefined
      ? undefined
      : insertLines(file, endOfContent(file.source, value.span), renderMap(file, added, ' '.repeat(column)));
  }
  const blank =
    value.kind === 'scalar' && value.empty && value.tag === undefined && value.anchor === undefined;
  if (!blank) return undefined;
  return insertLines(
    file,
    owner.key.span.end,
    renderMap(file, added, ' '.repeat(ownerColumn) + file.style.unit),
  );
}

function addToFlowMap(file: YamlFile, map: YamlMap, added: ReadonlyMap<string, NewValue>): Edit {
  const text = [...added].map(([key, value]) => `${key}: ${renderFlow(file, value)}`).join(', ');
  return insertIntoFlow(file, map.span, map.pairs.at(-1)?.span, text);
}

/**
 * Adds items to a list that is written in this place. A single scalar becomes a list with itself as first item.
 * `removed`: items that other edits take away; in brackets, all of them are written over here.
 */
export function addToList(
  file: YamlFile,
  owner: YamlPair,
  items: readonly string[],
  removed: ReadonlySet<YamlNode> = new Set(),
): Edit | undefined {
  const list = owner.value;
  if (list.kind === 'seq')
    return list.flow
      ? addToFlowList(file, list, items, removed)
      : addToBlockList(file, owner, list, items, removed);
  if (list.kind !== 'scalar' || list.tag !== undefined || list.anchor !== undefined) return undefined;
  if (list.empty) {
    const indent = ' '.repeat(columnOf(file.source, owner.key.span.start)) + file.style.dashIndent;
    return insertLines(
      file,
      owner.key.span.end,
      items.map((item) => `${indent}- ${yamlString(item, file.style)}`),
    );
  }
  const written = file.source.slice(list.span);
  if (list.style === 'plain' && /^(?:~|null)$/i.test(list.value)) return undefined;
  if (list.style === 'literal' || list.style === 'folded' || written.includes('\n')) return undefined;
  const first = list.style === 'plain' ? yamlString(list.value, file.style, true) : written;
  return {
    span: list.span,
    text: `[${[first, ...items.map((item) => yamlString(item, file.style, true))].join(', ')}]`,
  };
}

function addToFlowList(
  file: YamlFile,
  list: YamlSeq,
  items: readonly string[],
  removed: ReadonlySet<YamlNode>,
): Edit {
  const text = items.map((item) => yamlString(item, file.style, true)).join(', ');
  const first = list.items[0];
  const last = list.items.at(-1);
  const kept = list.items.findLast((item) => !removed.has(item));
  if (kept === last || first === undefined || last === undefined)
    return insertIntoFlow(file, list.span, last?.full, text);
  return kept === undefined
    ? { span: { start: first.full.start, end: last.full.end }, text }
    : { span: { start: kept.full.end, end: kept.full.end }, text: `, ${text}` };
}

function addToBlockList(
  file: YamlFile,
  owner: YamlPair,
  list: YamlSeq,
  items: readonly string[],
  removed: ReadonlySet<YamlNode>,
): Edit | undefined {
  const index = list.items.findLastIndex((item) => !removed.has(item));
  const dash = list.dashes[Math.max(0, index)];
  const kept = list.items[index];
  // Behind an alias the owner is not the key above the list.
  if (dash === undefined || (kept === undefined && !contains(owner.span, list.span))) return undefined;
  const indent = ' '.repeat(columnOf(file.source, dash.start));
  return insertLines(
    file,
    kept === undefined
      ? owner.key.span.end
      : endOfContent(file.source, { start: dash.start, end: Math.max(kept.span.end, dash.end) }),
    items.map((item) => `${indent}- ${yamlString(item, file.style)}`),
  );
}

function insertIntoFlow({ source }: YamlFile, whole: Span, last: Span | undefined, text: string): Edit {
  const at = last?.end ?? whole.start + 1;
  const trailingComma = last !== undefined && /^\s*,/.test(source.text.slice(at, whole.end));
  if (last === undefined) return { span: { start: at, end: at }, text };
  const lastLine = source.lineSpan(source.lineAt(last.start));
  const before = source.text.slice(lastLine.start, last.start);
  const ownLine = before.trim() === '';
  const position = trailingComma ? source.text.indexOf(',', at) + 1 : at;
  const gap = ownLine ? source.eol + before : ' ';
  return {
    span: { start: position, end: position },
    text: `${trailingComma ? '' : ','}${gap}${text}${trailingComma && ownLine ? ',' : ''}`,
  };
}

/** The offset behind the last character of a node that is not blank. */
export function endOfContent(source: SourceText, at: Span): number {
  let end = at.end;
  while (end > at.start && /\s/.test(source.text[end - 1] ?? '')) end--;
  return end;
}

/** Whole lines behind the line that holds `offset`, so that a comment at its end stays where it is. */
function insertLines({ source }: YamlFile, offset: number, lines: readonly string[]): Edit {
  const { end } = source.lineSpan(source.lineAt(offset));
  return { span: { start: end, end }, text: lines.map((line) => source.eol + line).join('') };
}

function renderMap(file: YamlFile, added: ReadonlyMap<string, NewValue>, indent: string): string[] {
  return [...added].flatMap(([key, value]) => {
    if ('scalar' in value) return [`${indent}${key}: ${value.scalar}`];
    if ('map' in value) return [`${indent}${key}:`, ...renderMap(file, value.map, indent + file.style.unit)];
    if (file.style.lists === 'flow' || value.list.length === 0)
      return [`${indent}${key}: ${renderFlow(file, value)}`];
    return [
      `${indent}${key}:`,
      ...value.list.map((item) => `${indent}${file.style.dashIndent}- ${yamlString(item, file.style)}`),
    ];
  });
}

function renderFlow(file: YamlFile, value: NewValue): string {
  if ('scalar' in value) return value.scalar;
  if ('list' in value) return `[${value.list.map((item) => yamlString(item, file.style, true)).join(', ')}]`;
  return `{ ${[...value.map].map(([key, inner]) => `${key}: ${renderFlow(file, inner)}`).join(', ')} }`;
}

/** Replaces a scalar's value. Its quotes stay; a plain one gets quotes when the new text needs them. */
export function replaceScalar(
  file: YamlFile,
  node: YamlNode,
  text: string,
  flow: boolean,
  placeholder?: string,
): Edit | undefined {
  if (node.kind !== 'scalar' || node.style === 'literal' || node.style === 'folded') return undefined;
  const written =
    node.style === 'single'
      ? quoted(text, "'")
      : node.style === 'double'
        ? JSON.stringify(text)
        : yamlString(text, file.style, flow);
  const start = placeholder === undefined ? -1 : written.indexOf(placeholder);
  const edit: Edit = { span: node.span, text: node.empty ? ` ${written}` : written };
  if (placeholder === undefined || start < 0) return edit;
  const shift = node.empty ? 1 : 0;
  return { ...edit, placeholder: { start: start + shift, end: start + shift + placeholder.length } };
}
