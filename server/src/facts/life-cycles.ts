// The end-of-life table in a usable form: products, their cycles, and which of them a version, a code name or a word in
// a tag stands for. The questions that rules ask are in end-of-life.ts.
import data from './data/end-of-life.json';
import { compareVersions, readVersion } from './tag-shape.js';

export interface LifeCycle {
  /** As the publisher writes it: `3.12`, `22`, `noetic`. */
  readonly cycle: string;
  /** Last day of free security support; true: ended, day not known; false: no end announced. */
  readonly eol: string | boolean;
  /** Last day of paid support, when that is known. */
  readonly extended: string | undefined;
  /** True or the day from which the cycle is a long-term one. */
  readonly lts: boolean | string;
  /** Debian and Ubuntu: `bookworm`. */
  readonly codename: string | undefined;
}

export interface LifeProduct {
  readonly id: string;
  readonly name: string;
  /** The end of a cycle is the end of its free long-term support (Debian LTS). */
  readonly longTerm: boolean;
  /** How many numbers a version has in tags that move with their newest release: [1, 2] for `3` and `3.12`. */
  readonly parts: readonly number[];
  /** Words that may stand before the version: `enterprise-7.2`. */
  readonly prefixes: readonly string[];
  /** Words written together with the version: `centos7`. */
  readonly glued: readonly string[];
  /** The version is in the name of the repository (`ubi8`). */
  readonly inRepository: boolean;
  /** A cycle of one number has `.0` behind it in tags (`8.0`). */
  readonly zero: boolean;
  /** In the order of the publisher, newest first. */
  readonly cycles: readonly LifeCycle[];
}

type Tuple = readonly (string | boolean | number)[];
interface RawProduct {
  readonly name: string;
  readonly lts?: number;
  readonly parts?: readonly number[];
  readonly prefixes?: readonly string[];
  readonly glued?: readonly string[];
  readonly repository?: number;
  readonly zero?: number;
  readonly cycles: readonly Tuple[];
}

// The table is written by scripts/facts.ts; TypeScript would infer one type per product.
const rawProducts = data.products as Readonly<Record<string, RawProduct>>;
const suffixTable: Readonly<Record<string, string>> = data.suffixes;
const nodeNames: Readonly<Record<string, string>> = data.aliases.nodejs;
const imageTable: Readonly<Record<string, string>> = data.images;

const products: ReadonlyMap<string, LifeProduct> = new Map(
  Object.entries(rawProducts).map(([id, raw]) => [
    id,
    {
      id,
      name: raw.name,
      longTerm: raw.lts === 1,
      parts: raw.parts ?? [],
      prefixes: raw.prefixes ?? [],
      glued: raw.glued ?? [],
      inRepository: raw.repository === 1,
      zero: raw.zero === 1,
      cycles: raw.cycles.map(readCycle),
    },
  ]),
);
const officialProducts: ReadonlySet<string> = new Set(
  Object.entries(imageTable).flatMap(([image, ids]) => (image.startsWith('library/') ? ids.split(' ') : [])),
);
/** Code names of Debian and Ubuntu; old ones that are plain English words are left out. */
const codenames: ReadonlyMap<string, readonly [LifeProduct, LifeCycle]> = new Map(
  ['debian', 'ubuntu'].flatMap((id) => {
    const product = products.get(id);
    if (product === undefined) return [];
    return product.cycles.flatMap((cycle) =>
      cycle.codename === undefined || cycle.codename.length < 5
        ? []
        : [[cycle.codename, [product, cycle]] as const],
    );
  }),
);

/** True when the product has an official image, so that the forms of its tags are those of that image. */
export function hasOfficialImage(product: LifeProduct): boolean {
  return officialProducts.has(product.id);
}

export function lifeProduct(id: string): LifeProduct | undefined {
  return products.get(id);
}

/** The products an image is published for, by its key; `pg`: the version stands behind `pg` in its tags. */
export function productsOf(key: string): { readonly products: readonly LifeProduct[]; readonly pg: boolean } {
  const words = (ownEntry(imageTable, key) ?? wildcardEntry(key) ?? '').split(' ');
  return {
    products: words.flatMap((id) => products.get(id) ?? []),
    pg: words.includes('pg'),
  };
}

/**
 * The cycle that a version names: the longest one that is a dotted beginning of it (3.8.19 -> 3.8). A version with fewer
 * parts than the cycles (`3`) moves, so the newest cycle below it counts, if tags of that form exist.
 */
export function cycleOf(
  product: LifeProduct,
  version: string,
): { readonly cycle: LifeCycle; readonly floating: boolean } | undefined {
  const plain = version.replace(/^v/, '');
  const parts = plain.split('.');
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.');
    const cycle = product.cycles.find((one) => one.cycle === name);
    if (cycle !== undefined) return { cycle, floating: false };
  }
  const older = olderThanAll(product, plain);
  if (older !== undefined) return { cycle: older, floating: false };
  if (!product.parts.includes(parts.length)) return undefined;
  const below = product.cycles.filter((one) => one.cycle.startsWith(`${plain}.`));
  const newest = below.sort((a, b) => compareCycles(b, a))[0];
  return newest === undefined ? undefined : { cycle: newest, floating: true };
}

