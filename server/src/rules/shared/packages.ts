/** Packages of the distribution that a build step installs. */
import type { RunStep, ShellCommand, ShellWord } from '../../model/build.js';
import { commandsOf } from '../../model/stage.js';

export type PackageFamily = 'apt' | 'apk' | 'rpm' | 'zypper' | 'pacman';

export interface PackageInstall {
  readonly family: PackageFamily;
  readonly command: ShellCommand;
  /** `install`, `add`: the word that says what to do. */
  readonly verb: ShellWord;
  readonly packages: readonly InstalledPackage[];
}

export interface InstalledPackage {
  /** Without version, architecture and release. */
  readonly name: string;
  readonly word: ShellWord;
}

interface Manager {
  readonly family: PackageFamily;
  readonly verb: RegExp;
  /** Options that take the next word as their value. */
  readonly withValue: ReadonlySet<string>;
}

const APT: Manager = {
  family: 'apt',
  verb: /^install$/,
  withValue: new Set([
    '-t',
    '--target-release',
    '--default-release',
    '-o',
    '--option',
    '-c',
    '--config-file',
  ]),
};
const RPM: Manager = {
  family: 'rpm',
  verb: /^(?:install|localinstall|reinstall|groupinstall)$/,
  withValue: new Set([
    '-c',
    '--config',
    '-x',
    '--exclude',
    '--installroot',
    '--releasever',
    '--enablerepo',
    '--repo',
  ]),
};
const MANAGERS: ReadonlyMap<string, Manager> = new Map([
  ['apt-get', APT],
  ['apt', APT],
  ['aptitude', APT],
  [
    'apk',
    {
      family: 'apk',
      verb: /^add$/,
      withValue: new Set(['-t', '--virtual', '-X', '--repository', '-p', '--root', '--arch', '--keys-dir']),
    },
  ],
  ['yum', RPM],
  ['dnf', RPM],
  ['dnf5', RPM],
  ['microdnf', RPM],
  ['tdnf', RPM],
  [
    'zypper',
    {
      family: 'zypper',
      verb: /^(?:install|in)$/,
      withValue: new Set(['-R', '--root', '-r', '--repo', '--from', '-t', '--type', '-p', '--plus-repo']),
    },
  ],
  ['pacman', { family: 'pacman', verb: /^(?:-S[a-z]*|--sync)$/, withValue: new Set(['-r', '--root', '-b']) }],
]);

/** What the commands of a step install; packages whose names come from variables are left out. */
export function packageInstalls(step: RunStep): readonly PackageInstall[] {
  return commandsOf(step).flatMap(installOf);
}

/** The install that one command is, or nothing. */
export function installOf(command: ShellCommand): readonly PackageInstall[] {
  const manager = MANAGERS.get(command.program);
  if (manager === undefined) return [];
  const operands = withoutOptions(command.args, manager);
  const verb = operands.find((word) => manager.verb.test(word.value));
  // `pacman -S`: the verb is an option, so it may stand behind names.
  if (verb === undefined || (manager.family !== 'pacman' && operands[0] !== verb)) return [];
  const packages = operands
    .filter((word) => word !== verb && !/[$`]/.test(word.value))
    .map((word) => ({ name: packageName(word.value, manager.family), word }));
  return [{ family: manager.family, command, verb, packages }];
}

function withoutOptions(words: readonly ShellWord[], manager: Manager): readonly ShellWord[] {
  return words.filter((word, i) => {
    if (manager.withValue.has(words[i - 1]?.value ?? '')) return false;
    return !word.value.startsWith('-') || manager.verb.test(word.value);
  });
}

function packageName(text: string, family: PackageFamily): string {
  switch (family) {
    case 'apt':
      return text.replace(/[=/:].*$/, '');
    case 'apk':
      return text.replace(/[=<>~@].*$/, '');
    case 'rpm':
      return text.replace(/\.(?:x86_64|aarch64|noarch|i686)$/, '');
    default:
      return text.replace(/[=<>].*$/, '');
  }
}
