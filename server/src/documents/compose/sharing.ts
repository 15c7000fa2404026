/** Which services share a piece of YAML through anchors or `extends`: an edit there changes all of them. */
import type { YamlNode, YamlPair } from '../../syntax/yaml/tree.js';
import { contains, type Place, type Span } from '../../text/span.js';
import { followAlias } from './resolve.js';

export interface Sharing {
  /** Services other than `service` that are made of the text at `at`; with `key`, only those that do not set that key themselves. */
  others(service: string, at: Span, key?: string): readonly string[];
}

interface Reach {
  readonly name: string;
  readonly spans: readonly Span[];
  readonly ownKeys: ReadonlySet<string>;
}

/** `made` tells which services were made of a service's text by `extends`. */
export function sharingOf(
  services: readonly YamlPair[],
  made: readonly { readonly service: string; readonly base: Place }[] = [],
): Sharing {
  let reaches: readonly Reach[] | undefined;
  return {
    others(service, at, key) {
      reaches ??= services.map(reachOf);
      const anchored = reaches
        .filter(
          (one) =>
            one.name !== service &&
            one.spans.some((span) => contains(span, at)) &&
            !(key !== undefined && one.ownKeys.has(key)),
        )
        .map((one) => one.name);
      const extending = made.filter(
        (one) => one.service !== service && one.base.file === undefined && contains(one.base, at),
      );
      return [...new Set([...anchored, ...extending.map((one) => one.service)])];
    },
  };
}

function reachOf(pair: YamlPair): Reach {
  const targets = new Set<YamlNode>();
  collectTargets(pair.value, targets);
  return {
    name: pair.key.kind === 'scalar' ? pair.key.value : '',
    spans: [pair.value.full, ...[...targets].map((node) => node.full)],
    ownKeys: new Set(
      pair.value.kind === 'map'
        ? pair.value.pairs.flatMap(({ key }) => (key.kind === 'scalar' ? [key.value] : []))
        : [],
    ),
  };
}

function collectTargets(node: YamlNode, targets: Set<YamlNode>): void {
  if (node.kind === 'alias') {
    const target = followAlias(node);
    if (target === undefined || targets.has(target)) return;
    targets.add(target);
    collectTargets(target, targets);
  } else if (node.kind === 'map') {
    for (const pair of node.pairs) collectTargets(pair.value, targets);
  } else if (node.kind === 'seq') {
    for (const item of node.items) collectTargets(item, targets);
  }
}
