// Answers when the product and the distribution behind an image tag stop getting security fixes. A tag whose meaning is
// not certain gives nothing, and a cycle without a known end has not ended.
//
// "Ended" means the end of free, public support: for Debian the end of its LTS, for Ubuntu the end of the standard years
// (what follows is paid), for all others the end of security support. The paid end is told as `extendedUntil`.
import data from './data/end-of-life.json';
import { factKey, type ImageReference } from './image-reference.js';
import {
  baseCycle,
  codenameCycle,
  cycleOf,
  hasEnded,
  type LifeCycle,
  type LifeProduct,
  newestCycle,
  nodeCycle,
  productsOf,
} from './life-cycles.js';
import { suggestTag } from './life-suggest.js';
import { tagShape } from './tag-shape.js';

/** Days of the sources: what was released or announced later is not known here. */
export const lifeSource = { source: data.source, date: data.dataDate } as const;

/** The support of one product that an image holds. */
export interface Life {
  /** `product`: what the image is for. `base`: the distribution named in the tag. */
  readonly role: 'product' | 'base';
  /** `nodejs`, `debian`. */
  readonly product: string;
  /** For messages: `Node.js`, `Debian`. */
  readonly productName: string;
  readonly cycle: string;
  readonly codename: string | undefined;
  /** Last day of free support (`YYYY-MM-DD`); true: ended, day not known; false: no end announced. */
  readonly eol: string | boolean;
  /** The day is the one of a free long-term support. */
  readonly longTerm: boolean;
  readonly ended: boolean;
  /** Days until the end, 0 on the last day. Only for a cycle that has not ended, has a day, and is not `floating`. */
  readonly daysLeft: number | undefined;
  /** Last day of paid support, when that lies after today. */
  readonly extendedUntil: string | undefined;
  /** The tag moves to newer releases by itself (`python:3`); reported as the newest cycle below it. */
  readonly floating: boolean;
  /** What to go to; undefined when no cycle is supported any more. `tag` only when that tag is known to exist. */
  readonly newest: { readonly cycle: string; readonly tag: string | undefined } | undefined;
  /** UTF-16 offsets of the words in the tag that name this cycle; undefined when the repository names it. */
  readonly inTag: { readonly start: number; readonly end: number } | undefined;
}

interface Found {
  readonly role: Life['role'];
  readonly product: LifeProduct;
  readonly cycle: LifeCycle;
  readonly floating: boolean;
  /** Indexes of tokens, end exclusive; undefined: in the repository. */
  readonly tokens: readonly [number, number] | undefined;
}

/**
 * The product of the image and the distribution its tag names, in this order; `node:16-bullseye` gives both. Empty for a
 * reference without tag, for moving words (`latest`, `stable`) and for everything unknown. `today` is `YYYY-MM-DD`.
 */
export function lifeOf(reference: ImageReference, today: string): readonly Life[] {
  const { tokens } = tagShape(reference.tag ?? '');
  const product = findProduct(reference, tokens);
  const base = findBase(reference, tokens, product);
  const lives = [product, base]
    .filter((found) => found !== undefined)
    .map((found) => describe(found, reference, tokens, today));
  const [first, second] = lives;
  // When both have ended, only the tag with both replaced is worth going to.
  if (first?.ended !== true || second?.ended !== true || second.newest === undefined) return lives;
  return [first, { ...second, newest: { ...second.newest, tag: first.newest?.tag } }];
}

/** An image that its publisher has given up or moved. */
export interface DeprecatedImage {
  /** `YYYY-MM-DD`, when it is known. */
  readonly since: string | undefined;
  /** Images to use instead, short names; several when there is a choice, empty when there is none. */
  readonly replacements: readonly string[];
  /** A phrase without full stop. */
  readonly note: string;
  readonly confidence: 'derived' | 'reported';
  readonly source: string;
}

/** A note up to its semicolon: a message has no room for more, the rest is told where one looks at the image. */
export function noteForMessage(note: string): string {
  return note.split(';')[0] ?? note;
}

