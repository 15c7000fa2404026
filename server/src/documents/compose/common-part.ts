/**
 * What hardening added to several services alike, said once: a block `x-hardening: &hardening` above `services` that
 * each of them merges. A merge key never merges lists, so a key that a service has already stays its own and whole.
 */
import type { CommonPart, KeysByEntry } from '../../model/project.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import { coreScalar } from '../../syntax/yaml/scalar.js';
import type { YamlMap, YamlNode, YamlPair, YamlTree } from '../../syntax/yaml/tree.js';
import { applyEdits, type Edit } from '../../text/edit.js';
import { anchorsOf, blockText, mergeInto, newBlock, wholeLines } from './common-part-text.js';
import { child, type ConfigNode, entriesOf } from './config-node.js';
import { textOf } from './effective/identity.js';
import { keyOf } from './own-file.js';
import { followAlias, isMergeKey, mergeSources, resolveYaml } from './resolve.js';
import { isForSwarm, refusesBlocks } from './spelling.js';
import type { YamlFile } from './yaml-edit.js';

/** Keys whose values can be right for services of any image. */
const SHARED_KEYS: ReadonlySet<string> = new Set([
  'read_only',
  'tmpfs',
  'cap_drop',
  'cap_add',
  'security_opt',
  'mem_limit',
  'cpus',
  'pids_limit',
  'logging',
  'deploy',
]);

/** The keys of each service, those of its merge keys included. */
export function writtenKeys(root: YamlMap): KeysByEntry {
  return new Map(servicesOf(root).map((pair) => [keyOf(pair) ?? '', keysIn(pair.value)]));
}

/** A service with keys that it did not have before. */
interface Grown {
  readonly name: string;
  readonly pair: YamlPair;
  readonly map: YamlMap;
  readonly before: ReadonlySet<string>;
  readonly added: ReadonlyMap<string, Added>;
}

interface Added {
  readonly pair: YamlPair;
  /** Equal for equal values. */
  readonly value: string;
}

/**
 * Moves what was added to services since `before` into one block, where the file gets shorter by it. Undefined where it
 * does not, and where the block could not be written exactly.
 */
export function commonPart(
  file: YamlFile,
  root: YamlMap,
  before: KeysByEntry,
  name: string,
): CommonPart | undefined {
  if (root.flow) return undefined;
  const grown = servicesOf(root).flatMap((pair) => grownService(file, pair, before));
  const part =
    intoExisting(file, root, grown) ?? (isRefused(root) ? undefined : intoNew(file, root, grown, name));
  if (part === undefined) return undefined;
  const text = applyEdits(file.source.text, part.edits);
  const lines = (one: string) => one.split('\n').length;
  const isShorter = lines(text) < lines(file.source.text);
  return isShorter && meaningOf(parseYaml(text)) === meaningOf(parseYaml(file.source.text))
    ? part
    : undefined;
}

/** The file is made for a Swarm, in a version that knows no blocks of one's own. */
function isRefused(root: YamlMap): boolean {
  const config = resolveYaml(root, { lookup: () => undefined });
  return (
    refusesBlocks(textOf(child(config, 'version'))) &&
    entriesOf(child(config, 'services')).some(({ value }) => isForSwarm(value))
  );
}

/** What the services say once aliases and merge keys are followed. */
function meaningOf({ documents, problems }: YamlTree): string {
  const sections = documents.flatMap(({ root }) =>
    root?.kind === 'map' ? root.pairs.filter((pair) => keyOf(pair) === 'services') : [],
  );
  const plain = sections.map(({ value }) => plainOf(resolveYaml(value, { lookup: () => undefined })));
  return JSON.stringify([problems.length, plain]);
}

function plainOf(node: ConfigNode): unknown {
  if (node.kind === 'scalar') return [node.written, typeof node.value];
  if (node.kind === 'list') return node.items.map(plainOf);
  const entries = entriesOf(node).map(({ key, value }): [string, unknown] => [key, plainOf(value)]);
  return [entries.sort(([a], [b]) => (a < b ? -1 : 1)), node.incomplete];
}

function servicesOf(root: YamlMap): readonly YamlPair[] {
  const section = root.pairs.find((pair) => keyOf(pair) === 'services')?.value;
  return section?.kind === 'map' && !section.flow ? section.pairs : [];
}

function keysIn(node: YamlNode, depth = 0): ReadonlySet<string> {
  const keys = new Set<string>();
  const map = node.kind === 'alias' ? followAlias(node) : node;
  if (map?.kind !== 'map' || depth > 10) return keys;
  for (const { key, value } of map.pairs) {
    if (isMergeKey(key))
      for (const source of mergeSources(value)) for (const one of keysIn(source, depth + 1)) keys.add(one);
    else if (key.kind === 'scalar') keys.add(key.value);
  }
  return keys;
}

