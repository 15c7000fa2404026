// Cuts the image profiles: one line per image, sources named once per image, values that differ by tag as conditions.
import {
  fail,
  type Fields,
  fields,
  flag,
  head,
  isFields,
  list,
  oneOf,
  shape,
  text,
  unique,
  whole,
} from './read.js';
import { adaptedHealthChecks, imageVariants, smallerInWords } from './image-variants.js';
import { type Table, table } from './write.js';

/** [value, index of the source] or [value, index, extras]; the reader in server/src/facts/images.ts knows the letters. */
type Cell = readonly [unknown, number] | readonly [unknown, number, Readonly<Record<string, unknown>>];
type Cells = Record<string, Cell | null>;
interface Cut {
  image: string;
  aliases: string[];
  inherits?: string;
  sources: string[];
  facts: Cells;
  variants: [string, Cells][];
}

export function images(raw: unknown): Table {
  const file = shape(raw, 'image-profiles', ['source', 'retrieved', 'licence', 'schema', 'rules', 'images']);
  const cuts = list(file.images, 'images', cutImage);
  const used = new Set(cuts.map((cut) => cut.image));
  for (const name of [...imageVariants.keys()].filter((one) => !one.endsWith('*')))
    if (!used.has(name)) fail('image-variants.ts', `there is no image ${name}`);
  const merged = mergeTwins(cuts).sort((a, b) => (a.image < b.image ? -1 : 1));
  unique(
    merged.flatMap((cut) => [cut.image, ...cut.aliases]),
    'images',
  );
  for (const { image, inherits } of merged)
    if (inherits !== undefined && !merged.some((cut) => cut.image === inherits))
      fail(image, `inherits from unknown ${inherits}`);
  const { source, retrieved } = head(file, 'image-profiles');
  return table(
    'images.json',
    { source, retrieved, licence: text(file.licence, 'licence') },
    {
      images: merged.map(lean),
    },
  );
}

const plainFields = ['image', 'aliases', 'inherits', 'note'];

function cutImage(item: unknown, where: string): Cut {
  const raw = fields(item, where);
  const image = text(raw.image, `${where}.image`);
  const cut: Cut = {
    image,
    // Docker Hub's short names are normalised away before anything is looked up.
    aliases:
      raw.aliases === undefined ? [] : list(raw.aliases, image, text).filter((alias) => alias.includes('/')),
    ...(raw.inherits === undefined ? {} : { inherits: text(raw.inherits, image) }),
    sources: [],
    facts: {},
    variants: [],
  };
  for (const [key, value] of Object.entries(raw)) {
    if (plainFields.includes(key)) continue;
    readField(cut, key, value, `${image}.${key}`);
  }
  for (const [pattern, variants] of imageVariants) {
    if (pattern !== image && !(pattern.endsWith('*') && image.startsWith(pattern.slice(0, -1)))) continue;
    for (const { when, set } of variants)
      cut.variants.push([
        when,
        Object.fromEntries(Object.entries(set).map(([key, value]) => [key, ownCell(cut, key, value)])),
      ]);
  }
  return cut;
}

/** A value of image-variants.ts: the source is the one of the fact it replaces, whose note says so. */
function ownCell(cut: Cut, key: string, value: unknown): Cell | null {
  if (value === null) return null;
  const base = cut.facts[key] ?? cut.facts.defaultUser ?? fail(cut.image, `nothing known to vary for ${key}`);
  return [value, base[1]];
}

function readField(cut: Cut, key: string, value: unknown, where: string): void {
  const raw = shape(value, where, ['value', 'confidence', 'source'], ['note', 'doubt', 'why', 'alsoSee']);
  const source = text(raw.source, where);
  if (!cut.sources.includes(source)) cut.sources.push(source);
  const reported = oneOf(raw.confidence, where, ['derived', 'reported']) === 'reported';
  const extras: Record<string, unknown> = {
    ...(reported ? { c: 1 } : {}),
    ...(raw.note === undefined ? {} : { n: text(raw.note, where) }),
    ...(raw.doubt === undefined ? {} : { d: text(raw.doubt, where) }),
    ...(raw.why === undefined ? {} : { w: text(raw.why, where) }),
  };
  if (raw.alsoSee !== undefined) list(raw.alsoSee, where, text);
  const cell = (read: unknown): Cell => {
    const index = cut.sources.indexOf(source);
    return Object.keys(extras).length === 0 ? [read, index] : [read, index, extras];
  };
  const put = (read: unknown): void => {
    cut.facts[key] = cell(read);
  };
  const vary = (when: string, read: unknown): void => {
    cut.variants.push([when, { [key]: cell(read) }]);
  };

  switch (key) {
    case 'defaultUser':
      put(text(raw.value, where).replace(/ \(.*\)$/, ''));
      return;
    case 'dropsPrivileges':
      put(dropsPrivileges(raw.value, where));
      return;
    case 'nonRootUser':
      nonRootUser(raw.value, where, put, vary);
      return;
    case 'noNonRootUser':
    case 'requiresPrivileged':
    case 'buildOnly':
    case 'shell':
      put(flag(raw.value, where));
      return;
    case 'minimalCaps':
    case 'minimalCapsAsNonRoot':
    case 'optionalCaps':
    case 'ports':
    case 'expectedHostAccess':
      put(list(raw.value, where, text));
      return;
    case 'volumePath':
      cut.facts.volumes = cell(list(raw.value, where, text));
      return;
    case 'readOnly':
      readOnly(raw.value, where, put);
      return;
    case 'healthcheck':
      put(healthcheck(raw.value, where, cut.image));
      return;
    case 'tools':
      tools(raw.value, where, put, vary);
      return;
    case 'smaller':
      put(smaller(raw.value, where));
      return;
    case 'nonRootAlternative': {
      const one = shape(raw.value, where, ['image'], ['port']);
      put({
        image: text(one.image, where),
        ...(one.port === undefined ? {} : { port: whole(one.port, where) }),
      });
      return;
    }
    case 'hostSocket':
      // "required" and "by design": without the socket the image has no job.
      put(/required|by design/.test(text(raw.value, where)) ? 'required' : 'usual');
      return;
    case 'noNewPrivileges':
      text(raw.value, where);
      put('may-break');
      return;
    case 'lifecycle':
      text(raw.value, where);
      return;
    default:
      fail(where, 'unknown field');
  }
}

