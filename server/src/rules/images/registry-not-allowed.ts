import type { ImageReference } from '../../facts/image-reference.js';
import { registryOf } from '../../facts/registries.js';
import { say, words } from '../../l10n/message.js';
import type { Place } from '../../text/span.js';
import { cis, defineRule, owasp, type Problem, type RuleContext } from '../rule.js';
import { imageOfContainer, imageOfStage, takenImages } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'registry-not-allowed',
    practice: 'images',
    severity: 'info',
    title: 'Image comes from a registry nobody vouched for',
    why: 'Whoever runs the registry decides what runs here, and unknown registries disappear or change hands.',
    advice:
      'List the registries you trust in `bulkhead.allowedRegistries`; without a list, well-known public registries and private hosts are accepted.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [cis('4.2'), owasp(13)],
    equivalents: [
      'hadolint:DL3026',
      'tally:hadolint/DL3026',
      'datadog:use_only_an_allowed_registry_in_the_from_image',
    ],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *container(container, context) {
      const site = imageOfContainer(container);
      if (site) yield* outside(site.reference, site.at, context);
    },
    *stage(stage, context) {
      const site = imageOfStage(stage);
      if (site) yield* outside(site.reference, site.at, context);
      for (const { reference, place } of takenImages(stage)) yield* outside(reference, place, context);
    },
  },
});

function* outside(
  reference: ImageReference,
  at: Place,
  { allowedRegistries }: RuleContext<object>,
): Iterable<Problem> {
  const { registry, repository, familiar } = reference;
  if (allowedRegistries.length > 0) {
    const path = `${registry}/${repository}`;
    if (
      allowedRegistries.some(
        (allowed) => path === allowed || path.startsWith(`${allowed.replace(/\/+$/, '')}/`),
      )
    )
      return;
    yield {
      at,
      severity: 'warning',
      message: familiar.startsWith(registry)
        ? say`\`${familiar}\` comes from a registry that is not allowed`
        : say`\`${familiar}\` comes from \`${registry}\`, which is not allowed`,
    };
    return;
  }
  const fact = registryOf(reference);
  if (fact?.class === 'frozen') {
    yield { at, message: say`\`${registry}\` gets no updates any more: ${words(fact.reason)}` };
    return;
  }
  if (fact !== undefined || isPrivate(registry)) return;
  yield {
    at,
    message: say`\`${registry}\` is no well-known registry: whoever runs it decides what runs here`,
  };
}

/** Hosts that only a company or this machine can mean: no dot, a port, a private address or name. */
function isPrivate(registry: string): boolean {
  const host = registry.replace(/:\d+$/, '');
  return (
    !host.includes('.') ||
    host !== registry ||
    /^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host) ||
    /\.(?:local|internal|lan|corp|intranet|svc|test|example|localhost)$/.test(host)
  );
}
