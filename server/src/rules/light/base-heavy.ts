import { parseImageReference } from '../../facts/image-reference.js';
import { imageProfile } from '../../facts/images.js';
import { type SmallerImage, smallerImages } from '../../facts/smaller-images.js';
import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { chainOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Fix, owasp } from '../rule.js';
import { type ImageSite, imageOfStage } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'base-heavy',
    practice: 'light',
    severity: 'info',
    title: 'Image is built on a large variant of its base',
    why: 'Compilers, shells and libraries that the program never calls are pulled, stored and kept up to date, and serve whoever breaks in.',
    advice:
      'Use a smaller variant of the same version for the stage that ships, and build in a stage of its own.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['manual'],
    references: [
      owasp(0),
      dockerDocs(
        'choose the right base image',
        '/build/building/best-practices/#choose-the-right-base-image',
      ),
    ],
    equivalents: ['tally:tally/gpu/prefer-runtime-final-stage'],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      if (!stage.build.stages.some((one) => one.ships && chainOf(one)[0] === stage)) return;
      const site = imageOfStage(stage);
      if (site === undefined) return;
      if (/windowsservercore|nanoserver|ltsc/.test(site.reference.tag ?? '')) return;
      const smaller = smallerImages(site.reference).filter((one) => suits(site, one));
      const [first] = smaller;
      const buildOnly = imageProfile(site.reference)?.buildOnly?.value === true || isDevelopment(site);
      if (first === undefined && !buildOnly) return;
      yield {
        at: site.at,
        message: buildOnly
          ? say`\`${site.text}\` holds what is needed to build, and all of it ships`
          : say`\`${site.text}\` ships more than needed; there is \`${first?.image ?? ''}\``,
        fixes: () => smaller.flatMap((one) => replacement(stage, site, one)),
      };
    },
  },
});

/** What a tag says about the program in the image, not about its size. */
const FLAVOURS = /^(?:fpm|apache|zts|perl|otel|management|native|embedded|php\d.*)$/;

/** The same program in the same version: its own repository and flavour, or a distroless image that can be chosen by version. */
function suits({ reference, text }: ImageSite, { image }: SmallerImage): boolean {
  if (image === text) return false;
  if (image === 'scratch' || /\/distroless\/(?:static|base|cc|nodejs\d|java\d)/.test(image)) return true;
  const other = parseImageReference(image);
  if (other?.familiar !== reference.familiar) return false;
  const [own, theirs] = [reference.tag, other.tag].map((tag) =>
    (tag ?? '')
      .split('-')
      .filter((word) => FLAVOURS.test(word))
      .join(),
  );
  return own === theirs;
}

/** CUDA and the like: `-devel` holds compilers and headers, `-runtime` what a program needs. */
function isDevelopment({ reference }: ImageSite): boolean {
  return (
    /(?:^|\/)nvidia\/cuda$/.test(reference.repository) && /(?:^|-)devel(?:-|$)/.test(reference.tag ?? '')
  );
}

/** Only the user can tell whether the program runs there: the tag is offered to be looked over. */
function replacement(stage: Stage, site: ImageSite, { image, finalStageOnly }: SmallerImage): readonly Fix[] {
  const runs = stage.steps.some((step) => step.kind === 'run');
  // Without a shell no RUN works.
  if (finalStageOnly && runs) return [];
  const tag = image.slice(image.lastIndexOf(':') + 1);
  return site.replaceBy(image, say`Use \`${image}\`…`, 'manual', tag);
}
