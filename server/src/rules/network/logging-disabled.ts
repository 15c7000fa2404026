import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';

export default defineRule({
  meta: {
    id: 'logging-disabled',
    practice: 'network',
    severity: 'warning',
    title: 'Container writes no logs',
    why: 'After a break-in or a crash nothing tells what happened, and nothing can raise an alarm while it happens.',
    advice:
      'Keep the logs; limit their size instead, with the `local` driver or the `max-size` option of `json-file`.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['safe'],
    references: [cis('2.13'), owasp(12), dockerDocs('logging drivers', '/engine/logging/configure/')],
    equivalents: ['compose-lint:CL-0014'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { logDriver } = container;
      if (logDriver.state !== 'set' || logDriver.value !== 'none') return;
      yield {
        at: logDriver.span,
        message: say`Logs of \`${container.name}\` are thrown away: an attack or a crash leaves no trace`,
        fixes: () =>
          containerFix(container, say`Log with the \`local\` driver, which rotates by itself`, 'safe', [
            { replace: logDriver.span, text: 'local' },
          ]),
      };
    },
  },
});
