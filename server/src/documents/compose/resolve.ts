/**
 * YAML tree -> configuration of one file: aliases and merge keys resolved, variables replaced, places kept.
 * Maps and lists are resolved when they are looked at, so a file full of nested aliases costs only what is read of it.
 */
import { type Message, say } from '../../l10n/message.js';
import type { Origin } from '../../model/setting.js';
import { coreScalar } from '../../syntax/yaml/scalar.js';
import type { YamlAlias, YamlMap, YamlNode, YamlScalar, YamlSeq } from '../../syntax/yaml/tree.js';
import { inFile, type Place, type Span } from '../../text/span.js';
import type {
  ConfigEntry,
  ConfigList,
  ConfigMap,
  ConfigNode,
  ConfigScalar,
  MergeTag,
} from './config-node.js';
import { interpolate, type Lookup } from './interpolate.js';

export interface ResolveOptions {
  /** Values of the .env files in force. */
  readonly lookup: Lookup;
  /** Set for a file other than the document under analysis. */
  readonly file?: string | undefined;
  /** URI of the folder from which paths in the file start, when it is not the project's. */
  readonly folder?: string | undefined;
  /** How everything in the file came to the project. */
  readonly origin?: Origin | undefined;
}

/** The maps whose merge keys are being followed, to end a cycle of them. */
interface Walk extends ResolveOptions {
  readonly merging: readonly YamlMap[];
}

/** A chain of aliases longer than this can only be a cycle. */
const MAX_ALIASES = 100;

export function resolveYaml(root: YamlNode, options: ResolveOptions): ConfigNode {
  return resolveNode(root, { ...options, merging: [] }, options.origin);
}

function resolveNode(node: YamlNode, options: Walk, origin: Origin | undefined): ConfigNode {
  switch (node.kind) {
    case 'scalar':
      return resolveScalar(node, options, origin);
    case 'seq':
      return new ResolvedList(node, options, origin);
    case 'map':
      return new ResolvedMap(node, options, origin);
    default:
      return resolveAlias(node, options);
  }
}

function resolveAlias(alias: YamlAlias, options: Walk): ConfigNode {
  const at = place(alias.span, options);
  const target = followAlias(alias);
  if (target !== undefined) return resolveNode(target, options, { kind: 'anchor', at, name: alias.name });
  return {
    kind: 'scalar',
    place: at,
    value: null,
    text: '',
    written: '',
    unknown: whyUnread(alias),
    plain: true,
    block: false,
  };
}

/** Why an alias stands for nothing. */
export function whyUnread({ name, excessive }: YamlAlias): Message {
  return excessive
    ? say`\`*${name}\` stands, with the aliases before it, for more than can be read`
    : say`\`*${name}\` refers to no anchor`;
}

/** The node that an alias stands for; undefined for an unknown anchor or a cycle. */
export function followAlias(alias: YamlAlias): Exclude<YamlNode, YamlAlias> | undefined {
  let node: YamlNode | undefined = alias;
  for (let i = 0; i < MAX_ALIASES && node?.kind === 'alias'; i++) node = node.target;
  return node?.kind === 'alias' ? undefined : node;
}

/** Written out instead of spread together: a file has thousands of scalars, and this runs with every key. */
function resolveScalar(node: YamlScalar, options: Walk, origin: Origin | undefined): ConfigScalar {
  const typed = coreScalar(node);
  let value = typed;
  let text = typed === null ? '' : String(typed);
  let doubt: Doubt | undefined;
  if (typeof typed === 'string' && typed.includes('$')) {
    const result = interpolate(typed, options.lookup);
    text = result.text;
    value = result.text;
    if (result.error !== undefined) doubt = { unknown: result.error, invalid: true };
    else if (result.missing.length > 0)
      doubt = { unknown: say`\`${result.missing[0] ?? ''}\` has no value here` };
  }
  const scalar: ConfigScalar = {
    kind: 'scalar',
    place: place(node.span, options),
    value,
    text,
    written: node.value,
    plain: node.style === 'plain',
    block: node.style === 'literal' || node.style === 'folded',
  };
  const more = extras(node, options, origin);
  return doubt === undefined && more === NO_EXTRAS ? scalar : { ...scalar, ...more, ...doubt };
}

interface Doubt {
  readonly unknown: Message;
  readonly invalid?: true;
}

/**
 * Resolved when it is looked at. Classes, since object literals with getters would have a shape each, which makes every
 * look at any of them slow.
 */
