/**
 * An earlier configuration and a later one -> what Compose makes of both. Most keys follow one rule: mappings are
 * merged, lists appended, single values replaced, and nothing overrides. The tables below name the keys that do not.
 */
import { say } from '../../../l10n/message.js';
import type { Place } from '../../../text/span.js';
import {
  type ConfigEntry,
  type ConfigMap,
  type ConfigNode,
  entriesOf,
  isNull,
  itemsOf,
} from '../config-node.js';
import { mergeItems, refusesRepeats, sizeOfMerge, textOf } from './identity.js';
import { type Load, report, spend, visit } from './load.js';
import { listOf, mapOf, type Path, shadowing, withEntries } from './nodes.js';
import { readKeyValues } from './key-values.js';
import { mergeBuild, mergeGpus, mergeLogging, mergeSubnets, named, shortDependency } from './special.js';

export type Merge = (load: Load, base: ConfigNode, over: ConfigNode, path: Path) => ConfigNode;

const KEY_VALUES = new Set([
  'annotations',
  'environment',
  'labels',
  'sysctls',
  'build.args',
  'build.additional_contexts',
  'build.labels',
  'deploy.labels',
]);

/** One value counts as a list of one. */
const WORDS = new Set(['dns', 'dns_opt', 'dns_search', 'env_file', 'label_file', 'tmpfs']);

const REPLACED = new Set(['command', 'entrypoint', 'healthcheck.test']);

function specialAt(path: Path): Merge | undefined {
  const [section, , ...keys] = path;
  const key = keys.join('.');
  if (section === 'networks' && key === 'ipam.config') return mergeSubnets;
  if (section === 'networks' || section === 'volumes') return key === 'labels' ? mergeKeyValues : undefined;
  if (section !== 'services') return undefined;
  if (KEY_VALUES.has(key)) return mergeKeyValues;
  if (WORDS.has(key)) return mergeWords;
  if (REPLACED.has(key)) return (_load, _base, over) => over;
  if (keys.length === 2 && keys[0] === 'ulimits') return (_load, base, over) => (isNull(over) ? base : over);
  switch (key) {
    case 'build':
      return mergeBuild;
    case 'extra_hosts':
    case 'build.extra_hosts':
      return mergeHosts;
    case 'depends_on':
      return (load, base, over, at) =>
        mergePlain(load, named(base, shortDependency), named(over, shortDependency), at);
    case 'networks':
    case 'models':
      return (load, base, over, at) => mergePlain(load, named(base), named(over), at);
    case 'logging':
      return mergeLogging;
    case 'gpus':
      return mergeGpus;
    default:
      return undefined;
  }
}

/** `over` was written later. What Compose refuses becomes a problem, and the earlier value stays. */
export const merge: Merge = (load, base, over, path) => {
  const special = specialAt(path);
  return special === undefined ? mergePlain(load, base, over, path) : special(load, base, over, path);
};

export const mergePlain: Merge = (load, base, over, path) => {
  if (!visit(load, over.place)) return base;
  if (isNull(over)) return base;
  if (base.kind === 'map')
    return over.kind === 'map' ? mergeMaps(load, base, over, path) : refuse(load, base, over, path);
  if (base.kind === 'list')
    return over.kind === 'list' ? mergeLists(load, base, over, path) : refuse(load, base, over, path);
  return shadowing(base, over);
};

export function mergeMaps(load: Load, base: ConfigMap, over: ConfigMap, path: Path): ConfigMap {
  if (!spend(load, base.entries.size + over.entries.size, over.place)) return base;
  const entries = new Map<string, ConfigEntry>(base.entries);
  for (const entry of over.entries.values()) {
    const before = entries.get(entry.key);
    if (before === undefined) {
      entries.set(entry.key, entry);
      continue;
    }
    const value = merge(load, before.value, entry.value, [...path, entry.key]);
    // A single value is replaced, with its key; the rest grows where it was.
    entries.set(entry.key, value.place === entry.value.place ? { ...entry, value } : { ...before, value });
  }
  const merged = withEntries(base, entries);
  return over.incomplete.length === 0
    ? merged
    : { ...merged, incomplete: [...new Set([...base.incomplete, ...over.incomplete])] };
}

function mergeLists(load: Load, base: ConfigNode, over: ConfigNode, path: Path): ConfigNode {
  if (!spend(load, sizeOfMerge([...itemsOf(base), ...itemsOf(over)], path), over.place)) return base;
  if (refusesRepeats(path)) {
    const before = new Set(itemsOf(base).map(textOf));
    const repeated = itemsOf(over).find((item) => textOf(item) !== undefined && before.has(textOf(item)));
    if (repeated)
      report(load, {
        at: repeated.place,
        message: say`\`${textOf(repeated) ?? ''}\` is in \`${path.at(-1) ?? ''}\` already; Compose refuses an entry that is there twice`,
        kind: 'error',
      });
  }
  return listOf(base, mergeItems(itemsOf(base), itemsOf(over), path));
}

/** Both sides as a list; single values become lists of one. */
const mergeWords: Merge = (load, base, over, path) => {
  if (base.kind === 'map' || over.kind === 'map') return refuse(load, base, over, path);
  if (isNull(over)) return base;
  return mergeLists(load, base, over, path);
};

/** Two lists stay a list, so that their entries are shown and edited as they are written. */
const mergeKeyValues: Merge = (load, base, over, path) => {
  if (isNull(over)) return base;
  if (isNull(base)) return over;
  if (base.kind === 'scalar' || over.kind === 'scalar') return refuse(load, base, over, path);
  if (base.kind === 'list' && over.kind === 'list') return mergeLists(load, base, over, path);
  if (!spend(load, sizeOf(base) + sizeOf(over), over.place)) return base;
  const entries = new Map<string, ConfigEntry>();
  for (const entry of [...readKeyValues(base), ...readKeyValues(over)]) entries.set(entry.key, entry);
  return mapOf(base.place, entries.values(), {
    joined: true,
    ...(base.kind === 'map' && { incomplete: base.incomplete }),
  });
};

function sizeOf(node: ConfigNode): number {
  return node.kind === 'map' ? node.entries.size : itemsOf(node).length;
}

const mergeHosts: Merge = (load, base, over, path) => {
  if (isNull(over)) return base;
  if (base.kind === 'list' && over.kind === 'list') {
    const before = new Set(base.items.map(textOf));
    return listOf(base, [...base.items, ...over.items.filter((item) => !before.has(textOf(item)))]);
  }
  return mergeKeyValues(load, base, over, path);
};

/** Compose stops here. Whoever looks on keeps the earlier value: the later one is perhaps being typed. */
export function refuse(load: Load, base: ConfigNode, over: ConfigNode, path: Path): ConfigNode {
  report(load, {
    at: firstPlace(over),
    message: say`\`${path.slice(2).join('.') || path.join('.')}\` is of another kind in an earlier file; Compose cannot override it`,
    kind: 'error',
  });
  return base;
}

function firstPlace(node: ConfigNode): Place {
  const [entry] = entriesOf(node);
  return entry?.keyPlace ?? (node.kind === 'list' ? (node.items[0]?.place ?? node.place) : node.place);
}
