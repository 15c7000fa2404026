/**
 * Loads what a Compose project is made of, through one small port: the hosts bring a file system, everything else is
 * the same in an editor and on the command line. Nothing is written, nothing outside the given folders is read.
 */
import type { LoadedFile } from '../documents/compose/effective/load.js';
import {
  effectiveProject,
  type EffectiveProject,
  type ProjectRequest,
} from '../documents/compose/effective/project.js';
import { isInside } from '../documents/compose/effective/uri.js';
import { parseYaml } from '../syntax/yaml/parse.js';
import type { YamlTree } from '../syntax/yaml/tree.js';

export interface FileSystem {
  /** The text of a file; undefined when there is none, or when it is no text. Open documents come before the disk. */
  read(uri: string): Promise<string | undefined>;
}

export interface LoadLimits {
  /** URIs of folders outside of which nothing is read. */
  readonly roots: readonly string[];
  /** Files of one project. */
  readonly files?: number;
  /** UTF-16 units of one file. */
  readonly size?: number;
}

const MAX_FILES = 200;
const MAX_SIZE = 2 * 1024 * 1024;

/** Longer chains of files naming files are cut by the loader anyway. */
const MAX_ROUNDS = 50;

export interface LoadedProject {
  readonly request: ProjectRequest;
  readonly files: ReadonlyMap<string, LoadedFile>;
  readonly project: EffectiveProject;
}

/** Never rejects unless the file system does. */
export async function loadProject(
  fileSystem: FileSystem,
  request: ProjectRequest,
  limits: LoadLimits,
): Promise<LoadedProject> {
  const files = new Map<string, LoadedFile>();
  const trees = new Map<string, YamlTree>();
  const parse = (uri: string, text: string) => {
    const tree = trees.get(uri) ?? parseYaml(text);
    trees.set(uri, tree);
    return tree;
  };
  let project = effectiveProject({ ...request, parse }, files);
  for (let round = 0; round < MAX_ROUNDS && project.needs.length > 0; round++) {
    const room = (limits.files ?? MAX_FILES) - files.size;
    await Promise.all(
      project.needs.map(async (uri, index) => {
        files.set(
          uri,
          index < room ? await readFile(fileSystem, uri, limits) : { problem: 'is one file too many' },
        );
      }),
    );
    project = effectiveProject({ ...request, parse }, files);
  }
  return { request, files, project };
}

async function readFile(fileSystem: FileSystem, uri: string, limits: LoadLimits): Promise<LoadedFile> {
  if (!limits.roots.some((root) => isInside(uri, root)))
    return { problem: 'lies outside the folders that may be read' };
  const text = await fileSystem.read(uri);
  if (text === undefined) return { problem: 'cannot be read' };
  return text.length > (limits.size ?? MAX_SIZE) ? { problem: 'is too large' } : { text };
}
