import { say } from '../../l10n/message.js';
import type { CopyStep, RunStep, ShellCommand, ShellWord, Stage } from '../../model/build.js';
import { allSteps, commandsOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs, type Problem } from '../rule.js';
import { chmodMode, chmodTargets, type SpecialBits, specialBits } from '../shared/setuid.js';

export default defineRule({
  meta: {
    id: 'setuid-bit-set',
    practice: 'privileges',
    severity: 'warning',
    title: 'Build gives a file the setuid or setgid bit',
    why: 'Whoever starts such a program gets the rights of its owner, mostly root: one flaw in it and an intruder has them too.',
    advice:
      'Leave the bit out and start the service as the user it needs; give single rights with a capability of the container.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('4.8'), dockerDocs('COPY --chmod', '/reference/dockerfile/#copy---chown---chmod')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.reachable) return;
      for (const step of stage.steps) {
        if (step.kind === 'run') yield* ofRun(stage, step);
        if (step.kind === 'copy' || step.kind === 'add') yield* ofCopy(stage, step);
      }
    },
  },
});

function* ofRun(stage: Stage, step: RunStep): Iterable<Problem> {
  for (const command of commandsOf(step)) {
    const mode =
      command.program === 'chmod'
        ? chmodMode(command)
        : command.program === 'install'
          ? installMode(command)
          : command.program === 'find'
            ? findMode(command)
            : undefined;
    const bits = mode && specialBits(modeText(mode));
    if (mode === undefined || bits === undefined) continue;
    // New files in a folder with the setgid bit belong to its group: no rights are gained by that.
    if (!bits.setuid && onFolders(stage, command, mode)) continue;
    const place = exactPlace(mode);
    yield problem(stage, bits, modeText(mode), place ?? mode.span, place !== undefined);
  }
}

function* ofCopy(stage: Stage, step: CopyStep): Iterable<Problem> {
  const flag = step.flags.find(({ name }) => name === 'chmod');
  const bits = flag?.value.state === 'set' ? specialBits(flag.value.value) : undefined;
  if (flag?.value.state !== 'set' || bits === undefined) return;
  yield problem(stage, bits, flag.value.value, flag.valuePlace, true);
}

function problem(
  stage: Stage,
  bits: SpecialBits,
  mode: string,
  at: Problem['at'],
  replaceable: boolean,
): Problem {
  return {
    at,
    message: bits.setuid
      ? say`\`${mode}\` sets the setuid bit: whoever starts the file gets the rights of its owner`
      : say`\`${mode}\` sets the setgid bit: whoever starts the file gets the rights of its group`,
    fixes: () =>
      replaceable
        ? [
            {
              title: say`Use \`${bits.without}\` (the program runs with the rights of its user)`,
              applicability: 'unsafe',
              edits: stage.edit.replace(at, bits.without),
            },
          ]
        : [],
  };
}

/** `install -m 4755`, `-m4755`, `--mode=4755`: the word that ends with the mode. Folders are not meant. */
function installMode(command: ShellCommand): ShellWord | undefined {
  const { args } = command;
  if (args.some((word) => word.value === '-d' || word.value === '--directory')) return undefined;
  const flag = args.findIndex((word) => /^(?:-[A-Za-z]*m|--mode)$/.test(word.value));
  const word = flag >= 0 ? args[flag + 1] : args.find((one) => /^(?:-m|--mode=)./.test(one.value));
  return word?.literal ? word : undefined;
}

/** `find … -exec chmod u+s {} +`. */
function findMode({ args }: ShellCommand): ShellWord | undefined {
  const at = args.findIndex(
    ({ value }, index) =>
      /(?:^|\/)chmod$/.test(value) && /^-(?:exec|execdir|ok)$/.test(args[index - 1]?.value ?? ''),
  );
  const word = at < 0 ? undefined : args.slice(at + 1).find(({ value }) => !/^-(?:-.*|[Rcfv]+)$/.test(value));
  return word?.literal ? word : undefined;
}

/** Where the mode stands; undefined when quotes or escapes make it longer than it is. */
function exactPlace(word: ShellWord): Problem['at'] | undefined {
  const { start, end } = word.span;
  return end - start === word.value.length ? { start: end - modeText(word).length, end } : undefined;
}

function modeText(word: ShellWord): string {
  return word.value.replace(/^(?:-m|--mode=)/, '');
}

/** Whether everything that is changed is known to be a folder. */
function onFolders(stage: Stage, command: ShellCommand, mode: ShellWord): boolean {
  const folders = foldersOf(stage);
  const targets = chmodTargets(command, mode);
  return (
    command.program === 'chmod' &&
    targets.length > 0 &&
    targets.every((target) => target.endsWith('/') || folders.has(target))
  );
}

function foldersOf(stage: Stage): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const step of allSteps(stage)) {
    if (step.kind === 'workdir' || step.kind === 'volume')
      for (const { written } of step.words) folders.add(written);
    if (step.kind !== 'run') continue;
    for (const command of commandsOf(step))
      if (command.program === 'mkdir') for (const word of command.args) folders.add(word.value);
  }
  return folders;
}
