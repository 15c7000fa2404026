import { say } from '../../l10n/message.js';
import type { RunStep, Step } from '../../model/build.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'consecutive-run',
    practice: 'light',
    severity: 'info',
    title: 'Neighbouring RUN instructions could be one',
    why: 'What one RUN writes and the next one deletes or changes stays in the image, and each layer is stored and pulled by itself.',
    advice: 'Join commands that belong together with `&&`, or write them as a heredoc after `set -e`.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe'],
    references: [dockerDocs('building best practices, RUN', '/build/building/best-practices/#run')],
    equivalents: ['hadolint:DL3059', 'kics:multiple_run_add_copy_instructions_listed', 'sonar:S7031'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.ships) return;
      for (const [i, step] of stage.steps.entries()) {
        const next = stage.steps[i + 1];
        if (!isPlain(step) || next === undefined || !isPlain(next)) continue;
        yield {
          at: step.at,
          message: say`This RUN and the next one make two layers: what one deletes stays in the other`,
          related: [{ at: next.at, message: say`This could belong to the same layer` }],
          fixes: () => {
            const edits = canBeJoined(step, next) ? stage.edit.joinRuns(step, next) : undefined;
            return edits === undefined
              ? []
              : [{ title: say`Join it with the next RUN`, applicability: 'safe', edits }];
          },
        };
      }
    },
  },
});

/** Mounts and other flags belong to one RUN alone; so do scripts in heredocs. */
function isPlain(step: Step): step is RunStep {
  return (
    step.kind === 'run' &&
    step.flags.length === 0 &&
    step.form === 'shell' &&
    step.shell === 'posix' &&
    !step.onbuild
  );
}

/** What changes the shell itself would reach the second part; what goes on after a failure would hide one. */
function canBeJoined(first: RunStep, second: RunStep): boolean {
  const changesShell = first.script.commands.some(
    ({ program, words }) => words.length === 0 || CHANGES.has(program) || program === '',
  );
  const goesOn = second.script.commands.some(
    ({ join, context }) => context === 'list' && (join === 'then' || join === 'or' || join === 'background'),
  );
  const setsFirst = second.script.commands[0]?.program === 'set';
  return !changesShell && !goesOn && !setsFirst;
}

const CHANGES = new Set(
  'cd pushd popd export set unset umask source . eval exec exit alias shopt trap ulimit'.split(' '),
);
