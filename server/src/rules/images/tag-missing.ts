import { officialImage } from '../../facts/registries.js';
import { say } from '../../l10n/message.js';
import { defineRule, dockerDocs, owasp, type Problem, type RuleContext } from '../rule.js';
import {
  type ImageSite,
  imageBehindRegistry,
  imageOfContainer,
  imageOfStage,
  withVersion,
} from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'tag-missing',
    practice: 'images',
    severity: 'warning',
    title: 'Image has no tag',
    why: 'Docker takes `latest`: the same file builds or starts something else tomorrow, and nobody can tell which version ran when it broke.',
    advice: 'Name the version you tested; pin its digest too where builds must be repeatable.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [
      owasp(13),
      dockerDocs('pin base image versions', '/build/building/best-practices/#pin-base-image-versions'),
    ],
    equivalents: [
      'hadolint:DL3006',
      'sonar:S6596',
      'tally:hadolint/DL3006',
      'kics:image_version_not_explicit',
      'semgrep:missing-image-version',
      'checkov:CKV_DOCKER_7',
      'trivy:DS-0001',
      'semgrep:dockerfile-source-not-pinned',
      'compose-lint:CL-0004',
      'dclint:service-image-require-explicit-tag',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container, context) {
      const site = imageOfContainer(container) ?? imageBehindRegistry(container);
      if (site) yield* untagged(site, context);
    },
    *stage(stage, context) {
      const site = imageOfStage(stage);
      if (site) yield* untagged(site, context);
    },
  },
});

function* untagged(site: ImageSite, { today }: RuleContext<object>): Iterable<Problem> {
  const { reference } = site;
  if (reference.tag !== undefined || reference.digest !== undefined) return;
  // A bare name that no official image has is most likely built on this machine.
  const local = reference.isOfficial && officialImage(reference.name) === 'no';
  yield {
    at: site.at,
    ...(local && { severity: 'info' as const }),
    message: local
      ? say`\`${reference.familiar}\` has no tag: every build may bring another version`
      : say`\`${reference.familiar}\` has no tag: every pull may bring another version`,
    fixes: () => withVersion(site, today, { otherwise: say`Add a tag…` }),
  };
}
