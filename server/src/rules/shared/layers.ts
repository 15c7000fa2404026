/** Which steps make layers of the image that ships, and the places and edits that rules about commands share. */
import type { BuildSpec, RunStep, ShellCommand, ShellWord, Stage, Step } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import { allSteps, chainOf } from '../../model/stage.js';
import type { Edit } from '../../text/edit.js';
import type { Place } from '../../text/span.js';

/** Whether the stage's layers are part of an image that ships; what other stages leave behind is thrown away. */
export const inImage: (stage: Stage) => boolean = oncePer((stage: Stage) =>
  stagesInImages(stage.build).has(stage),
);

const stagesInImages = oncePer((build: BuildSpec): ReadonlySet<Stage> => {
  const shipped = build.stages.filter((one) => one.ships).flatMap(chainOf);
  return new Set([...shipped, ...shipped.flatMap(takenWhole)]);
});

/** `COPY --from=stage / /`: a way to flatten an image. */
function takenWhole({ steps }: Stage): readonly Stage[] {
  return steps.flatMap((step) =>
    step.kind === 'copy' && step.from?.stage && step.sources.some((source) => source.written === '/')
      ? [step.from.stage]
      : [],
  );
}

/** The steps of all stages whose layers come before this step, then those of its own stage up to it. */
export function stepsBefore(stage: Stage, step: Step): readonly Step[] {
  return allSteps(stage).slice(0, allSteps(stage).indexOf(step));
}

/**
 * Whether a step, or one whose layer comes before it, passes a test: asked of each step, it is answered by the first
 * that does.
 */
export function byStep(test: (step: Step) => boolean): (stage: Stage, step: Step) => boolean {
  const first = oncePer((stage: Stage) => allSteps(stage).findIndex(test));
  return (stage, step) => {
    const at = first(stage);
    return at >= 0 && at <= allSteps(stage).indexOf(step);
  };
}

/** The steps of the stage behind this one, then those of the stages that are built on it. */
export function stepsBehind(stage: Stage, step: Step): readonly Step[] {
  const own = stage.steps.slice(stage.steps.indexOf(step) + 1);
  return [{ steps: own }, ...stagesOn(stage)].flatMap((one) => one.steps);
}

/** The stages that are built on this one, directly or not. */
export const stagesOn: (stage: Stage) => readonly Stage[] = oncePer((stage: Stage) => {
  const on = new Set([stage]);
  // A stage stands behind the one that it is built on.
  for (const one of stage.build.stages) if (one.base.stage && on.has(one.base.stage)) on.add(one);
  on.delete(stage);
  return [...on];
});

/** `apt-get install`: from the program to this word as far as one blank each is between them; else the program. */
export function commandPlace(command: ShellCommand, upTo?: ShellWord): Place {
  const { programWord, args } = command;
  if (programWord === undefined) return command.span;
  let { end } = programWord.span;
  for (const word of upTo === undefined || upTo === programWord ? [] : args) {
    if (word.span.start !== end + 1) return programWord.span;
    end = word.span.end;
    if (word === upTo) break;
  }
  return { start: programWord.span.start, end };
}

/** Adds a flag behind a word of a command, in the form that the step is written in. */
export function addFlag(
  stage: Stage,
  step: RunStep,
  command: ShellCommand,
  after: ShellWord,
  flag: string,
): readonly Edit[] {
  return step.form === 'exec' && command.context === 'list'
    ? stage.edit.replace({ start: after.span.end, end: after.span.end }, `, "${flag}"`)
    : stage.edit.addWord(after.span, flag);
}

/** `sudo ` where the command was run so. */
export function rightsOf(command: ShellCommand): string {
  return command.wrappers.includes('sudo') ? 'sudo ' : '';
}

/**
 * Whether one of these variables has a value when the command runs: by ENV or ARG, in front of the command, or by
 * `export` before it.
 */
export function variableIsSet(
  stage: Stage,
  step: RunStep,
  command: ShellCommand | undefined,
  name: (variable: string) => boolean,
): boolean {
  const assigned = (word: ShellWord) => name(word.value.split('=')[0] ?? '');
  return (
    command?.assignments.some(assigned) === true ||
    command?.words.some((word) => /^[A-Za-z_]\w*=/.test(word.value) && assigned(word)) === true ||
    hasVariable(stage, step, name) ||
    assignedIn(step).some(assigned)
  );
}

function hasVariable(stage: Stage, step: Step, name: (variable: string) => boolean): boolean {
  const given = variablesOf(stage);
  return given.length > 0 && given.some((one) => name(one.name) && one.at < allSteps(stage).indexOf(step));
}

/** What ENV and ARG give, each with the number of its step. */
const variablesOf = oncePer((stage: Stage) =>
  allSteps(stage).flatMap((one, at) =>
    one.kind === 'env' || one.kind === 'arg' ? one.variables.map(({ name }) => ({ name, at })) : [],
  ),
);

/** The assignments of a script that hold for its other commands. */
const assignedIn = oncePer(({ script }: RunStep): readonly ShellWord[] =>
  script.commands.flatMap(({ program, args, words, assignments }) => [
    ...(program === 'export' ? args : []),
    ...(words.length === 0 ? assignments : []),
  ]),
);
