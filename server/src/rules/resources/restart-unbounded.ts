import { type Message, say } from '../../l10n/message.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import type { SetSetting } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix } from '../rule.js';
import { lacksLimit } from '../shared/limits.js';

export default defineRule({
  meta: {
    id: 'restart-unbounded',
    practice: 'resources',
    severity: 'info',
    title: 'Container is restarted without end',
    why: 'A container that fails at once is started again for ever: it burns the CPU, fills the disk with logs and hides the reason.',
    advice:
      'Restart after failures only, and a few times: `on-failure:5`. Where the service must come back after a reboot, set limits instead.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['unsafe'],
    options: {
      attempts: {
        default: 5,
        description: 'Number of restarts that is still accepted and that the fix writes.',
      },
    },
    references: [
      cis('5.15'),
      dockerDocs('restart policies', '/engine/containers/start-containers-automatically/'),
    ],
    equivalents: ['kics:restart_policy_on_failure_not_set_to_5'],
    since: '0.1.0',
  },
  check: {
    *container(container, { options }) {
      const { restart } = container;
      if (restart.state !== 'set') return;
      const message = endless(container, restart.value, options.attempts);
      if (message === undefined) return;
      yield {
        at: restart.span,
        message,
        fixes: () =>
          containerFix(
            container,
            say`Restart at most ${options.attempts} times, after failures only (stays down then, and after a reboot of the host)`,
            'unsafe',
            [bounded(restart, options.attempts)],
            // With limits it does no harm.
          ).map((fix): Fix => (restart.value.startsWith('on-failure') ? fix : { ...fix, waits: true })),
      };
    },
  },
});

/** A policy that came through an anchor is changed there, where it is shown. */
function bounded({ span, origin }: SetSetting<string>, attempts: number): ContainerChange {
  const value = `on-failure:${attempts}`;
  return origin?.kind === 'anchor' ? { replace: span, text: value } : { set: 'restart', value };
}

/** What happens to the container, or undefined when its restarts are bounded or do no harm. */
function endless(container: ContainerSpec, policy: string, accepted: number): Message | undefined {
  const [word, count] = policy.split(':');
  const attempts = Number(count ?? 0);
  if (word === 'no' || word === '' || word === undefined) return undefined;
  if (attempts > 0) {
    return attempts > accepted
      ? say`\`${container.name}\` is started ${attempts} more times when it fails: more than ${accepted} only delay the alarm`
      : undefined;
  }
  if (word === 'on-failure')
    return say`\`${container.name}\` is started again for ever when it fails: no count ends the loop`;
  // Limits keep a crash loop from hurting others, and these policies bring a service back after a reboot.
  const limited = !lacksLimit(container, 'memory') || !lacksLimit(container, 'cpus');
  return limited
    ? undefined
    : say`\`${container.name}\` is restarted for ever: no limit keeps a crash loop off the host`;
}
