/**
 * What lies around an open document and decides what it means: the other files of its Compose project, the Dockerfiles
 * that it builds, `.env`, `.dockerignore`. Open documents come before the disk. Loaded once for a document, and again
 * when one of the files changes.
 */
import { MAIN_NAMES } from '../documents/compose/effective/discover.js';
import { type ProjectMemory, projectMemory } from '../documents/compose/effective/memory.js';
import { folderOf, isInside, relativePath, resolvePath } from '../documents/compose/effective/uri.js';
import type { ScriptMemory } from '../documents/dockerfile/script-memory.js';
import { type OpenOptions, openDocument } from '../documents/open.js';
import { buildOptions, stagesOf } from '../engine/builds.js';
import type { ProjectRequest } from '../documents/compose/effective/project.js';
import {
  type FileText,
  type LoadedProject,
  loadProject,
  openMember,
  templatesIn,
  UNREADABLE,
  withTemplates,
  withText,
} from '../engine/project.js';
import type { Stage } from '../model/build.js';
import type { ContainerSpec } from '../model/container.js';
import type { ContainerDocument, DocumentKind } from '../model/document.js';

export interface RootedFileSystem {
  /** Whether something can be read around a file at all: not around an untitled one. */
  covers(uri: string): boolean;
  /** Reads a file that lies in one of the folders; what lies elsewhere is unreadable. Never rejects. */
  read(uri: string, folders: readonly string[]): Promise<FileText>;
}

/** A document and what its project says about it. */
export interface OpenedDocument {
  readonly document: ContainerDocument;
  readonly stageOf?: (container: ContainerSpec) => Stage | undefined;
}

export interface OpenMore {
  /** Newer texts of other files, by URI. */
  readonly others?: ReadonlyMap<string, string> | undefined;
  /** Of the readings of earlier versions of the document. */
  readonly scripts?: ScriptMemory | undefined;
}

/** The surroundings of one document as they were at one time; never changes. */
export interface Neighbours {
  /** Opens a text as if it stood in the document. */
  open(text: string, kind: DocumentKind, more?: OpenMore): OpenedDocument;
  /** A file that was read for it; undefined for one that was not. */
  other(uri: string): OtherFile | undefined;
}

export interface OtherFile {
  readonly text: string;
  /** Of a document that is open; null for a file on the disk. */
  readonly version: number | null;
}

export interface NeighbourHost {
  readonly files: RootedFileSystem | undefined;
  /** A document that is open in the editor. */
  openFile(uri: string): { readonly text: string; readonly version: number } | undefined;
  folders(): readonly string[];
  /** A text was opened that refers to files nobody has loaded yet: the document wants another look. */
  outdated(uri: string): void;
}

export interface WholeProject {
  readonly loaded: Promise<LoadedProject>;
  /** URIs that were read, or looked for; grows while it is loaded. */
  readonly asked: ReadonlySet<string>;
}

interface Kept {
  readonly neighbours: Promise<Neighbours>;
  /** URIs that were read, or looked for. */
  readonly asked: Set<string>;
  readonly composeFiles: readonly string[];
}

export interface DocumentAround {
  readonly uri: string;
  readonly kind: DocumentKind;
  readonly text: string;
}

export interface NeighbourStore {
  /**
   * Undefined where nothing around the document can be read. `composeFiles` are those that the user has named as one
   * project, relative to the open folder.
   */
  of(document: DocumentAround, composeFiles: readonly string[]): Promise<Neighbours> | undefined;
  /** The project of a Compose file with all that decides its values; nothing of it is kept. */
  whole(document: DocumentAround, composeFiles: readonly string[]): WholeProject | undefined;
  /** Forgets what was built on these files; tells which open documents that concerns. */
  changed(uris: readonly string[]): readonly string[];
  forget(uri: string): void;
}

