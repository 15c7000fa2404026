import { type Message, say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { type SecurityOption, securityOptions } from '../shared/security-options.js';

export default defineRule({
  meta: {
    id: 'apparmor-unconfined',
    practice: 'capabilities',
    severity: 'warning',
    title: 'AppArmor, SELinux or the masking of system paths is off',
    why: 'These rules of the kernel stop a process that has already got out of its namespaces: writing to /proc and /sys, mounting, reading the files of others.',
    advice:
      'Keep the default profile. For one path or call that is missing, write a profile or label that allows just that.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('5.2'),
      cis('5.3'),
      owasp(6),
      dockerDocs('AppArmor profiles', '/engine/security/apparmor/'),
    ],
    equivalents: ['compose-lint:CL-0009', 'semgrep:selinux-separation-disabled'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const option of securityOptions(container)) {
        const message = whatIsLost(container.name, option);
        if (message === undefined) continue;
        const { span, value } = option.setting;
        yield {
          at: span,
          message,
          fixes: () =>
            containerFix(container, say`Remove \`${value}\` (what the profile forbids fails)`, 'unsafe', [
              { remove: span },
            ]),
        };
      }
    },
  },
});

function whatIsLost(name: string, { key, value }: SecurityOption): Message | undefined {
  if (key === 'apparmor' && value === 'unconfined')
    return say`\`${name}\` runs without its AppArmor profile: nothing stops mounts and writes to /proc`;
  // `disable` alone is the old spelling.
  if (
    (key === 'label' && /^(?:disable|type:(?:spc_t|unconfined_t))$/.test(value ?? '')) ||
    (key === 'disable' && value === undefined)
  )
    return say`\`${name}\` runs without SELinux labels: it may touch files of the host and other containers`;
  if (key === 'systempaths' && value === 'unconfined')
    return say`\`${name}\` runs without masked paths: it changes kernel settings below /proc and /sys`;
  return undefined;
}
