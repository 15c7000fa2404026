/** `environment`, `labels`, `args` …: a mapping, or a list of `NAME=value`, as entries. */
import { type ConfigEntry, type ConfigNode, entriesOf, itemsOf } from '../config-node.js';
import { entryOf, scalarOf } from './nodes.js';

/** The last of two with one name is later in the result. */
export function readKeyValues(node: ConfigNode): readonly ConfigEntry[] {
  if (node.kind === 'map') return entriesOf(node);
  return itemsOf(node).flatMap((item) => {
    if (item.kind !== 'scalar') return [];
    const at = item.text.indexOf('=');
    if (at < 0) return [entryOf(item.text, item.place, { ...scalarOf(item, null) })];
    const written = item.written.slice(item.written.indexOf('=') + 1);
    return [entryOf(item.text.slice(0, at), item.place, scalarOf(item, item.text.slice(at + 1), written))];
  });
}
