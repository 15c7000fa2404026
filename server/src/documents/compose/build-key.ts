/** The `build` key of a service, short (a context) or long. */
import type { BuildReference } from '../../model/build-reference.js';
import { type Setting, unset } from '../../model/setting.js';
import type { Place } from '../../text/span.js';
import { child, type ConfigNode, itemsOf } from './config-node.js';
import { readBoolean, readText } from './values.js';
import { readVariables } from './variables.js';

/** `at` is the place of the key; `absent` is what a missing part counts as. */
export function readBuild(
  node: ConfigNode | undefined,
  at: Place | undefined,
  absent: Setting<never>,
): BuildReference | undefined {
  if (node === undefined) return undefined;
  const place = at ?? node.place;
  const missing: Setting<never> = absent.state === 'unknown' ? absent : unset(place);
  const part = (key: string) => child(node, key);
  return {
    context: readText(node.kind === 'scalar' ? node : part('context'), missing),
    dockerfile: readText(part('dockerfile'), missing),
    inline: readText(part('dockerfile_inline'), missing),
    target: readText(part('target'), missing),
    args: readVariables(part('args')),
    network: readText(part('network'), missing),
    privileged: readBoolean(part('privileged'), missing),
    entitlements: itemsOf(part('entitlements')).map((item) => readText(item, missing)),
    pull: readBoolean(part('pull'), missing),
    secrets: itemsOf(part('secrets')).flatMap(sourceOf),
    place,
  };
}

/** `secrets: [token]`, or with a `source`. */
function sourceOf(node: ConfigNode): readonly string[] {
  const source = node.kind === 'map' ? child(node, 'source') : node;
  return source?.kind === 'scalar' && source.text !== '' ? [source.text] : [];
}
