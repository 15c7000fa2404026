/** Which Compose project each of the files belongs to, so that every service is judged over all of its files. */
import { fileURLToPath } from 'node:url';
import { type OpenOptions, openDocument } from '../documents/open.js';
import { buildOptions, stagesOf } from '../engine/builds.js';
import {
  type LoadedProject,
  loadProject,
  openMember,
  templatesIn,
  withTemplates,
  withText,
} from '../engine/project.js';
import type { Stage } from '../model/build.js';
import type { ContainerSpec } from '../model/container.js';
import type { ContainerDocument, DocumentKind } from '../model/document.js';
import { diskFiles, rootsOf, uriOf } from './disk.js';
import { type FoundFile, shownPath } from './files.js';
import { entriesAround, readNeighbours } from './neighbours.js';
import { readText } from './read-file.js';

/** A file, and the project in which it is looked at. */
export interface Opened {
  readonly document: ContainerDocument;
  readonly stageOf?: (container: ContainerSpec) => Stage | undefined;
}

export interface Projects {
  /**
   * Opens a file with the text given: as a part of its project when it has one. `others` are newer texts of other
   * files, by URI.
   */
  open(file: FoundFile, text: string, others?: ReadonlyMap<string, string>): Opened;
  /** URIs of the files on which what a file says depends, itself included. */
  around(file: FoundFile): ReadonlySet<string>;
  /**
   * What else the given files are made of: overrides, included and extended files. A file is listed once for each
   * project that says something about it which its own project does not.
   */
  readonly members: readonly { readonly file: FoundFile; open(): Opened | undefined }[];
}

/** `named` are absolute paths that make one project, in this order, as Compose's `-f` does. */
export async function loadProjects(
  files: readonly FoundFile[],
  named: readonly string[],
  cwd: string,
): Promise<Projects> {
  const compose = files.flatMap((file) =>
    file.kind === 'compose' && file.absolute !== undefined
      ? [{ ...file, absolute: file.absolute, uri: uriOf(file.absolute) }]
      : [],
  );
  const disk = diskFiles(new Map(compose.map(({ uri, text }) => [uri, text])));
  const order = named.map(uriOf);
  const load = (path: string) => {
    const uri = uriOf(path);
    const request = { entry: uri, buildFiles: true, valueFiles: true };
    const roots = rootsOf(path, cwd);
    const named = order.includes(uri) ? { named: order } : {};
    return loadProject(disk.within(roots), { ...request, ...named }, { roots });
  };
  const loaded = new Map<string, LoadedProject>();
  for (const path of [...compose.map(({ absolute }) => absolute), ...entriesAround(files, cwd)])
    if (!loaded.has(uriOf(path))) loaded.set(uriOf(path), await load(path));
  markTemplates(loaded);
  const judged = judgingProjects(loaded);
  const asked = new Set(compose.map(({ uri }) => uri));
  return {
    open: (file, text, others) => openFile(file, text, { judged, others, cwd }),
    around: ({ absolute }) =>
      new Set(absolute === undefined ? [] : judged.get(uriOf(absolute))?.files.keys()),
    members: otherMembers(new Map([...loaded].filter(([uri]) => asked.has(uri))), judged, cwd),
  };
}

/** Tells the projects of files by themselves which of their services others are made of. */
function markTemplates(own: Map<string, LoadedProject>): void {
  const templates = new Map<string, Set<string>>();
  for (const [entry, loaded] of own) {
    if (loaded.project.files[0] !== entry) continue;
    for (const uri of loaded.project.members.keys())
      if (own.get(uri)?.project.files.length === 1)
        for (const name of templatesIn(loaded, uri))
          templates.set(uri, (templates.get(uri) ?? new Set()).add(name));
  }
  for (const [uri, names] of templates) {
    const loaded = own.get(uri);
    if (loaded) own.set(uri, withTemplates(loaded, names));
  }
}

/** By file: its own project, or the one that includes it. */
function judgingProjects(own: ReadonlyMap<string, LoadedProject>): ReadonlyMap<string, LoadedProject> {
  const judged = new Map(own);
  for (const [uri, loaded] of own) {
    if (loaded.project.files[0] !== uri) continue;
    for (const [member, { role }] of loaded.project.members)
      if (member !== uri && role === 'include' && judged.get(member) === own.get(member))
        judged.set(member, loaded);
  }
  return judged;
}

interface Opening {
  readonly judged: ReadonlyMap<string, LoadedProject>;
  readonly others?: ReadonlyMap<string, string> | undefined;
  readonly cwd: string;
}

function openFile(file: FoundFile, text: string, { judged, others, cwd }: Opening): Opened {
  const uri = file.absolute === undefined ? undefined : uriOf(file.absolute);
  const neighbours = readNeighbours(file.absolute, file.kind, cwd);
  if (uri !== undefined && file.kind === 'dockerfile')
    return { document: openDocument(text, 'dockerfile', { ...neighbours, ...usesOf(uri, judged) }) };
  const loaded = uri === undefined ? undefined : judged.get(uri);
  const opened = uri === undefined || loaded === undefined ? undefined : openIn(loaded, uri, text, others);
  return opened ?? { document: openDocument(text, file.kind, neighbours) };
}

function openIn(
  loaded: LoadedProject,
  uri: string,
  text: string,
  others?: ReadonlyMap<string, string>,
): Opened | undefined {
  const current = withText(loaded, uri, text, others);
  const document = openMember(current, uri);
  return document && { document, stageOf: stagesOf(current) };
}

/** What the projects build of a Dockerfile. */
function usesOf(uri: string, judged: ReadonlyMap<string, LoadedProject>): OpenOptions {
  const options = [...new Set(judged.values())].flatMap((loaded) => {
    const uses = loaded.project.builds.filter(
      ({ dockerfile }) => 'uri' in dockerfile && dockerfile.uri === uri,
    );
    return uses.length === 0 ? [] : [buildOptions(loaded, uses)];
  });
  const [first, ...others] = options;
  if (first === undefined) return {};
  // Several projects: what they agree on is left to the file itself.
  if (others.length === 0) return first;
  return {
    targets: options.flatMap((one) => one.targets ?? []),
    usedBy: options.flatMap((one) => one.usedBy ?? []),
  };
}

function otherMembers(
  own: ReadonlyMap<string, LoadedProject>,
  judged: ReadonlyMap<string, LoadedProject>,
  cwd: string,
): Projects['members'] {
  const listed = new Set<string>();
  return [...own].flatMap(([entry, loaded]) => {
    if (loaded.project.files[0] !== entry || judged.get(entry) !== loaded) return [];
    return [...loaded.project.members].flatMap(([uri, { role }]) => {
      const isSaid = uri === entry || (role !== 'extends' && (own.has(uri) || listed.has(uri)));
      const file = isSaid ? undefined : fileAt(uri, 'compose', cwd);
      if (file === undefined) return [];
      listed.add(uri);
      return [{ file, open: () => openIn(loaded, uri, file.text) }];
    });
  });
}

/** A file that a project refers to; undefined when it cannot be read. */
export function fileAt(uri: string, kind: DocumentKind, cwd: string): FoundFile | undefined {
  if (!uri.startsWith('file:')) return undefined;
  const absolute = fileURLToPath(uri);
  const content = readText(absolute);
  if ('problem' in content) return undefined;
  return { path: shownPath(absolute, cwd, false), absolute, kind, ...content, isStdin: false };
}
