import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'stage-unused',
    practice: 'light',
    severity: 'info',
    title: 'Stage is not part of the build',
    why: 'Nobody builds it, so nobody notices when it breaks; readers take it for a part of the image.',
    advice: 'Remove it, or say with `--target` in the build who uses it.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['unsafe'],
    references: [dockerDocs('multi-stage builds', '/build/building/multi-stage/')],
    equivalents: [],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      if (stage.reachable || isNeeded(stage) || isTarget(stage)) return;
      yield {
        at: stage.namePlace ?? stage.at,
        message:
          stage.name === undefined
            ? say`Nothing that ships is built from stage ${stage.index + 1}`
            : say`Nothing that ships is built from \`${stage.name}\``,
        fixes: () => {
          const edits = countsStages(stage) ? [] : stage.edit.removeStage();
          const title = say`Remove the stage (builds that name it as target fail)`;
          return edits.length === 0 ? [] : [{ title, applicability: 'unsafe', edits }];
        },
      };
    },
  },
});

/** A stage with a name may be what somebody builds: surely so where several of them lead nowhere. */
function isTarget({ name, build }: Stage): boolean {
  // A variable may choose between the stages.
  if (build.stages.some(({ base }) => base.image.state === 'unknown')) return true;
  if (name === undefined) return false;
  if (TARGETS.test(name)) return true;
  return build.stages.filter((one) => one.name !== undefined && !one.reachable && !isNeeded(one)).length > 1;
}

const TARGETS =
  /(?:^|[-_])(?:dev|devel|development|debug|test|tests|testing|lint|ci|e2e|prod|production|release|export|artifacts?|binary|binaries|docs|target|base)(?:$|[-_])/;

/** Another stage is built from it or takes files out of it. */
function isNeeded(stage: Stage): boolean {
  return stage.build.stages.some(
    (one) =>
      one.base.stage === stage ||
      one.steps.some((step) => {
        if (step.kind === 'run')
          return step.mounts.some(({ from }) => from !== undefined && from.toLowerCase() === stage.name);
        return (step.kind === 'copy' || step.kind === 'add') && step.from?.stage === stage;
      }),
  );
}

/** `COPY --from=2`: the numbers of later stages change when one goes. */
function countsStages({ build }: Stage): boolean {
  return build.stages.some((one) =>
    one.steps.some(
      (step) => (step.kind === 'copy' || step.kind === 'add') && /^\d+$/.test(step.from?.written ?? ''),
    ),
  );
}
