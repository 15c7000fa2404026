/** What the options say about which rules run, on which files, in which colours. Shared by `lint` and `fix`. */
import { dirname, resolve } from 'node:path';
import { type Config, ruleRun, type RuleSetting } from '../engine/config.js';
import type { DocumentKind } from '../model/document.js';
import { oncePer } from '../model/once-per.js';
import type { AnyRule, Profile } from '../rules/rule.js';
import type { Arguments } from './arguments.js';
import { findFiles, type FoundFile, fromStdin, isUnread, type UnreadFile } from './files.js';
import type { CliIo } from './io.js';
import { didYouMean } from '../engine/near.js';
import { decode } from './read-file.js';
import { type Broken, type Scope, scopeReader } from './scopes.js';

export interface Selection {
  readonly rules: readonly AnyRule[];
  /** Also those that were not chosen. */
  readonly known: readonly AnyRule[];
  /** What holds for a file; that of the current folder for standard input without a name. */
  scopeOf(file: Pick<FoundFile, 'absolute'>): Scope | Broken;
  /** Those of the selected rules that run there. */
  rulesIn(scope: Scope): ReadonlySet<string>;
  readonly files: readonly (FoundFile | UnreadFile)[];
  /** Absolute paths of files that make one project, in this order. */
  readonly named: readonly string[];
  /** For the message that nothing was found. */
  readonly paths: readonly string[];
}

/** The value of an option that takes one. The choices were checked when the command line was read. */
export function optionValue<T extends string>(args: Arguments, name: string): T | undefined {
  return args.options.get(name)?.[0] as T | undefined;
}

/** Reads all files, and standard input when it is asked for. Nothing can be done with a broken configuration. */
export async function select(
  args: Arguments,
  io: CliIo,
  registry: readonly AnyRule[],
): Promise<Selection | Broken> {
  const chosen = selectRules(args, registry);
  if ('errors' in chosen) return chosen;
  const { rules, override } = chosen;
  const named = optionValue(args, 'config');
  if (named !== undefined && args.options.has('no-config'))
    return refused('`--config` and `--no-config` contradict each other; leave one of them out.');
  const scopeAt = scopeReader({
    cwd: io.cwd,
    rules: registry,
    file: args.options.has('no-config') ? 'off' : named,
    override,
  });
  const isProject = args.options.has('file');
  const options = {
    cwd: io.cwd,
    kind: isProject ? ('compose' as const) : optionValue<DocumentKind>(args, 'kind'),
    isExcluded: (absolute: string) => {
      const scope = scopeAt(dirname(absolute));
      return !('errors' in scope) && scope.isExcluded(absolute);
    },
  };
  const stdinName = optionValue(args, 'stdin-filename');
  const wantsStdin = args.words.includes('-') || (stdinName !== undefined && args.words.length === 0);
  if (stdinName !== undefined && !wantsStdin) {
    return refused('`--stdin-filename` names standard input: give `-` as the path, or no path at all.');
  }
  const project = args.options.get('file') ?? [];
  if (project.length > 0 && args.words.length > 0) {
    return refused('`--file` names the files of one project: give no other path beside it.');
  }
  const paths = project.length > 0 ? project : args.words.filter((word) => word !== '-');
  const stdin = wantsStdin ? [fromStdin(decode(await io.readStdin()), stdinName, options)] : [];
  const walked = wantsStdin || paths.length > 0 ? paths : ['.'];
  const scopeOf = ({ absolute }: Pick<FoundFile, 'absolute'>) =>
    scopeAt(absolute === undefined ? io.cwd : dirname(absolute));
  const files = [...stdin, ...findFiles(walked, options)];
  const errors = files.flatMap((file) => {
    const scope = isUnread(file) ? undefined : scopeOf(file);
    return scope && 'errors' in scope ? scope.errors : [];
  });
  if (errors.length > 0) return { errors: [...new Set(errors)] };
  const running = oncePer(
    (config: Config) => new Set(rules.filter((rule) => ruleRun(rule, config)).map((rule) => rule.meta.id)),
  );
  return {
    rules,
    known: registry,
    scopeOf,
    rulesIn: ({ config }) => running(config),
    named: project.map((path) => resolve(io.cwd, path)),
    paths: walked,
    files,
  };
}

function refused(error: string): Broken {
  return { errors: [error] };
}

interface ChosenRules {
  readonly rules: readonly AnyRule[];
  /** What the command line says beats what a file says. */
  override(config: Config): Config;
}

function selectRules(args: Arguments, registry: readonly AnyRule[]): ChosenRules | Broken {
  const profile = optionValue<Profile>(args, 'profile');
  const all = args.options.has('all-rules');
  if (all && profile !== undefined && profile !== 'strict') {
    return refused('`--all-rules` and `--profile` contradict each other; leave one of them out.');
  }
  const named = args.options.get('rule') ?? [];
  const ids = registry.map((rule) => rule.meta.id);
  const unknown = named.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    return refused(
      `there is no rule \`${unknown}\`.${didYouMean(unknown, ids)} \`bulkhead rules\` lists all.`,
    );
  }
  // A rule that is named runs, whatever profile it belongs to.
  const everything = all || (named.length > 0 && profile === undefined);
  return {
    rules: named.length === 0 ? registry : registry.filter((rule) => named.includes(rule.meta.id)),
    override: (config) => ({
      ...config,
      profile: everything ? 'strict' : (profile ?? config.profile),
      ...(named.length > 0 && switchedOn(config)),
    }),
  };
}

/** Without what switches something off: for rules that are asked for by name. */
function switchedOn({ rules, practices }: Config): Pick<Config, 'rules' | 'practices'> {
  return {
    rules: new Map(
      [...rules].map(([id, { severity, options = {} }]): [string, RuleSetting] => [
        id,
        severity === undefined || severity === 'off' ? { options } : { severity, options },
      ]),
    ),
    practices: new Map([...practices].filter(([, severity]) => severity !== 'off')),
  };
}

/** Why there was nothing to read, and what to do. */
export function nothingFound({ paths }: Selection, kind: string | undefined): string {
  const where = paths.map((path) => (path === '.' ? 'the current folder' : `\`${path}\``)).join(', ');
  const what =
    kind === 'compose' ? 'Compose file' : kind === 'dockerfile' ? 'Dockerfile' : 'Dockerfile or Compose file';
  return `no ${what} found in ${where}. What .gitignore or \`exclude\` leaves out is skipped; name a file to read it in any case, with \`--kind\` if it has an unusual name.`;
}
