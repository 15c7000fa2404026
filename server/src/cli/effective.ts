/** `bulkhead effective`: what Compose would start, from all files of a project, printed as `docker compose config` does. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listedFiles, MAIN_NAMES } from '../documents/compose/effective/discover.js';
import { readEnvFile } from '../documents/compose/env-file.js';
import { describeProblem, type EffectiveText, effectiveText } from '../engine/effective-text.js';
import { loadProject } from '../engine/project.js';
import { english } from '../l10n/message.js';
import { printable } from '../report/plain-text.js';
import type { Arguments } from './arguments.js';
import { diskFiles, rootsOf, uriOf } from './disk.js';
import { type CliIo, complain, EXIT } from './io.js';
import { readText } from './read-file.js';
import { optionValue } from './selection.js';

export async function effective(args: Arguments, io: CliIo): Promise<number> {
  const entry = findEntry(args, io.cwd);
  if ('error' in entry) {
    complain(io, entry.error);
    return EXIT.failed;
  }
  const roots = rootsOf(entry.path, io.cwd);
  const loaded = await loadProject(
    diskFiles().within(roots),
    {
      entry: uriOf(entry.path),
      serviceFiles: true,
      buildFiles: true,
      profiles: args.options.get('profile') ?? [],
      ...(entry.named && { named: entry.named.map(uriOf) }),
    },
    { roots },
  );
  const text = effectiveText(loaded);
  for (const problem of text.problems) complain(io, printable(`${describeProblem(problem, text.locate)}.`));
  io.stdout.write(optionValue(args, 'format') === 'json' ? toJson(text, args) : toYaml(text, args));
  return text.problems.length === 0 ? EXIT.clean : EXIT.findings;
}

type Entry = { readonly path: string; readonly named?: readonly string[] } | { readonly error: string };

/** Without a path Compose looks in the current folder, then in those above. */
function findEntry(args: Arguments, cwd: string): Entry {
  const named = (args.options.get('file') ?? []).map((path) => resolve(cwd, path));
  const [path, more] = args.words;
  const [first] = named;
  if (more !== undefined || (path !== undefined && first !== undefined))
    return {
      error: 'one project at a time: give one path, or the files of a project with `--file`.',
    };
  const missing = [...named, ...(path === undefined ? [] : [resolve(cwd, path)])].find(
    (one) => !existsSync(one),
  );
  if (missing !== undefined) return { error: `${missing} does not exist.` };
  if (first !== undefined) return { path: first, named };
  const start = resolve(cwd, path ?? '.');
  if (!statSync(start).isDirectory()) return { path: start };
  const listed = filesOfEnv(start);
  const [head] = listed;
  if (head !== undefined) return { path: head, named: listed };
  for (let folder = start; ; folder = dirname(folder)) {
    const main = MAIN_NAMES.map((name) => join(folder, name)).find((one) => existsSync(one));
    if (main !== undefined) return { path: main };
    if (path !== undefined || folder === dirname(folder)) break;
  }
  return { error: `no Compose file found in ${start}${path === undefined ? ' and the folders above' : ''}.` };
}

/** `COMPOSE_FILE` of the folder's `.env`. */
function filesOfEnv(folder: string): readonly string[] {
  const content = readText(join(folder, '.env'));
  if ('problem' in content) return [];
  return (listedFiles(readEnvFile(content.text), uriOf(folder)) ?? []).map((uri) => fileURLToPath(uri));
}

function toYaml(text: EffectiveText, args: Arguments): string {
  const unknown = args.options.has('unknown') ? unknownParts(text) : [];
  return (
    text.yaml({ origins: args.options.has('origins') }) +
    unknown.map(({ path, reason, at }) => `# unknown: ${path} (${at}): ${reason}\n`).join('')
  );
}

function toJson(text: EffectiveText, args: Arguments): string {
  const origins = args.options.has('origins');
  const unknown = args.options.has('unknown');
  const config = text.plain();
  const report =
    origins || unknown
      ? {
          config,
          ...(origins && { origins: text.origins() }),
          ...(unknown && { unknown: unknownParts(text) }),
        }
      : config;
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function unknownParts({ unknown }: EffectiveText) {
  return unknown.map(({ path, reason, at }) => ({ path, reason: english(reason), at }));
}
