/**
 * Removal of entries of a YAML text. Several go at once, because the last one of a list or mapping takes its parent
 * with it, and because neighbours in brackets share their commas.
 */
import type { YamlMap, YamlNode, YamlPair, YamlSeq } from '../../syntax/yaml/tree.js';
import type { Edit } from '../../text/edit.js';
import { contains, type Span } from '../../text/span.js';
import { endOfContent, type Slot, type YamlFile } from './yaml-edit.js';

export interface Removals {
  readonly slots: readonly Slot[];
  /** Lists and mappings that get new entries by other edits: they stay, even without any of their old ones. */
  readonly refilled: ReadonlySet<YamlNode>;
  /** Parents at this depth or above are never removed. */
  readonly keepDepth: number;
}

/**
 * Comments on the lines of the entries stay; a parent that would be left empty goes with them. Undefined for what
 * shares its line with a list's dash, and when somebody refers to an anchor that would go.
 */
export function removeSlots(
  file: YamlFile,
  { slots, refilled, keepDepth }: Removals,
): readonly Edit[] | undefined {
  const groups = new Map<YamlMap | YamlSeq, Set<Slot>>();
  const pending = [...slots];
  for (let slot = pending.pop(); slot; slot = pending.pop()) {
    const node = containerOf(slot);
    const group = groups.get(node) ?? new Set();
    groups.set(node, group);
    if (![...group].some((one) => indexOf(one) === indexOf(slot))) group.add(slot);
    if (group.size < sizeOf(node) || refilled.has(node)) continue;
    if (slot.parent === undefined || depthOf(slot) <= keepDepth || valueOfSlot(slot.parent)?.anchor)
      return undefined;
    groups.delete(node);
    pending.push(slot.parent);
  }
  const edits: Edit[] = [];
  for (const [node, group] of groups) {
    const removed = removeMembers(file, node, new Set([...group].map(indexOf)));
    if (removed === undefined) return undefined;
    edits.push(...removed);
  }
  return united(edits);
}

function containerOf(slot: Slot): YamlMap | YamlSeq {
  return slot.kind === 'pair' ? slot.map : slot.seq;
}

function indexOf(slot: Slot): number {
  return slot.kind === 'pair' ? slot.map.pairs.indexOf(slot.pair) : slot.index;
}

function sizeOf(node: YamlMap | YamlSeq): number {
  return node.kind === 'map' ? node.pairs.length : node.items.length;
}

function valueOfSlot(slot: Slot): YamlNode | undefined {
  return slot.kind === 'pair' ? slot.pair.value : slot.seq.items[slot.index];
}

function depthOf(slot: Slot): number {
  return slot.parent ? 1 + depthOf(slot.parent) : 0;
}

function removeMembers(
  file: YamlFile,
  node: YamlMap | YamlSeq,
  indexes: ReadonlySet<number>,
): readonly Edit[] | undefined {
  if (node.flow) {
    const members =
      node.kind === 'map' ? node.pairs.map((pair) => pair.span) : node.items.map((item) => item.full);
    return removeFromFlow(file, node.span, members, indexes);
  }
  const edits = [...indexes].map((index) =>
    node.kind === 'map' ? removePair(file, node, index) : removeItem(file, node, index),
  );
  return edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

function removePair(file: YamlFile, map: YamlMap, index: number): Edit | undefined {
  const pair: YamlPair | undefined = map.pairs[index];
  if (pair === undefined) return undefined;
  const end = Math.max(pair.span.end, pair.value.span.end, pair.key.span.end + 1);
  return removeBlock(file, { start: pair.key.full.start, end }, map.pairs[index + 1]?.key.full.start);
}

function removeItem(file: YamlFile, seq: YamlSeq, index: number): Edit | undefined {
  const item = seq.items[index];
  const dash = seq.dashes[index];
  if (item === undefined || dash === undefined) return undefined;
  return removeBlock(file, { start: dash.start, end: Math.max(item.span.end, dash.end) }, undefined);
}

function removeBlock({ source }: YamlFile, whole: Span, nextKey: number | undefined): Edit | undefined {
  const line = source.lineSpan(source.lineAt(whole.start));
  const before = source.text.slice(line.start, whole.start);
  if (before.trim() !== '') {
    // The first key behind a dash: the next key takes its place.
    return nextKey === undefined ? undefined : { span: { start: whole.start, end: nextKey }, text: '' };
  }
  const end = endOfContent(source, whole);
  // Comments between the lines that go would go too; where they belong then, only the user knows.
  if (/\n[ \t]*#/.test(source.text.slice(whole.start, end))) return undefined;
  const lastLine = source.lineSpan(source.lineAt(end));
  const rest = source.text.slice(end, lastLine.end);
  const comment = rest.trimStart();
  if (comment.startsWith('#'))
    return { span: { start: whole.start, end: lastLine.end - comment.length }, text: '' };
  const next = source.lineStarts[source.lineAt(end) + 1];
  if (next !== undefined) return { span: { start: line.start, end: next }, text: '' };
  // The last line of a text without final line break: the break before it goes instead.
  const previousEnd = line.start === 0 ? 0 : source.lineSpan(source.lineAt(line.start) - 1).end;
  return { span: { start: previousEnd, end: lastLine.end }, text: '' };
}

/** Each run of neighbours goes with the commas on one side of it. */
function removeFromFlow(
  { source }: YamlFile,
  whole: Span,
  members: readonly Span[],
  indexes: ReadonlySet<number>,
): readonly Edit[] {
  return members.flatMap((first, from): Edit[] => {
    if (!indexes.has(from) || indexes.has(from - 1)) return [];
    let to = from;
    while (indexes.has(to + 1)) to++;
    const last = members[to] ?? first;
    const next = members[to + 1];
    const previous = members[from - 1];
    if (next) return [{ span: { start: first.start, end: next.start }, text: '' }];
    if (previous) return [{ span: { start: previous.end, end: last.end }, text: '' }];
    const comma = /^\s*,/.exec(source.text.slice(last.end, whole.end - 1))?.[0].length ?? 0;
    return [{ span: { start: first.start, end: last.end + comma }, text: '' }];
  });
}

/** Removals that overlap, or lie in one another, as one. */
function united(edits: readonly Edit[]): readonly Edit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const result: Edit[] = [];
  for (const edit of sorted) {
    const last = result.at(-1);
    if (last === undefined || edit.span.start >= last.span.end) result.push(edit);
    else if (!contains(last.span, edit.span))
      result[result.length - 1] = { span: { start: last.span.start, end: edit.span.end }, text: '' };
  }
  return result;
}