function dropsPrivileges(value: unknown, where: string): unknown {
  if (value === false) return false;
  const one = shape(value, where, ['to', 'tool'], ['before8']);
  const tool = text(one.tool, where);
  return {
    to: text(one.to, where).replace(/ \(.*\)$/, ''),
    tool,
    whole: !/children|workers|stays root/.test(tool),
  };
}

function nonRootUser(
  value: unknown,
  where: string,
  put: (v: unknown) => void,
  vary: (when: string, v: unknown) => void,
): void {
  const one = shape(value, where, ['name'], ['uid', 'gid', 'variants']);
  const user = (raw: Fields): Readonly<Record<string, unknown>> => ({
    name: text(raw.name, where),
    ...(raw.uid === undefined ? {} : { uid: whole(raw.uid, where) }),
    ...(raw.gid === undefined ? {} : { gid: whole(raw.gid, where) }),
  });
  put(user(one));
  const conditions: Readonly<Record<string, string>> = {
    alpine: 'alpine',
    'fpm-alpine': 'fpm alpine',
    '3-core': '>=3',
    '1.x': '<2',
  };
  for (const [name, variant] of Object.entries(
    one.variants === undefined ? {} : fields(one.variants, where),
  )) {
    const when = conditions[name] ?? fail(where, `unknown variant "${name}"`);
    vary(when, user({ name: one.name, ...shape(variant, where, [], ['name', 'uid', 'gid']) }));
  }
}

function readOnly(value: unknown, where: string, put: (v: unknown) => void): void {
  const one = shape(value, where, ['readOnly'], ['tmpfs', 'volumes']);
  // "some": differs between the images of a publisher, so nothing is known of one of them.
  if (one.readOnly === 'some') return;
  put({
    readOnly: flag(one.readOnly, where),
    tmpfs: one.tmpfs === undefined ? [] : list(one.tmpfs, where, text),
    volumes: one.volumes === undefined ? [] : list(one.volumes, where, text),
  });
}

function healthcheck(value: unknown, where: string, image: string): unknown {
  const one = shape(value, where, [], ['test', 'builtin']);
  const test = one.test === undefined ? undefined : list(one.test, where, text);
  if (test !== undefined && test[0] !== 'CMD' && test[0] !== 'CMD-SHELL')
    fail(where, 'a test starts with CMD or CMD-SHELL');
  return {
    ...(test === undefined ? {} : { test }),
    builtin: one.builtin === undefined ? false : flag(one.builtin, where),
    ...(adaptedHealthChecks.has(image) ? { adapt: true } : {}),
  };
}

function tools(
  value: unknown,
  where: string,
  put: (v: unknown) => void,
  vary: (when: string, v: unknown) => void,
): void {
  const one = shape(value, where, [], ['curl', 'wget', 'alpine', 'alpineVariant', 'alpineSlim', 'slim']);
  const set = (raw: Fields): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      ['curl', 'wget']
        .filter((tool) => raw[tool] !== undefined)
        .map((tool) => [tool, raw[tool] === 'busybox' ? 'busybox' : flag(raw[tool], where)]),
    );
  put(set(one));
  const conditions = [
    ['slim', 'slim'],
    ['alpine', 'alpine'],
    ['alpineVariant', 'alpine'],
    ['alpineSlim', 'alpine slim'],
  ] as const;
  for (const [name, when] of conditions)
    if (isFields(one[name])) vary(when, set(shape(one[name], where, [], ['curl', 'wget'])));
    else if (one[name] !== undefined) fail(where, `"${name}" is no object`);
}

function smaller(value: unknown, where: string): unknown {
  return list(value, where, text).flatMap((written) => {
    const known = smallerInWords.get(written);
    if (known !== undefined) return known;
    if (!/^[a-z0-9./-]+(?:<v>)?(?:-[a-z0-9]+)?(?::[a-z0-9<>-]+)?$/.test(written))
      fail(where, `unclear entry "${written}"`);
    return [written];
  });
}

/** Images of which everything is the same become one record: the names of the later ones are aliases of the first. */
function mergeTwins(cuts: readonly Cut[]): Cut[] {
  const first = new Map<string, Cut>();
  for (const cut of cuts) {
    const content = JSON.stringify([cut.inherits, cut.sources, cut.facts, cut.variants]);
    const twin = first.get(content);
    if (twin === undefined) first.set(content, cut);
    else twin.aliases.push(cut.image, ...cut.aliases);
  }
  return [...first.values()];
}

function lean(cut: Cut): unknown {
  return {
    image: cut.image,
    ...(cut.aliases.length === 0 ? {} : { aliases: cut.aliases }),
    ...(cut.inherits === undefined ? {} : { inherits: cut.inherits }),
    sources: cut.sources,
    facts: cut.facts,
    ...(cut.variants.length === 0 ? {} : { variants: cut.variants }),
  };
}
