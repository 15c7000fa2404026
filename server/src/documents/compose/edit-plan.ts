/**
 * The steps that every change of a service is made of: setting keys, filling lists, replacing and removing what is
 * written. They are collected in a plan, because keys for one mapping must be added by one edit.
 */
import type { ContainerEdits, ContainerFields } from '../../model/container.js';
import type { YamlMap, YamlNode, YamlPair, YamlSeq } from '../../syntax/yaml/tree.js';
import type { Edit } from '../../text/edit.js';
import { contains, type Place, type Span } from '../../text/span.js';
import { child, type ConfigNode, entriesOf, isNull, itemsOf } from './config-node.js';
import { followAlias } from './resolve.js';
import { type FurtherFile, removeElsewhere, shadowedBy } from './edit-shadows.js';
import { withoutOverlaps } from './edit-overlaps.js';
import { addToSection } from './project-edit.js';
import type { Sharing } from './sharing.js';
import type { FieldKeys } from './spelling.js';
import { addToList, addToMap, type NewValue, replaceScalar, type Slot, type YamlFile } from './yaml-edit.js';
import { removeSlots } from './yaml-remove.js';

export interface ServiceSource {
  readonly name: string;
  readonly file: YamlFile;
  /** The whole file. */
  readonly root: YamlMap;
  /** The service as written; undefined when it lies in another file. */
  readonly pair: YamlPair | undefined;
  /** The service as Compose would start it. */
  readonly node: ConfigNode;
  /** What `pair` says by itself, merge keys followed, without other files and services. */
  readonly own: ConfigNode;
  readonly keys: FieldKeys;
  /** What whoever reads the file has no key for. */
  readonly unwritable: ReadonlySet<keyof ContainerFields>;
  slots(): ReadonlyMap<number, Slot>;
  readonly sharing: Sharing;
  /** Another file of the project, by URI. */
  further(uri: string): FurtherFile | undefined;
}

/** Pairs of a service stand at depth 2 (`services` 0, the service 1): nothing above them is ever removed. */
const SERVICE_KEY_DEPTH = 2;

/** No key of a service lies deeper; ends a cycle of aliases. */
const MAX_DEPTH = 10;

export interface Plan {
  readonly service: ServiceSource;
  /** Keys to add to mappings that exist, by the mapping (or the empty value that becomes one). */
  readonly additions: Map<YamlNode, { readonly owner: YamlPair; readonly added: Map<string, NewValue> }>;
  /** Items to append to lists that exist. */
  readonly lists: Map<YamlSeq, { readonly owner: YamlPair; readonly items: readonly string[] }>;
  readonly removals: Slot[];
  readonly removedPlaces: Place[];
  readonly edits: Edit[];
  /** Entries to add to top-level sections; their lines stand behind those of the service. */
  readonly projectEntries: Map<string, Map<string, NewValue>>;
  readonly alsoChanges: Set<string>;
}

export function newPlan(service: ServiceSource): Plan {
  return {
    service,
    additions: new Map(),
    lists: new Map(),
    removals: [],
    removedPlaces: [],
    edits: [],
    projectEntries: new Map(),
    alsoChanges: new Set(),
  };
}

export function finish(plan: Plan): ContainerEdits | undefined {
  const { file } = plan.service;
  // Lines for an inner mapping stand before those of the mapping around it when both end at one place.
  const innerFirst = [...plan.additions.values()].sort(
    (a, b) => b.owner.value.span.start - a.owner.value.span.start,
  );
  const removed = new Set(plan.removals.flatMap((slot) => nodeOf(slot) ?? []));
  const emptied = [...plan.lists.keys()].filter(
    (list) => list.flow && list.items.every((item) => removed.has(item)),
  );
  const edits = [
    ...[...plan.lists.values()].map(({ owner, items }) => addToList(file, owner, items, removed)),
    ...innerFirst.map(({ owner, added }) => addToMap(file, owner, added)),
  ];
  const removals = removeSlots(file, {
    // In brackets the new items are written over the old ones.
    slots: plan.removals.filter((slot) => slot.kind === 'pair' || !emptied.includes(slot.seq)),
    refilled: new Set([...plan.lists.keys(), ...plan.additions.keys()]),
    keepDepth: SERVICE_KEY_DEPTH,
  });
  const project = [...plan.projectEntries].map(([section, entries]) =>
    addToSection(file, plan.service.root, section, entries),
  );
  if (removals === undefined || edits.includes(undefined) || project.includes(undefined)) return undefined;
  const all = [
    ...plan.edits,
    ...edits.filter((edit) => edit !== undefined),
    ...removals,
    ...project.flatMap((added) => added ?? []),
  ];
  const elsewhere = removeElsewhere(
    shadowedBy(plan.service.node, plan.removedPlaces),
    plan.service.further,
    SERVICE_KEY_DEPTH,
  );
  return {
    edits: [...withoutOverlaps(file.source, all), ...elsewhere.edits],
    alsoChanges: [...plan.alsoChanges],
    alsoIn: elsewhere.files,
  };
}

