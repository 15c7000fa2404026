/** Where a container or stage names an image that comes from a registry. */
import { supportedTags } from '../../facts/end-of-life.js';
import { type ImageReference, parseImageReference, type ReferenceSpan } from '../../facts/image-reference.js';
import { type ImageProfile, imageProfile } from '../../facts/images.js';
import { officialImage } from '../../facts/registries.js';
import { type Message, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { oncePer } from '../../model/once-per.js';
import type { Place } from '../../text/span.js';
import type { Fix, Problem } from '../rule.js';
import { containerFix } from '../rule.js';

export interface ImageSite {
  readonly reference: ImageReference;
  /** What is known of the image; undefined for an unknown one. */
  readonly profile: ImageProfile | undefined;
  /** The reference after variables are replaced. */
  readonly text: string;
  readonly at: Problem['at'];
  /** The text is written in one piece at `at`, without variables: it can be replaced. */
  readonly literal: boolean;
  /** A fix that writes another reference there, or none when it cannot. */
  replaceBy(
    text: string,
    title: Message,
    applicability: Fix['applicability'],
    placeholder?: string,
  ): readonly Fix[];
}

/** The image a container runs; nothing for one that is built here, whose `image` only names the result. */
export const imageOfContainer: (container: ContainerSpec) => ImageSite | undefined = oncePer(readContainer);

/** The image a stage starts from; nothing for `scratch` and other stages. */
export const imageOfStage: (stage: Stage) => ImageSite | undefined = oncePer(readStage);

function readContainer(container: ContainerSpec): ImageSite | undefined {
  const { image, build } = container;
  if (build !== undefined || image.state !== 'set') return undefined;
  const reference = parseImageReference(image.value);
  if (reference === undefined) return undefined;
  return {
    reference,
    profile: imageProfile(reference),
    text: image.value,
    at: image.span,
    literal: true,
    replaceBy: (text, title, applicability, placeholder) =>
      containerFix(container, title, applicability, [
        { replace: image.span, text, ...(placeholder !== undefined && { placeholder }) },
      ]),
  };
}

/** A registry that no name can have. */
const SOME_REGISTRY = 'registry.invalid';

/** An image of which only the registry is hidden by a variable, `${REGISTRY}/web:latest`: its tag is known all the same. */
export function imageBehindRegistry(container: ContainerSpec): ImageSite | undefined {
  const { image, build, writtenImage = '' } = container;
  const [, variable, path] = /^(\$(?:\w+|\{\w+\}))(\/[^$]+)$/.exec(writtenImage) ?? [];
  if (build !== undefined || image.state !== 'unknown' || variable === undefined || path === undefined)
    return undefined;
  const parsed = parseImageReference(SOME_REGISTRY + path);
  if (parsed === undefined) return undefined;
  const shift = variable.length - SOME_REGISTRY.length;
  const { name, tag, digest } = parsed.spans;
  const moved = (span: ReferenceSpan) => ({ start: span.start + shift, end: span.end + shift });
  return {
    reference: {
      ...parsed,
      familiar: `${variable}/${parsed.repository}`,
      spans: {
        name: { start: 0, end: name.end + shift },
        tag: tag && moved(tag),
        digest: digest && moved(digest),
      },
    },
    profile: undefined,
    text: writtenImage,
    at: image.span,
    literal: true,
    replaceBy: (text, title, applicability, placeholder) =>
      containerFix(container, title, applicability, [
        { replace: image.span, text, ...(placeholder !== undefined && { placeholder }) },
      ]),
  };
}

function readStage(stage: Stage): ImageSite | undefined {
  const { base } = stage;
  if (base.scratch || base.stage !== undefined || base.image.state !== 'set') return undefined;
  const reference = parseImageReference(base.image.value);
  if (reference === undefined) return undefined;
  const literal = base.written === base.image.value;
  return {
    reference,
    profile: imageProfile(reference),
    text: base.image.value,
    at: base.at,
    literal,
    replaceBy(text, title, applicability, placeholder) {
      if (!literal) return [];
      const start = placeholder === undefined ? -1 : text.indexOf(placeholder);
      const edits = stage.edit
        .replace(base.at, text)
        .map((edit) =>
          placeholder === undefined || start < 0
            ? edit
            : { ...edit, placeholder: { start, end: start + placeholder.length } },
        );
      return [{ title, applicability, edits }];
    },
  };
}

const VERSIONS_OFFERED = 3;
const VERSION_GAP = 'VERSION';

/** The same image with one of its supported versions, or with a place for one; `variant` is how it is to be made. */
export function withVersion(
  site: ImageSite,
  today: string,
  { variant, otherwise }: { readonly variant?: string | undefined; readonly otherwise: Message },
): readonly Fix[] {
  const { familiar } = site.reference;
  const tags = supportedTags(site.reference, today, variant).slice(0, VERSIONS_OFFERED);
  if (tags.length === 0) return site.replaceBy(withTag(site, VERSION_GAP), otherwise, 'manual', VERSION_GAP);
  return tags.flatMap((tag) =>
    site.replaceBy(withTag(site, tag), say`Use \`${familiar}:${tag}\`…`, 'manual', tag),
  );
}

/** An image that a step takes files from, `COPY --from=image` or `RUN --mount=from=image`. */
export interface TakenImage {
  readonly reference: ImageReference;
  readonly written: string;
  /** Its name, or all of the mount where that is written in quotes. */
  readonly place: Place;
  /** Nothing but the name stands at `place`. */
  readonly exact: boolean;
}

/**
 * The images of which a stage takes files. A bare word without registry, path or tag may be a named build context, so it
 * counts only when an official image has the name.
 */
export function* takenImages(stage: Stage): Iterable<TakenImage> {
  for (const step of stage.steps) {
    if ((step.kind === 'copy' || step.kind === 'add') && step.from && step.from.stage === undefined)
      yield* taken(step.from.written, step.from.place, true);
    if (step.kind !== 'run') continue;
    for (const { from, place, optionPlaces } of step.mounts) {
      if (from === undefined || stage.build.stages.some(({ name }) => name === from.toLowerCase())) continue;
      const option = optionPlaces.get('from');
      const isPlain = option !== undefined && option.end - option.start === 'from='.length + from.length;
      yield* isPlain
        ? taken(from, { ...option, start: option.end - from.length }, true)
        : taken(from, place, false);
    }
  }
}

function* taken(written: string, place: Place, exact: boolean): Iterable<TakenImage> {
  // A number is that of a stage.
  const reference = /^\d+$/.test(written) ? undefined : parseImageReference(written);
  if (reference === undefined) return;
  const isBare = reference.tag === undefined && reference.digest === undefined && !written.includes('/');
  if (!isBare || officialImage(written) === 'yes') yield { reference, written, place, exact };
}

/** The reference with another tag; a digest goes, since it belongs to the old one. */
export function withTag(site: ImageSite, tag: string): string {
  return `${site.text.slice(0, site.reference.spans.name.end)}:${tag}`;
}
