/** Keys whose two sides need a common form before they can be merged. */
import { child, type ConfigNode, isNull, itemsOf } from '../config-node.js';
import { textOf } from './identity.js';
import { type Merge, mergeMaps, mergePlain, refuse } from './merge.js';
import { entryOf, listOf, mapOf, scalarOf, without } from './nodes.js';

/** A list of names as a mapping; `value` is what a bare name stands for. */
export function named(node: ConfigNode, value: (item: ConfigNode) => ConfigNode = nothing): ConfigNode {
  if (node.kind !== 'list') return node;
  return mapOf(
    node.place,
    node.items.flatMap((item) => {
      const name = textOf(item);
      return name === undefined ? [] : [entryOf(name, item.place, value(item))];
    }),
    node.origin ? { origin: node.origin } : {},
  );
}

function nothing(item: ConfigNode): ConfigNode {
  return scalarOf(item, null);
}

/** Over a long form this resets the condition; `restart` stays. */
export function shortDependency(item: ConfigNode): ConfigNode {
  return mapOf(item.place, [
    entryOf('condition', item.place, scalarOf(item, 'service_started')),
    entryOf('required', item.place, scalarOf(item, true)),
  ]);
}

function longBuild(node: ConfigNode): ConfigNode {
  if (node.kind !== 'scalar' || isNull(node)) return node;
  return mapOf(
    node.place,
    [entryOf('context', node.place, node)],
    node.origin ? { origin: node.origin } : {},
  );
}

export const mergeBuild: Merge = (load, base, over, path) => {
  const [before, after] = [longBuild(base), longBuild(over)];
  const ssh = child(before, 'ssh');
  const later = child(after, 'ssh');
  // By now the earlier one is a mapping in any case.
  if (ssh && !isNull(ssh) && later?.kind === 'list' && after.kind === 'map') {
    refuse(load, ssh, later, [...path, 'ssh']);
    return mergePlain(load, before, without(after, 'ssh'), path);
  }
  return mergePlain(load, before, after, path);
};

/** Options belong to a driver: with another driver they are gone. */
export const mergeLogging: Merge = (load, base, over, path) => {
  if (isNull(over)) return refuse(load, base, over, path);
  if (base.kind !== 'map' || over.kind !== 'map') return mergePlain(load, base, over, path);
  const before = textOf(child(base, 'driver'));
  const after = textOf(child(over, 'driver'));
  return before === undefined || after === undefined || before === after
    ? mergeMaps(load, base, over, path)
    : over;
};

/** `all` in the earlier file is one request for all of them. */
export const mergeGpus: Merge = (load, base, over, path) => {
  if (isNull(over)) return base;
  if (isNull(base)) return over;
  if (over.kind === 'scalar') {
    return refuse(load, base, over, path);
  }
  const before =
    base.kind === 'scalar'
      ? [mapOf(base.place, [entryOf('count', base.place, scalarOf(base, -1))])]
      : itemsOf(base);
  return listOf(base, [...before, ...itemsOf(over)]);
};

/** Address ranges of a network: those of one subnet are merged, others added. */
export const mergeSubnets: Merge = (load, base, over, path) => {
  if (base.kind !== 'list' || over.kind !== 'list') return mergePlain(load, base, over, path);
  const items: ConfigNode[] = [...base.items];
  for (const item of over.items) {
    const subnet = textOf(child(item, 'subnet'));
    const at = items.findIndex((one) => subnet !== undefined && textOf(child(one, 'subnet')) === subnet);
    const before: ConfigNode | undefined = items[at];
    if (before?.kind === 'map' && item.kind === 'map') items[at] = mergeMaps(load, before, item, path);
    else items.push(item);
  }
  return listOf(base, items);
};
