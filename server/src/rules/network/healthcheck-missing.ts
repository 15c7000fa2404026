import type { HealthCheck } from '../../facts/images.js';
import { say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { lastOf } from '../../model/stage.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix } from '../rule.js';
import { restingOn } from '../shared/image-facts.js';
import { checkTitle, checkWords } from '../shared/health-checks.js';
import { imageOfContainer } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'healthcheck-missing',
    practice: 'network',
    severity: 'info',
    title: 'Service has no health check',
    why: 'A service that hangs, or was replaced by something else, keeps its traffic, and what depends on it starts too early.',
    advice:
      'Let the container ask its own service every half minute, with a tool that the image has. Kubernetes ignores it and has probes of its own.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [cis('5.27'), dockerDocs('HEALTHCHECK', '/reference/dockerfile/#healthcheck')],
    equivalents: ['kics:healthcheck_not_set'],
    since: '0.1.0',
  },
  check: {
    *container(container, context) {
      if (container.healthcheck.state !== 'unset') return;
      const stage = context.stageOf(container);
      if (stage && lastOf(stage, 'healthcheck') !== undefined) return;
      const site = imageOfContainer(container);
      const known = site?.profile?.healthcheck?.value;
      if (known?.builtin) return;
      yield {
        at: container.healthcheck.anchor,
        message: say`Nothing notices when \`${container.name}\` hangs: it has no health check`,
        missing: say`health check`,
        fixes: () => restingOn(addToContainer(container, known), site?.reference, site?.profile?.healthcheck),
      };
    },
  },
});

function addToContainer(container: ContainerSpec, known: HealthCheck | undefined): readonly Fix[] {
  const [form, ...test] = known?.test ?? [];
  if (form === undefined) return [];
  const words = checkWords(test);
  return containerFix(container, checkTitle(words, known), 'unsafe', [
    { set: 'healthcheck', value: { disabled: false, shell: form === 'CMD-SHELL', test: words } },
  ]);
}