/** A version of an official image before the oldest cycle that is known, when that one has a known end: it has ended. */
function olderThanAll(product: LifeProduct, written: string): LifeCycle | undefined {
  const version = readVersion(written);
  if (version === undefined || !hasOfficialImage(product)) return undefined;
  if (version.length < 2 && !product.parts.includes(version.length)) return undefined;
  let oldest: LifeCycle | undefined;
  for (const cycle of product.cycles) {
    const numbers = readVersion(cycle.cycle);
    // A beginning of a cycle is not older than it: `1` stands for the newest 1.x.
    if (numbers === undefined || cycle.cycle.startsWith(`${written}.`)) return undefined;
    if (compareVersions(version, numbers) >= 0) return undefined;
    if (oldest === undefined || compareCycles(cycle, oldest) < 0) oldest = cycle;
  }
  // Kept alive longer than newer ones, or not ended at all: then an older one may be too.
  if (oldest === undefined || oldest.eol === false || oldest.lts !== false) return undefined;
  return {
    cycle: written.split('.').slice(0, 2).join('.'),
    eol: true,
    extended: undefined,
    lts: false,
    codename: undefined,
  };
}

/** The cycle of a Debian or Ubuntu release by its code name. */
export function codenameCycle(word: string): readonly [LifeProduct, LifeCycle] | undefined {
  return codenames.get(word);
}

/** A word, or two with a dash between, that names a distribution: `alpine3.18`, `bookworm`, `ubuntu22.04`, `ubi8-minimal`. */
export function baseCycle(word: string): readonly [LifeProduct, LifeCycle] | undefined {
  const named = codenames.get(word);
  if (named !== undefined) return named;
  const entry = ownEntry(suffixTable, word);
  if (entry !== undefined) {
    const [id = '', cycle = ''] = entry.split(' ');
    return exactCycle(id, cycle);
  }
  const written = /^(alpine|ubuntu|debian)-?(\d+(?:\.\d+)?)$/.exec(word);
  if (written === null) return undefined;
  return exactCycle(written[1] === 'alpine' ? 'alpine-linux' : (written[1] ?? ''), written[2] ?? '');
}

/** The cycle of an LTS name of Node.js (`gallium`). */
export function nodeCycle(word: string): LifeCycle | undefined {
  const cycle = ownEntry(nodeNames, word);
  return products.get('nodejs')?.cycles.find((one) => one.cycle === cycle);
}

/** Whether free support was over before that day. A cycle without a known end has not ended. */
export function hasEnded(cycle: LifeCycle, today: string): boolean {
  return cycle.eol === true || (typeof cycle.eol === 'string' && cycle.eol < today);
}

/** The newest supported cycle, a long-term one where the product has them; undefined when all have ended. */
export function newestCycle(product: LifeProduct, today: string): LifeCycle | undefined {
  return supportedCycles(product, today)[0];
}

/** What was last asked about each product of the constant table: in one run it is always the same day. */
const supported = new WeakMap<
  LifeProduct,
  { readonly today: string; readonly cycles: readonly LifeCycle[] }
>();

/** All cycles that have not ended: long-term ones first, then by version, newest first. */
export function supportedCycles(product: LifeProduct, today: string): readonly LifeCycle[] {
  const kept = supported.get(product);
  if (kept?.today === today) return kept.cycles;
  const cycles = sortedAlive(product, today);
  supported.set(product, { today, cycles });
  return cycles;
}

function sortedAlive(product: LifeProduct, today: string): readonly LifeCycle[] {
  const alive = product.cycles.filter((cycle) => !hasEnded(cycle, today));
  const rank = (cycle: LifeCycle): number =>
    cycle.lts === true || (typeof cycle.lts === 'string' && cycle.lts <= today) ? 0 : 1;
  return [...alive].sort((a, b) => rank(a) - rank(b) || compareCycles(b, a));
}

function compareCycles(a: LifeCycle, b: LifeCycle): number {
  return compareVersions(readVersion(a.cycle) ?? [], readVersion(b.cycle) ?? []);
}

function exactCycle(id: string, name: string): readonly [LifeProduct, LifeCycle] | undefined {
  const product = products.get(id);
  const cycle = product?.cycles.find((one) => one.cycle === name);
  return product === undefined || cycle === undefined ? undefined : [product, cycle];
}

function readCycle(tuple: Tuple): LifeCycle {
  const [cycle, eol, extended, lts, codename] = tuple;
  return {
    cycle: String(cycle),
    eol: typeof eol === 'number' || eol === undefined ? false : eol,
    extended: typeof extended === 'string' ? extended : undefined,
    lts: typeof lts === 'number' || lts === undefined ? false : lts,
    codename: typeof codename === 'string' ? codename : undefined,
  };
}

function ownEntry(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function wildcardEntry(key: string): string | undefined {
  const slash = key.lastIndexOf('/');
  return slash < 0 ? undefined : ownEntry(imageTable, `${key.slice(0, slash)}/*`);
}