export function neighbourStore(host: NeighbourHost): NeighbourStore {
  const kept = new Map<string, Kept>();
  // Shared by all documents: what is typed in one of them changes one file of the projects of the others.
  const memory = projectMemory();
  const inUse = () => new Set([...kept].flatMap(([uri, { asked }]) => [uri, ...asked]));
  return {
    of({ uri, kind, text }, composeFiles) {
      const { files } = host;
      if (files === undefined || !files.covers(uri)) return undefined;
      let known = kept.get(uri);
      if (known === undefined || known.composeFiles.join('\n') !== composeFiles.join('\n')) {
        const asked = new Set<string>();
        const outdated = () => {
          if (kept.get(uri) !== known) return;
          kept.delete(uri);
          host.outdated(uri);
        };
        const versions = new Map<string, number | null>();
        const loading = { uri, kind, text, composeFiles, asked, versions, files, host, memory, outdated };
        known = { asked, composeFiles, neighbours: load(loading) };
        kept.set(uri, known);
      }
      return known.neighbours;
    },
    whole({ uri, kind, text }, composeFiles) {
      const { files } = host;
      if (files === undefined || kind !== 'compose') return undefined;
      const [asked, versions] = [new Set<string>(), new Map<string, number | null>()];
      const own = { memory: projectMemory(), outdated: () => undefined };
      const loading = { uri, kind, text, composeFiles, asked, versions, files, host, ...own };
      return { asked, loaded: judgingProject(loading, { serviceFiles: true }) };
    },
    changed(uris) {
      const concerned = [...kept].filter(([uri, { asked }]) =>
        uris.some((one) => one !== uri && asked.has(one)),
      );
      for (const [uri] of concerned) kept.delete(uri);
      return concerned.map(([uri]) => uri);
    },
    forget(uri) {
      kept.delete(uri);
      memory.keepOnly(inUse());
    },
  };
}

interface Loading extends DocumentAround {
  readonly composeFiles: readonly string[];
  readonly asked: Set<string>;
  /** Versions of the open documents that were read. */
  readonly versions: Map<string, number | null>;
  readonly files: RootedFileSystem;
  readonly host: NeighbourHost;
  readonly memory: ProjectMemory;
  outdated(): void;
}

function load(loading: Loading): Promise<Neighbours> {
  return loading.kind === 'compose' ? loadCompose(loading) : loadDockerfile(loading);
}

/** The folders that a document may draw from: the open one that holds it, or its own. */
function rootsOf({ uri, host }: Loading): readonly string[] {
  const holding = host.folders().filter((folder) => isInside(uri, folder));
  return holding.length > 0 ? holding : [folderOf(uri)];
}

function read(loading: Loading, uri: string, roots: readonly string[]): Promise<FileText> {
  loading.asked.add(uri);
  const open = uri === loading.uri ? { text: loading.text, version: null } : loading.host.openFile(uri);
  if (open === undefined) return loading.files.read(uri, roots);
  loading.versions.set(uri, open.version);
  return Promise.resolve(open.text);
}

/** The other files of a project that was loaded. */
function othersOf(loaded: LoadedProject | undefined, { versions }: Loading): Neighbours['other'] {
  return (uri) => {
    const file = loaded?.files.get(uri);
    return file && 'text' in file ? { text: file.text, version: versions.get(uri) ?? null } : undefined;
  };
}

function project(
  loading: Loading,
  entry: string,
  more: Pick<ProjectRequest, 'serviceFiles'> = {},
): Promise<LoadedProject> {
  const roots = rootsOf(loading);
  const named = namedFiles(loading);
  const { memory } = loading;
  const request = {
    entry,
    buildFiles: true,
    valueFiles: true,
    ...more,
    memory,
    ...(named.includes(entry) && { named }),
  };
  return loadProject({ read: (uri) => read(loading, uri, roots) }, request, { roots });
}

/** The files of the setting as URIs. */
function namedFiles(loading: Loading): readonly string[] {
  const [folder] = rootsOf(loading);
  if (folder === undefined) return [];
  return loading.composeFiles.flatMap((path) => resolvePath(folder, path) ?? []);
}

/** The project of a Compose file: the one that includes it, as it will run with it, otherwise its own. */
async function judgingProject(
  loading: Loading,
  more: Pick<ProjectRequest, 'serviceFiles'> = {},
): Promise<LoadedProject> {
  const own = await project(loading, loading.uri, more);
  // An override, or one of several files that are named together.
  if (own.project.files[0] !== loading.uri) return own;
  const templates = new Set<string>();
  for (const entry of await entriesAround(loading)) {
    const other = await project(loading, entry, more);
    if (other.project.members.get(loading.uri)?.role === 'include') return other;
    for (const name of templatesIn(other, loading.uri)) templates.add(name);
  }
  return templates.size === 0 ? own : withTemplates(own, templates);
}

