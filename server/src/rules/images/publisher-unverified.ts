import { publisherKnown } from '../../facts/registries.js';
import { say } from '../../l10n/message.js';
import { cis, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { type ImageSite, imageOfContainer, imageOfStage } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'publisher-unverified',
    practice: 'images',
    severity: 'info',
    title: 'Docker Hub image of an unknown publisher',
    why: 'Anybody can push to Docker Hub; images with a miner or a back door look like all others.',
    advice:
      'Prefer official images and those of the vendor; otherwise read the Dockerfile and build it yourself.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [
      cis('4.2'),
      owasp(13),
      dockerDocs('trusted content', '/docker-hub/image-library/trusted-content/'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const site = imageOfContainer(container);
      if (site) yield* unknownPublisher(site);
    },
    *stage(stage) {
      const site = imageOfStage(stage);
      if (site) yield* unknownPublisher(site);
    },
  },
});

function* unknownPublisher(site: ImageSite): Iterable<Problem> {
  const { registry, namespace, familiar } = site.reference;
  if (registry !== 'docker.io' || namespace === undefined || publisherKnown(namespace)) return;
  yield {
    at: site.at,
    message: say`\`${familiar}\` is published by \`${namespace}\`, whom nobody here vouches for`,
  };
}
