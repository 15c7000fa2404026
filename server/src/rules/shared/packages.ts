/** Packages of the distribution that a build step installs. */
import { readPackageCommand } from '../../facts/package-command.js';
import type { RunStep, ShellCommand, ShellWord } from '../../model/build.js';
import { commandsOf } from '../../model/stage.js';

export interface PackageInstall {
  /** `apt`, `apk`, `dnf` …: the kind of package manager in the facts. */
  readonly manager: string;
  readonly command: ShellCommand;
  readonly packages: readonly InstalledPackage[];
}

export interface InstalledPackage {
  /** Without version, architecture and release. */
  readonly name: string;
  readonly word: ShellWord;
}

/** What the commands of a step install; packages whose names come from variables are left out. */
export function packageInstalls(step: RunStep): readonly PackageInstall[] {
  return commandsOf(step).flatMap(installOf);
}

/** The install that one command is, or nothing. Only of system packages. */
export function installOf(command: ShellCommand): readonly PackageInstall[] {
  if (command.programWord === undefined) return [];
  const words = [command.programWord, ...command.args];
  // A glob in a version hides nothing; a variable does.
  const call = readPackageCommand(words.map(({ value }) => (/[$`]/.test(value) ? undefined : value)));
  if (call?.action !== 'install' || call.manager.family !== 'system') return [];
  const packages = call.operands.flatMap((index): InstalledPackage[] => {
    const word = words[index];
    return word === undefined || /[$`]/.test(word.value)
      ? []
      : [{ name: packageName(word.value, call.manager.kind), word }];
  });
  return [{ manager: call.manager.kind, command, packages }];
}

function packageName(text: string, manager: string): string {
  if (manager === 'apt') return text.replace(/[=/:].*$/, '');
  if (manager === 'apk') return text.replace(/[=<>~@].*$/, '');
  return text.replace(/[=<>].*$|\.(?:x86_64|aarch64|noarch|i686)$/, '');
}
