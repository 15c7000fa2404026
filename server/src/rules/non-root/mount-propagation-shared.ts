import { type Message, say } from '../../l10n/message.js';
import type { Mount } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'mount-propagation-shared',
    practice: 'non-root',
    severity: 'warning',
    title: 'Mounts below a bind mount are shared with the host',
    why: 'What a process in the container mounts there appears on the host and in other containers, and can hide or replace files that they trust.',
    advice: 'Leave the propagation out: `rprivate` is the default and enough for nearly everything.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('5.20'),
      dockerDocs('bind propagation', '/engine/storage/bind-mounts/#configure-bind-propagation'),
    ],
    equivalents: ['compose-lint:CL-0017', 'kics:volume_mounted_in_multiple_containers'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const mount of container.mounts) {
        const { propagation } = mount;
        if (propagation.state !== 'set') continue;
        const word = propagation.value;
        const shared = /^r?shared$/.test(word);
        if (!shared && !(/^r?slave$/.test(word) && !mount.readOnly)) continue;
        const path = mount.hostPath.state === 'set' ? `\`${mount.hostPath.value}\`` : say`this path`;
        yield {
          at: propagation.span,
          message: shared
            ? say`\`${word}\`: what \`${container.name}\` mounts below ${path} appears on the host as well`
            : say`\`${word}\`: what the host mounts below ${path} later appears in \`${container.name}\`, writable`,
          ...(shared ? {} : { severity: 'info' }),
          fixes: () =>
            containerFix(container, say`Remove \`${word}\` (${price(mount, shared)})`, 'unsafe', [
              { privateMount: mount },
            ]),
        };
      }
    },
  },
});

function price(mount: Mount, shared: boolean): Message {
  const target = mount.target.state === 'set' ? `\`${mount.target.value}\`` : say`it`;
  return shared
    ? say`mounts made in ${target} stay in the container`
    : say`later mounts in ${target} stay unseen`;
}
