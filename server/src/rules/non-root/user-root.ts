import { say } from '../../l10n/message.js';
import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { switchUserFixes } from '../shared/switch-user.js';
import { baseReferenceOf, describeLeaves, imageRunsAs, stageRunsAs } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'user-root',
    practice: 'non-root',
    severity: 'warning',
    title: 'Last USER of the image is root',
    why: 'Whoever breaks into the program owns every file in the container and has root rights against the kernel: one flaw in either, and the host is lost.',
    advice: 'Switch back to an unprivileged user after the steps that need root.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe', 'manual'],
    references: [cis('4.1'), owasp(2), dockerDocs('USER', '/reference/dockerfile/#user')],
    equivalents: [
      'checkov:CKV_DOCKER_8',
      'hadolint:DL3002',
      'kics:last_user_is_root',
      'semgrep:last-user-is-root',
      'sonar:S6471',
      'tally:tally/stateful-root-runtime',
      'trivy:DS-0002',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.ships || stage.user.state !== 'set') return;
      const { root, user, leaves } = stageRunsAs(stage);
      if (root !== true) return;
      const base = imageRunsAs(baseReferenceOf(stage));
      const written = say`\`USER ${user ?? ''}\` is the last one`;
      yield {
        at: stage.user.span,
        message: leaves
          ? say`${written}: the image starts as root and ${describeLeaves(leaves)}`
          : base.root === false
            ? say`${written}: the image runs as root although its base does not`
            : say`${written}: the image runs as root`,
        ...(leaves ? { severity: 'info' } : {}),
        fixes: () => switchUserFixes(stage),
      };
    },
  },
});
