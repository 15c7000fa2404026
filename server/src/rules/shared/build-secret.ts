/** Turns a build argument that carries a secret into a build secret. */
import { say } from '../../l10n/message.js';
import type { RunStep, Stage, Step, VariableStep } from '../../model/build.js';
import type { Fix } from '../rule.js';
import { stepsBehind } from './layers.js';

/**
 * A fix, when all that uses the argument is RUN steps that name it: they get it as an environment variable for as long
 * as they run. Needs the Dockerfile frontend 1.10.
 */
export function buildSecretFix(stage: Stage, step: VariableStep, name: string): readonly Fix[] {
  const variable = step.variables.find((one) => one.name === name);
  const behind = stepsBehind(stage, step);
  const reference = new RegExp(`\\$(?:${name}\\b|\\{${name}\\b)`);
  const users = behind.filter((one) => mentions(one, reference));
  if (variable === undefined || step.onbuild || users.length === 0) return [];
  const runs = users.filter(
    (one): one is RunStep => one.kind === 'run' && !one.onbuild && stage.steps.includes(one),
  );
  if (runs.length < users.length) return [];
  const id = name.toLowerCase();
  return [
    {
      title: say`Give it to the steps that use it as a build secret (build with \`--secret id=${id},env=${name}\`)…`,
      applicability: 'manual',
      edits: [
        ...(step.variables.length === 1 ? stage.edit.remove(step) : stage.edit.removeWord(variable.place)),
        ...runs.flatMap((run) => stage.edit.addWord(run.at, `--mount=type=secret,id=${id},env=${name}`)),
      ],
    },
  ];
}

function mentions(step: Step, reference: RegExp): boolean {
  const texts = [
    ...step.flags.map(({ value }) =>
      value.state === 'unknown' ? '' : value.state === 'set' ? value.value : '',
    ),
  ];
  if ('variables' in step) texts.push(...step.variables.map(({ written }) => written ?? ''));
  if ('words' in step) texts.push(...step.words.map(({ written }) => written));
  if ('sources' in step)
    texts.push(
      ...[...step.sources, step.destination].map((word) => word?.written ?? ''),
      ...step.inline.map(({ text }) => text),
    );
  if ('script' in step)
    for (const { words, assignments, redirects, input } of step.script.commands)
      texts.push(
        ...[...words, ...assignments, ...redirects.map(({ target }) => target)].map(({ value }) => value),
        input ?? '',
      );
  return texts.some((text) => reference.test(text));
}
