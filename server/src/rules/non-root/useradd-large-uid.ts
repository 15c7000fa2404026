import { say } from '../../l10n/message.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { createdUser, useraddOptions } from '../shared/created-users.js';

/** From here on the login records that `useradd` reserves take tens of megabytes. */
const LARGE = 100_000;

export default defineRule({
  meta: {
    id: 'useradd-large-uid',
    practice: 'non-root',
    severity: 'info',
    title: 'User with a large number blows up the login records',
    why: '`useradd` writes to `/var/log/lastlog` at an offset that grows with the number: the sparse file becomes gigabytes of zeros in the image and can fill the disk of the host.',
    advice: 'Add `--no-log-init`, or take a number below 100000.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe'],
    references: [dockerDocs('USER', '/build/building/best-practices/#user')],
    equivalents: ['datadog:use_recommended_flags_with_useradd', 'hadolint:DL3046', 'tally:hadolint/DL3046'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        for (const command of step.script.commands) {
          if (command.program !== 'useradd') continue;
          const user = createdUser(step, command);
          const options = useraddOptions(command);
          if (user?.uid === undefined || user.uid < LARGE) continue;
          if (options.has('l') || options.has('no-log-init')) continue;
          const program = command.programWord;
          yield {
            at: program?.span ?? command.span,
            message: say`\`useradd\` reserves login records up to user ${user.uid}: the image grows by a large empty file`,
            fixes: () =>
              program === undefined
                ? []
                : [
                    {
                      title: say`Add \`--no-log-init\``,
                      applicability: 'safe',
                      edits: stage.edit.addWord(program.span, '--no-log-init'),
                    },
                  ],
          };
        }
      }
    },
  },
});
