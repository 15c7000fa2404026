/** What holds in the end for a service or key that is looked at in one file of a project. */
import type { EffectiveValue } from '../../../model/document.js';
import type { YamlMap, YamlPair } from '../../../syntax/yaml/tree.js';
import { once } from '../../../text/once.js';
import { contains, type Span } from '../../../text/span.js';
import { child, type ConfigNode, entriesOf } from '../config-node.js';
import { printYaml } from './canonical/print.js';
import { canonicalProject } from './canonical/project.js';
import { entryOf, mapOf } from './nodes.js';
import { hasVariable, isWritten, locator, originNote } from './origin.js';
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
  /** All that is written as the value of the last key. */
  readonly whole: Span;
}

function keyAt(map: YamlMap, offset: number, above: readonly string[] = []): Here | undefined {
  const touched = (span: Span) => span.start <= offset && offset <= span.end;
  for (const pair of map.pairs) {
    const keys = keyOf(pair) === undefined ? undefined : [...above, keyOf(pair) ?? ''];
    if (keys === undefined) continue;
    const { value } = pair;
    const whole = value.span;
    if (touched(pair.key.span)) return { keys, at: pair.key.span, whole };
    if (!touched(value.span)) continue;
    if (value.kind === 'map') return keyAt(value, offset, keys);
    if (value.kind === 'scalar' || value.kind === 'alias') return { keys, at: value.span, whole };
    const item = value.items.find(({ span }) => contains(span, { start: offset, end: offset }));
    return (
      item && {
        keys,
        at: item.kind === 'scalar' ? item.span : { start: offset, end: offset },
        whole,
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

/** All of it stands right there, however much longer Compose spells it. Of a service as a whole there is more to say. */
function isAsWritten(node: ConfigNode, { keys, whole }: Here): boolean {
  return keys.length >= LEAST && stands(node, whole);
}

function stands(node: ConfigNode, within: Span): boolean {
  if (node.kind === 'map') return entriesOf(node).every(({ value }) => stands(value, within));
  if (node.kind === 'list') return node.items.every((item) => stands(item, within));
  if (!isWritten(node)) return true;
  const { place, origin, written } = node;
  return place.file === undefined && contains(within, place) && origin === undefined && !hasVariable(written);
}

const MOST_LINES = 40;

function shortened(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= MOST_LINES) return lines.join('\n');
  return [...lines.slice(0, MOST_LINES), `# … ${lines.length - MOST_LINES} more lines`].join('\n');
}
