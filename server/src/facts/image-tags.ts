// Which tags of official images exist today and which are no longer rebuilt. The table ends at its date: a tag that is
// in neither list is simply unknown. Retired tags of products and distributions that have ended are not carried: the end
// is in end-of-life.ts.
import data from './data/image-tags.json';
import { factKey, type ImageReference } from './image-reference.js';

export const imageTagSource = { source: data.source, date: data.dataDate } as const;

/** A tag that its publisher has stopped rebuilding. */
export interface RetiredTag {
  /** Month of its last day in the list, `YYYY-MM`. */
  readonly since: string;
}

/** The lines of one image: "key|heads|tails"; the tail "." is a tag without a dash. See scripts/facts/image-tags.ts. */
interface TagLists {
  readonly current: readonly string[];
  readonly retired?: readonly string[];
}

// TypeScript would infer one type per image here; the shape test checks the form.
const images = data.images as Readonly<Record<string, TagLists>>;

/** Whether the tag exists today; undefined when the image is not in the table. */
export function tagExists(reference: ImageReference, tag: string): boolean | undefined {
  const lists = listsOf(reference);
  if (lists === undefined || lists.current.length === 0) return undefined;
  return keyOf(lists.current, tag) !== undefined;
}

/** The distribution the tag is built on (`bookworm`, `alpine3.22`); undefined when the table does not say. */
export function baseToken(reference: ImageReference): string | undefined {
  const lists = listsOf(reference);
  if (lists === undefined) return undefined;
  const base = keyOf(lists.current, reference.tag ?? 'latest');
  return base === '' ? undefined : base;
}

/** Since when a tag is no longer rebuilt; undefined when it still is, or nothing is known. A digest changes nothing. */
export function retiredTag(reference: ImageReference): RetiredTag | undefined {
  const lists = listsOf(reference);
  if (lists?.retired === undefined || reference.tag === undefined) return undefined;
  if (keyOf(lists.current, reference.tag) !== undefined) return undefined;
  const since = keyOf(lists.retired, reference.tag);
  return since === undefined ? undefined : { since };
}

/** All tags of today, in no useful order; empty when the image is not in the table. */
export function currentTags(reference: ImageReference): readonly string[] {
  return (listsOf(reference)?.current ?? []).flatMap((line) => {
    const [, heads = '', tails = ''] = line.split('|');
    return heads
      .split(' ')
      .flatMap((start) => tails.split(' ').map((tail) => (tail === '.' ? start : `${start}-${tail}`)));
  });
}

function listsOf(reference: ImageReference): TagLists | undefined {
  const key = factKey(reference);
  if (!key.startsWith('library/')) return undefined;
  const name = key.slice('library/'.length);
  return Object.hasOwn(images, name) ? images[name] : undefined;
}

/** The lines of one list, taken apart when the list is first asked; a function of the constant table alone. */
const parts = new WeakMap<readonly string[], readonly TagLine[]>();

interface TagLine {
  readonly key: string;
  readonly heads: ReadonlySet<string>;
  readonly tails: ReadonlySet<string>;
}

function linesOf(lines: readonly string[]): readonly TagLine[] {
  let kept = parts.get(lines);
  if (kept === undefined) {
    kept = lines.map((line) => {
      const [key = '', heads = '', tails = ''] = line.split('|');
      return { key, heads: new Set(heads.split(' ')), tails: new Set(tails.split(' ')) };
    });
    parts.set(lines, kept);
  }
  return kept;
}

/** The key of the line that holds the tag. */
function keyOf(lines: readonly string[], tag: string): string | undefined {
  const dash = tag.indexOf('-');
  const start = dash < 0 ? tag : tag.slice(0, dash);
  const end = dash < 0 ? '.' : tag.slice(dash + 1);
  return linesOf(lines).find((line) => line.heads.has(start) && line.tails.has(end))?.key;
}
