import { parseImageReference } from '../../facts/image-reference.js';
import { say } from '../../l10n/message.js';
import { containerFix, defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'pull-never',
    practice: 'updates',
    severity: 'info',
    title: 'Image is never pulled again',
    why: 'The machine keeps the image it happens to have: fixes that the publisher ships under the same tag never arrive.',
    advice: 'Use `missing` with a version you raise yourself, or `daily` and `weekly` for tags that move.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [dockerDocs('Compose pull_policy', '/reference/compose-file/services/#pull_policy')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { pullPolicy, image, build } = container;
      if (pullPolicy.state !== 'set' || pullPolicy.value !== 'never' || build !== undefined) return;
      const digest = image.state === 'set' ? parseImageReference(image.value)?.digest : undefined;
      if (image.state !== 'set' || digest !== undefined) return;
      yield {
        at: pullPolicy.span,
        message: say`\`${container.name}\` keeps whatever \`${image.value}\` this machine has: fixes never arrive`,
        fixes: () =>
          containerFix(container, say`Pull it weekly (start needs the registry then)`, 'unsafe', [
            { replace: pullPolicy.span, text: 'weekly' },
          ]),
      };
    },
  },
});