/** Other projects that may include a file: the one that the user has named, those beside and above it. */
async function entriesAround(loading: Loading): Promise<readonly string[]> {
  const roots = rootsOf(loading);
  const folders = await Promise.all(
    foldersUpTo(loading.uri, roots).map(async (folder) => {
      const entries = MAIN_NAMES.map((name) => `${folder}/${name}`);
      const texts = await Promise.all(entries.map((entry) => read(loading, entry, roots)));
      return entries.find((_, index) => typeof texts[index] === 'string');
    }),
  );
  const found = [namedFiles(loading)[0], ...folders];
  return found.flatMap((entry) => (entry === undefined || entry === loading.uri ? [] : [entry]));
}

async function loadCompose(loading: Loading): Promise<Neighbours> {
  const loaded = await judgingProject(loading);
  return {
    open(text, kind, { others } = {}) {
      const current = withText(loaded, loading.uri, text, others);
      if (current.project.needs.length > 0) loading.outdated();
      const document = kind === 'compose' ? openMember(current, loading.uri) : undefined;
      return document ? { document, stageOf: stagesOf(current) } : { document: openDocument(text, kind) };
    },
    other: othersOf(loaded, loading),
  };
}

async function loadDockerfile(loading: Loading): Promise<Neighbours> {
  const used = await usesNearby(loading);
  const options = used?.options ?? (await ignoreFile(loading));
  return {
    open: (text, kind, { scripts } = {}) => ({
      document: openDocument(text, kind, kind === 'dockerfile' ? { ...options, scripts } : {}),
    }),
    other: othersOf(used?.loaded, loading),
  };
}

interface Uses {
  readonly options: OpenOptions;
  readonly loaded: LoadedProject | undefined;
}

/** How the Compose project beside or above a Dockerfile builds it; undefined when none does. */
async function usesNearby(loading: Loading): Promise<Uses | undefined> {
  const roots = rootsOf(loading);
  const [named] = namedFiles(loading);
  const first = named === undefined ? undefined : await usesIn(loading, named);
  if (first) return first;
  for (const folder of foldersUpTo(loading.uri, roots)) {
    for (const name of MAIN_NAMES) {
      const entry = `${folder}/${name}`;
      const text = await read(loading, entry, roots);
      if (text === undefined) continue;
      // What it says about this Dockerfile, its context included, nobody knows.
      if (text === UNREADABLE) return { options: {}, loaded: undefined };
      const found = await usesIn(loading, entry);
      if (found) return found;
      break;
    }
  }
  return undefined;
}

async function usesIn(loading: Loading, entry: string): Promise<Uses | undefined> {
  const loaded = await project(loading, entry);
  const uses = loaded.project.builds.filter(
    ({ dockerfile }) => 'uri' in dockerfile && dockerfile.uri === loading.uri,
  );
  return uses.length > 0 ? { options: buildOptions(loaded, uses), loaded } : undefined;
}

/** `Dockerfile.dockerignore`, else the nearest .dockerignore. */
async function ignoreFile(loading: Loading): Promise<OpenOptions> {
  const roots = rootsOf(loading);
  const candidates = [
    `${loading.uri}.dockerignore`,
    ...foldersUpTo(loading.uri, roots).map((folder) => `${folder}/.dockerignore`),
  ];
  for (const uri of candidates) {
    const text = await read(loading, uri, roots);
    if (text === UNREADABLE) return {};
    if (text !== undefined)
      return { dockerignore: text, dockerignorePath: relativePath(folderOf(loading.uri), uri) };
  }
  return { dockerignore: null };
}

/** The folder of a file and those above it, up to the root that holds it. */
function foldersUpTo(uri: string, roots: readonly string[]): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(uri); roots.some((root) => isInside(folder, root)); folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === folderOf(folder)) break;
  }
  return folders;
}
