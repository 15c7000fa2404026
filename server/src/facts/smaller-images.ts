// Smaller variants of an image: same version, fewer packages.
import { type ImageReference, parseImageReference } from './image-reference.js';
import { retiredTag, tagExists } from './image-tags.js';
import { imageProfile, profiledImages } from './images.js';
import { tagShape } from './tag-shape.js';

export interface SmallerImage {
  /** As it would be written: `node:22-slim`. */
  readonly image: string;
  /** Holds no compiler or package manager, so it suits only the last stage of a build. */
  readonly finalStageOnly: boolean;
}

/** The variants in the order of the table; empty when the tag is a small one already, or nothing is known. */
export function smallerImages(reference: ImageReference): readonly SmallerImage[] {
  const tag = tagShape(reference.tag ?? '');
  if (
    tag.tokens.some((token) =>
      /^(?:slim|alpine[\d.]*|distroless|chiseled|scratch|nonroot|minimal)$/.test(token),
    )
  )
    return [];
  const patterns = imageProfile(reference)?.smaller?.value ?? [];
  return patterns.flatMap((pattern) => {
    const finalOnly = pattern.startsWith('final:') || pattern.includes('/distroless/');
    const image = fill(pattern.replace(/^final:/, ''), reference, tag.tokens[0] ?? '');
    return image === undefined ? [] : [{ image, finalStageOnly: finalOnly }];
  });
}

/** Puts the version of the tag into a pattern; undefined when no such image is known. */
function fill(pattern: string, reference: ImageReference, first: string): string | undefined {
  const distroless = /^gcr\.io\/distroless\/[a-z]+<v>/.test(pattern);
  if (distroless) {
    const image = pattern.replace('<v>', /^v?(\d+)/.exec(first)?.[1] ?? '');
    return profiledImages.includes(image) ? image : undefined;
  }
  const version = /^v?\d/.test(first) ? first : '';
  if (pattern.includes('<codename>'))
    return first === '' ? undefined : known(pattern.replace('<codename>', first), first);
  if (!pattern.includes('<v>')) return pattern;
  if (version === '') return reference.tag === undefined ? known(pattern.replace('<v>-', ''), '') : undefined;
  return known(pattern.replace('<v>', version), version);
}

/** Lists hold no patch versions: a variant exists when it does for the beginning of the version. */
function known(image: string, version: string): string | undefined {
  const reference = parseImageReference(image);
  const tag = reference?.tag;
  if (reference === undefined || tag === undefined) return undefined;
  if (tagExists(reference, tag) === undefined) return image;
  const parts = version.split('.');
  for (let length = parts.length; length > 0; length--) {
    const shorter = tag.replace(version, parts.slice(0, length).join('.'));
    if (tagExists(reference, shorter) === true) return image;
    if (retiredTag({ ...reference, tag: shorter }) !== undefined) return image;
  }
  return undefined;
}