/** Whether the whole repository (or that tag of it) has ended; undefined when nothing is known. */
export function deprecatedImage(reference: ImageReference): DeprecatedImage | undefined {
  const key = factKey(reference);
  const record = data.deprecated.find(({ image }) => {
    const colon = image.indexOf(':');
    if (colon >= 0) return image.slice(0, colon) === key && reference.tag === image.slice(colon + 1);
    return image.endsWith('/*') ? key.startsWith(image.slice(0, -1)) : image === key;
  });
  if (record === undefined) return undefined;
  return {
    since: 'since' in record ? record.since : undefined,
    replacements: record.replacements,
    note: record.note,
    confidence: 'reported' in record ? 'reported' : 'derived',
    source: record.source,
  };
}

function describe(found: Found, reference: ImageReference, tokens: readonly string[], today: string): Life {
  const { product, cycle, floating } = found;
  const ended = hasEnded(cycle, today);
  const newest = newestCycle(product, today);
  return {
    role: found.role,
    product: product.id,
    productName: product.name,
    cycle: cycle.cycle,
    codename: cycle.codename,
    eol: cycle.eol,
    longTerm: product.longTerm,
    ended,
    daysLeft: ended || floating || typeof cycle.eol !== 'string' ? undefined : daysBetween(today, cycle.eol),
    extendedUntil: cycle.extended !== undefined && cycle.extended >= today ? cycle.extended : undefined,
    floating,
    newest:
      newest === undefined
        ? undefined
        : { cycle: newest.cycle, tag: suggestTag(reference, found, newest, today) },
    inTag: found.tokens === undefined ? undefined : tokenSpan(tokens, found.tokens),
  };
}

function findProduct(reference: ImageReference, tokens: readonly string[]): Found | undefined {
  const key = factKey(reference);
  const { products, pg } = productsOf(key);
  const found = products.flatMap((product) => productCycle(product, key, tokens, pg) ?? []);
  // An image of two products whose cycles disagree says nothing certain: take it only when there is one answer.
  const [first, second] = found;
  return second === undefined || first?.cycle.eol === second.cycle.eol ? first : undefined;
}

function productCycle(
  product: LifeProduct,
  key: string,
  tokens: readonly string[],
  pg: boolean,
): Found | undefined {
  const make = (
    hit: { cycle: LifeCycle; floating: boolean } | undefined,
    at: readonly [number, number] | undefined,
  ): Found | undefined => hit && { role: 'product', product, ...hit, tokens: at };

  if (product.inRepository) {
    const number = /(?:\/|\b)(?:ubi|openjdk-)(\d+)(?![\d.])/g;
    const numbers = [...key.matchAll(number)].map((match) => match[1] ?? '');
    const version = product.id === 'rhel' ? numbers[0] : numbers[numbers.length - 1];
    return version === undefined ? undefined : make(exact(product, version), undefined);
  }
  if (pg) {
    const index = tokens.findIndex((token) => /^pg\d+$/.test(token));
    return index < 0 ? undefined : make(cycleOf(product, (tokens[index] ?? '').slice(2)), [index, index + 1]);
  }
  if (key.includes('/devcontainers/')) return devcontainerCycle(product, tokens, make);

  const [first = '', second = ''] = tokens;
  const byName = codenameCycle(first);
  if (byName !== undefined && byName[0] === product)
    return make({ cycle: byName[1], floating: false }, [0, 1]);
  const word = product.cycles.find((one) => one.cycle === first && /^[a-z]/.test(first));
  if (word !== undefined) return make({ cycle: word, floating: false }, [0, 1]);
  if (product.id === 'nodejs') {
    const index = first === 'lts' ? 1 : 0;
    const lts = nodeCycle(tokens[index] ?? '');
    if (lts !== undefined) return make({ cycle: lts, floating: false }, [0, index + 1]);
  }
  if (product.prefixes.includes(first)) return make(versionCycle(product, second), [1, 2]);
  const glued = product.glued.find((one) => first.startsWith(one));
  if (glued !== undefined) return make(versionCycle(product, first.slice(glued.length)), [0, 1]);
  return make(versionCycle(product, first), [0, 1]);
}

