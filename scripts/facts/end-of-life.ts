// Cuts the end-of-life table: products that have images, their cycles as tuples, and how a tag names a cycle.
import {
  day,
  dayOrFlag,
  fail,
  type Fields,
  fields,
  flag,
  head,
  list,
  oneOf,
  shape,
  text,
  unique,
} from './read.js';
import { droppedProducts, freeExtension, ignoredImages, renamedCycles, tagForms } from './tag-forms.js';
import { type Table, table } from './write.js';

/** [cycle, end of free support, end of paid support or 0, LTS true or day or 0, code name]; trailing zeros are cut off. */
type Cycle = readonly (string | boolean | 0)[];

export function endOfLife(raw: unknown): Table {
  const file = shape(raw, 'end-of-life', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'tagParsing',
    'aliases',
    'distroSuffixes',
    'deprecatedImages',
    'deprecatedOther',
    'images',
    'products',
  ]);
  const snapshot = /as of (\d{4}-\d{2}-\d{2})/.exec(
    text(fields(file.schema, 'schema').snapshotDate, 'schema'),
  );
  const dataDate = day(snapshot?.[1], 'schema.snapshotDate');
  const rawProducts = fields(file.products, 'products');
  for (const id of [...droppedProducts.keys(), ...freeExtension])
    if (!(id in rawProducts)) fail('tag-forms.ts', `there is no product ${id}`);

  const products: Record<string, unknown> = {};
  for (const id of Object.keys(rawProducts).sort())
    if (!droppedProducts.has(id)) products[id] = product(id, rawProducts[id]);

  return table(
    'end-of-life.json',
    { ...head(file, 'end-of-life'), dataDate },
    {
      products,
      images: imageMap(fields(file.images, 'images'), products),
      suffixes: suffixes(fields(file.distroSuffixes, 'distroSuffixes'), products),
      aliases: { nodejs: aliases(fields(file.aliases, 'aliases')) },
      deprecated: [
        ...list(file.deprecatedImages, 'deprecatedImages', deprecatedImage),
        ...list(file.deprecatedOther, 'deprecatedOther', deprecatedImage),
        ...moreDeprecated,
      ]
        .filter((one) => one !== undefined)
        .sort((a, b) => (a.image < b.image ? -1 : 1)),
    },
  );
}

function product(id: string, raw: unknown): unknown {
  const one = shape(raw, id, ['kind', 'title', 'images', 'tagForms', 'cycles'], ['columnMeaning']);
  oneOf(one.kind, id, ['os', 'runtime', 'database', 'server', 'app', 'tool']);
  if (one.columnMeaning !== undefined)
    shape(one.columnMeaning, `${id}.columnMeaning`, [], ['eolColumn', 'eoasColumn', 'eoesColumn']);
  const forms = list(one.tagForms, `${id}.tagForms`, (form, where) => {
    const written = text(form, where);
    return tagForms.get(written) ?? fail(where, `unknown tag form "${written}": add it to tag-forms.ts`);
  });
  const prefixes = [...new Set(forms.flatMap((form) => form.prefixes ?? []))];
  const glued = forms.flatMap((form) => form.glued ?? []);
  const parts = [...new Set(forms.flatMap((form) => form.parts ?? []))].sort();
  const cycles = list(one.cycles, `${id}.cycles`, (item, where) => cycle(id, item, where)).filter(
    (c) => c !== undefined,
  );
  unique(
    cycles.map((c) => String(c[0])),
    `${id}.cycles`,
  );
  return {
    name: text(one.title, id).replace(/^Hashicorp/, 'HashiCorp'),
    ...(freeExtension.has(id) ? { lts: 1 } : {}),
    ...(parts.length === 0 ? {} : { parts }),
    ...(prefixes.length === 0 ? {} : { prefixes }),
    ...(glued.length === 0 ? {} : { glued }),
    ...(forms.some((form) => form.repository) ? { repository: 1 } : {}),
    ...(forms.some((form) => form.zero) ? { zero: 1 } : {}),
    cycles,
  };
}

function cycle(id: string, raw: unknown, where: string): Cycle | undefined {
  const one = shape(
    raw,
    where,
    ['cycle', 'releaseDate', 'eol'],
    ['codename', 'eoas', 'eoes', 'lts', 'latest', 'latestReleaseDate', 'discontinued'],
  );
  const renamed = renamedCycles.get(id);
  const written = text(one.cycle, where);
  const name = renamed === undefined ? written : renamed[written];
  if (name === undefined) return undefined;
  day(one.releaseDate, `${where}.releaseDate`);
  const eol = dayOrFlag(one.eol, `${where}.eol`);
  const extended = one.eoes === undefined ? 0 : dayOrFlag(one.eoes, `${where}.eoes`);
  // Nobody has an image of what ended before there were images.
  if (
    typeof eol === 'string' &&
    eol < '2013-03-01' &&
    (typeof extended !== 'string' || extended < '2013-03-01')
  )
    return undefined;
  const lts = one.lts === undefined || one.lts === false ? 0 : dayOrFlag(one.lts, `${where}.lts`);
  const codename =
    one.codename === undefined || !/^(?:debian|ubuntu)$/.test(id) ? 0 : firstWord(text(one.codename, where));
  const free =
    freeExtension.has(id) && typeof extended === 'string' && (typeof eol !== 'string' || extended > eol);
  // A paid extension matters only as a day to name; "no day known" says nothing.
  const paid = !free && typeof extended === 'string' ? extended : 0;
  const all: (string | boolean | 0)[] = [name, free ? extended : eol, paid, lts, codename];
  while (all[all.length - 1] === 0) all.pop();
  return all;
}

function firstWord(codename: string): string {
  return (codename.split(' ')[0] ?? '').toLowerCase();
}

