// Reads the words of one command as a call of a package manager: what it does, with which packages and flags. Quoting,
// variables and the rest of the shell are done before; a word that is not known is undefined.
import { type PackageManager, packageManager } from './package-managers.js';

export type PackageAction = 'install' | 'update' | 'upgrade' | 'dist-upgrade' | 'clean' | 'remove' | 'other';

/** Indexes point into the words that were given. */
export interface PackageCommand {
  readonly manager: PackageManager;
  /** `update` of pacman -Sy with packages is `install`; see {@link refreshes}. */
  readonly action: PackageAction;
  /** The last word of the sub-command, behind which a flag may be added; the manager itself when there is none. */
  readonly verbAt: number;
  /** Packages and other operands. */
  readonly operands: readonly number[];
  /** Words that start with a dash, before and behind the sub-command. */
  readonly flags: readonly number[];
  /** The index is brought up to date in the same call (`apk --no-cache`, `pacman -Sy`, always with dnf and zypper). */
  readonly refreshes: boolean;
  /** True when a word of the command is not known, so flags and packages may be missing. */
  readonly uncertain: boolean;
}

type Word = string | undefined;

/** The command as a call of a package manager; undefined when it is none. `python -m pip` and `corepack yarn` count too. */
export function readPackageCommand(words: readonly Word[]): PackageCommand | undefined {
  const start = managerAt(words);
  if (start === undefined) return undefined;
  const { manager, at } = start;
  const flags: number[] = [];
  const plain: number[] = [];
  for (let index = at + 1; index < words.length; index++) {
    const word = words[index];
    if (word === undefined || !word.startsWith('-') || word === '-') {
      plain.push(index);
      continue;
    }
    flags.push(index);
    if (manager.valueFlags.includes(word)) index++;
  }
  const uncertain = words.slice(at + 1).some((word) => word === undefined);
  if (manager.kind === 'pacman') return pacmanCommand(manager, words, at, flags, plain, uncertain);

  const { action, length } = verb(manager, words, plain);
  return {
    manager,
    action,
    verbAt: length === 0 ? at : (plain[length - 1] ?? at),
    operands: plain.slice(length),
    flags,
    refreshes:
      action === 'update' ||
      (manager.kind === 'apk' &&
        flags.some((flag) => /^(?:--no-cache|-U|--update|--update-cache)$/.test(words[flag] ?? ''))) ||
      (/^(?:dnf|zypper)$/.test(manager.kind) && /^(?:install|upgrade|dist-upgrade)$/.test(action)),
    uncertain,
  };
}

/**
 * Whether one of the flags is written: as a word of its own, as `flag=value` where the value matters, or as the value of
 * `-o` and `--setopt`. Joined short flags count (`-yq` has `-y`). Compare as the lists of PackageManager are written.
 */
export function hasFlag(
  command: PackageCommand,
  words: readonly Word[],
  wanted: readonly string[],
): number | undefined {
  return command.flags.find((index) => {
    const word = words[index] ?? '';
    return wanted.some((flag) => flagIs(word, words[index + 1], flag));
  });
}

function flagIs(word: string, next: Word, flag: string): boolean {
  if (!flag.startsWith('-')) {
    // An option of -o, --option or --setopt, with or without a blank or `=` between.
    const written = /^(?:-o|--option|--setopt)$/.test(word)
      ? (next ?? '')
      : (/^(?:-o|--option=|--setopt=)(.+)$/.exec(word)?.[1] ?? '');
    return written.replace(/["']/g, '').toLowerCase().endsWith(flag.toLowerCase());
  }
  if (word === flag) return true;
  if (flag.includes('=')) {
    const [name = '', value = ''] = splitOnce(flag);
    if (word.toLowerCase() === flag.toLowerCase()) return true;
    return word === name && (next ?? '').toLowerCase() === value.toLowerCase();
  }
  if (word.startsWith(`${flag}=`)) return !/=(?:false|no|0)$/i.test(word);
  return /^-[A-Za-z]$/.test(flag) && /^-[A-Za-z]{2,5}$/.test(word) && word.includes(flag.slice(1));
}

function splitOnce(flag: string): readonly string[] {
  const equals = flag.indexOf('=');
  return [flag.slice(0, equals), flag.slice(equals + 1)];
}

function managerAt(words: readonly Word[]): { manager: PackageManager; at: number } | undefined {
  const first = words[0];
  if (first === undefined) return undefined;
  const direct = packageManager(first);
  if (direct !== undefined) return { manager: direct, at: 0 };
  if (first === 'corepack') {
    const shimmed = packageManager(words[1] ?? '');
    return shimmed && { manager: shimmed, at: 1 };
  }
  if (!/(?:^|\/)python[\d.]*$/.test(first)) return undefined;
  const module = words.indexOf('-m');
  const named = module > 0 && module <= 4 ? words[module + 1] : undefined;
  const manager = named === 'pip' || named === 'uv' ? packageManager(named) : undefined;
  return manager && { manager, at: module + 1 };
}

/** The sub-command: the longest one of the lists that the plain words start with. */
function verb(
  manager: PackageManager,
  words: readonly Word[],
  plain: readonly number[],
): { action: PackageAction; length: number } {
  const lists: readonly (readonly [PackageAction, readonly string[]])[] = [
    ['install', manager.install],
    ['update', manager.update],
    ['upgrade', manager.upgrade],
    ['dist-upgrade', manager.distUpgrade],
    ['clean', manager.clean],
    ['remove', manager.remove],
  ];
  const [first, second] = plain.map((index) => words[index]);
  for (const length of [2, 1]) {
    if (plain.length < length) continue;
    const written = length === 2 ? `${first} ${second}` : first;
    const hit = lists.find(([, verbs]) => written !== undefined && written !== '' && verbs.includes(written));
    if (hit !== undefined) return { action: hit[0], length };
  }
  if (plain.length === 0 && manager.install.includes('')) return { action: 'install', length: 0 };
  return { action: 'other', length: Math.min(1, plain.length) };
}

/** pacman: the operation is a bundle of letters that starts with a capital one. */
function pacmanCommand(
  manager: PackageManager,
  words: readonly Word[],
  at: number,
  flags: readonly number[],
  operands: readonly number[],
  uncertain: boolean,
): PackageCommand {
  const index = flags.find((flag) => /^(?:-[SURQDFT]|--(?:sync|upgrade|remove))/.test(words[flag] ?? ''));
  const letters = [
    words[index ?? -1] ?? '',
    ...flags
      .filter((flag) => flag !== index && /^-[a-z]+$/.test(words[flag] ?? ''))
      .map((flag) => words[flag] ?? ''),
  ].join('');
  const sync = /^(?:-S|--sync)/.test(letters);
  const has = (letter: string, long: string): boolean =>
    letters.replace('--sync', '').includes(letter) || flags.some((flag) => words[flag] === long);
  const refreshes = sync && has('y', '--refresh');
  const action = ((): PackageAction => {
    if (/^(?:-R|--remove)/.test(letters)) return 'remove';
    if (/^(?:-U|--upgrade)/.test(letters)) return 'install';
    if (!sync || has('s', '--search') || has('i', '--info')) return 'other';
    if (has('c', '--clean')) return 'clean';
    if (operands.length > 0) return 'install';
    if (has('u', '--sysupgrade')) return 'upgrade';
    return refreshes ? 'update' : 'other';
  })();
  return { manager, action, verbAt: index ?? at, operands, flags, refreshes, uncertain };
}
