import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'cgroup-parent-set',
    practice: 'resources',
    severity: 'warning',
    title: 'Container is moved to another control group',
    why: 'In a group of its own choice the container shares limits with strangers or escapes those that were set for all containers of the daemon.',
    advice:
      'Leave the group to the daemon. Where the machine is divided into slices, configure the daemon with `cgroup-parent` instead.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('5.25'), dockerDocs('cgroup_parent', '/reference/compose-file/services/#cgroup_parent')],
    equivalents: ['kics:cgroup_not_default'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { cgroupParent } = container;
      if (cgroupParent.state !== 'set' || cgroupParent.value === '') return;
      const key = container.spelling('cgroupParent');
      yield {
        at: cgroupParent.span,
        message: say`\`${container.name}\` runs in the control group \`${cgroupParent.value}\`, past the limits of the daemon`,
        fixes: () =>
          containerFix(container, say`Remove \`${key}\` (limits of that group no longer apply)`, 'unsafe', [
            { remove: cgroupParent.span },
          ]),
      };
    },
  },
});
