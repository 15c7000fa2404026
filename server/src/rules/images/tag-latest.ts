import { say } from '../../l10n/message.js';
import { cis, defineRule, dockerDocs, owasp, type Problem, type RuleContext } from '../rule.js';
import {
  type ImageSite,
  imageBehindRegistry,
  imageOfContainer,
  imageOfStage,
  withVersion,
} from '../shared/image-sites.js';
import { isMoving, namesNoVersion } from '../shared/moving-tags.js';

export default defineRule({
  meta: {
    id: 'tag-latest',
    practice: 'images',
    severity: 'warning',
    title: 'Image tag moves to whatever is newest',
    why: 'The same file builds or starts something else tomorrow: an update nobody tested, or an image somebody slipped in.',
    advice: 'Name the version you tested and let an update tool raise it.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [
      cis('4.3'),
      owasp(13),
      dockerDocs('pin base image versions', '/build/building/best-practices/#pin-base-image-versions'),
    ],
    equivalents: [
      'hadolint:DL3007',
      'sonar:S6596',
      'tally:hadolint/DL3007',
      'checkov:CKV_DOCKER_7',
      'kics:image_version_using_latest',
      'semgrep:avoid-latest-version',
      'semgrep:dockerfile-source-not-pinned',
      'trivy:DS-0001',
      'compose-lint:CL-0004',
      'dclint:service-image-require-explicit-tag',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container, context) {
      const site = imageOfContainer(container) ?? imageBehindRegistry(container);
      if (site) yield* moving(site, context);
    },
    *stage(stage, context) {
      const site = imageOfStage(stage);
      if (site) yield* moving(site, context);
    },
  },
});

function* moving(site: ImageSite, { today }: RuleContext<object>): Iterable<Problem> {
  const { tag, digest, familiar } = site.reference;
  if (tag === undefined || digest !== undefined) return;
  const onlyVariant = namesNoVersion(site.reference);
  if (!onlyVariant && !isMoving(site.reference)) return;
  yield {
    at: site.at,
    message: onlyVariant
      ? say`\`${`${familiar}:${tag}`}\` names no version: every pull may bring another one`
      : say`\`${`${familiar}:${tag}`}\` changes with each release: nobody tested what comes next`,
    fixes: () =>
      withVersion(site, today, {
        variant: onlyVariant ? tag : /-(.+)$/.exec(tag)?.[1],
        otherwise: say`Use a fixed version…`,
      }),
  };
}
