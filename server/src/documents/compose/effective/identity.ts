/** Which entries of two lists are the same to Compose: a later one then takes the place of the earlier one. */
import { child, type ConfigNode, type ConfigScalar } from '../config-node.js';
import { readMount, splitShortForm } from '../mounts.js';
import { formatRange, parseShortForm } from '../ports.js';
import { type Path, scalarOf, shadowing } from './nodes.js';

/** The name of an entry; undefined for one that is like no other. */
export type Identity = (item: ConfigNode) => string | undefined;

const beforeEquals: Identity = (item) => textOf(item)?.split('=', 1)[0];
const wholeText: Identity = (item) => textOf(item);

const OF_SERVICE: Readonly<Record<string, Identity>> = {
  annotations: beforeEquals,
  cap_add: beforeEquals,
  cap_drop: beforeEquals,
  devices: deviceTarget,
  configs: (item) => grantTarget(item, '/'),
  secrets: (item) => grantTarget(item, '/run/secrets/'),
  dns: beforeEquals,
  dns_opt: beforeEquals,
  dns_search: beforeEquals,
  environment: beforeEquals,
  env_file: (item) => textOf(child(item, 'path') ?? item),
  expose: wholeText,
  labels: beforeEquals,
  links: beforeEquals,
  ports: portKey,
  profiles: beforeEquals,
  sysctls: beforeEquals,
  tmpfs: beforeEquals,
  volumes: mountTarget,
  extra_hosts: wholeText,
};

const BELOW_SERVICE: Readonly<Record<string, Identity>> = {
  'build.args': beforeEquals,
  'build.additional_contexts': beforeEquals,
  'build.labels': beforeEquals,
  'build.tags': beforeEquals,
  'build.extra_hosts': wholeText,
  'deploy.labels': beforeEquals,
};

/** How entries of the list at `path` are told apart; undefined when every entry stays. */
export function identityAt(path: Path): Identity | undefined {
  const [section, , ...keys] = path;
  if (section !== 'services') return keys.length === 1 && keys[0] === 'labels' ? beforeEquals : undefined;
  if (keys.length === 1) return OF_SERVICE[keys[0] ?? ''];
  if (keys[0] === 'networks' && (keys[2] === 'aliases' || keys[2] === 'link_local_ips')) return beforeEquals;
  return BELOW_SERVICE[keys.join('.')];
}

/** Lists in which Compose's schema refuses an entry that is there already. */
export function refusesRepeats(path: Path): boolean {
  return (
    path[0] === 'services' &&
    path.length === 3 &&
    ['security_opt', 'group_add', 'device_cgroup_rules', 'volumes_from', 'external_links'].includes(
      path[2] ?? '',
    )
  );
}

/** Beyond, ranges are compared as a whole. */
const MOST_PORTS = 20_000;

/** How many entries there are to compare, where ranges of ports count as their single ports. */
export function sizeOfMerge(items: readonly ConfigNode[], path: Path): number {
  if (identityAt(path) !== portKey) return items.length;
  return items.reduce((sum, item) => sum + Math.min(portsIn(item), MOST_PORTS), 0);
}

function portsIn(item: ConfigNode): number {
  const [, from, to] = /(\d+)-(\d+)(?:\/\w+)?$/.exec(textOf(item) ?? '') ?? [];
  return from === undefined ? 1 : Math.max(1, Number(to) - Number(from) + 1);
}

