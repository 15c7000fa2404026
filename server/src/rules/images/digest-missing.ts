import { say } from '../../l10n/message.js';
import { defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { isMoving } from '../shared/moving-tags.js';
import { type ImageSite, imageOfContainer, imageOfStage } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'digest-missing',
    practice: 'images',
    severity: 'info',
    title: 'Image is not pinned by digest',
    why: 'A tag is a label that its owner, or whoever steals the account, can put on another image; a digest cannot be moved.',
    advice:
      'Add the digest that `docker buildx imagetools inspect IMAGE` prints, and let an update tool renew both.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['manual'],
    references: [owasp(13), dockerDocs('image digests', '/dhi/core-concepts/digests/')],
    equivalents: ['compose-lint:CL-0019', 'semgrep:dockerfile-source-not-pinned'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const site = imageOfContainer(container);
      if (site) yield* unpinned(site);
    },
    *stage(stage) {
      const site = imageOfStage(stage);
      if (site) yield* unpinned(site);
    },
  },
});

/** A reference without tag, or with a moving one, has a worse problem, which its own rule names. */
function* unpinned(site: ImageSite): Iterable<Problem> {
  const { tag, digest, familiar } = site.reference;
  if (tag === undefined || digest !== undefined || isMoving(site.reference)) return;
  const gap = 'DIGEST';
  yield {
    at: site.at,
    message: say`\`${`${familiar}:${tag}`}\` is not pinned: the tag may change its image`,
    fixes: () => site.replaceBy(`${site.text}@sha256:${gap}`, say`Add the digest…`, 'manual', gap),
  };
}