/** Sets a key below the service. `text` is the bare value for a place where one is written already. */
export function setPath(plan: Plan, path: readonly string[], value: NewValue, text?: string): boolean {
  const { service } = plan;
  const existing = path.reduce<ConfigNode | undefined>(child, service.node);
  if (existing !== undefined && !isNull(existing)) {
    if ('scalar' in value && existing.kind !== 'scalar') return false;
    if (isOwn(service, existing.place)) {
      const typed = 'scalar' in value && value.scalar === text && isTyped(text);
      return text !== undefined && replaceWith(plan, existing.place, text, { typed });
    }
    if (path.length > 1 || isOverridden(existing)) return false;
  }
  return addPath(plan, path, value);
}

/** A later file has the last word: what is written here would change nothing. */
function isOverridden({ place, origin }: ConfigNode): boolean {
  return place.file !== undefined && origin?.kind === 'override';
}

/** Adds the missing part of a path to the deepest mapping that is written in the service itself. */
export function addPath(plan: Plan, path: readonly string[], value: NewValue): boolean {
  let owner = plan.service.pair;
  let node: ConfigNode | undefined = plan.service.own;
  for (let depth = 0; owner !== undefined; depth++) {
    const key = path[depth] ?? '';
    const isLeaf = depth === path.length - 1;
    const present: YamlPair | undefined =
      owner.value.kind === 'map'
        ? owner.value.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.value === key)
        : undefined;
    const inherited = child(node, key);
    if (present === undefined && inherited !== undefined && !isNull(inherited) && !isLeaf) return false;
    if (present === undefined) {
      const at = owner.value.span;
      for (const name of plan.service.sharing.others(plan.service.name, at, depth === 0 ? key : undefined))
        plan.alsoChanges.add(name);
      return addBelow(plan, owner, path.slice(depth), value);
    }
    if (isLeaf) return fillEmpty(plan, present, value);
    owner = behindAlias(plan, present);
    node = inherited;
  }
  return false;
}

/** A pair with the mapping that its alias stands for; whoever else uses the mapping changes with it. */
function behindAlias(plan: Plan, pair: YamlPair): YamlPair {
  const target = pair.value.kind === 'alias' ? followAlias(pair.value) : undefined;
  if (target === undefined) return pair;
  noteSharing(plan, target.span);
  return { ...pair, value: target };
}

export function addBelow(plan: Plan, owner: YamlPair, path: readonly string[], value: NewValue): boolean {
  if (owner.value.kind !== 'map' && !(owner.value.kind === 'scalar' && owner.value.empty)) return false;
  if (isEmptyInFlow(plan, owner.value)) return false;
  const addition = plan.additions.get(owner.value) ?? { owner, added: new Map<string, NewValue>() };
  plan.additions.set(owner.value, addition);
  let target = addition.added;
  for (const key of path.slice(0, -1)) {
    const existing = target.get(key);
    const next: Map<string, NewValue> =
      existing !== undefined && 'map' in existing ? new Map(existing.map) : new Map();
    target.set(key, { map: next });
    target = next;
  }
  const leaf = path.at(-1);
  const wanted = leaf === undefined ? undefined : target.get(leaf);
  if (leaf === undefined || (wanted !== undefined && !('list' in wanted && 'list' in value))) return false;
  const isLonger = wanted !== undefined && 'list' in wanted && 'list' in value;
  target.set(leaf, isLonger ? { list: [...new Set([...wanted.list, ...value.list])] } : value);
  return true;
}

/** Between brackets there is no room for lines below a key. */
function isEmptyInFlow(plan: Plan, value: YamlNode): boolean {
  const slot = value.kind === 'scalar' ? plan.service.slots().get(value.span.start) : undefined;
  return slot !== undefined && inFlow(slot);
}

/** The key is written without a value. */
function fillEmpty(plan: Plan, pair: YamlPair, value: NewValue): boolean {
  if (pair.value.kind !== 'scalar' || !pair.value.empty) return false;
  if (!('scalar' in value) && isEmptyInFlow(plan, pair.value)) return false;
  if ('scalar' in value) {
    plan.edits.push({ span: pair.value.span, text: ` ${value.scalar}` });
    return true;
  }
  const edit =
    'list' in value
      ? addToList(plan.service.file, pair, value.list)
      : addToMap(plan.service.file, pair, value.map);
  if (edit) plan.edits.push(edit);
  return edit !== undefined;
}

