/** Making and changing configuration nodes; none is ever changed in place. */
import type { Message } from '../../../l10n/message.js';
import type { Origin } from '../../../model/setting.js';
import type { Place } from '../../../text/span.js';
import type { ConfigEntry, ConfigList, ConfigMap, ConfigNode, ConfigScalar } from '../config-node.js';
import { type Load, visit } from './load.js';

type Extras = Partial<Pick<ConfigMap, 'origin' | 'folder' | 'joined'>>;

/** A key's way down from the top: `['services', 'web', 'ports']`. */
export type Path = readonly string[];

export function mapOf(
  place: Place,
  entries: Iterable<ConfigEntry>,
  extras: Extras & { readonly incomplete?: readonly Message[] } = {},
): ConfigMap {
  const { incomplete = [], ...rest } = extras;
  return {
    kind: 'map',
    place,
    entries: new Map([...entries].map((entry) => [entry.key, entry])),
    incomplete,
    ...rest,
  };
}

export function listOf(like: ConfigNode, items: readonly ConfigNode[]): ConfigList {
  return { kind: 'list', place: like.place, items, ...inherited(like) };
}

/** A value that nobody wrote in this form, shown where `like` stands. */
export function scalarOf(
  like: ConfigNode,
  value: string | number | boolean | null,
  written?: string,
): ConfigScalar {
  const text = value === null ? '' : String(value);
  return {
    kind: 'scalar',
    place: like.place,
    value,
    text,
    written: written ?? text,
    plain: false,
    block: like.kind === 'scalar' && like.block,
    ...(like.kind === 'scalar' && like.unknown !== undefined && { unknown: like.unknown }),
    ...inherited(like),
  };
}

function inherited({ origin, folder }: ConfigNode) {
  return { ...(origin && { origin }), ...(folder !== undefined && { folder }) };
}

/** `over`, which takes the place of `base`: where both say the same, it remembers the other one. */
export function shadowing(base: ConfigNode, over: ConfigNode): ConfigNode {
  const isSame = base.kind === 'scalar' && over.kind === 'scalar' && base.text === over.text;
  return isSame ? { ...over, shadows: base } : over;
}

export function entryOf(key: string, keyPlace: Place, value: ConfigNode): ConfigEntry {
  return { key, keyPlace, value };
}

export function withEntries(map: ConfigMap, entries: ReadonlyMap<string, ConfigEntry>): ConfigMap {
  const { kind, place, incomplete, joined } = map;
  return { kind, place, entries, incomplete, ...(joined && { joined }), ...inherited(map) };
}

export function without(map: ConfigMap, key: string): ConfigMap {
  if (!map.entries.has(key)) return map;
  const entries = new Map(map.entries);
  entries.delete(key);
  return withEntries(map, entries);
}

export function withIncomplete(map: ConfigMap, reason: Message): ConfigMap {
  return { ...withEntries(map, map.entries), incomplete: [...map.incomplete, reason] };
}

/** The same tree, said to have come this way wherever it says nothing of its own. */
export function withOrigin(load: Load, node: ConfigNode, origin: Origin): ConfigNode {
  if (!visit(load, node.place)) return node;
  const own = node.origin ?? origin;
  switch (node.kind) {
    case 'scalar':
      return { ...node, origin: own };
    case 'list':
      return {
        ...listOf(
          node,
          node.items.map((item) => withOrigin(load, item, origin)),
        ),
        origin: own,
      };
    default: {
      const entries = [...node.entries.values()].map((entry) => ({
        ...entry,
        value: withOrigin(load, entry.value, origin),
        origin: entry.origin ?? origin,
      }));
      return { ...withEntries(node, new Map(entries.map((entry) => [entry.key, entry]))), origin: own };
    }
  }
}
