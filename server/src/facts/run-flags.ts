// The flags of `docker run`, `docker create` and `docker build`: how they are written, and which Compose key says the same.
import data from './data/run-flags.json';

export interface CommandFlag {
  /** Without dashes: `cap-add`. */
  readonly name: string;
  /** One letter, or undefined. */
  readonly short: string | undefined;
  /** False: a switch, which takes a value only behind `=`. */
  readonly takesValue: boolean;
  /** May be given several times. */
  readonly repeatable: boolean;
  /** `cap_add`, `deploy.…`, `build.args`; undefined when Compose has nothing like it. */
  readonly compose: string | undefined;
}

export const flagSource = { source: data.source, date: data.retrieved } as const;

export const runFlags: readonly CommandFlag[] = data.run.map(readFlag);
export const buildFlags: readonly CommandFlag[] = data.build.map(readFlag);

const tables = { run: index(runFlags), build: index(buildFlags) };

/** The flag of that name (`--name`, `-n` or without dashes); undefined for an unknown one. */
export function commandFlag(command: 'run' | 'build', written: string): CommandFlag | undefined {
  return tables[command].get(written.replace(/^--?/, ''));
}

function index(flags: readonly CommandFlag[]): ReadonlyMap<string, CommandFlag> {
  return new Map(
    flags.flatMap((flag) =>
      [flag.name, ...(flag.short === undefined ? [] : [flag.short])].map((name) => [name, flag] as const),
    ),
  );
}

function readFlag([name = '', short = '', form = '', compose = '']: readonly string[]): CommandFlag {
  return {
    name,
    short: short === '' ? undefined : short,
    takesValue: form !== 'switch',
    repeatable: form === 'values',
    compose: compose === '' ? undefined : compose,
  };
}
