/** Setuid and setgid bits: which modes set them, and how a build takes them away. */
import type { ShellCommand, ShellWord, Stage } from '../../model/build.js';
import { allSteps, commandsOf } from '../../model/stage.js';

const SETUID = 0o4000;
const SETGID = 0o2000;

export interface SpecialBits {
  readonly setuid: boolean;
  readonly setgid: boolean;
  /** The mode that grants the rest, or takes these bits away when there is no rest. */
  readonly without: string;
}

/** The bits that a mode of chmod sets: `4755`, `u+s`, `g+sx,o-w`; undefined when it sets none of the two. */
export function specialBits(mode: string): SpecialBits | undefined {
  return /^[0-7]{4,5}$/.test(mode) ? octalBits(mode) : symbolicBits(mode);
}

function octalBits(mode: string): SpecialBits | undefined {
  const value = Number.parseInt(mode, 8);
  if ((value & (SETUID | SETGID)) === 0) return undefined;
  const digits = (value & 0o1777).toString(8).padStart(3, '0');
  return {
    setuid: (value & SETUID) !== 0,
    setgid: (value & SETGID) !== 0,
    without: digits.padStart(mode.length === 5 ? 4 : 3, '0'),
  };
}

const CLAUSE = /^([ugoa]*)([+=-])([rwxXst]*)$/;

function symbolicBits(mode: string): SpecialBits | undefined {
  let setuid = false;
  let setgid = false;
  const kept: string[] = [];
  for (const clause of mode.split(',')) {
    const [, who = '', operator = '', bits = ''] = CLAUSE.exec(clause) ?? [];
    if (operator === '') return undefined;
    const everyone = who === '' || who.includes('a');
    const sets = operator !== '-' && bits.includes('s');
    if (bits.includes('s') || operator === '=') {
      if (everyone || who.includes('u')) setuid = sets;
      if (everyone || who.includes('g')) setgid = sets;
    }
    const rest = bits.replaceAll('s', '');
    if (!sets) kept.push(clause);
    else if (rest !== '' || operator === '=') kept.push(who + operator + rest);
  }
  if (!setuid && !setgid) return undefined;
  const taken = `${setuid ? 'u' : ''}${setgid ? 'g' : ''}-s`;
  return { setuid, setgid, without: kept.length > 0 ? kept.join(',') : taken };
}

/** The mode among the arguments of `chmod`; undefined for `--reference` and when it comes from a variable. */
export function chmodMode(command: ShellCommand): ShellWord | undefined {
  const mode = command.args.find((word) => !/^-(?:-.*|[Rcfv]+)$/.test(word.value));
  return mode?.literal && !command.args.some((word) => word.value.startsWith('--reference'))
    ? mode
    : undefined;
}

/** The files that `chmod` changes. */
export function chmodTargets(command: ShellCommand, mode: ShellWord): readonly string[] {
  return command.args
    .slice(command.args.indexOf(mode) + 1)
    .filter((word) => !word.value.startsWith('-'))
    .map((word) => word.value);
}

/** Whether the build takes the bits from all programs: `find / -perm /6000 … -exec chmod a-s`, or piped to chmod. */
export function stripsSetuid(stage: Stage): boolean {
  return allSteps(stage).some((step) => step.kind === 'run' && commandsOf(step).some(strips));
}

function strips(command: ShellCommand): boolean {
  if (command.program !== 'find') return false;
  const words = command.words.map((word) => word.value);
  const at = words.indexOf('-perm');
  return at > 0 && /^[-+/]?(?:0*[2467]000|[ugoa]*[+=]s(?:,[ugoa]*[+=]s)*)$/.test(words[at + 1] ?? '');
}
