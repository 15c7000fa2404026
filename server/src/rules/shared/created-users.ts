/** Users that the steps of an image create: `useradd`, and `adduser` of Debian and of busybox. */
import type { RunStep, ShellCommand, ShellWord, Stage } from '../../model/build.js';
import { allSteps } from '../../model/stage.js';
import type { Place } from '../../text/span.js';

export interface CreatedUser {
  /** As USER can repeat it: a name, or a variable as written. */
  readonly name: string;
  readonly at: Place;
  /** Undefined when the next free one is taken, or a variable decides. */
  readonly uid: number | undefined;
  readonly step: RunStep;
  readonly command: ShellCommand;
}

/** All users created for the stage's image, those of the stages it is built on first. */
export function createdUsers(stage: Stage): readonly CreatedUser[] {
  return allSteps(stage).flatMap((step) =>
    step.kind === 'run' && !step.onbuild
      ? step.script.commands.flatMap((command) => createdUser(step, command) ?? [])
      : [],
  );
}

/** The user that the command creates; undefined when it does something else or the name cannot be told. */
export function createdUser(step: RunStep, command: ShellCommand): CreatedUser | undefined {
  const options =
    command.program === 'useradd' ? USERADD : command.program === 'adduser' ? ADDUSER : undefined;
  if (options === undefined) return undefined;
  const { operands, values } = readOptions(command.args, options);
  const [name, group] = operands;
  // `adduser app docker` adds an existing user to a group.
  if (name === undefined || (command.program === 'adduser' && group !== undefined)) return undefined;
  if (!/^(?:[a-z_][\w.-]*\$?|\$\w+|\$\{\w+\})$/i.test(name.value)) return undefined;
  const uid = values.get('u') ?? values.get('uid');
  return {
    name: name.value,
    at: name.span,
    uid: uid !== undefined && /^\d+$/.test(uid) ? Number(uid) : undefined,
    step,
    command,
  };
}

/** Options whose value may stand in the next word, without their dashes. */
interface Options {
  readonly short: string;
  readonly long: ReadonlySet<string>;
}

const USERADD: Options = {
  short: 'bcdefgGkKpPRsuZ',
  long: new Set(
    'base-dir comment home-dir expiredate inactive gid groups skel key password prefix root shell uid selinux-user'.split(
      ' ',
    ),
  ),
};
const ADDUSER: Options = {
  // With those of useradd, which Fedora calls adduser too.
  short: 'hgsGukdcp',
  long: new Set(
    'home shell uid gid ingroup gecos comment conf firstuid lastuid firstgid lastgid add_extra_groups'.split(
      ' ',
    ),
  ),
};

function readOptions(
  args: readonly ShellWord[],
  options: Options,
): { operands: readonly ShellWord[]; values: ReadonlyMap<string, string> } {
  const operands: ShellWord[] = [];
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) continue;
    const { value } = word;
    const long = /^--([\w-]+)(?:=(.*))?$/.exec(value);
    if (long) {
      const name = long[1] ?? '';
      if (long[2] !== undefined) values.set(name, long[2]);
      else if (options.long.has(name)) values.set(name, args[++index]?.value ?? '');
      else values.set(name, '');
      continue;
    }
    if (!/^-\w/.test(value)) {
      operands.push(word);
      continue;
    }
    for (let at = 1; at < value.length; at++) {
      const letter = value[at] ?? '';
      if (!options.short.includes(letter)) {
        values.set(letter, '');
        continue;
      }
      const rest = value.slice(at + 1);
      values.set(letter, rest !== '' ? rest : (args[++index]?.value ?? ''));
      break;
    }
  }
  return { operands, values };
}

/** Groups beside the user's own one that a command puts the user into; undefined when it does something else. */
export function joinedGroups({ program, args }: ShellCommand): { user: string; groups: string } | undefined {
  const plain = () => args.filter(({ value }) => !value.startsWith('-')).map(({ value }) => value);
  switch (program) {
    case 'useradd':
    case 'usermod': {
      const { operands, values } = readOptions(args, USERADD);
      const groups = values.get('G') ?? values.get('groups') ?? '';
      const user = operands[0]?.value;
      return user === undefined || groups === '' ? undefined : { user, groups };
    }
    case 'adduser':
    case 'addgroup': {
      const { operands } = readOptions(args, ADDUSER);
      const [user, group] = operands;
      return user && group ? { user: user.value, groups: group.value } : undefined;
    }
    case 'gpasswd': {
      const [user, group] = plain();
      const adds = args.some(({ value }) => value === '-a' || value === '--add');
      return adds && user !== undefined && group !== undefined ? { user, groups: group } : undefined;
    }
    default:
      return undefined;
  }
}

/** The options of a `useradd`: names without dashes. */
export function useraddOptions(command: ShellCommand): ReadonlyMap<string, string> {
  return readOptions(command.args, USERADD).values;
}
