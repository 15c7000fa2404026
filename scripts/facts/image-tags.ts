// Cuts the tags of official images. A tag is a head (up to the first dash) and a tail; heads with the same tails are
// written together, which keeps 20,000 tags small: "bookworm|22 24|. slim" = 22, 22-slim, 24, 24-slim on bookworm.
import { endedTags } from './end-of-life.js';
import { day, fields, fail, head, list, shape, text } from './read.js';
import { type Table, table } from './write.js';

/** Rarely used as a base, but with very many tags. */
const withoutTags = new Set([
  'tomee',
  'hylang',
  'pypy',
  'sapmachine',
  'azul-zulu',
  'groovy',
  'swift',
  'adoptopenjdk',
  'percona',
  'aerospike',
  'xwiki',
]);
/** Retired tags are kept for the images that make up most of what people write. */
const withRetired = new Set(
  (
    'alpine almalinux amazonlinux bash buildpack-deps busybox caddy cassandra centos composer consul couchdb debian docker ' +
    'eclipse-temurin elixir erlang fedora flink gcc ghost golang haproxy httpd influxdb kong mariadb maven memcached mongo mysql ' +
    'nats neo4j nextcloud nginx node oraclelinux perl php postgres python rabbitmq redis registry rockylinux ruby rust solr ' +
    'sonarqube telegraf tomcat traefik ubuntu varnish vault wordpress zookeeper'
  ).split(' '),
);
/** Images whose product is known by its first number: retired tags of single minors would be most of the table. */
const majorsOnly = new Set(['node', 'ghost', 'neo4j']);

/**
 * Retired tags whose product or distribution has ended are left out: that is the graver fact, and end-of-life.json has it.
 */
export function imageTags(raw: unknown, endOfLife: unknown): Table {
  const hasEnded = endedTags(endOfLife);
  const file = shape(raw, 'official-image-tags', ['source', 'retrieved', 'licence', 'schema', 'images']);
  const all = fields(file.images, 'images');
  for (const name of [...withoutTags, ...withRetired, ...majorsOnly])
    if (!(name in all)) fail('image-tags.ts', `there is no image ${name}`);
  const dataDate = day(/\((\d{4}-\d{2}-\d{2})\)/.exec(text(file.source, 'source'))?.[1], 'source');
  const images: Record<string, unknown> = {};
  for (const name of Object.keys(all).sort()) {
    if (withoutTags.has(name)) continue;
    const one = shape(all[name], name, ['current', 'retired']);
    const current = new Map(
      Object.entries(fields(one.current, name)).map(([tag, base]) => [tag, text(base, `${name}:${tag}`)]),
    );
    const retired = new Map<string, string>();
    for (const [tag, value] of Object.entries(fields(one.retired, name))) {
      const [left] = list(value, `${name}:${tag}`, text);
      const month = day(left, `${name}:${tag}`).slice(0, 7);
      const carried = withRetired.has(name) && !(majorsOnly.has(name) && /^v?\d+\.\d/.test(tag));
      if (carried && !hasEnded(name, tag) && !mayReturn(tag, day(left, tag), dataDate, current))
        retired.set(tag, month);
    }
    if (current.size === 0 && retired.size === 0) continue;
    images[name] = {
      current: grouped(current),
      ...(retired.size === 0 ? {} : { retired: grouped(retired) }),
    };
  }
  return table('image-tags.json', { ...head(file, 'official-image-tags'), dataDate }, { images });
}

/** tag -> key as lines of "key|heads|tails"; a tag without a dash has the tail ".". */
function grouped(tags: ReadonlyMap<string, string>): readonly string[] {
  const tails = new Map<string, Map<string, string[]>>();
  for (const [tag, key] of [...tags].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const dash = tag.indexOf('-');
    const start = dash < 0 ? tag : tag.slice(0, dash);
    const heads = tails.get(key) ?? new Map<string, string[]>();
    tails.set(key, heads);
    heads.set(start, [...(heads.get(start) ?? []), dash < 0 ? '.' : tag.slice(dash + 1)]);
  }
  const lines: string[] = [];
  for (const key of [...tails.keys()].sort()) {
    const bySet = new Map<string, string[]>();
    for (const [start, ends] of tails.get(key) ?? []) {
      const set = ends.join(' ');
      bySet.set(set, [...(bySet.get(set) ?? []), start]);
    }
    for (const [set, heads] of bySet) lines.push(`${key}|${heads.join(' ')}|${set}`);
  }
  return lines;
}

/**
 * A tag that moves can be missing for some weeks between two releases: `latest`, a code name, `8` while 8.3 is there.
 */
function mayReturn(
  tag: string,
  left: string,
  dataDate: string,
  current: ReadonlyMap<string, string>,
): boolean {
  if (/^latest(?:-|$)/.test(tag)) return true;
  const [start = ''] = tag.split('-');
  const tail = tag.slice(start.length);
  const longer = (one: string): boolean =>
    one.startsWith(`${start}.`) && /^[^-]*/.exec(one)?.[0] + tail === one;
  if ([...current.keys()].some(longer)) return true;
  const days = (Date.parse(dataDate) - Date.parse(left)) / 86_400_000;
  return !/\d/.test(start) && days < 60;
}
