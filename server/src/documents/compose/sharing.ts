/** Which services share a piece of YAML through anchors or `extends`: an edit there changes all of them. */
import type { YamlNode, YamlPair } from '../../syntax/yaml/tree.js';
import { once } from '../../text/once.js';
import type { Place, Span } from '../../text/span.js';
import { spanIndex } from '../../text/span-index.js';
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

type Made = readonly { readonly service: string; readonly base: Place }[];

/** `made` tells which services were made of a service's text by `extends`. */
export function sharingOf(services: readonly YamlPair[], made: Made = []): Sharing {
  // Every fix of every service asks: in a file with thousands of services none may ask all of them.
  const reachesAt = once(() =>
    spanIndex(
      services.map(reachOf).flatMap((reach) => reach.spans.map((span) => ({ reach, span }))),
      ({ span }) => span,
    ),
  );
  const madeAt = once(() =>
    spanIndex(
      made.filter(({ base }) => base.file === undefined),
      ({ base }) => base,
    ),
  );
  return {
    others(service, at, key) {
      const anchored = reachesAt()(at)
        .map(({ reach }) => reach)
        .filter((one) => one.name !== service && !(key !== undefined && one.ownKeys.has(key)))
        .map((one) => one.name);
      const extending = madeAt()(at).filter((one) => one.service !== service);
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