class ResolvedList implements ConfigList {
  readonly kind = 'list';
  readonly place: Place;
  readonly #node: YamlSeq;
  readonly #options: Walk;
  readonly #origin: Origin | undefined;
  #items: readonly ConfigNode[] | undefined;

  constructor(node: YamlSeq, options: Walk, origin: Origin | undefined) {
    this.place = place(node.span, options);
    this.#node = node;
    this.#options = options;
    this.#origin = origin;
    Object.assign(this, extras(node, options, origin));
  }

  get items(): readonly ConfigNode[] {
    this.#items ??= this.#node.items.map((item) => resolveNode(item, this.#options, this.#origin));
    return this.#items;
  }
}

class ResolvedMap implements ConfigMap {
  readonly kind = 'map';
  readonly place: Place;
  readonly #node: YamlMap;
  readonly #options: Walk;
  readonly #origin: Origin | undefined;
  #resolved: Collected | undefined;

  constructor(node: YamlMap, options: Walk, origin: Origin | undefined) {
    this.place = place(node.span, options);
    this.#node = node;
    this.#options = options;
    this.#origin = origin;
    Object.assign(this, extras(node, options, origin));
  }

  get #collected(): Collected {
    this.#resolved ??= collect(this.#node, this.#options, this.#origin);
    return this.#resolved;
  }

  get entries(): ReadonlyMap<string, ConfigEntry> {
    return this.#collected.entries;
  }

  get incomplete(): readonly Message[] {
    return this.#collected.incomplete;
  }
}

interface Collected {
  readonly entries: Map<string, ConfigEntry>;
  readonly incomplete: Message[];
}

/** Own keys first, then those of merge keys: an earlier mapping wins over a later one, own keys over all. */
function collect(node: YamlMap, options: Walk, origin: Origin | undefined): Collected {
  const entries = new Map<string, ConfigEntry>();
  const incomplete: Message[] = [];
  for (const pair of node.pairs) {
    if (pair.key.kind !== 'scalar' || isMergeKey(pair.key)) continue;
    const entry = {
      key: pair.key.value,
      keyPlace: place(pair.key.span, options),
      value: resolveNode(pair.value, options, origin),
      ...(origin && { origin }),
    };
    // Compose refuses duplicate keys; while one is being typed, the first keeps its findings.
    if (!entries.has(entry.key)) entries.set(entry.key, entry);
  }
  for (const pair of node.pairs) {
    if (!isMergeKey(pair.key)) continue;
    for (const source of mergeSources(pair.value)) {
      const target = source.kind === 'alias' ? followAlias(source) : source;
      if (target?.kind !== 'map' || target === node || options.merging.includes(target)) {
        incomplete.push(
          source.kind === 'alias'
            ? source.excessive
              ? whyUnread(source)
              : say`\`*${source.name}\` refers to no mapping`
            : say`the merge key has no mapping`,
        );
        continue;
      }
      const from: Origin | undefined =
        source.kind === 'alias'
          ? { kind: 'anchor', at: place(source.span, options), name: source.name }
          : origin;
      const merged = collect(target, { ...options, merging: [...options.merging, node] }, from);
      incomplete.push(...merged.incomplete);
      for (const [key, entry] of merged.entries) if (!entries.has(key)) entries.set(key, entry);
    }
  }
  return { entries, incomplete };
}

export function isMergeKey(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.value === '<<' && key.style === 'plain';
}

export function mergeSources(value: YamlNode): readonly YamlNode[] {
  return value.kind === 'seq' ? value.items : [value];
}

const MERGE_TAGS: ReadonlyMap<string, MergeTag> = new Map([
  ['!reset', 'reset'],
  ['!override', 'override'],
]);

type Extras = Pick<ConfigScalar, 'origin' | 'folder' | 'tag'>;
const NO_EXTRAS: Extras = {};

/** Parts that most nodes do not have. */
function extras(node: YamlNode, { folder }: ResolveOptions, origin: Origin | undefined): Extras {
  const tag = node.tag && MERGE_TAGS.get(node.tag.name);
  if (origin === undefined && folder === undefined && tag === undefined) return NO_EXTRAS;
  return { ...(origin && { origin }), ...(folder !== undefined && { folder }), ...(tag && { tag }) };
}

function place(at: Span, options: ResolveOptions): Place {
  return inFile(at, options.file);
}
