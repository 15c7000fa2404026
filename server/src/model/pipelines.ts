/** Which commands of a script pipes join. */
import type { ShellCommand } from './build.js';
import { oncePer } from './once-per.js';

/** Looked up by number, not searched: a RUN may hold tens of thousands of commands, and rules ask about each. */
const pipelinesOf = oncePer((commands: readonly ShellCommand[]): ReadonlyMap<number, ShellCommand[]> => {
  const pipelines = new Map<number, ShellCommand[]>();
  for (const command of commands) {
    const one = pipelines.get(command.pipeline);
    if (one === undefined) pipelines.set(command.pipeline, [command]);
    else one.push(command);
  }
  return pipelines;
});

/** The commands of a script that pipes join with this one, which is among them, in order of writing. */
export function pipelineOf(
  commands: readonly ShellCommand[],
  { pipeline }: Pick<ShellCommand, 'pipeline'>,
): readonly ShellCommand[] {
  return pipelinesOf(commands).get(pipeline) ?? [];
}
