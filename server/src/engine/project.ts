/**
 * Loads what a Compose project is made of, through one small port: the hosts bring a file system, everything else is
 * the same in an editor and on the command line. Nothing is written, nothing outside the given folders is read.
 */
import type { LoadedFile } from '../documents/compose/effective/load.js';
import { projectMemory } from '../documents/compose/effective/memory.js';
import {
  type EffectiveProject,
  effectiveProject,
  type ProjectRequest,
} from '../documents/compose/effective/project.js';
import { MAIN_NAMES } from '../documents/compose/effective/discover.js';
import { baseName, isInside } from '../documents/compose/effective/uri.js';
import { readProject } from '../documents/compose/read.js';
import { say } from '../l10n/message.js';
import type { ContainerDocument } from '../model/document.js';
import { valueFiles } from './value-files.js';

/** Says that something may be there and could not be had, so that nobody knows what it says. */
export const UNREADABLE = Symbol('unreadable');

/** The text of a file; undefined when there is no such file. */
export type FileText = string | undefined | typeof UNREADABLE;

export interface FileSystem {
  /** Never rejects. Open documents come before the disk. */
  read(uri: string): Promise<FileText>;
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

/** A project with all its files at hand; what follows from them is computed when it is asked for. */
export interface LoadedProject {
  readonly request: ProjectRequest;
  readonly files: ReadonlyMap<string, LoadedFile>;
  /** As seen from the entry. */
  readonly project: EffectiveProject;
}

/** Never rejects unless the file system does. */
export async function loadProject(
  fileSystem: FileSystem,
  request: ProjectRequest,
  limits: LoadLimits,
): Promise<LoadedProject> {
  const files = new Map<string, LoadedFile>();
  const cached: ProjectRequest = { memory: projectMemory(), ...request };
  let project = effectiveProject(cached, files);
  for (let round = 0; round < MAX_ROUNDS && project.needs.length > 0; round++) {
    const room = (limits.files ?? MAX_FILES) - files.size;
    await Promise.all(
      project.needs.map(async (uri, index) => {
        const file =
          index < room ? await readFile(fileSystem, uri, limits) : { problem: say`is one file too many` };
        files.set(uri, file);
      }),
    );
    project = effectiveProject(cached, files);
  }
  return { request: cached, files, project };
}

/** The same project as one of its files shows it: places in that file name no file. */
export function seenFrom(loaded: LoadedProject, document: string): EffectiveProject {
  if (loaded.project.document === document) return loaded.project;
  return effectiveProject({ ...loaded.request, document }, loaded.files);
}

/**
 * The project with another text of one file, which keeps what follows from the others; what only the new text refers to
 * is not loaded. `others` are newer texts by URI; those of files that the project does not know mean nothing to it. The
 * same project when nothing is new.
 */
export function withText(
  loaded: LoadedProject,
  uri: string,
  text: string,
  others: ReadonlyMap<string, string> = new Map(),
): LoadedProject {
  const isNew = ([one, content]: readonly [string, string]) => {
    const known = loaded.files.get(one);
    return known === undefined || !('text' in known) || known.text !== content;
  };
  const texts = new Map([...others].filter(([one]) => loaded.files.has(one))).set(uri, text);
  const news = [...texts].filter(isNew);
  if (news.length === 0) return loaded;
  const files = new Map(loaded.files);
  for (const [one, content] of news) files.set(one, { text: content });
  return { request: loaded.request, files, project: effectiveProject(loaded.request, files) };
}

/** One file of a project as a document. Undefined when the file has no part in the project. */
export function openMember(loaded: LoadedProject, uri: string): ContainerDocument | undefined {
  const file = loaded.files.get(uri);
  if (file === undefined || !('text' in file)) return undefined;
  const seen = seenFrom(loaded, uri);
  return readProject(seen, file.text, valueFiles(seen.valueFiles, loaded.files));
}

/**
 * Services of another file that services of this project are made of. A file that Compose finds by its name runs by
 * itself as well: what it lacks is its own affair.
 */
export function templatesIn({ project }: LoadedProject, uri: string): ReadonlySet<string> {
  if (project.members.get(uri)?.role !== 'extends' || MAIN_NAMES.includes(baseName(uri))) return new Set();
  const used = project.extended.filter(({ base }) => (base.file ?? project.document) === uri);
  return new Set(used.map(({ name }) => name));
}

/** The same project, of which these services only serve others to be made of. */
export function withTemplates(loaded: LoadedProject, templates: ReadonlySet<string>): LoadedProject {
  const request = { ...loaded.request, templates };
  return { request, files: loaded.files, project: effectiveProject(request, loaded.files) };
}

async function readFile(fileSystem: FileSystem, uri: string, limits: LoadLimits): Promise<LoadedFile> {
  if (!limits.roots.some((root) => isInside(uri, root)))
    return { problem: say`lies outside the folders that may be read` };
  const text = await fileSystem.read(uri);
  if (text === undefined) return { problem: say`cannot be read`, absent: true };
  if (text === UNREADABLE) return { problem: say`cannot be read` };
  return text.length > (limits.size ?? MAX_SIZE) ? { problem: say`is too large` } : { text };
}
