/** What the options say about which rules run, on which files, in which colours. Shared by `lint` and `fix`. */
import { resolve } from 'node:path';
import { defaultConfig, type Config } from '../engine/config.js';
import type { DocumentKind } from '../model/document.js';
import type { AnyRule, Profile } from '../rules/rule.js';
import type { Arguments } from './arguments.js';
import { findFiles, type FoundFile, fromStdin, type UnreadFile } from './files.js';
import type { CliIo } from './io.js';
import { didYouMean } from '../engine/near.js';
import { decode } from './read-file.js';

export interface Selection {
  readonly rules: readonly AnyRule[];
  /** Also those that were not chosen. */
  readonly known: readonly AnyRule[];
  readonly config: Config;
  readonly files: Iterable<FoundFile | UnreadFile>;
  /** Absolute paths of files that make one project, in this order. */
  readonly named: readonly string[];
  /** For the message that nothing was found. */
  readonly paths: readonly string[];
}

/** The value of an option that takes one. The choices were checked when the command line was read. */
export function optionValue<T extends string>(args: Arguments, name: string): T | undefined {
  return args.options.get(name)?.[0] as T | undefined;
}

/** Reads standard input when it is asked for; files are read while they are asked for. */
export async function select(
  args: Arguments,
  io: CliIo,
  registry: readonly AnyRule[],
): Promise<Selection | { readonly error: string }> {
  const rules = selectRules(args, registry);
  if ('error' in rules) return rules;
  const isProject = args.options.has('compose-file');
  const options = {
    cwd: io.cwd,
    kind: isProject ? ('compose' as const) : optionValue<DocumentKind>(args, 'kind'),
  };
  const stdinName = optionValue(args, 'stdin-filename');
  const wantsStdin = args.words.includes('-') || (stdinName !== undefined && args.words.length === 0);
  if (stdinName !== undefined && !wantsStdin) {
    return { error: '`--stdin-filename` names standard input: give `-` as the path, or no path at all.' };
  }
  const named = args.options.get('compose-file') ?? [];
  if (named.length > 0 && args.words.length > 0) {
    return { error: '`--compose-file` names the files of one project: give no other path beside it.' };
  }
  const paths = named.length > 0 ? named : args.words.filter((word) => word !== '-');
  const stdin = wantsStdin ? [fromStdin(decode(await io.readStdin()), stdinName, options)] : [];
  const walked = wantsStdin || paths.length > 0 ? paths : ['.'];
  return {
    ...rules,
    named: named.map((path) => resolve(io.cwd, path)),
    paths: walked,
    files: {
      *[Symbol.iterator]() {
        yield* stdin;
        yield* findFiles(walked, options);
      },
    },
  };
}

function selectRules(
  args: Arguments,
  registry: readonly AnyRule[],
): Pick<Selection, 'rules' | 'known' | 'config'> | { readonly error: string } {
  const profile = optionValue<Profile>(args, 'profile');
  const all = args.options.has('all-rules');
  if (all && profile !== undefined && profile !== 'strict') {
    return { error: '`--all-rules` and `--profile` contradict each other; leave one of them out.' };
  }
  const named = args.options.get('rule') ?? [];
  const ids = registry.map((rule) => rule.meta.id);
  const unknown = named.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    return {
      error: `there is no rule \`${unknown}\`.${didYouMean(unknown, ids)} \`bulkhead rules\` lists all.`,
    };
  }
  // A rule that is named runs, whatever profile it belongs to.
  const everything = all || (named.length > 0 && profile === undefined);
  return {
    known: registry,
    rules: named.length === 0 ? registry : registry.filter((rule) => named.includes(rule.meta.id)),
    config: { ...defaultConfig, profile: everything ? 'strict' : (profile ?? defaultConfig.profile) },
  };
}

/** Why there was nothing to read, and what to do. */
export function nothingFound({ paths }: Selection, kind: string | undefined): string {
  const where = paths.map((path) => (path === '.' ? 'the current folder' : `\`${path}\``)).join(', ');
  const what =
    kind === 'compose' ? 'Compose file' : kind === 'dockerfile' ? 'Dockerfile' : 'Dockerfile or Compose file';
  return `no ${what} found in ${where}. What .gitignore leaves out is skipped; name a file to read it in any case, with \`--kind\` if it has an unusual name.`;
}