/** Tags of these images are the version of the image, a dash, the version of the language: `1-18-bookworm`. */
function devcontainerCycle(
  product: LifeProduct,
  tokens: readonly string[],
  make: (
    hit: { cycle: LifeCycle; floating: boolean } | undefined,
    at: readonly [number, number],
  ) => Found | undefined,
): Found | undefined {
  const isNumber = (token: string | undefined): boolean => /^\d+(?:\.\d+)*$/.test(token ?? '');
  if (isNumber(tokens[0]) && isNumber(tokens[1])) return make(cycleOf(product, tokens[1] ?? ''), [1, 2]);
  // A lone small number may be the version of the image.
  if (!isNumber(tokens[0]) || /^\d$/.test(tokens[0] ?? '')) return undefined;
  return make(exact(product, tokens[0] ?? ''), [0, 1]);
}

function exact(product: LifeProduct, version: string): { cycle: LifeCycle; floating: boolean } | undefined {
  const hit = cycleOf(product, version);
  return hit?.floating === true ? undefined : hit;
}

/** `3.8.19`, `v2.11`, `8u362`, `17.0.2_8` -> cycle; words and pre-releases give nothing. */
function versionCycle(
  product: LifeProduct,
  token: string,
): { cycle: LifeCycle; floating: boolean } | undefined {
  const version = /^v?(\d+)(?:(?:\.\d+)*(?:_\d+)?|u\d+)$/.exec(token);
  if (version === null) return undefined;
  const text = /u/.test(token) ? (version[1] ?? '') : token.replace(/_\d+$/, '');
  return cycleOf(product, text);
}

/** Words that name a distribution beyond doubt, so that they count for images we know nothing about. */
const certainWord = /^(?:alpine|ubuntu)\d+\.\d+$/;
/** The same, but only behind another word: alone they may be anything. */
const certainSuffix = /^(?:stretch|buster|bullseye|bookworm|xenial|bionic|focal|jammy|debian\d+)$/;

function findBase(
  reference: ImageReference,
  tokens: readonly string[],
  product: Found | undefined,
): Found | undefined {
  const key = factKey(reference);
  const known = reference.isOfficial || productsOf(key).products.length > 0;
  if (key.startsWith('registry.access.redhat.com/') && product?.product.id !== 'rhel') return ubiBase(key);
  for (let index = 0; index < tokens.length; index++) {
    const inProduct =
      product?.tokens !== undefined && index >= product.tokens[0] && index < product.tokens[1];
    if (inProduct) continue;
    const one = tokens[index] ?? '';
    const two = `${one}-${tokens[index + 1] ?? ''}`;
    // A first word is the base only when the image is not named by it: gradle:alpine3.18 does not exist.
    const pair = index > 0 && index + 1 < tokens.length ? baseCycle(two) : undefined;
    const single = index > 0 || product === undefined ? baseCycle(one) : undefined;
    const hit = pair ?? single;
    if (hit === undefined || hit[0] === product?.product) continue;
    const word = pair === undefined ? one : two.replace('-', '');
    if (!known && !certainWord.test(word) && !(index > 0 && certainSuffix.test(word))) continue;
    const [base, cycle] = hit;
    return {
      role: 'base',
      product: base,
      cycle,
      floating: false,
      tokens: [index, index + (pair === undefined ? 1 : 2)],
    };
  }
  return undefined;
}

/** The release of Red Hat below an image of its own registry. */
function ubiBase(key: string): Found | undefined {
  const { products } = productsOf(`${key.split('/').slice(0, 2).join('/')}`);
  const rhel = products.find((product) => product.id === 'rhel');
  const found = rhel && productCycle(rhel, key, [], false);
  return found && { ...found, role: 'base' };
}

function tokenSpan(
  tokens: readonly string[],
  [from, to]: readonly [number, number],
): { start: number; end: number } {
  const length = (part: readonly string[]): number => part.join('-').length;
  const start = from === 0 ? 0 : length(tokens.slice(0, from)) + 1;
  return { start, end: start + length(tokens.slice(from, to)) };
}

/** Whole days from one date to another, both `YYYY-MM-DD`. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export { retiredTag } from './image-tags.js';
export { supportedTags } from './life-suggest.js';
