// Tags to go to: a newer cycle, a newer distribution, with the rest of the tag kept. Only tags that are known to exist
// (image-tags.ts) are offered; for images without a list of tags, only forms that their publisher is known to use.
import { factKey, type ImageReference } from './image-reference.js';
import { currentTags, tagExists } from './image-tags.js';
import {
  baseCycle,
  hasEnded,
  hasOfficialImage,
  type LifeCycle,
  type LifeProduct,
  productsOf,
  supportedCycles,
} from './life-cycles.js';
import { compareVersions, readVersion, tagShape } from './tag-shape.js';

interface Place {
  readonly role: 'product' | 'base';
  readonly product: LifeProduct;
  readonly tokens: readonly [number, number] | undefined;
}

/** The tag with one cycle replaced by a newer one and an ended distribution replaced too; undefined: none is known. */
export function suggestTag(
  reference: ImageReference,
  place: Place,
  newest: LifeCycle,
  today: string,
): string | undefined {
  const { tokens } = tagShape(reference.tag ?? '');
  if (place.tokens === undefined) return undefined;
  const [from, to] = place.tokens;
  const before = tokens.slice(0, from);
  const after = tokens.slice(to).filter((token) => !/^\d{6,8}(?:\.\d+)?$/.test(token));
  const cycles = [newest, ...supportedCycles(place.product, today).filter((one) => one !== newest)];
  for (const cycle of place.role === 'product' ? [newest] : cycles) {
    for (const word of spellings(place, tokens[from] ?? '', cycle)) {
      for (const rest of restOf(after, today)) {
        const tag = [...before, ...word, ...rest].join('-');
        if (isKnown(reference, place.product, tag, word[0] ?? '')) return tag;
      }
    }
  }
  return undefined;
}

/**
 * Tags worth naming for an image that has none, newest first and at most five: one per supported cycle, with the
 * variant behind it (`alpine`, `slim-bookworm`; empty for none). Empty when no tag is known to exist.
 */
export function supportedTags(reference: ImageReference, today: string, variant = ''): readonly string[] {
  const ending = variant === '' ? '' : `-${variant}`;
  const product = productsOf(factKey(reference)).products[0];
  const byCycle = (product === undefined ? [] : supportedCycles(product, today))
    .map((cycle) => ({ tag: `${product?.zero ? withZero(cycle.cycle) : cycle.cycle}${ending}`, cycle }))
    .filter(({ tag, cycle }) => product !== undefined && isKnown(reference, product, tag, cycle.cycle))
    .map(({ tag }) => tag);
  if (byCycle.length > 0) return byCycle.slice(0, 5);
  // Without a product: the versions in the list of tags, the longest form of each.
  return currentTags(reference)
    .filter(
      (tag) => tag.endsWith(ending) && readVersion(tag.slice(0, tag.length - ending.length)) !== undefined,
    )
    .map((tag) => ({ tag, version: readVersion(tag.slice(0, tag.length - ending.length)) ?? [] }))
    .filter(({ tag, version }) => version.length > 1 || !tag.startsWith('v'))
    .sort((a, b) => compareVersions(b.version, a.version) || b.version.length - a.version.length)
    .map(({ tag }) => tag)
    .slice(0, 5);
}

/** How a cycle can be written in the place of a word, best first: as exactly as the user wrote it. */
function spellings(place: Place, written: string, cycle: LifeCycle): readonly (readonly string[])[] {
  if (cycle.codename !== undefined && !/\d/.test(written)) return [[cycle.codename]];
  const glued = /^([a-z]+)(?=\d)/.exec(written)?.[1] ?? '';
  const name = place.product.zero ? withZero(cycle.cycle) : cycle.cycle;
  const parts = written.split('.').length;
  const shorter = name.split('.').slice(0, parts).join('.');
  const words = [...new Set([shorter, name])].map((word) => [`${glued}${word}`]);
  // An Alpine release that a publisher does not build on any more is best left to him: "alpine".
  return place.role === 'base' && place.product.id === 'alpine-linux' ? [...words, ['alpine']] : words;
}

/** What may follow: the same words, the distribution moved on, or left out. */
function restOf(after: readonly string[], today: string): readonly (readonly string[])[] {
  const index = after.findIndex((token) => baseCycle(token) !== undefined);
  const hit = baseCycle(after[index] ?? '');
  if (hit === undefined) return [after];
  const [product, cycle] = hit;
  const others = [...after.slice(0, index), ...after.slice(index + 1)];
  const swap = (word: string): readonly string[] => after.map((token, at) => (at === index ? word : token));
  const newer = supportedCycles(product, today).map((one) =>
    swap(one.codename ?? (after[index] ?? '').replace(/[\d.]+$/, one.cycle)),
  );
  return [
    ...(hasEnded(cycle, today) ? [] : [after]),
    ...newer,
    ...(product.id === 'alpine-linux' ? [swap('alpine')] : []),
    ...(product.id === 'alpine-linux' ? [] : [others]),
  ];
}

function isKnown(reference: ImageReference, product: LifeProduct, tag: string, version: string): boolean {
  const exists = tagExists(reference, tag);
  if (exists !== undefined) return exists;
  if (hasOfficialImage(product)) return false;
  // Without a list: the bare version, in a form that the publisher uses.
  if (tag !== version) return product.zero && /^\d+\.0(?:-(?:alpine|noble))?$/.test(tag);
  return product.zero || product.parts.includes(version.replace(/^v/, '').split('.').length);
}

function withZero(cycle: string): string {
  return cycle.includes('.') ? cycle : `${cycle}.0`;
}
