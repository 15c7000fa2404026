/**
 * Files -> the one configuration that Compose would start from, every value with the file and place where it is
 * written. A pure function of the texts at hand: what else it would need is said in `needs`, and the host asks again.
 */
import { type Message, say } from '../../../l10n/message.js';
import { child, type ConfigMap } from '../config-node.js';
import { resolveYaml } from '../resolve.js';
import { type BuildUse, buildsOf, ignoreFiles, type UnreadBuild, withFileThere } from './builds.js';
import { discover, type Discovered, unreadBeside } from './discover.js';
import { readServiceFiles } from './env-files.js';
import { loadFile, type Reading } from './file.js';
import { textOf } from './identity.js';
import {
  type Extended,
  type Load,
  type LoadedFiles,
  type LoadProblem,
  MAX_VISITS,
  type Member,
  report,
  wanted,
} from './load.js';
import { type ProjectMemory, projectMemory } from './memory.js';
import { mapOf, withEntries, withIncomplete } from './nodes.js';
import { activeProfiles } from './profiles.js';
import { baseName, folderOf } from './uri.js';
import { type ValueFileUse, valueFilesOf } from './value-files.js';
import type { Variables } from './variables.js';

export interface ProjectRequest {
  /** URI of a file of the project. */
  readonly entry: string;
  /** The document under analysis, to which places without a file belong; the entry when left out. */
  readonly document?: string;
  /** Only the entry, with these values of variables: nothing else is looked for. */
  readonly alone?: Variables;
  /** Exactly these files, in this order, as with `-f`. */
  readonly named?: readonly string[];
  /** What is known from before; nothing when left out. */
  readonly memory?: ProjectMemory;
  /** The project's name, when it is given. */
  readonly name?: string;
  /** Profiles to activate; without any, `COMPOSE_PROFILES` counts. */
  readonly profiles?: readonly string[];
  /** Services named on the command line: their profiles become active. */
  readonly services?: readonly string[];
  /** Services of the entry that only serve others to be made of: what they lack, those may have. */
  readonly templates?: ReadonlySet<string>;
  /** Reads the files of `env_file` and `label_file` as well. */
  readonly serviceFiles?: boolean;
  /** Reads the Dockerfiles that services are built from as well, and what is left out of their contexts. */
  readonly buildFiles?: boolean;
  /** Looks for files that hold values of containers, and for what Git leaves out. */
  readonly valueFiles?: boolean;
}

export interface EffectiveProject {
  readonly document: string;
  readonly name: string;
  /** URI of the folder that relative paths start from. */
  readonly folder: string;
  /** The files that were named or found, in the order of merging. */
  readonly files: readonly string[];
  /** All files that have a part in it, those included and extended as well. */
  readonly members: ReadonlyMap<string, Member>;
  readonly config: ConfigMap;
  readonly variables: Variables;
  /** Active profiles. */
  readonly active: ReadonlySet<string>;
  readonly extended: readonly Extended[];
  readonly builds: readonly BuildUse[];
  /** Builds whose files lie elsewhere or cannot be told. */
  readonly unreadBuilds: readonly UnreadBuild[];
  readonly valueFiles: readonly ValueFileUse[];
  /** Services without image are parts of services that another file defines. */
  readonly fragments: boolean;
  /** Services that only serve others to be made of. */
  readonly templates: ReadonlySet<string>;
  readonly problems: readonly LoadProblem[];
  /** Files to look for before this can be relied upon. */
  readonly needs: readonly string[];
  readonly memory: ProjectMemory;
}

/** Never throws. */
export function effectiveProject(request: ProjectRequest, files: LoadedFiles): EffectiveProject {
  const document = request.document ?? request.entry;
  const load: Load = {
    files,
    document,
    memory: request.memory ?? projectMemory(),
    needs: new Set(),
    problems: [],
    reported: new Map(),
    members: new Map(),
    extended: [],
    budget: { left: MAX_VISITS },
  };
  const found = request.alone
    ? onlyEntry(request.entry, request.alone)
    : discover(load, request.entry, request.named);
  const name = request.name ?? projectName(load, found.files, found.folder, found.variables);
  const variables = request.alone ?? new Map([...found.variables, ['COMPOSE_PROJECT_NAME', name]]);
  let config: ConfigMap | undefined;
  for (const [index, uri] of found.files.entries()) {
    const file = wanted(load, uri);
    if (file !== undefined && 'problem' in file)
      report(load, { at: undefined, message: say`\`${baseName(uri)}\` ${file.problem}`, kind: 'incomplete' });
    const reading: Reading = {
      uri,
      role: index === 0 ? 'base' : 'override',
      folder: found.folder,
      project: found.folder,
      variables,
      origin: index === 0 ? undefined : { kind: 'override', name: baseName(uri) },
      chain: [],
    };
    config = loadFile(load, reading, config);
  }
  const unread = request.alone ? undefined : unreadBeside(load, found.folder);
  if (config && unread !== undefined) {
    const reason = say`\`${unread}\` cannot be read`;
    report(load, { at: undefined, message: reason, kind: 'incomplete' });
    config = withUnknownServices(config, reason);
  }
  const active = activeProfiles(request, variables, config);
  if (config && request.serviceFiles)
    config = readServiceFiles(load, config, { folder: found.folder, variables, active });
  const merged = config ?? mapOf({ start: 0, end: 0 }, []);
  const written = request.buildFiles ? buildsOf(merged, found.folder, variables) : { known: [], unread: [] };
  const builds = written.known.map((use) => withFileThere(use, load));
  for (const build of builds)
    for (const uri of ['uri' in build.dockerfile ? build.dockerfile.uri : [], ignoreFiles(build)].flat())
      wanted(load, uri);
  const valueFiles = request.valueFiles ? valueFilesOf(load, merged, found.folder) : [];
  return {
    document,
    name,
    folder: found.folder,
    files: found.files,
    members: load.members,
    config: merged,
    variables,
    active,
    extended: load.extended,
    builds,
    unreadBuilds: written.unread,
    valueFiles,
    fragments: found.fragments,
    templates: request.templates ?? new Set(),
    problems: load.problems,
    needs: [...load.needs],
    memory: load.memory,
  };
}

/** What the services do not say may be said in a file that was not read. */
function withUnknownServices(config: ConfigMap, reason: Message): ConfigMap {
  const services = config.entries.get('services');
  if (services?.value.kind !== 'map') return config;
  const entries = new Map(
    [...services.value.entries].map(([name, service]) => [
      name,
      service.value.kind === 'map' ? { ...service, value: withIncomplete(service.value, reason) } : service,
    ]),
  );
  const value = withEntries(services.value, entries);
  return withEntries(config, new Map(config.entries).set('services', { ...services, value }));
}

function onlyEntry(entry: string, variables: Variables): Discovered {
  return { files: [entry], folder: folderOf(entry), variables, fragments: false };
}

/** The variable beats the last `name:`, which beats the folder. */
function projectName(load: Load, files: readonly string[], folder: string, variables: Variables): string {
  const lookup = (name: string) => variables.get(name);
  const names = files.flatMap((uri) => {
    const file = load.files.get(uri);
    if (file === undefined || 'problem' in file) return [];
    return load.memory.parse(uri, file.text).documents.flatMap(({ root }) => {
      const text = root && textOf(child(resolveYaml(root, { lookup }), 'name'));
      return text === undefined || text === '' ? [] : [text];
    });
  });
  return normalName(variables.get('COMPOSE_PROJECT_NAME') || names.at(-1) || baseName(folder));
}

function normalName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
