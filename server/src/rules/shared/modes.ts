/** File modes as `chmod`, `mkdir -m`, `install -m` and `--chmod` take them. */
import type { RunStep, ShellCommand, ShellWord, Stage } from '../../model/build.js';
import { copiesOf, runsOf } from '../../model/stage.js';
import type { Place } from '../../text/span.js';
import { deletions } from './cleanup.js';

export interface SetMode {
  readonly mode: string;
  readonly at: Place;
  /** What sets it, for messages: `chmod`, `--chmod`. */
  readonly by: string;
  /** The files or folders, as far as they are written. */
  readonly targets: readonly string[];
  /** The same RUN deletes all of them afterwards. */
  readonly temporary: boolean;
}

/** Every mode that the stage's own steps give to files; those that come from variables are left out. */
export function* modesOf(stage: Stage): Iterable<SetMode> {
  for (const step of runsOf(stage))
    for (const [index, command] of step.script.commands.entries())
      for (const one of modesOfCommand(command))
        yield { ...one, temporary: one.targets.length > 0 && areDeleted(step, index, one.targets) };
  for (const step of copiesOf(stage)) {
    for (const flag of step.flags) {
      if (flag.name !== 'chmod' || flag.value.state !== 'set') continue;
      const target = step.destination?.written;
      yield {
        mode: flag.value.value,
        at: flag.valuePlace,
        by: '--chmod',
        targets: target === undefined ? [] : [target],
        temporary: false,
      };
    }
  }
}

const SYMBOLIC =
  /^[ugoa]*[-+=][rwxXstugo]*(?:[-+=][rwxXstugo]*)*(?:,[ugoa]*[-+=][rwxXstugo]*(?:[-+=][rwxXstugo]*)*)*$/;

/** `755`, `1777`, `u+rwx,go-w`. */
export function isMode(text: string): boolean {
  return /^[0-7]{1,5}$/.test(text) || SYMBOLIC.test(text);
}

function areDeleted(step: RunStep, index: number, targets: readonly string[]): boolean {
  const deleted = deletions(step).filter((one) => one.index > index);
  return targets.every((target) => deleted.some(({ path }) => path === target.replace(/\/+$/, '')));
}

function* modesOfCommand(command: ShellCommand): Iterable<Omit<SetMode, 'temporary'>> {
  switch (command.program) {
    case 'chmod':
      yield* chmodMode(command.args);
      return;
    case 'find': {
      const at = command.args.findIndex(
        ({ value }, index) =>
          /(?:^|\/)chmod$/.test(value) && /^-(?:exec|execdir|ok)$/.test(command.args[index - 1]?.value ?? ''),
      );
      if (at >= 0) yield* chmodMode(command.args.slice(at + 1));
      return;
    }
    case 'mkdir':
    case 'install':
    case 'mkfifo':
      yield* optionMode(command);
      return;
    default:
  }
}

function* chmodMode(args: readonly ShellWord[]): Iterable<Omit<SetMode, 'temporary'>> {
  const operands = args.filter(({ value }) => !/^--?[A-Za-z]/.test(value) || /^-[rwxst]+$/.test(value));
  const [mode, ...targets] = operands;
  if (mode === undefined || !isMode(mode.value)) return;
  yield { mode: mode.value, at: mode.span, by: 'chmod', targets: targets.map(({ value }) => value) };
}

/** `-m 777`, `-m777`, `-pm 777`, `--mode=777`. */
function* optionMode({ program, args }: ShellCommand): Iterable<Omit<SetMode, 'temporary'>> {
  for (const [index, { value, span }] of args.entries()) {
    const joined = /^(?:--mode=|-[A-Za-z]*m)(.+)$/.exec(value)?.[1];
    const next = args[index + 1];
    const targets = args.filter((word) => !word.value.startsWith('-')).map((word) => word.value);
    if (joined !== undefined && isMode(joined)) {
      // Quotes around the word would move the mode: such a word is not looked at.
      if (span.end - span.start === value.length)
        yield { mode: joined, at: { start: span.end - joined.length, end: span.end }, by: program, targets };
    } else if (/^(?:--mode|-[A-Za-z]*m)$/.test(value) && next !== undefined && isMode(next.value))
      yield {
        mode: next.value,
        at: next.span,
        by: program,
        targets: targets.filter((one) => one !== next.value),
      };
  }
}
