/** A Dockerfile -> one build with its stages. */

import { sentence } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerDocument, Section, SectionUser } from '../../model/document.js';
import { chainOf, targetStage } from '../../model/stage.js';
import { parseDockerfile } from '../../syntax/dockerfile/parse.js';
import type { DockerfileInstruction } from '../../syntax/dockerfile/tree.js';
import type { SourceText } from '../../text/source-text.js';
import { type BuildOptions, readStages } from './stages.js';

export function readDockerfile(source: SourceText, options: BuildOptions): ContainerDocument {
  const tree = parseDockerfile(source.text);
  const { build, excessive } = readStages(source, tree, options);
  return {
    kind: 'dockerfile',
    source,
    containers: [],
    builds: [build],
    project: undefined,
    daemon: undefined,
    problems: [
      ...tree.problems.map(({ at, message }) => ({ at, message, kind: 'syntax' as const })),
      ...(excessive
        ? [{ at: excessive.at, message: sentence(excessive.why), kind: 'incomplete' as const }]
        : []),
    ],
    comments: tree.comments.map((comment) => comment.span),
    sections: build.stages.map((stage) => sectionOf(stage, usersOf(stage, build.stages, options))),
    commentLineAbove(offset) {
      // A comment above a directive would turn it into a comment too.
      if (offset < (tree.directives.at(-1)?.span.end ?? 0)) return undefined;
      const instruction = instructionAt(tree.instructions, offset);
      return source.lineAt(instruction?.span.start ?? offset);
    },
  };
}

function sectionOf(stage: Stage, usedBy: readonly SectionUser[]): Section {
  return {
    kind: 'stage',
    name: stage.label,
    namePlace: stage.namePlace ?? stage.at,
    span: stage.span,
    ...(usedBy.length > 0 && { usedBy }),
  };
}

/** Those whose image starts from the stage, or is it. One that several projects contain is named once. */
function usersOf(
  stage: Stage,
  stages: readonly Stage[],
  { usedBy = [] }: BuildOptions,
): readonly SectionUser[] {
  const users = new Map<string, SectionUser>();
  for (const { service, at, target } of usedBy) {
    const built = targetStage(stages, target);
    if (built && chainOf(built).includes(stage))
      users.set(`${at.file ?? ''} ${at.start} ${service}`, { service, at });
  }
  return [...users.values()];
}

/** Instructions stand in order of place. */
function instructionAt(
  instructions: readonly DockerfileInstruction[],
  offset: number,
): DockerfileInstruction | undefined {
  let low = 0;
  let high = instructions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = instructions[middle];
    if (one === undefined) return undefined;
    if (offset < one.span.start) high = middle - 1;
    else if (offset > one.span.end) low = middle + 1;
    else return one;
  }
  return undefined;
}
