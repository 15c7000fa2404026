import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { lastOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { createdUsers } from '../shared/created-users.js';
import { switchUserFixes } from '../shared/switch-user.js';
import { stageRunsAs } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'user-never-used',
    practice: 'non-root',
    severity: 'warning',
    title: 'User is created but the image still runs as root',
    why: 'Creating a user changes nothing by itself: without `USER` the program keeps root, and so does whoever breaks into it.',
    advice: 'Switch to the user with `USER` before the start command.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('4.1'), owasp(2), dockerDocs('USER', '/reference/dockerfile/#user')],
    equivalents: [
      'checkov:CKV_DOCKER_3',
      'kics:missing_user_instruction',
      'semgrep:missing-user',
      'semgrep:missing-user-entrypoint',
      'tally:tally/user-created-but-never-used',
      'trivy:DS-0002',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.ships || stage.user.state !== 'unset' || stage.base.image.state !== 'set') return;
      const [created, another] = createdUsers(stage);
      const { root, leaves } = stageRunsAs(stage);
      // Several users, or a start command that switches: `user-missing` has the better words.
      if (created === undefined || another !== undefined || leaves !== undefined || root === false) return;
      const script = startScript(stage);
      const outcome =
        root === undefined
          ? say`the image runs as its base does`
          : script === undefined
            ? say`the image runs as root`
            : say`the image runs as root unless \`${script}\` does`;
      yield {
        at: created.at,
        message: say`No \`USER\` switches to \`${created.name}\`: ${outcome}`,
        ...(root === true && script === undefined ? {} : { severity: 'info' }),
        fixes: () => switchUserFixes(stage),
      };
    },
  },
});

/** A script that is started first and may switch users itself. */
function startScript(stage: Stage): string | undefined {
  const entrypoint = lastOf(stage, 'entrypoint')?.words.map(({ written }) => written) ?? [];
  return entrypoint
    .map((word) => word.split('/').at(-1))
    .find((name) => /\.sh$|entrypoint|^init$/.test(name ?? ''));
}
