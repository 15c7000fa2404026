/** Files that hold values of containers, `env_file` and a secret's `file`, and those in which Git says what it leaves out. */
import type { Place } from '../../../text/span.js';
import { child, type ConfigMap, type ConfigNode, entriesOf, itemsOf } from '../config-node.js';
import { textOf } from './identity.js';
import { type Load, wanted } from './load.js';
import { folderOf, isRemote, resolvePath } from './uri.js';

export interface ValueFileUse {
  readonly kind: 'variables' | 'secret';
  /** As written. */
  readonly path: string;
  readonly at: Place;
  readonly uri: string;
}

/** Deeper lies no project in its repository. */
const MAX_FOLDERS = 12;

/** Asks for each file, and where there is one for what Git says about it. `folder` is the project's. */
export function valueFilesOf(load: Load, config: ConfigMap, folder: string): readonly ValueFileUse[] {
  const uses = [
    ...entriesOf(child(config, 'services')).flatMap(({ value }) =>
      itemsOf(child(value, 'env_file')).flatMap((item) =>
        useOf('variables', item.kind === 'map' ? child(item, 'path') : item, folder),
      ),
    ),
    ...entriesOf(child(config, 'secrets')).flatMap(({ value }) =>
      useOf('secret', child(value, 'file'), folder),
    ),
  ];
  for (const { uri } of uses) {
    const file = wanted(load, uri);
    if (file && 'text' in file) for (const level of gitLevels(load.files, uri)) askFor(load, level);
  }
  return uses;
}

function useOf(kind: ValueFileUse['kind'], node: ConfigNode | undefined, folder: string): ValueFileUse[] {
  const path = textOf(node);
  if (node?.kind !== 'scalar' || path === undefined || node.unknown !== undefined || isRemote(path))
    return [];
  const uri = resolvePath(node.folder ?? folder, path);
  return uri === undefined ? [] : [{ kind, path, at: node.place, uri }];
}

/** One folder on the way from a file to the root of its repository. */
export interface GitLevel {
  readonly folder: string;
  readonly ignore: string;
  /** One of these is there in the root; in a working tree of another repository the second one is a file. */
  readonly marks: readonly [string, string];
}

/** From the file's own folder upwards, as far as is known to lie in the repository. */
export function gitLevels(files: Load['files'], uri: string): readonly GitLevel[] {
  const levels: GitLevel[] = [];
  for (let folder = folderOf(uri); levels.length < MAX_FOLDERS; folder = folderOf(folder)) {
    const level = { folder, ignore: `${folder}/.gitignore`, marks: marksOf(folder) };
    levels.push(level);
    const isUnknown = level.marks.some((mark) => !files.has(mark));
    if (isUnknown || isRoot(files, level) || folder === folderOf(folder)) break;
  }
  return levels;
}

export function isRoot(files: Load['files'], { marks }: GitLevel): boolean {
  return marks.some((mark) => hasText(files, mark));
}

/** What Git leaves out without saying so in the tree. */
export function excludeFile({ folder }: GitLevel): string {
  return `${folder}/.git/info/exclude`;
}

function askFor(load: Load, level: GitLevel): void {
  for (const uri of [
    level.ignore,
    ...level.marks,
    ...(isRoot(load.files, level) ? [excludeFile(level)] : []),
  ])
    wanted(load, uri);
}

function marksOf(folder: string): readonly [string, string] {
  return [`${folder}/.git/HEAD`, `${folder}/.git`];
}

function hasText(files: Load['files'], uri: string): boolean {
  const file = files.get(uri);
  return file !== undefined && 'text' in file;
}
