import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { allSteps } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { joinedGroups } from '../shared/created-users.js';

export default defineRule({
  meta: {
    id: 'user-group-drops-others',
    practice: 'non-root',
    severity: 'info',
    title: 'Group in USER takes the other groups away',
    why: '`USER name:group` runs with that group alone. What the other groups were given for fails, and the quick way out is root.',
    advice: 'Write `USER name`: the user then has all groups it was put into.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [dockerDocs('USER', '/reference/dockerfile/#user')],
    equivalents: ['tally:tally/user-explicit-group-drops-supplementary-groups'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const { user } = stage;
      if (!stage.ships || user.state !== 'set') return;
      const [name = '', own] = user.value.split(':');
      if (own === undefined || own === '') return;
      const lost = groupsOf(stage, name).filter((group) => group !== own);
      if (lost.length === 0) return;
      const { span } = user;
      yield {
        at: span,
        message: say`With \`:${own}\` the program has none of the other groups of \`${name}\`: ${lost.map((group) => `\`${group}\``).join(', ')}`,
        fixes: () => [
          {
            title: say`Use \`USER ${name}\` (the program gets all groups of the user)`,
            applicability: 'unsafe',
            edits: stage.edit.replace(span, name),
          },
        ],
      };
    },
  },
});

/** The groups that the build puts a user into. */
function groupsOf(stage: Stage, name: string): readonly string[] {
  return allSteps(stage).flatMap((step) =>
    step.kind !== 'run' || step.onbuild
      ? []
      : step.script.commands.flatMap((command) => {
          const joined = joinedGroups(command);
          return joined?.user === name ? joined.groups.split(',') : [];
        }),
  );
}