function imageMap(raw: Fields, products: Fields): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const image of Object.keys(raw).sort()) {
    const one = shape(raw[image], image, ['products'], ['note']);
    if (one.note !== undefined) oneOf(one.note, image, ['own versions', 'tag pgN', 'tag suffix -pgN']);
    if (one.note === 'own versions' || ignoredImages.has(image)) continue;
    const ids = list(one.products, image, text).filter((id) => !droppedProducts.has(id));
    for (const id of ids) if (!(id in products)) fail(image, `unknown product ${id}`);
    if (ids.length === 0) continue;
    // The postgres extensions write the version of postgres as pg16, behind a version of their own.
    result[image] = one.note === undefined ? ids.join(' ') : `${ids.join(' ')} pg`;
  }
  for (const image of ignoredImages) if (!(image in raw)) fail('tag-forms.ts', `there is no image ${image}`);
  return result;
}

/** Tokens that name a distribution. Code names are found through the cycles, so only the others are written. */
function suffixes(raw: Fields, products: Fields): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [token, value] of Object.entries(raw)) {
    const one = shape(value, token, ['product', 'cycle', 'eol'], ['eoes']);
    const id = text(one.product, token);
    dayOrFlag(one.eol, token);
    if (id === 'debian' || id === 'ubuntu' || /^alpine\d/.test(token) || droppedProducts.has(id)) continue;
    if (!(id in products)) fail(token, `unknown product ${id}`);
    result[token] = `${id} ${text(one.cycle, token)}`;
  }
  return result;
}

function aliases(raw: Fields): Record<string, string> {
  shape(raw, 'aliases', ['debian', 'ubuntu', 'nodejs']);
  // Those of Debian and Ubuntu move, so they name no cycle for long; the LTS names of Node.js stay.
  return Object.fromEntries(
    Object.entries(fields(raw.nodejs, 'aliases.nodejs'))
      .filter(([name]) => name !== '_note')
      .map(([name, value]) => [name, text(value, name)]),
  );
}

/** Where the raw table says first what is not the point: up to its semicolon a note is a part of messages. */
const notes: Readonly<Record<string, string>> = {
  'bitnami/*': 'versioned tags moved to `bitnamilegacy`; the free catalogue on Docker Hub was cut down',
  'minio/minio':
    'it cannot be pulled any more; the community edition is source only since 2025-10, and `minio/mc` is gone from Docker Hub, too',
};

interface Deprecated {
  readonly image: string;
  readonly since?: string;
  readonly replacements: readonly string[];
  readonly note: string;
  readonly source: string;
  readonly reported?: 1;
}

/** What the raw table lacks. */
const moreDeprecated: readonly Deprecated[] = [
  {
    image: 'docker/compose',
    since: '2023-07-01',
    replacements: [],
    note: '`docker compose` comes with the image `docker`; Compose V1 has ended',
    source: 'https://docs.docker.com/compose/releases/migrate/',
  },
];

function deprecatedImage(raw: unknown, where: string): Deprecated | undefined {
  const one = shape(
    raw,
    where,
    ['image', 'replacements', 'reason', 'source'],
    ['since', 'stillListed', 'confidence'],
  );
  if (one.stillListed !== undefined) flag(one.stillListed, where);
  const reason = text(one.reason, where);
  if (reason.startsWith('NOT deprecated')) return undefined;
  const image = text(one.image, where);
  return {
    image: /[/:]/.test(image) && image.includes('/') ? image : `library/${image}`,
    ...(one.since === undefined ? {} : { since: day(one.since, where) }),
    // Some entries are words rather than images; those stay in the note only.
    replacements: list(one.replacements, where, text).filter((name) => /^[a-z0-9./:-]+$/.test(name)),
    note: notes[image] ?? reason,
    source: text(one.source, where),
    ...(one.confidence === 'reported' ? { reported: 1 } : {}),
  };
}

/**
 * For the cut of retired tags: whether the product or the distribution that a tag of an official image names had ended on
 * the day of the data. A rough reading is enough, because it only decides what is worth carrying.
 */
export function endedTags(raw: unknown): (image: string, tag: string) => boolean {
  const file = fields(raw, 'end-of-life');
  const today = day(
    /as of (\S+?);/.exec(text(fields(file.schema, 'schema').snapshotDate, 'schema'))?.[1],
    'schema',
  );
  const over = (end: unknown): boolean => end === true || (typeof end === 'string' && end < today);
  const words = new Set(
    Object.entries(fields(file.distroSuffixes, 'distroSuffixes'))
      .filter(([word, value]) => {
        const one = fields(value, word);
        return over(one.product === 'debian' ? one.eoes : one.eol);
      })
      .map(([word]) => word),
  );
  const products = fields(file.products, 'products');
  const images = fields(file.images, 'images');
  return (image, tag) => {
    const tokens = tag.split('-');
    if (tokens.some((token) => words.has(token))) return true;
    const ids =
      `library/${image}` in images
        ? list(fields(images[`library/${image}`], image).products, image, text)
        : [];
    const [id] = ids;
    if (id === undefined || droppedProducts.has(id)) return false;
    const cycles = list(fields(products[id], id).cycles, id, fields);
    const version = (tokens[0] ?? '').replace(/^v/, '').split('.');
    for (let length = version.length; length > 0; length--) {
      const cycle = cycles.find((one) => one.cycle === version.slice(0, length).join('.'));
      if (cycle !== undefined) return over(id === 'debian' ? cycle.eoes : cycle.eol);
    }
    const below = cycles.filter((one) => text(one.cycle, id).startsWith(`${version.join('.')}.`));
    return below.length > 0 && below.every((one) => over(one.eol));
  };
}
