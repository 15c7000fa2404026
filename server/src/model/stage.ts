/** Questions that many rules ask about a stage. */
import type { CommandStep, CopyStep, RunStep, ShellCommand, Stage, Step, StepKind } from './build.js';
import { oncePer } from './once-per.js';

/** The stage and those it is built on, the first one first. */
export const chainOf: (stage: Stage) => readonly Stage[] = oncePer((stage: Stage) => {
  const chain: Stage[] = [];
  // Only earlier stages can be built on, so this comes to an end.
  for (let one: Stage | undefined = stage; one; one = one.base.stage) chain.push(one);
  return chain.reverse();
});

/** What a build's target names: a stage's name in any spelling, or its number; without a target the last stage. */
export function targetStage<S extends Stage>(
  stages: readonly S[],
  target: string | undefined,
): S | undefined {
  if (target === undefined) return stages.at(-1);
  const named = stages.findLast((stage) => stage.name === target.toLowerCase());
  return named ?? (/^\d+$/.test(target) ? stages[Number(target)] : undefined);
}

/** All steps that make the stage, inherited ones first. */
export const allSteps: (stage: Stage) => readonly Step[] = oncePer((stage: Stage) =>
  stage.base.stage === undefined ? stage.steps : chainOf(stage).flatMap((one) => one.steps),
);

/** The kinds of step that may have one of these names: `user` is one of several of a WordsStep. */
type StepOf<K extends StepKind, S extends Step = Step> = S extends Step
  ? K & S['kind'] extends never
    ? never
    : S
  : never;

/** The stage's own steps of these kinds. */
export function stepsOf<K extends StepKind>(stage: Stage, ...kinds: readonly K[]): readonly StepOf<K>[] {
  return stage.steps.filter((step): step is StepOf<K> => (kinds as readonly StepKind[]).includes(step.kind));
}

export const runsOf: (stage: Stage) => readonly RunStep[] = oncePer((stage: Stage) => stepsOf(stage, 'run'));

export const copiesOf: (stage: Stage) => readonly CopyStep[] = oncePer((stage: Stage) =>
  stepsOf(stage, 'copy', 'add'),
);

/** The last step of a kind in the whole chain: the one that counts for the image. */
export function lastOf(stage: Stage, kind: CommandStep['kind']): CommandStep | undefined {
  return allSteps(stage).findLast((step): step is CommandStep => step.kind === kind && !step.onbuild);
}

/** Every command of a step, in order, with those inside substitutions and `sh -c`. */
export function commandsOf(step: RunStep | CommandStep): readonly ShellCommand[] {
  return step.script.commands;
}

/** The stage whose image this one starts from outside the build: the end of its chain. */
export function rootOf(stage: Stage): Stage {
  return chainOf(stage)[0] ?? stage;
}
