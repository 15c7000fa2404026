/**
 * Other ways to do the health check of a stage whose tool the image lacks: another tool, the image's own check, installing
 * it. Those of a service are in health-service.ts.
 */
import { type HealthCheck, hasTool } from '../../facts/images.js';
import { say } from '../../l10n/message.js';
import type { CommandStep, ShellCommand, Stage } from '../../model/build.js';
import { pipelineOf } from '../../model/pipelines.js';
import { chainOf } from '../../model/stage.js';
import type { Fix } from '../rule.js';
import { addressIn, checkWords, requestBy, useInstead, withAddress } from './health-checks.js';
import { imageOfStage } from './image-sites.js';
import { stageDistribution } from './switch-user.js';
import { isRoot, runsAsAfter } from './users.js';

/** The best one first; none where the file is written in a way that cannot be changed exactly. */
export function otherChecks(stage: Stage, step: CommandStep, command: ShellCommand): readonly Fix[] {
  const image = imageOfStage(chainOf(stage)[0] ?? stage);
  if (image === undefined || step.onbuild) return [];
  const address = addressIn(
    command.program,
    command.args.map(({ value }) => value),
  );
  return [
    ...(address === undefined ? [] : byOtherTool(stage, step, command, address, image.reference)),
    ...byOwnCheck(stage, step, address, image.profile?.healthcheck?.value),
    ...byInstalling(stage, step, command.program),
  ];
}

function byOtherTool(
  stage: Stage,
  step: CommandStep,
  { program, programWord, args, pipeline }: ShellCommand,
  address: string,
  image: Parameters<typeof hasTool>[0],
): readonly Fix[] {
  const other = program === 'curl' ? 'wget' : 'curl';
  const end = args.at(-1)?.span.end;
  if (hasTool(image, other) !== true || programWord === undefined || end === undefined) return [];
  const isRead = pipelineOf(step.script.commands, { pipeline }).length > 1;
  const words = requestBy(other, address, isRead);
  return [
    {
      title: useInstead(other),
      applicability: 'unsafe',
      edits: stage.edit.replace(
        { start: programWord.span.start, end },
        step.form === 'exec' ? words.map((word) => JSON.stringify(word)).join(', ') : words.join(' '),
      ),
    },
  ];
}

/** What is known to work in the image, with the address that was asked. */
function byOwnCheck(
  stage: Stage,
  step: CommandStep,
  address: string | undefined,
  known: HealthCheck | undefined,
): readonly Fix[] {
  const [form, ...test] = known?.test ?? [];
  const [first] = step.words;
  const last = step.words.at(-1);
  if (form === undefined || first === undefined || last === undefined) return [];
  // What is written over several lines may hold comments.
  if (step.form === 'shell' && /[\r\n]/.test(first.written)) return [];
  // Whatever else the check does would be lost.
  const isWhole = step.script.commands.every(({ program }) => /^(?:curl|wget|exit|false)$/.test(program));
  const asked = checkWords(test).map((word) => (address === undefined ? word : withAddress(word, address)));
  if (!isWhole || asked.some((word) => /^(?:curl|wget)\b/.test(word))) return [];
  const words = form === 'CMD-SHELL' ? ['sh', '-c', asked.join(' ')] : asked;
  const list = words.map((word) => JSON.stringify(word)).join(', ');
  const text = step.form === 'exec' ? list : form === 'CMD-SHELL' ? asked.join(' ') : `[${list}]`;
  return [
    {
      title: useInstead(asked[0]?.split(' ')[0] ?? ''),
      applicability: 'unsafe',
      edits: stage.edit.replace({ start: first.place.start, end: last.place.end }, text),
    },
  ];
}

const INSTALLS: Readonly<Record<string, (tool: string) => string>> = {
  debian: (tool) =>
    `apt-get update && apt-get install -y --no-install-recommends ${tool} && rm -rf /var/lib/apt/lists/*`,
  alpine: (tool) => `apk add --no-cache ${tool}`,
  redhat: (tool) => `dnf install -y ${tool} && dnf clean all`,
};

/** A RUN in front of the check, where the stage is root. */
function byInstalling(stage: Stage, step: CommandStep, tool: string): readonly Fix[] {
  const distribution = stageDistribution(stage) ?? '';
  const command = INSTALLS[distribution === 'ubuntu' ? 'debian' : distribution]?.(tool);
  const asRoot =
    step.user.state === 'set'
      ? isRoot(step.user.value)
      : step.user.state === 'unset' && runsAsAfter(stage, step.user).root === true;
  if (command === undefined || !asRoot) return [];
  return [
    {
      title: say`Install \`${tool}\` (one more program in the image)`,
      applicability: 'unsafe',
      edits: stage.edit.insertBefore(step, [`RUN ${command}`]),
    },
  ];
}
