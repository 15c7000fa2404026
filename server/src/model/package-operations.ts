/**
 * What a build step does with package managers: which sub-command, which packages, which options, each with its word.
 * Judging that is the rules' work; facts/package-managers.ts says what sub-commands and options mean.
 */
import {
  hasFlag,
  type PackageAction,
  type PackageCommand,
  readPackageCommand,
} from '../facts/package-command.js';
import type { PackageManager } from '../facts/package-managers.js';
import { oncePer } from './once-per.js';
import type { RunStep, ShellCommand, ShellWord } from './build.js';
import { commandsOf } from './stage.js';

export interface PackageOperation {
  readonly manager: PackageManager;
  readonly action: PackageAction;
  /** The sub-command (its last word when it has two), or the manager itself when there is none: flags go behind it. */
  readonly verb: ShellWord;
  /** What is named behind the sub-command, words with variables too: look at `literal`. */
  readonly packages: readonly ShellWord[];
  /** Words that start with a dash, without the values that stand in words of their own. */
  readonly flags: readonly ShellWord[];
  /** The index is brought up to date in the same call. */
  readonly refreshes: boolean;
  /** A variable may bring more options: nothing can be said about those that are missing. */
  readonly opaque: boolean;
  readonly command: ShellCommand;
  /** Index of the command in the step's script. */
  readonly index: number;
  /** The word of the first of these options that is given; compare as the lists of `manager` are written. */
  flag(options: readonly string[]): ShellWord | undefined;
  /** The value of an option: behind its `=` or in the next word. Undefined when it is not given. */
  value(...options: readonly string[]): string | undefined;
}

/** What the commands of a step do with packages, in order of writing. A dozen rules ask about the same step. */
export const packageOperations: (step: RunStep) => readonly PackageOperation[] = oncePer(readOperations);

function readOperations(step: RunStep): readonly PackageOperation[] {
  return commandsOf(step).flatMap((command, index) => {
    const operation = packageOperation(command, index);
    return operation === undefined ? [] : [operation];
  });
}

/** What one command does with packages; undefined when it calls no package manager. `index`: of the command. */
export function packageOperation(command: ShellCommand, index = 0): PackageOperation | undefined {
  const { programWord, args } = command;
  if (programWord === undefined || command.program === '') return undefined;
  const words = [programWord, ...args];
  const texts = words.map((word) => word.value);
  const read = readPackageCommand(texts);
  if (read === undefined || onlyAsks(read, texts)) return undefined;
  const at = (indexes: readonly number[]) => indexes.flatMap((one) => words[one] ?? []);
  return {
    manager: read.manager,
    action: read.action,
    verb: words[read.verbAt] ?? programWord,
    packages: at(read.operands),
    flags: at(read.flags),
    refreshes: read.refreshes,
    opaque: args.some(mayHoldOptions),
    command,
    index,
    flag(options) {
      const found = hasFlag(read, texts, options);
      return found === undefined ? undefined : words[found];
    },
    value: (...options) => optionValue(texts, read, options),
  };
}

/** `yarn --version` installs nothing. */
function onlyAsks({ operands, flags }: PackageCommand, texts: readonly string[]): boolean {
  return (
    operands.length === 0 && flags.some((flag) => /^(?:--version|--help|-[vVh])$/.test(texts[flag] ?? ''))
  );
}

/** `$APT_OPTS`, `${PIP_FLAGS}`, `"$@"`: from a variable called like this come options. */
function mayHoldOptions({ literal, value }: ShellWord): boolean {
  return !literal && /^\$\{?(?:@|\*|\w*(?:opt|arg|flag|param|quiet|yes|verbose)\w*)/i.test(value);
}

function optionValue(
  texts: readonly string[],
  { flags }: PackageCommand,
  options: readonly string[],
): string | undefined {
  for (const flag of flags) {
    const text = texts[flag] ?? '';
    if (options.includes(text)) return texts[flag + 1];
    const long = options.find((option) => option.startsWith('--') && text.startsWith(`${option}=`));
    if (long !== undefined) return text.slice(long.length + 1);
  }
  return undefined;
}

/** The name of a package without version, architecture, extras and release: `curl` of `curl=8.5.0-2:amd64`. */
export function packageName(word: string, manager: PackageManager): string {
  switch (manager.kind) {
    case 'apt':
      // A final `-` takes the package away; `g++` is a name.
      return word.replace(/[=/:].*$/, '').replace(/-$/, '');
    case 'apk':
      return word.replace(/[=<>~@].*$/, '');
    case 'dnf':
      return word
        .replace(/\.(?:x86_64|aarch64|noarch|i686)$/, '')
        .replace(/-(?:\d+:)?\d+\.[\w.~^]*(?:-[\w.~^]+)?$/, '');
    case 'npm':
    case 'yarn':
    case 'pnpm':
      return word.replace(/(?<=.)@.*$/, '');
    case 'pip':
    case 'uv':
      return word.replace(/[[<=>!~; @].*$/, '');
    default:
      return word.replace(/[=<>:@].*$/, '');
  }
}
