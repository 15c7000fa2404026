import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { limitChange, lacksLimit } from '../shared/limits.js';

export default defineRule({
  meta: {
    id: 'pids-limit-missing',
    practice: 'resources',
    severity: 'info',
    title: 'Container may start any number of processes',
    why: 'A fork bomb in the container fills the process table of the host, and nobody can log in to stop it.',
    advice: 'Set a limit well above what the service needs: threads count as processes.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe'],
    options: {
      suggested: { default: 256, description: 'Number of processes that the quick fix writes.' },
    },
    references: [
      cis('5.29'),
      owasp(7),
      dockerDocs('docker run --pids-limit', '/reference/cli/docker/container/run/'),
    ],
    equivalents: ['kics:pids_limit_not_set'],
    since: '0.1.0',
  },
  check: {
    *container(container, { options }) {
      if (!lacksLimit(container, 'pids')) return;
      const isSet = container.pids.state !== 'unset';
      const key = container.spelling('pids');
      yield {
        at: container.namePlace,
        message: isSet
          ? say`\`${container.name}\` may start any number of processes: \`${key}\` sets no limit`
          : say`\`${container.name}\` may start any number of processes: \`${key}\` is not set`,
        missing: say`process limit`,
        fixes: () =>
          containerFix(
            container,
            isSet
              ? say`Set \`${key}: ${options.suggested}\` (more processes and threads fail)`
              : say`Add \`${key}: ${options.suggested}\` (more processes and threads fail)`,
            'unsafe',
            [limitChange(container, 'pids', options.suggested, `${options.suggested}`)],
          ),
      };
    },
  },
});
