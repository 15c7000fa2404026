import { say } from '../../l10n/message.js';
import type { ContainerChange } from '../../model/container.js';
import { containerFix, defineRule, dockerDocs, owasp } from '../rule.js';

export default defineRule({
  meta: {
    id: 'log-size-unbounded',
    practice: 'resources',
    severity: 'info',
    title: 'Logs of the container may fill the disk',
    why: 'The default driver keeps everything that a container prints, in one file without end: a chatty or attacked service fills the disk and stops every other one.',
    advice:
      'Set `max-size` and `max-file`, or use the `local` driver, which rotates by itself. Best set once, for the daemon.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['safe'],
    options: {
      size: { default: 10, description: 'Size of one log file that the quick fix writes, in MiB.' },
      files: { default: 3, description: 'Number of log files that the quick fix writes.' },
    },
    references: [
      owasp(7),
      dockerDocs('JSON file logging driver', '/engine/logging/drivers/json-file/#options'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container, { options }) {
      const { logDriver, logOptions } = container;
      if (logDriver.state === 'unknown' || (logDriver.state === 'set' && logDriver.value !== 'json-file'))
        return;
      const size = logOptions.get('max-size');
      // `-1` is what the driver takes when nothing is said.
      const endless = size?.state === 'set' && Number.parseFloat(size.value) <= 0;
      if (size !== undefined && size.state !== 'unset' && !endless) return;
      const rotation = { 'max-size': `${options.size}m`, 'max-file': `${options.files}` };
      const changes: readonly ContainerChange[] = endless
        ? [{ replace: size.span, text: rotation['max-size'] }]
        : [
            // Named, because these options would keep the container from starting with another default driver.
            ...(logDriver.state === 'unset' ? [{ set: 'logDriver', value: 'json-file' } as const] : []),
            { logOptions: rotation },
          ];
      yield {
        at: endless ? size.span : container.namePlace,
        message: endless
          ? say`Logs of \`${container.name}\` grow without end: \`max-size\` is unlimited`
          : say`Logs of \`${container.name}\` grow without end: \`max-size\` is not set`,
        ...(!endless && { missing: say`log rotation` }),
        fixes: () =>
          containerFix(
            container,
            endless
              ? say`Set \`max-size: ${options.size}m\``
              : say`Rotate logs: \`max-size: ${options.size}m\`, \`max-file: ${options.files}\``,
            'safe',
            changes,
          ),
      };
    },
  },
});
