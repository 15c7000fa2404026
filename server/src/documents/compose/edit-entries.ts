/** Changes of one entry of a list or map: a port, a mount, a literal to quote. */
import type { Mount, PortBinding } from '../../model/container.js';
import type { Place } from '../../text/span.js';
import { child, isNull } from './config-node.js';
import {
  addBelow,
  appendItems,
  nodeOf,
  noteSharing,
  type Plan,
  remove,
  removeEntry,
  replace,
  slotAt,
} from './edit-plan.js';
import { formatBytes } from './values.js';
import type { Slot } from './yaml-edit.js';
import { quoted, yamlString } from './yaml-style.js';

export function quote(plan: Plan, at: Place): boolean {
  const slot = slotAt(plan, at);
  const node = slot && nodeOf(slot);
  if (node?.kind !== 'scalar' || node.style !== 'plain') return false;
  noteSharing(plan, at);
  plan.edits.push({ span: node.span, text: quoted(node.value, plan.service.file.style.quote) });
  return true;
}

export function bindPort(plan: Plan, port: PortBinding, address: string): boolean {
  const slot = slotAt(plan, port.place);
  if (slot === undefined) return false;
  if (slot.kind === 'item' && nodeOf(slot)?.kind === 'scalar')
    return bindShortPort(plan, slot, port, address);
  if (!isInEntry(slot)) return false;
  if (port.hostAddress.state === 'set') return replace(plan, port.hostAddress.span, address);
  const entry = slot.kind === 'pair' ? slot.map : nodeOf(slot);
  if (entry?.kind !== 'map' || port.hostAddress.state !== 'unset') return false;
  return addBelowNode(
    plan,
    slot.kind === 'pair' ? slot.parent : slot,
    ['host_ip'],
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

/** An item of a list, or a key of one; `ports: 80` is neither, and what stands around it is the service. */
function isInEntry(slot: Slot): boolean {
  return slot.kind === 'item' || slot.parent?.kind === 'item';
}

export function mountReadOnly(plan: Plan, mount: Mount): boolean {
  const slot = slotAt(plan, mount.place);
  const node = slot && nodeOf(slot);
  if (slot?.kind === 'item' && node?.kind === 'scalar') {
    const options = mount.options.filter((option) => option !== 'rw');
    const bare = mount.options.length === 0 ? node.value : node.value.slice(0, node.value.lastIndexOf(':'));
    return replace(plan, mount.place, `${bare}:${[...options, 'ro'].join(',')}`);
  }
  if (slot === undefined || !isInEntry(slot)) return false;
  const entry = slot.kind === 'pair' ? slot.map : node;
  if (entry?.kind !== 'map') return false;
  const written = entry.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.value === 'read_only');
  if (written === undefined)
    return addBelowNode(plan, slot.kind === 'pair' ? slot.parent : slot, ['read_only'], 'true');
  const { value } = written;
  const bare =
    value.kind === 'scalar' && value.style === 'plain' && /^(?:false|no|off|n)$/i.test(value.value);
  if (!bare) return replace(plan, value.span, 'true');
  // A truth value stays one: quotes are for text.
  noteSharing(plan, value.span);
  plan.edits.push({ span: value.span, text: 'true' });
  return true;
}

/** A command written as one string is split at blanks when it is run. */
export function addArgument(plan: Plan, word: string): boolean {
  const command = child(plan.service.node, 'command');
  if (command?.kind === 'list') return appendItems(plan, ['command'], [word]);
  if (command?.kind !== 'scalar' || isNull(command) || command.block || /\s/.test(word)) return false;
  return replace(plan, command.place, `${command.written} ${word}`);
}

/** The place of the long form is one of its keys: the whole item goes. */
export function removeItem(plan: Plan, { place }: Mount | PortBinding): boolean {
  const slot = slotAt(plan, place);
  return slot?.kind === 'pair' && slot.parent?.kind === 'item'
    ? removeEntry(plan, slot.parent, place)
    : remove(plan, place);
}

/** Takes the propagation away; what is left is private, the default. */
export function privateMount(plan: Plan, mount: Mount): boolean {
  if (mount.propagation.state !== 'set') return false;
  const slot = slotAt(plan, mount.place);
  const node = slot && nodeOf(slot);
  if (slot?.kind !== 'item' || node?.kind !== 'scalar') return remove(plan, mount.propagation.span);
  const { value } = mount.propagation;
  const options = mount.options.filter((option) => option !== value);
  const bare = node.value.slice(0, node.value.lastIndexOf(':'));
  return replace(plan, mount.place, options.length === 0 ? bare : `${bare}:${options.join(',')}`);
}

export function tmpfsSize(plan: Plan, mount: Mount, bytes: number): boolean {
  const slot = slotAt(plan, mount.place);
  const item = slot?.kind === 'pair' ? slot.parent : slot;
  const entry = item && nodeOf(item);
  if (entry?.kind !== 'map') return false;
  const written = entry.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.value === 'tmpfs');
  if (written === undefined) return addBelowNode(plan, item, ['tmpfs', 'size'], formatBytes(bytes));
  noteSharing(plan, entry.span);
  return addBelow(plan, written, ['size'], { scalar: formatBytes(bytes) });
}

/** Adds a key, with the mappings around it, to a mapping that is an item of a list. */
function addBelowNode(plan: Plan, slot: Slot | undefined, path: readonly string[], scalar: string): boolean {
  const node = slot && nodeOf(slot);
  if (node?.kind !== 'map') return false;
  const first = node.pairs[0];
  if (first === undefined) return false;
  noteSharing(plan, node.span);
  return addBelow(plan, { key: first.key, value: node, span: node.span }, path, { scalar });
}
