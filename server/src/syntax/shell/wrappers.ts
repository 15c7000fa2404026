/** Programs that run the command given in their arguments: `sudo -u x make` does what `make` does. */
import type { ShellWord } from './tree.js';

/** How the arguments in front of the wrapped command look. */
interface Wrapper {
  /** Short options that take a value, in the same or in the next word. */
  readonly values?: string;
  /** Long options whose value may stand in the next word. */
  readonly long?: readonly string[];
  /** Plain words in front of the command: the directory of `chroot`, the user of `gosu`. */
  readonly operands?: number;
  /** `NAME=value` words in front of the command. */
  readonly assignments?: boolean;
  /** It only wraps a command when this option is given. */
  readonly needs?: RegExp;
  /** With one of these it does something else. */
  readonly unless?: RegExp;
}

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  [
    'sudo',
    {
      values: 'aCcDghpRrTtUu',
      long: long('user group host prompt chdir chroot close-from role type other-user command-timeout'),
      assignments: true,
      unless: /^(?:-[AbEHkKnPSis]*[elvV]$|--edit|--list|--validate)/,
    },
  ],
  ['doas', { values: 'aCu' }],
  [
    'env',
    { values: 'uCa', long: long('unset chdir argv0'), assignments: true, unless: /^(?:-S|--split-string)/ },
  ],
  ['exec', { values: 'a' }],
  ['command', { unless: /^-p?[vV]/ }],
  ['builtin', {}],
  ['nohup', {}],
  ['time', { values: 'fo', long: long('format output') }],
  ['nice', { values: 'n', long: long('adjustment') }],
  ['ionice', { values: 'cn', long: long('class classdata'), unless: /^(?:-t?p|--pid)/ }],
  ['timeout', { values: 'kst', long: long('kill-after signal'), operands: 1 }],
  [
    'xargs',
    {
      values: 'adEIJLnPRsS',
      long: long('arg-file delimiter max-args max-lines max-chars max-procs process-slot-var'),
    },
  ],
  ['chroot', { long: long('userspec groups'), operands: 1 }],
  ['gosu', { operands: 1 }],
  ['su-exec', { operands: 1 }],
  [
    'setpriv',
    {
      long: long(
        'reuid regid ruid euid rgid egid groups inh-caps ambient-caps bounding-set securebits pdeathsig ' +
          'selinux-label apparmor-profile landlock-access landlock-rule seccomp-filter',
      ),
    },
  ],
  ['runuser', { values: 'uGgs', long: long('user group supp-group shell'), needs: /^(?:-u|--user)/ }],
  ['busybox', { unless: /^-/ }],
  ['stdbuf', { values: 'ioe', long: long('input output error') }],
  ['setsid', {}],
  ['fakeroot', { values: 'lsib' }],
  ['eatmydata', {}],
  ['unbuffer', {}],
  ['tini', { values: 'pe' }],
  ['dumb-init', { values: 'r', long: long('rewrite') }],
]);

function long(names: string): string[] {
  return names.split(' ').map((name) => `--${name}`);
}

export interface Resolved {
  /** '' when there is no program or its word is not literal. */
  readonly program: string;
  /** Index of the word that names the program, -1 when there is none. */
  readonly index: number;
  readonly wrappers: readonly string[];
}

/** Finds the program behind its wrappers. A wrapper without a command is the program itself. */
export function resolveProgram(words: readonly ShellWord[]): Resolved {
  const wrappers: string[] = [];
  let index = 0;
  for (;;) {
    const word = words[index];
    if (!word) return { program: '', index: -1, wrappers };
    const program = word.literal ? baseName(word.value) : '';
    const wrapper = WRAPPERS.get(program);
    const next = wrapper ? skipWrapper(words, index + 1, wrapper) : undefined;
    if (next === undefined) return { program, index, wrappers };
    wrappers.push(program);
    index = next;
  }
}

/** Index of the wrapped command, or undefined when there is none. */
function skipWrapper(words: readonly ShellWord[], start: number, wrapper: Wrapper): number | undefined {
  let index = start;
  let operands = wrapper.operands ?? 0;
  let options = true;
  let isNeeded = wrapper.needs !== undefined;
  for (; index < words.length; index++) {
    const value = words[index]?.value ?? '';
    if (options && value === '--') options = false;
    else if (options && value.startsWith('-') && (value !== '-' || wrapper.assignments)) {
      if (wrapper.unless?.test(value)) return undefined;
      if (wrapper.needs?.test(value)) isNeeded = false;
      if (takesNextWord(value, wrapper)) index++;
    } else if (wrapper.assignments && /^[A-Za-z_][\w.]*=/.test(value)) options = false;
    else if (operands > 0) {
      operands--;
      options = false;
    } else return isNeeded ? undefined : index;
  }
  return undefined;
}

function takesNextWord(option: string, { values = '', long = [] }: Wrapper): boolean {
  if (option.startsWith('--')) return long.includes(option);
  const at = [...option.slice(1)].findIndex((letter) => values.includes(letter));
  return at >= 0 && at === option.length - 2;
}

/** The last part of a path, `bash` of `/bin/bash`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