export function appendItems(plan: Plan, path: readonly string[], items: readonly string[]): boolean {
  const { service } = plan;
  const [key = ''] = path;
  const existing = child(service.own, key);
  const own =
    service.pair?.value.kind === 'map'
      ? service.pair.value.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.value === key)
      : undefined;
  if (own !== undefined) {
    const owner = behindAlias(plan, own);
    noteSharing(plan, owner.value.span);
    if (owner.value.kind === 'seq') {
      const before = plan.lists.get(owner.value)?.items ?? [];
      plan.lists.set(owner.value, { owner, items: [...new Set([...before, ...items])] });
      return true;
    }
    const edit = addToList(service.file, owner, items);
    if (edit) plan.edits.push(edit);
    return edit !== undefined;
  }
  const inherited = itemsOf(existing);
  if (inherited.some((item) => item.kind !== 'scalar' || item.unknown !== undefined)) return false;
  const words = inherited.map((item) => (item.kind === 'scalar' ? item.written : ''));
  return addPath(plan, [key], { list: [...words, ...items] });
}

function isOwn(service: ServiceSource, at: Place): boolean {
  return at.file === undefined && service.pair !== undefined && contains(service.pair.value.full, at);
}

export function slotAt(plan: Plan, at: Place): Slot | undefined {
  return at.file === undefined ? plan.service.slots().get(at.start) : undefined;
}

export function noteSharing(plan: Plan, at: Span): void {
  for (const name of plan.service.sharing.others(plan.service.name, at)) plan.alsoChanges.add(name);
}

export function remove(plan: Plan, at: Place): boolean {
  const slot = slotAt(plan, at);
  return slot !== undefined && removeEntry(plan, slot, at);
}

/** Removes what stands in a slot; `at` is a place in it. */
export function removeEntry(plan: Plan, slot: Slot, at: Place): boolean {
  if (definesAnchor(nodeOf(slot))) return false;
  noteSharing(plan, at);
  plan.removals.push(slot);
  plan.removedPlaces.push(at);
  return true;
}

export function definesAnchor(node: YamlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.anchor) return true;
  if (node.kind === 'map') return node.pairs.some((pair) => definesAnchor(pair.value));
  return node.kind === 'seq' && node.items.some(definesAnchor);
}

export function nodeOf(slot: Slot): YamlNode | undefined {
  return slot.kind === 'pair' ? slot.pair.value : slot.seq.items[slot.index];
}

function inFlow(slot: Slot): boolean {
  return slot.kind === 'pair' ? slot.map.flow : slot.seq.flow;
}

export function replace(plan: Plan, at: Place, text: string, placeholder?: string): boolean {
  return replaceWith(plan, at, text, { placeholder });
}

interface Replacing {
  readonly placeholder?: string | undefined;
  /** A number or boolean is meant: no quotes where none are. */
  readonly typed?: boolean;
}

function isTyped(text: string): boolean {
  return text === 'true' || text === 'false' || (text !== '' && Number.isFinite(Number(text)));
}

export function replaceWith(plan: Plan, at: Place, text: string, { placeholder, typed }: Replacing): boolean {
  const slot = slotAt(plan, at);
  const node = slot && nodeOf(slot);
  if (slot === undefined || node === undefined) return false;
  const wanted = placeholder === undefined ? inDefault(plan, node, text) : text;
  if (losesVariable(node, wanted)) return false;
  const bare = typed && wanted === text && node.kind === 'scalar' && node.style === 'plain' && !node.empty;
  const edit = bare
    ? { span: node.span, text }
    : replaceScalar(plan.service.file, node, wanted, inFlow(slot), placeholder);
  if (edit === undefined) return false;
  noteSharing(plan, at);
  plan.edits.push(edit);
  return true;
}

/** `mysql:${VERSION:-5.7}` cannot become `mysql:8`: whoever sets the variable would wonder. */
export function losesVariable(node: YamlNode, text: string): boolean {
  if (node.kind !== 'scalar') return false;
  const references = node.value.replaceAll('$$', '').match(/\$(?:\{[A-Za-z_]\w*|[A-Za-z_]\w*)/g) ?? [];
  return references.some((reference) => !text.includes(reference));
}

const DEFAULT = /^\$\{([A-Za-z_]\w*:?-)([^${}]*)\}$/;

/** Where a default is in force, `${UID:-0}`, the new value takes its place and the variable stays. */
function inDefault({ service }: Plan, node: YamlNode, text: string): string {
  const match = node.kind === 'scalar' && !text.includes('$') ? DEFAULT.exec(node.value) : null;
  if (match === null || /[{}]/.test(text)) return text;
  const [, head = '', written = ''] = match;
  return valueAt(service.node, node.span.start, 0) === written ? `\${${head}${text}}` : text;
}

/** The value, after replacing variables, of the scalar that is written at this offset. */
function valueAt(node: ConfigNode, offset: number, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (node.kind === 'scalar')
    return node.place.start === offset && node.place.file === undefined ? node.text : undefined;
  const children = node.kind === 'list' ? node.items : entriesOf(node).map((entry) => entry.value);
  for (const one of children) {
    const value = valueAt(one, offset, depth + 1);
    if (value !== undefined) return value;
  }
  return undefined;
}
