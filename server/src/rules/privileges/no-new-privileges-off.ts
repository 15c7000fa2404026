import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { newPrivilegesOptions } from '../shared/security-options.js';

export default defineRule({
  meta: {
    id: 'no-new-privileges-off',
    practice: 'privileges',
    severity: 'warning',
    title: 'New privileges are allowed on purpose',
    why: 'The line overrules a daemon that forbids new privileges for all containers, and any setuid program in this one leads to root again.',
    advice:
      'Set it to true. Where a program truly needs its setuid bit, give the container that one capability instead.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('5.26'),
      owasp(4),
      dockerDocs('docker run --security-opt', '/reference/cli/docker/container/run/#security-opt'),
    ],
    equivalents: ['compose-lint:CL-0003', 'kics:no_new_privileges_not_set', 'semgrep:no-new-privileges'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const options = newPrivilegesOptions(container);
      const last = options.at(-1);
      if (last === undefined || last.on) return;
      const { span, value } = last.setting;
      // The same entry twice is refused, so beside one that is on this one only goes.
      const another = options.some((option) => option.on);
      yield {
        at: span,
        message: say`\`${value}\` lets every setuid program in \`${container.name}\` turn a user into root`,
        fixes: () =>
          containerFix(
            container,
            another
              ? say`Remove \`${value}\` (sudo and other setuid programs stop working)`
              : say`Forbid new privileges (sudo and other setuid programs stop working)`,
            'unsafe',
            [another ? { remove: span } : { replace: span, text: 'no-new-privileges:true' }],
          ),
      };
    },
  },
});
