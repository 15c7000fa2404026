import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { securityOptions } from '../shared/security-options.js';

export default defineRule({
  meta: {
    id: 'seccomp-unconfined',
    practice: 'capabilities',
    severity: 'warning',
    title: 'System calls of the container are not filtered',
    why: 'The default profile blocks calls that containers never need and that most published kernel exploits start with.',
    advice:
      'Use the default profile; for a program that fails with it, write a profile that allows the one call it needs.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('5.22'), owasp(6), dockerDocs('seccomp profiles', '/engine/security/seccomp/')],
    equivalents: [
      'compose-lint:CL-0009',
      'kics:default_seccomp_profile_disabled',
      'semgrep:seccomp-confinement-disabled',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const { setting, key, value } of securityOptions(container)) {
        const isEmpty = value === undefined || value === '';
        if (key !== 'seccomp' || !(isEmpty || value === 'unconfined')) continue;
        yield {
          at: setting.span,
          message: isEmpty
            ? say`No profile is named here: \`${container.name}\` does not start, or without the filter that was meant`
            : say`\`${container.name}\` may call all of the host's kernel: exploits that the filter stops work here`,
          fixes: () =>
            containerFix(container, say`Use the default filter (calls that it blocks fail)`, 'unsafe', [
              { remove: setting.span },
            ]),
        };
      }
    },
  },
});