/** First place, last content. A range of ports that is partly replaced falls into its single ports. */
export function mergeItems(
  base: readonly ConfigNode[],
  over: readonly ConfigNode[],
  path: Path,
): readonly ConfigNode[] {
  const identity = identityAt(path);
  if (identity === undefined) return [...base, ...over];
  const isPorts = identity === portKey;
  let room = MOST_PORTS;
  const single = (item: ConfigNode) => {
    const ports = portsIn(item) < room ? singlePorts(item) : [item];
    room -= ports.length;
    return ports;
  };
  const items = isPorts ? base.flatMap(single) : [...base];
  const places = new Map<string, number>();
  items.forEach((item, at) => {
    const key = identity(item);
    if (key !== undefined && !places.has(key)) places.set(key, at);
  });
  let replaced = false;
  for (const item of isPorts ? over.flatMap(single) : over) {
    const key = identity(item);
    const at = key === undefined ? undefined : places.get(key);
    if (at !== undefined && at < items.length) {
      items[at] = shadowing(items[at] ?? item, item);
      replaced = true;
    } else {
      if (key !== undefined) places.set(key, items.length);
      items.push(item);
    }
  }
  // Whole ranges where nothing collided, so that they are shown as they are written.
  return isPorts && !replaced ? [...base, ...over] : items;
}

/** The same within one list. */
export function withoutRepeats(items: readonly ConfigNode[], path: Path): readonly ConfigNode[] {
  return identityAt(path) === undefined ? items : mergeItems([], items, path);
}

export function textOf(node: ConfigNode | undefined): string | undefined {
  return node?.kind === 'scalar' && (node.value !== null || node.unknown !== undefined)
    ? node.text
    : undefined;
}

/** `8080-8081:80-81` as its two ports; everything else stays. */
export function singlePorts(item: ConfigNode): readonly ConfigNode[] {
  if (item.kind !== 'scalar' || item.unknown !== undefined) return [item];
  const { address, published, target, protocol, error } = parseShortForm(item.text);
  if (error !== undefined || target === undefined || target.from === target.to) return [item];
  const singles: ConfigScalar[] = [];
  for (let i = 0; i <= target.to - target.from; i++) {
    const host = address === undefined ? '' : `${address.includes(':') ? `[${address}]` : address}:`;
    const outside = published === undefined ? '' : `${published.from + i}:`;
    const inside = `${target.from + i}${item.text.includes('/') ? `/${protocol ?? 'tcp'}` : ''}`;
    singles.push(scalarOf(item, `${host}${host !== '' && outside === '' ? ':' : outside}${inside}`));
  }
  return singles;
}

function portKey(item: ConfigNode): string | undefined {
  if (item.kind === 'map') {
    const part = (key: string) => child(item, key);
    const published = part('published');
    // Compose compares the written types: a number is never equal to the text of a short form.
    const isNumber = published?.kind === 'scalar' && typeof published.value === 'number';
    const target = textOf(part('target'));
    if (target === undefined) return undefined;
    return keyOf(
      textOf(part('host_ip')),
      `${isNumber ? '#' : ''}${textOf(published) ?? ''}`,
      target,
      textOf(part('protocol')),
    );
  }
  if (item.kind !== 'scalar' || item.unknown !== undefined) return undefined;
  const { address, published, target, protocol, error } = parseShortForm(item.text);
  if (error !== undefined || target === undefined) return undefined;
  return keyOf(address, published === undefined ? '' : formatRange(published), formatRange(target), protocol);
}

function keyOf(address: string | undefined, published: string, target: string, protocol = 'tcp'): string {
  return `${address === undefined || address === '' ? '0.0.0.0' : address}:${published}:${target}/${protocol}`;
}

const NO_VOLUMES = new Map();

function mountTarget(item: ConfigNode): string | undefined {
  const target = readMount(item, NO_VOLUMES)?.target;
  if (target?.state !== 'set') return undefined;
  return item.kind === 'scalar' ? cleanPath(target.value) : target.value;
}

/** Without repeated and final slashes, `.` and `..`. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}

function deviceTarget(item: ConfigNode): string | undefined {
  if (item.kind === 'map') return textOf(child(item, 'target')) ?? textOf(child(item, 'source'));
  const text = textOf(item);
  if (text === undefined) return undefined;
  const parts = splitShortForm(text);
  return parts[1] ?? parts[0];
}

function grantTarget(item: ConfigNode, folder: string): string | undefined {
  const target = textOf(child(item, 'target'));
  const source = textOf(item.kind === 'map' ? child(item, 'source') : item);
  return target ?? (source === undefined ? undefined : `${folder}${source}`);
}
