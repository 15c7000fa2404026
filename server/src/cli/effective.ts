/** `bulkhead effective`: what Compose would start, from all files of a project, printed as `docker compose config` does. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConfigNode } from '../documents/compose/config-node.js';
import { leavesOf, printYaml, toPlain } from '../documents/compose/effective/canonical/print.js';
import { canonicalProject } from '../documents/compose/effective/canonical/project.js';
import { checkProject } from '../documents/compose/effective/checks.js';
import { listedFiles, MAIN_NAMES } from '../documents/compose/effective/discover.js';
import type { LoadProblem } from '../documents/compose/effective/load.js';
import { relativePath } from '../documents/compose/effective/uri.js';
import { readEnvFile } from '../documents/compose/env-file.js';
import { type LoadedProject, loadProject } from '../engine/project.js';
import { english } from '../l10n/message.js';
import { printable } from '../report/plain-text.js';
import { type SourceText, sourceText } from '../text/source-text.js';
import type { Place } from '../text/span.js';
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
  const loaded = await loadProject(
    diskFiles(),
    {
      entry: uriOf(entry.path),
      serviceFiles: true,
      profiles: args.options.get('profile') ?? [],
      ...(entry.named && { named: entry.named.map(uriOf) }),
    },
    { roots: rootsOf(entry.path, io.cwd) },
  );
  const { config, problems } = canonicalProject(loaded.project);
  const place = locator(loaded);
  const all = [...loaded.project.problems, ...problems, ...checkProject(loaded.project)];
  for (const { at, message } of withoutRepeats(all))
    complain(io, printable(at === undefined ? `${english(message)}.` : `${place(at)}: ${english(message)}.`));
  io.stdout.write(
    optionValue(args, 'format') === 'json' ? toJson(config, args, place) : toYaml(config, args, place),
  );
  return all.length === 0 ? EXIT.clean : EXIT.findings;
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

type Locate = (at: Place) => string;

/** `compose.yaml:12`, relative to the project's folder. */
function locator({ files, project }: LoadedProject): Locate {
  const sources = new Map<string, SourceText | undefined>();
  return ({ file = project.document, start }) => {
    if (!sources.has(file)) {
      const loaded = files.get(file);
      sources.set(file, loaded && 'text' in loaded ? sourceText(loaded.text) : undefined);
    }
    const source = sources.get(file);
    return `${relativePath(project.folder, file)}${source ? `:${source.lineAt(start) + 1}` : ''}`;
  };
}

function toYaml(config: ConfigNode, args: Arguments, place: Locate): string {
  const note = (node: ConfigNode) => (isWritten(node) ? place(node.place) : undefined);
  const text = printYaml(config, args.options.has('origins') ? { note } : {});
  const unknown = args.options.has('unknown') ? unknownValues(config, place) : [];
  return text + unknown.map(({ path, reason, at }) => `# unknown: ${path} (${at}): ${reason}\n`).join('');
}

function toJson(config: ConfigNode, args: Arguments, place: Locate): string {
  const origins = args.options.has('origins');
  const unknown = args.options.has('unknown');
  const plain = toPlain(config);
  const report =
    origins || unknown
      ? {
          config: plain,
          ...(origins && {
            origins: Object.fromEntries(
              leavesOf(config).flatMap(({ path, node }) =>
                isWritten(node) ? [[path.join('.'), place(node.place)]] : [],
              ),
            ),
          }),
          ...(unknown && { unknown: unknownValues(config, place) }),
        }
      : plain;
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** What Compose adds by itself stands in no file. */
function isWritten({ place }: ConfigNode): boolean {
  return place.end > place.start || place.file !== undefined;
}

function unknownValues(config: ConfigNode, place: Locate) {
  return leavesOf(config).flatMap(({ path, node }) =>
    node.unknown === undefined
      ? []
      : [{ path: path.join('.'), reason: english(node.unknown), at: place(node.place) }],
  );
}

function withoutRepeats(problems: readonly LoadProblem[]): readonly LoadProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ at, message }) => {
    const key = `${at?.file ?? ''} ${at?.start ?? ''} ${english(message)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
