/** What a script deletes: which folders its `rm` and `find` empty, as far as that can be read. */
import type { RunStep, ShellCommand } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import { pipelineOf } from '../../model/pipelines.js';

/** Whether a command behind the one with this index empties the folder, or something unknown that says it cleans. */
export function isEmptied(step: RunStep, folder: string, behind: number): boolean {
  return deletions(step).some(
    ({ index, path }) => index > behind && (path === undefined || overlaps(path, folder)),
  );
}

export interface Deletion {
  readonly index: number;
  readonly command: ShellCommand;
  /** Absolute, home as `~`, without the `/*` at its end; undefined when a script of its own does the cleaning. */
  readonly path: string | undefined;
}

/** Everything that the commands of a step delete, in order. */
export const deletions: (step: RunStep) => readonly Deletion[] = oncePer(readDeletions);

/** PATH_MAX of Linux: no `cd` leads to a folder below, and what a script of nothing but `cd` adds up stays short. */
const LONGEST_PATH = 4096;

function readDeletions(step: RunStep): readonly Deletion[] {
  const found: Deletion[] = [];
  let folder = '';
  for (const [index, command] of step.script.commands.entries()) {
    const { program, args } = command;
    if (program === 'cd' || program === 'pushd')
      folder = absolute(args.at(-1)?.value ?? '~', folder).slice(0, LONGEST_PATH);
    else if (program === 'rm' || program === 'unlink' || program === 'shred') {
      for (const word of args)
        if (!word.value.startsWith('-'))
          for (const path of braces(word.value)) found.push({ index, command, path: absolute(path, folder) });
    } else if (program === 'find' && deletesWhatItFinds(command, step)) {
      for (const path of pathsOfFind(command)) found.push({ index, command, path: absolute(path, folder) });
    } else if (/clean/i.test(program)) found.push({ index, command, path: undefined });
  }
  return found;
}

function deletesWhatItFinds(command: ShellCommand, step: RunStep): boolean {
  return (
    command.args.some(({ value }) => value === '-delete' || /^(?:.*\/)?rm$/.test(value)) ||
    pipelineOf(step.script.commands, command).some(({ program }) => program === 'rm')
  );
}

function pathsOfFind(command: ShellCommand): readonly string[] {
  const values = command.args.map((word) => word.value);
  const end = values.findIndex((value) => /^[-(!]/.test(value));
  return end < 0 ? values : values.slice(0, end);
}

/** More alternatives than that in one word are no list that somebody wrote. */
const MOST_BRACES = 6;

/** `/var/{lib/apt,cache}/x` in full; nested braces stay as they are. */
function braces(path: string, depth = 0): readonly string[] {
  if (depth > MOST_BRACES) return [path];
  const found = /^([^{}]*)\{([^{}]*,[^{}]*)\}(.*)$/.exec(path);
  if (found === null) return [path];
  const [, before = '', list = '', behind = ''] = found;
  return list.split(',').flatMap((one) => braces(before + one + behind, depth + 1));
}

function absolute(path: string, folder: string): string {
  const plain = path.replace(/["']/g, '').replace(/^(?:\$HOME|\$\{HOME\}|\/root|\/home\/[^/]+)(?=\/|$)/, '~');
  const whole = /^[/~$]/.test(plain) || folder === '' ? plain : `${folder}/${plain}`;
  return whole.replace(/\/\.\//g, '/').replace(/(?:\/(?:\*+(?:\.\*)?|\.\[!\.\]\*)?)+$/, '') || '/';
}

/** One lies in the other; `*` in a name stands for any. */
function overlaps(a: string, b: string): boolean {
  const [left, right] = [a.split('/'), b.split('/')];
  const length = Math.min(left.length, right.length);
  if (a === '/' || left.length < 2) return a === b;
  return left.slice(0, length).every((part, i) => part === right[i] || matches(part, right[i] ?? ''));
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return false;
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.at(-1) ?? '';
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}

/** Whether the folder lies in a mount of the step, or a mount in the folder: then it is no part of the layer. */
export function isMounted(step: RunStep, folder: string): boolean {
  return step.mounts.some(
    ({ type, target }) =>
      (type === 'cache' || type === 'tmpfs' || type === 'bind') &&
      (target === undefined || target.includes('$') || overlaps(absolute(target, ''), folder)),
  );
}
