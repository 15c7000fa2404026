import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { copiesOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs } from '../rule.js';
import { isRoot } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'program-owned-by-user',
    practice: 'non-root',
    severity: 'info',
    title: 'Program files belong to the user that runs them',
    why: 'Whoever breaks into the program can rewrite it: what he changes runs until the container is made anew, and hides there.',
    advice:
      'Copy programs without `--chown`, as root, and give the user only the folders that the program writes to.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [cis('4.1'), dockerDocs('COPY --chown', '/reference/dockerfile/#copy---chown---chmod')],
    equivalents: ['kics:chown_flag_exists'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const runner = runnerOf(stage);
      if (!stage.ships || runner === undefined) return;
      // No fix: which of the files the program must write, only its author knows.
      for (const step of copiesOf(stage)) {
        const flag = step.flags.find(({ name }) => name === 'chown');
        if (step.onbuild || flag?.value.state !== 'set' || ownerIn(flag.value.value) !== runner) continue;
        yield {
          at: flag.place,
          message: say`\`${step.destination?.written ?? 'What is copied'}\` can be changed by \`${runner}\`, which runs it: so can whoever breaks in`,
        };
      }
    },
  },
});

function runnerOf({ user }: Stage): string | undefined {
  return user.state === 'set' && !isRoot(user.value) ? ownerIn(user.value) : undefined;
}

function ownerIn(text: string): string {
  return text.split(':')[0] ?? '';
}
