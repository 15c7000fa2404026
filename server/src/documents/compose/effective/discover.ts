/** Which files make the project that a file belongs to, as Compose finds them when no file is named. */
import { type Load, wanted } from './load.js';
import { baseName, folderOf, resolvePath } from './uri.js';
import { readVariableFiles, type Variables } from './variables.js';

export const MAIN_NAMES: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];
/** `.yml` first here: Compose's order, and the reverse of the one above. */
const OVERRIDE_NAMES: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

export interface Discovered {
  /** In the order in which they are merged. */
  readonly files: readonly string[];
  /** The project's folder: of the first file. */
  readonly folder: string;
  /** Values of the project's `.env`. */
  readonly variables: Variables;
  /** Services without image are parts of services that another file defines. */
  readonly fragments: boolean;
}

/** `named` are files given with `-f`: exactly these, and no override is added. */
export function discover(load: Load, entry: string, named: readonly string[] | undefined): Discovered {
  const folder = folderOf(named?.[0] ?? entry);
  const env = readVariableFiles(load, [{ uri: `${slashed(folder)}.env` }], new Map());
  if (named !== undefined) return { files: named, folder, variables: env, fragments: false };
  const listed = listedFiles(env, folder);
  if (listed !== undefined) {
    if (!listed.includes(entry)) return alone(load, entry, folder, env);
    return ofList(load, listed, env, folder);
  }
  const name = baseName(entry);
  if (MAIN_NAMES.includes(name)) {
    const earlier = MAIN_NAMES.slice(0, MAIN_NAMES.indexOf(name));
    if (firstOf(load, folder, earlier) !== undefined) return alone(load, entry, folder, env);
    const override = firstOf(load, folder, OVERRIDE_NAMES);
    const files = override === undefined ? [entry] : [entry, override];
    return { files, folder, variables: env, fragments: false };
  }
  if (OVERRIDE_NAMES.includes(name)) {
    const main = firstOf(load, folder, MAIN_NAMES);
    if (main !== undefined && firstOf(load, folder, OVERRIDE_NAMES) === entry)
      return { files: [main, entry], folder, variables: env, fragments: false };
  }
  return alone(load, entry, folder, env);
}

function ofList(load: Load, files: readonly string[], env: Variables, start: string): Discovered {
  const folder = folderOf(files[0] ?? start);
  // Two folders may have their `.env`: that of the list comes first, the project's fills gaps.
  const variables =
    folder === start ? env : readVariableFiles(load, [{ uri: `${slashed(folder)}.env` }], env);
  return { files, folder, variables, fragments: false };
}

function alone(load: Load, entry: string, folder: string, variables: Variables): Discovered {
  const name = baseName(entry);
  const isVariant = /^(?:docker-)?compose[.-].+\.ya?ml$/i.test(name) && !MAIN_NAMES.includes(name);
  const fragments = /override/i.test(name) || (isVariant && firstOf(load, folder, MAIN_NAMES) !== undefined);
  return { files: [entry], folder, variables, fragments };
}

/** `COMPOSE_FILE` in the `.env` of a folder. */
export function listedFiles(env: Variables, folder: string): readonly string[] | undefined {
  const list = env.get('COMPOSE_FILE');
  if (list === undefined || list === '') return undefined;
  const separator = env.get('COMPOSE_PATH_SEPARATOR') || ':';
  return list.split(separator).flatMap((path) => {
    const uri = path === '' ? undefined : resolvePath(folder, path);
    return uri === undefined ? [] : [uri];
  });
}

function firstOf(load: Load, folder: string, names: readonly string[]): string | undefined {
  // All are asked for at once: one round instead of four.
  const found = names
    .map((name) => `${slashed(folder)}${name}`)
    .map((uri) => ({ uri, file: wanted(load, uri) }));
  return found.find(({ file }) => file !== undefined && 'text' in file)?.uri;
}

/** A file that may belong to the project of this folder without being named, and that nobody could read. */
export function unreadBeside({ files }: Load, folder: string): string | undefined {
  return ['.env', ...MAIN_NAMES, ...OVERRIDE_NAMES].find((name) => {
    const file = files.get(`${slashed(folder)}${name}`);
    return file !== undefined && 'problem' in file && file.absent !== true;
  });
}

function slashed(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}
