/** What holds in the end for a service or key that is looked at in one file of a project. */
import type { EffectiveValue } from '../../../model/document.js';
import type { YamlMap, YamlPair } from '../../../syntax/yaml/tree.js';
import { once } from '../../../text/once.js';
import { contains, type Span } from '../../../text/span.js';
import { child, type ConfigNode } from '../config-node.js';
import { printYaml } from './canonical/print.js';
import { canonicalProject } from './canonical/project.js';
import { entryOf, mapOf } from './nodes.js';
import { locator, originNote } from './origin.js';
import type { EffectiveProject } from './project.js';

const SECTIONS: ReadonlySet<string> = new Set(['services', 'networks', 'volumes', 'secrets', 'configs']);

/** `roots` are the tops of the YAML documents of `project.document`. Computed when it is first asked. */
export function explainer(
  project: EffectiveProject,
  roots: readonly YamlMap[],
): (offset: number) => EffectiveValue | undefined {
  const canonical = once(() => canonicalProject(project, { allResources: true, allServices: true }).config);
  const locate = once(() => locator(project));
  // What a file gives to services that extend its own stands under other names.
  if (project.members.get(project.document)?.role === 'extends') return () => undefined;
  return (offset) => {
    const here = roots.map((root) => keyAt(root, offset)).find((found) => found !== undefined);
    if (here === undefined || here.keys.length < 2 || !SECTIONS.has(here.keys[0] ?? '')) return undefined;
    const found = deepest(canonical(), here.keys);
    if (found === undefined) return undefined;
    const { node, keys } = found;
    const [name = ''] = keys.slice(-1);
    const shown = mapOf(node.place, [entryOf(name, node.place, node)]);
    const note = (one: ConfigNode) => originNote(one, locate());
    return {
      at: here.at,
      name: keys.slice(1).join('.'),
      text: shortened(printYaml(shown, { note })),
      asWritten: isAsWritten(node, here),
    };
  };
}

interface Here {
  /** From the top: `services`, `web`, `mem_limit`. */
  readonly keys: readonly string[];
  readonly at: Span;
  /** The value, when the offset lies in it and it is a single one. */
  readonly value: string | undefined;
}

function keyAt(map: YamlMap, offset: number, above: readonly string[] = []): Here | undefined {
  const touched = (span: Span) => span.start <= offset && offset <= span.end;
  for (const pair of map.pairs) {
    const keys = keyOf(pair) === undefined ? undefined : [...above, keyOf(pair) ?? ''];
    if (keys === undefined) continue;
    if (touched(pair.key.span)) return { keys, at: pair.key.span, value: undefined };
    const { value } = pair;
    if (!touched(value.span)) continue;
    if (value.kind === 'map') return keyAt(value, offset, keys);
    if (value.kind === 'scalar') return { keys, at: value.span, value: value.value };
    if (value.kind === 'alias') return { keys, at: value.span, value: undefined };
    const item = value.items.find(({ span }) => contains(span, { start: offset, end: offset }));
    return (
      item && {
        keys,
        at: item.kind === 'scalar' ? item.span : { start: offset, end: offset },
        value: undefined,
      }
    );
  }
  return undefined;
}

function keyOf({ key }: YamlPair): string | undefined {
  return key.kind === 'scalar' ? key.value : undefined;
}

/** The value below the longest beginning of the keys that there is, not above the service or its key. */
function deepest(
  config: ConfigNode,
  keys: readonly string[],
): { readonly node: ConfigNode; readonly keys: readonly string[] } | undefined {
  let node: ConfigNode = config;
  for (const [index, key] of keys.entries()) {
    const next = child(node, key);
    if (next === undefined)
      return index < Math.min(keys.length, LEAST) ? undefined : { node, keys: keys.slice(0, index) };
    node = next;
  }
  return { node, keys };
}

/** Section, name and key. */
const LEAST = 3;

function isAsWritten(node: ConfigNode, { value, at }: Here): boolean {
  if (value === undefined || node.kind !== 'scalar') return false;
  return node.place.file === undefined && node.place.start === at.start && node.text === value;
}

const MOST_LINES = 40;

function shortened(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= MOST_LINES) return lines.join('\n');
  return [...lines.slice(0, MOST_LINES), `# … ${lines.length - MOST_LINES} more lines`].join('\n');
}
