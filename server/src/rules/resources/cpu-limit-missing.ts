import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { limitChange, lacksLimit } from '../shared/limits.js';

export default defineRule({
  meta: {
    id: 'cpu-limit-missing',
    practice: 'resources',
    severity: 'info',
    title: 'Container has no CPU limit',
    why: 'A busy loop, or a miner that got in, takes every core of the host from all other containers.',
    advice:
      'Give the container the number of CPUs it needs at its peak; fractions are fine. Shares only decide who waits.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe'],
    options: {
      suggested: { default: 1, description: 'Number of CPUs that the quick fix writes.' },
    },
    references: [
      cis('5.12'),
      owasp(7),
      dockerDocs('CPU limits', '/engine/containers/resource_constraints/#cpu'),
    ],
    equivalents: ['kics:cpus_not_limited', 'compose-lint:CL-0026'],
    since: '0.1.0',
  },
  check: {
    *container(container, { options }) {
      if (!lacksLimit(container, 'cpus')) return;
      const isSet = container.cpus.state !== 'unset';
      const key = container.spelling('cpus');
      yield {
        at: container.namePlace,
        message: isSet
          ? say`\`${container.name}\` may use all CPUs of the host: \`${key}\` sets no limit`
          : say`\`${container.name}\` may use all CPUs of the host: \`${key}\` is not set`,
        missing: say`CPU limit`,
        fixes: () =>
          containerFix(
            container,
            isSet
              ? say`Set \`${key}: ${options.suggested}\` (the container is slowed down above it)`
              : say`Add \`${key}: ${options.suggested}\` (the container is slowed down above it)`,
            'unsafe',
            [limitChange(container, 'cpus', options.suggested, `${options.suggested}`)],
          ),
      };
    },
  },
});