function grownService(file: YamlFile, pair: YamlPair, before: KeysByEntry): readonly Grown[] {
  const name = keyOf(pair) ?? '';
  const had = before.get(name);
  const { value: map } = pair;
  if (had === undefined || map.kind !== 'map' || map.flow) return [];
  const added = new Map<string, Added>();
  for (const one of map.pairs) {
    const key = keyOf(one) ?? '';
    if (had.has(key) || !SHARED_KEYS.has(key) || wholeLines(file, one) === undefined) continue;
    const value = canonical(one.value);
    if (value !== undefined) added.set(key, { pair: one, value });
  }
  return added.size === 0 ? [] : [{ name, pair, map, before: had, added }];
}

/** Undefined for what must not be moved: anchors, aliases, tags. */
function canonical(node: YamlNode): string | undefined {
  return node.anchor || node.tag ? undefined : contentOf(node);
}

function contentOf(node: YamlNode): string | undefined {
  if (node.kind === 'alias') return undefined;
  if (node.kind === 'scalar') return JSON.stringify(coreScalar(node));
  const parts =
    node.kind === 'seq'
      ? node.items.map(canonical)
      : node.pairs.map(({ key, value }) => {
          const [name, content] = [canonical(key), canonical(value)];
          return name === undefined || content === undefined ? undefined : `${name}:${content}`;
        });
  if (parts.includes(undefined)) return undefined;
  return node.kind === 'seq' ? `[${parts.join()}]` : `{${[...parts].sort().join()}}`;
}

/** A block of the file that says nothing but what was added. */
function intoExisting(file: YamlFile, root: YamlMap, grown: readonly Grown[]): CommonPart | undefined {
  for (const { pair, anchor } of anchorsOf(root)) {
    const block = pair.value;
    const name = keyOf(pair) ?? '';
    if (
      block.kind !== 'map' ||
      block.pairs.some(({ key }) => !SHARED_KEYS.has(keyOf({ key, value: key, span: key.span }) ?? ''))
    )
      continue;
    const values = new Map(block.pairs.map((one) => [keyOf(one) ?? '', canonical(one.value)]));
    const users = grown.filter(
      ({ before, added }) =>
        [...values].every(([key, value]) =>
          before.has(key) ? true : value !== undefined && added.get(key)?.value === value,
        ) && [...values.keys()].some((key) => added.has(key)),
    );
    const edits = users.map((service) => useBlock(file, service, anchor, new Set(values.keys())));
    if (users.length === 0 || edits.includes(undefined)) continue;
    return {
      block: name,
      isNew: false,
      keys: [...values.keys()],
      entries: users.map((service) => service.name),
      edits: edits.flatMap((one) => one ?? []),
    };
  }
  return undefined;
}

function intoNew(
  file: YamlFile,
  root: YamlMap,
  grown: readonly Grown[],
  name: string,
): CommonPart | undefined {
  const { keys, users } = shareable(grown);
  const block = newBlock(file, root, name);
  if (users.length < 2 || block === undefined) return undefined;
  const said = new Map(
    anchorsOf(root).flatMap(({ pair, anchor }): [string, string][] => {
      const value = pair.value.tag ? undefined : contentOf(pair.value);
      return value === undefined ? [] : [[value, anchor]];
    }),
  );
  const text = [...keys].flatMap(([key, value]) => {
    const added = users.find((service) => service.added.has(key))?.added.get(key);
    const other = said.get(value);
    if (other !== undefined) return [`${file.style.unit}${key}: *${other}`];
    return added ? [blockText(file, added.pair)] : [];
  });
  const names = new Set(keys.keys());
  const edits = users.map((service) => useBlock(file, service, block.anchor, names));
  if (edits.includes(undefined)) return undefined;
  return {
    block: block.key,
    isNew: true,
    keys: [...names],
    entries: users.map((service) => service.name),
    edits: [block.edit(text), ...edits.flatMap((one) => one ?? [])],
  };
}

/** The keys whose value is the same for all services that would merge the block, or their own affair. */
function shareable(grown: readonly Grown[]): {
  readonly keys: ReadonlyMap<string, string>;
  readonly users: readonly Grown[];
} {
  let users = grown;
  for (;;) {
    const keys = new Map<string, string>();
    for (const key of new Set(users.flatMap(({ added }) => [...added.keys()]))) {
      const values = new Set(users.flatMap(({ added }) => added.get(key)?.value ?? []));
      const [value] = values;
      const isForAll = users.every(({ added, before }) => added.has(key) || before.has(key));
      if (value !== undefined && values.size === 1 && isForAll) keys.set(key, value);
    }
    const using = users.filter(({ added }) => [...keys.keys()].some((key) => added.has(key)));
    if (using.length === users.length) return { keys, users };
    users = using;
  }
}

/** The service without these keys, with the block merged. */
function useBlock(
  file: YamlFile,
  { pair, map, added }: Grown,
  anchor: string,
  keys: ReadonlySet<string>,
): readonly Edit[] | undefined {
  const merge = mergeInto(file, pair, map, anchor);
  if (merge === undefined) return undefined;
  const removed = [...added].flatMap(([key, one]) => {
    const lines = keys.has(key) ? wholeLines(file, one.pair) : undefined;
    return lines ? [{ span: lines, text: '' }] : [];
  });
  return [merge, ...removed];
}
