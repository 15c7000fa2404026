/**
 * ContainerEditor of a Compose service: wishes in words of the model become minimal edits in the service's dialect.
 * New keys of one call are collected first, so that two wishes below `deploy` create it once.
 */
import type {
  ContainerChange,
  ContainerEditor,
  ContainerEdits,
  ContainerFields,
  HealthCheck,
  Mount,
  PortBinding,
  Variable,
} from '../../model/container.js';
import type { YamlNode, YamlPair } from '../../syntax/yaml/tree.js';
import type { Edit } from '../../text/edit.js';
import { contains, type Place, type Span } from '../../text/span.js';
import { child, type ConfigNode, isNull, itemsOf } from './config-node.js';
import type { Sharing } from './sharing.js';
import type { FieldKeys } from './spelling.js';
import { formatBytes } from './values.js';
import {
  addToList,
  addToMap,
  type NewValue,
  removeSlot,
  replaceScalar,
  type Slot,
  type YamlFile,
} from './yaml-edit.js';
import { quoted, yamlString } from './yaml-style.js';

export interface ServiceSource {
  readonly name: string;
  readonly file: YamlFile;
  /** The service as written; undefined when it lies in another file. */
  readonly pair: YamlPair | undefined;
  readonly node: ConfigNode;
  readonly keys: FieldKeys;
  slots(): ReadonlyMap<number, Slot>;
  readonly sharing: Sharing;
}

/** Pairs of a service stand at depth 2 (`services` 0, the service 1): nothing above them is ever removed. */
const SERVICE_KEY_DEPTH = 2;

export function serviceEditor(service: ServiceSource): ContainerEditor {
  return {
    apply(changes) {
      const plan = newPlan(service);
      for (const change of mergeAppends(changes)) if (!perform(plan, change)) return undefined;
      return finish(plan);
    },
  };
}

interface Plan {
  readonly service: ServiceSource;
  /** Keys to add to mappings that exist, by the pair that owns the mapping. */
  readonly additions: Map<YamlPair, Map<string, NewValue>>;
  readonly edits: Edit[];
  readonly alsoChanges: Set<string>;
}

function newPlan(service: ServiceSource): Plan {
  return { service, additions: new Map(), edits: [], alsoChanges: new Set() };
}

function finish(plan: Plan): ContainerEdits | undefined {
  const edits = [...plan.edits];
  for (const [owner, added] of plan.additions) {
    const edit = addToMap(plan.service.file, owner, added);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return { edits, alsoChanges: [...plan.alsoChanges] };
}

/** Two lists of additions to one key become one, without repeating an item. */
function mergeAppends(changes: readonly ContainerChange[]): readonly ContainerChange[] {
  const merged: ContainerChange[] = [];
  for (const change of changes) {
    const earlier =
      'append' in change ? merged.findIndex((one) => 'append' in one && one.append === change.append) : -1;
    const before = merged[earlier];
    if ('append' in change && before && 'append' in before) {
      merged[earlier] = { append: change.append, items: [...new Set([...before.items, ...change.items])] };
    } else merged.push(change);
  }
  return merged;
}

/** False when the change cannot be expressed. */
function perform(plan: Plan, change: ContainerChange): boolean {
  if ('set' in change) return setField(plan, change.set, change.value);
  if ('append' in change) return appendItems(plan, plan.service.keys[change.append], change.items);
  if ('remove' in change) return remove(plan, change.remove);
  if ('replace' in change) return replace(plan, change.replace, change.text, change.placeholder);
  if ('setVariable' in change) return setVariable(plan, change.setVariable, change.value, change.placeholder);
  if ('bindPort' in change) return bindPort(plan, change.bindPort, change.address);
  if ('mountReadOnly' in change) return mountReadOnly(plan, change.mountReadOnly);
  if ('quote' in change) return quote(plan, change.quote);
  return Object.entries(change.logOptions).every(([name, value]) =>
    setPath(plan, [...plan.service.keys.logOptions, name], {
      scalar: quoted(value, plan.service.file.style.quote),
    }),
  );
}

function setField(
  plan: Plan,
  field: keyof ContainerFields,
  value: ContainerFields[keyof ContainerFields],
): boolean {
  const { style } = plan.service.file;
  if (typeof value === 'object') return setHealthCheck(plan, value);
  if (typeof value === 'boolean')
    return setPath(plan, plan.service.keys[field], { scalar: String(value) }, String(value));
  if (typeof value === 'string')
    return setPath(plan, plan.service.keys[field], { scalar: yamlString(value, style) }, value);
  const text =
    ['memory', 'memoryReservation', 'memorySwap', 'shmSize'].includes(field) && value > 0
      ? formatBytes(value)
      : String(value);
  // Limits below `deploy` are strings in every example users know; the service's own keys are numbers.
  const isString = plan.service.keys[field].length > 1 && field !== 'pids';
  return setPath(
    plan,
    plan.service.keys[field],
    { scalar: isString && field === 'cpus' ? quoted(text, style.quote) : text },
    text,
  );
}

function setHealthCheck(plan: Plan, check: HealthCheck): boolean {
  if (!isNull(child(plan.service.node, 'healthcheck'))) return false;
  const test = check.disabled ? ['NONE'] : [check.shell ? 'CMD-SHELL' : 'CMD', ...check.test];
  const { quote } = plan.service.file.style;
  const added = new Map<string, NewValue>([
    ['test', { scalar: `[${test.map((word) => quoted(word, quote)).join(', ')}]` }],
    ['interval', { scalar: '30s' }],
    ['timeout', { scalar: '5s' }],
    ['retries', { scalar: '3' }],
  ]);
  return setPath(plan, ['healthcheck'], { map: added });
}

/** Sets a key below the service. `text` is the bare value for a place where one is written already. */
function setPath(plan: Plan, path: readonly string[], value: NewValue, text?: string): boolean {
  const { service } = plan;
  const existing = path.reduce<ConfigNode | undefined>(child, service.node);
  if (existing !== undefined && !isNull(existing)) {
    if (isOwn(service, existing.place)) return text !== undefined && replace(plan, existing.place, text);
    if (path.length > 1) return false;
  }
  return addPath(plan, path, value);
}

/** Adds the missing part of a path to the deepest mapping that is written in the service itself. */
function addPath(plan: Plan, path: readonly string[], value: NewValue): boolean {
  let owner = plan.service.pair;
  let node: ConfigNode | undefined = plan.service.node;
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
    owner = present;
    node = inherited;
  }
  return false;
}

