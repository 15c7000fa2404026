import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { limitChange, lacksLimit } from '../shared/limits.js';

const MIB = 1024 * 1024;

export default defineRule({
  meta: {
    id: 'memory-limit-missing',
    practice: 'resources',
    severity: 'info',
    title: 'Container has no memory limit',
    why: 'One leaking or attacked container can take all memory of the host; the kernel then kills other processes, the Docker daemon included.',
    advice:
      'Set a limit a little above the peak you measure with `docker stats`. Reservations and shares do not limit anything.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe'],
    options: {
      suggested: { default: 512, description: 'Limit that the quick fix writes, in MiB.' },
    },
    references: [
      cis('5.11'),
      owasp(7),
      dockerDocs('memory limits', '/engine/containers/resource_constraints/#memory'),
    ],
    equivalents: ['kics:memory_not_limited', 'compose-lint:CL-0026'],
    since: '0.1.0',
  },
  check: {
    *container(container, { options }) {
      if (!lacksLimit(container, 'memory')) return;
      const isSet = container.memory.state !== 'unset';
      const key = container.spelling('memory');
      yield {
        at: container.namePlace,
        message: isSet
          ? say`\`${container.name}\` may use all memory of the host: \`${key}\` sets no limit`
          : say`\`${container.name}\` may use all memory of the host: \`${key}\` is not set`,
        missing: say`memory limit`,
        fixes: () =>
          containerFix(
            container,
            isSet
              ? say`Set \`${key}: ${options.suggested}m\` (the container is killed above it)`
              : say`Add \`${key}: ${options.suggested}m\` (the container is killed above it)`,
            'unsafe',
            [limitChange(container, 'memory', options.suggested * MIB, `${options.suggested}m`)],
          ),
      };
    },
  },
});
