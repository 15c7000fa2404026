import { say } from '../../l10n/message.js';
import { copiesOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { isRoot } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'owner-mismatch',
    practice: 'non-root',
    severity: 'info',
    title: 'Files copied after USER still belong to root',
    why: '`USER` does not count for `COPY` and `ADD`. A program that must write these files fails, and the quick way out is root or `chmod 777`.',
    advice:
      'Say `--chown` where the program writes. Where it only reads, copy before `USER`: files of root are the safer ones.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['unsafe'],
    references: [dockerDocs('COPY --chown', '/reference/dockerfile/#copy---chown---chmod')],
    equivalents: ['tally:tally/copy-after-user-without-chown'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of copiesOf(stage)) {
        const { user } = step;
        if (step.onbuild || step.from !== undefined || step.destination === undefined) continue;
        if (user.state !== 'set' || isRoot(user.value)) continue;
        if (step.flags.some(({ name }) => name === 'chown')) continue;
        yield {
          at: step.at,
          message: say`\`${step.destination.written}\` belongs to root: \`${user.value}\`, the \`USER\` above, cannot change it`,
          fixes: () => [
            {
              title: say`Add \`--chown=${user.value}\` (the program can then change its own files)`,
              applicability: 'unsafe',
              edits: stage.edit.addWord(step.at, `--chown=${user.value}`),
            },
          ],
        };
      }
    },
  },
});