function addBelow(plan: Plan, owner: YamlPair, path: readonly string[], value: NewValue): boolean {
  if (owner.value.kind !== 'map' && !(owner.value.kind === 'scalar' && owner.value.empty)) return false;
  let target = plan.additions.get(owner);
  if (target === undefined) {
    target = new Map();
    plan.additions.set(owner, target);
  }
  for (const key of path.slice(0, -1)) {
    const existing = target.get(key);
    const next: Map<string, NewValue> =
      existing !== undefined && 'map' in existing ? new Map(existing.map) : new Map();
    target.set(key, { map: next });
    target = next;
  }
  const leaf = path.at(-1);
  if (leaf === undefined || target.has(leaf)) return false;
  target.set(leaf, value);
  return true;
}

/** The key is written without a value. */
function fillEmpty(plan: Plan, pair: YamlPair, value: NewValue): boolean {
  if (pair.value.kind !== 'scalar' || !pair.value.empty) return false;
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

function appendItems(plan: Plan, path: readonly string[], items: readonly string[]): boolean {
  const { service } = plan;
  const [key = ''] = path;
  const existing = child(service.node, key);
  const own =
    service.pair?.value.kind === 'map'
      ? service.pair.value.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.value === key)
      : undefined;
  if (own !== undefined) {
    if (own.value.kind === 'alias') return false;
    for (const name of service.sharing.others(service.name, own.value.span)) plan.alsoChanges.add(name);
    const edit = addToList(service.file, own, items);
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

function slotAt(plan: Plan, at: Place): Slot | undefined {
  return at.file === undefined ? plan.service.slots().get(at.start) : undefined;
}

function noteSharing(plan: Plan, at: Span): void {
  for (const name of plan.service.sharing.others(plan.service.name, at)) plan.alsoChanges.add(name);
}

function remove(plan: Plan, at: Place): boolean {
  const slot = slotAt(plan, at);
  if (
    slot === undefined ||
    definesAnchor(slot.kind === 'pair' ? slot.pair.value : slot.seq.items[slot.index])
  )
    return false;
  const edit = removeSlot(plan.service.file, slot, SERVICE_KEY_DEPTH);
  if (edit === undefined || removesAnchorAbove(slot, edit.span)) return false;
  noteSharing(plan, at);
  plan.edits.push(edit);
  return true;
}

function definesAnchor(node: YamlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.anchor) return true;
  if (node.kind === 'map') return node.pairs.some((pair) => definesAnchor(pair.value));
  return node.kind === 'seq' && node.items.some(definesAnchor);
}

/** When the last item goes, its parent goes too: not if somebody refers to the parent. */
function removesAnchorAbove(slot: Slot, removed: Span): boolean {
  for (let parent = slot.parent; parent; parent = parent.parent) {
    const node = parent.kind === 'pair' ? parent.pair.value : parent.seq.items[parent.index];
    if (node?.anchor && contains(removed, node.anchor.span)) return true;
  }
  return false;
}

function nodeOf(slot: Slot): YamlNode | undefined {
  return slot.kind === 'pair' ? slot.pair.value : slot.seq.items[slot.index];
}

function inFlow(slot: Slot): boolean {
  return slot.kind === 'pair' ? slot.map.flow : slot.seq.flow;
}

function replace(plan: Plan, at: Place, text: string, placeholder?: string): boolean {
  const slot = slotAt(plan, at);
  const node = slot && nodeOf(slot);
  const edit = slot && node && replaceScalar(plan.service.file, node, text, inFlow(slot), placeholder);
  if (edit === undefined) return false;
  noteSharing(plan, at);
  plan.edits.push(edit);
  return true;
}

/** In list form the name is part of the item. */
function setVariable(plan: Plan, variable: Variable, value: string, placeholder?: string): boolean {
  const slot = slotAt(plan, variable.place);
  const item = slot?.kind === 'item' && variable.written !== undefined;
  return replace(plan, variable.place, item ? `${variable.name}=${value}` : value, placeholder);
}

function quote(plan: Plan, at: Place): boolean {
  const slot = slotAt(plan, at);
  const node = slot && nodeOf(slot);
  if (node?.kind !== 'scalar' || node.style !== 'plain') return false;
  noteSharing(plan, at);
  plan.edits.push({ span: node.span, text: quoted(node.value, plan.service.file.style.quote) });
  return true;
}

function bindPort(plan: Plan, port: PortBinding, address: string): boolean {
  const slot = slotAt(plan, port.place);
  if (slot === undefined) return false;
  if (slot.kind === 'item' && nodeOf(slot)?.kind === 'scalar')
    return bindShortPort(plan, slot, port, address);
  if (port.hostAddress.state === 'set') return replace(plan, port.hostAddress.span, address);
  const entry = slot.kind === 'pair' ? slot.map : nodeOf(slot);
  if (entry?.kind !== 'map' || port.hostAddress.state !== 'unset') return false;
  return addBelowNode(
    plan,
    slot.kind === 'pair' ? slot.parent : slot,
    'host_ip',
    yamlString(address, plan.service.file.style),
  );
}

function bindShortPort(plan: Plan, slot: Slot, port: PortBinding, address: string): boolean {
  const node = nodeOf(slot);
  if (node?.kind !== 'scalar') return false;
  const host = address.includes(':') ? `[${address}]` : address;
  if (port.hostAddress.state === 'set') {
    const written = port.hostAddress.value;
    const prefix = [`[${written}]:`, `${written}:`].find((one) => node.value.startsWith(one));
    return prefix !== undefined && replace(plan, port.place, `${host}:${node.value.slice(prefix.length)}`);
  }
  if (port.hostAddress.state !== 'unset') return false;
  // A container port alone gets a random host port; `address::port` keeps that.
  return replace(
    plan,
    port.place,
    `${host}:${port.published.state === 'unset' ? ':' : ''}${node.value.replace(/^:/, '')}`,
  );
}

function mountReadOnly(plan: Plan, mount: Mount): boolean {
  const slot = slotAt(plan, mount.place);
  const node = slot && nodeOf(slot);
  if (slot?.kind === 'item' && node?.kind === 'scalar') {
    const options = mount.options.filter((option) => option !== 'rw');
    const bare = mount.options.length === 0 ? node.value : node.value.slice(0, node.value.lastIndexOf(':'));
    return replace(plan, mount.place, `${bare}:${[...options, 'ro'].join(',')}`);
  }
  if (slot === undefined) return false;
  const entry = slot.kind === 'pair' ? slot.map : node;
  if (entry?.kind !== 'map') return false;
  const written = entry.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.value === 'read_only');
  if (written) return replace(plan, written.value.span, 'true');
  return addBelowNode(plan, slot.kind === 'pair' ? slot.parent : slot, 'read_only', 'true');
}

/** Adds a key to a mapping that is an item of a list. */
function addBelowNode(plan: Plan, slot: Slot | undefined, key: string, scalar: string): boolean {
  const node = slot && nodeOf(slot);
  if (node?.kind !== 'map') return false;
  const first = node.pairs[0];
  if (first === undefined) return false;
  noteSharing(plan, node.span);
  return addBelow(plan, { key: first.key, value: node, span: node.span }, [key], { scalar });
}
