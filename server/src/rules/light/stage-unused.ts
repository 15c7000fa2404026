import { say } from '../../l10n/message.js';
import type { BuildSpec, Stage } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
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
          const edits = countsStages(stage.build) ? [] : stage.edit.removeStage();
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
  if (choosesByVariable(build)) return true;
  if (name === undefined) return false;
  return TARGETS.test(name) || leadsNowhere(build).length > 1;
}

const choosesByVariable = oncePer(({ stages }: BuildSpec) =>
  stages.some(({ base }) => base.image.state === 'unknown'),
);

const leadsNowhere = oncePer(({ stages }: BuildSpec) =>
  stages.filter((one) => one.name !== undefined && !one.reachable && !isNeeded(one)),
);

const TARGETS =
  /(?:^|[-_])(?:dev|devel|development|debug|test|tests|testing|lint|ci|e2e|prod|production|release|export|artifacts?|binary|binaries|docs|target|base)(?:$|[-_])/;

/** Another stage is built from it or takes files out of it. */
function isNeeded(stage: Stage): boolean {
  const { build, name } = stage;
  const { stages, mounted } = usedIn(build);
  return stages.has(stage) || (name !== undefined && mounted.has(name));
}

/** What the stages of a build start from or copy from, and what they mount by name. */
const usedIn = oncePer(({ stages }: BuildSpec) => {
  const steps = stages.flatMap((one) => one.steps);
  const copied = steps.flatMap((step) =>
    step.kind === 'copy' || step.kind === 'add' ? (step.from?.stage ?? []) : [],
  );
  const mounts = steps.flatMap((step) => (step.kind === 'run' ? step.mounts : []));
  return {
    stages: new Set([...stages.flatMap(({ base }) => base.stage ?? []), ...copied]),
    mounted: new Set(mounts.flatMap(({ from }) => from?.toLowerCase() ?? [])),
  };
});

/** `COPY --from=2`: the numbers of later stages change when one goes. */
const countsStages = oncePer(({ stages }: BuildSpec) =>
  stages.some((one) =>
    one.steps.some(
      (step) => (step.kind === 'copy' || step.kind === 'add') && /^\d+$/.test(step.from?.written ?? ''),
    ),
  ),
);
