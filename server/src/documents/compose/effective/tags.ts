/** `!reset` and `!override`: which keys of a document take earlier values away. */
import type { ConfigMap, ConfigNode } from '../config-node.js';
import type { YamlNode } from '../../../syntax/yaml/tree.js';
import { type Load, visit } from './load.js';
import { listOf, type Path, withEntries, without } from './nodes.js';

export interface Tagged {
  readonly node: ConfigNode | undefined;
  /** Keys to delete from everything that was merged before. */
  readonly deletes: readonly Path[];
}

/** Cheap look at the text's tree, which has each anchored node once. */
export function usesTags(node: YamlNode): boolean {
  if (node.tag?.name === '!reset' || node.tag?.name === '!override') return true;
  if (node.kind === 'map') return node.pairs.some((pair) => usesTags(pair.value));
  return node.kind === 'seq' && node.items.some(usesTags);
}

/** The document without what it resets itself, and the keys it takes away from earlier ones. */
export function collectTags(load: Load, root: ConfigNode): Tagged {
  const deletes: Path[] = [];
  const walk = (node: ConfigNode, path: Path): ConfigNode | undefined => {
    if (!visit(load, node.place)) return node;
    if (node.tag !== undefined) deletes.push(path);
    if (node.tag === 'reset') return undefined;
    // Below a full replacement nothing earlier is left that a tag could take away.
    if (node.kind === 'map') {
      const entries = [...node.entries.values()].flatMap((entry) => {
        const value = walk(entry.value, [...path, entry.key]);
        return value === undefined ? [] : [{ ...entry, value }];
      });
      return withEntries(node, new Map(entries.map((entry) => [entry.key, entry])));
    }
    if (node.kind !== 'list') return node;
    // A tagged item leaves its own list only; the items of earlier files have no names to be deleted by.
    return listOf(
      node,
      node.items.filter((item) => item.tag !== 'reset'),
    );
  };
  return { node: walk(root, []), deletes };
}

export function deletePaths(node: ConfigMap, deletes: readonly Path[]): ConfigMap {
  return deletes.reduce((map, path) => {
    const rest = deletePath(map, path, []);
    return rest.kind === 'map' ? rest : map;
  }, node);
}

/** Lists that Compose has turned into mappings by the time it deletes. */
const NAMED_LISTS = new Set(['depends_on', 'networks', 'models']);

function deletePath(node: ConfigNode, path: Path, above: Path): ConfigNode {
  const [key, ...rest] = path;
  if (key === undefined) return node;
  if (node.kind === 'list' && rest.length === 0 && above.length === 3 && NAMED_LISTS.has(above[2] ?? ''))
    return listOf(
      node,
      node.items.filter((item) => item.kind !== 'scalar' || item.text !== key),
    );
  if (node.kind !== 'map' || node.joined) return node;
  const entry = node.entries.get(key);
  if (entry === undefined) return node;
  if (rest.length === 0) return without(node, key);
  const value = deletePath(entry.value, rest, [...above, key]);
  return withEntries(node, new Map(node.entries).set(key, { ...entry, value }));
}
