/** A Compose file, or a whole project -> containers. Broken places cost what stands in them, not the rest. */
import { isSame, say, sentence } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import type { ContainerDocument, DocumentProblem } from '../../model/document.js';
import type { ProjectSpec, ValueFile } from '../../model/project.js';
import { unset } from '../../model/setting.js';
import type { YamlNode, YamlPair, YamlTree } from '../../syntax/yaml/tree.js';
import { once } from '../../text/once.js';
import { type SourceText, sourceText } from '../../text/source-text.js';
import type { Place } from '../../text/span.js';
import { readComments } from './comments.js';
import { type ConfigEntry, type ConfigNode, child, entriesOf } from './config-node.js';
import { serviceEditor } from './edit.js';
import { effectiveProject, type EffectiveProject } from './effective/project.js';
import { textOf } from './effective/identity.js';
import { explainer } from './effective/explain.js';
import type { LoadProblem } from './effective/load.js';
import type { FurtherFile } from './edit-shadows.js';
import { findService, furtherFile, keyOf, ownParts, type OwnPart, sectionOf } from './own-file.js';
import { projectEditor } from './project-edit.js';
import { resolveYaml } from './resolve.js';
import { keySetting, readNetwork, readSecret, readVolume } from './resources.js';
import { readService, withMounts } from './service.js';
import { fieldKeys, hasDeployLimits, hasOwnLimits, isForSwarm, unknownToSwarm } from './spelling.js';
import { readText } from './values.js';

export interface ComposeOptions {
  /** Values of the .env files in force; never the ambient shell. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** One file by itself; what it takes from other files is unknown. */
export function readCompose(source: SourceText, { environment }: ComposeOptions = {}): ContainerDocument {
  const uri = 'file:///compose.yaml';
  const project = effectiveProject(
    { entry: uri, alone: environment ?? new Map() },
    new Map([[uri, { text: source.text }]]),
  );
  return readTree(source, project.memory.parse(uri, source.text), project);
}

/**
 * The project as seen from one of its files, `project.document`: all its services, problems and edits of that file.
 * Undefined when the file has no part in the project. `valueFiles`: what is known of files that it names.
 */
export function readProject(
  project: EffectiveProject,
  text: string,
  valueFiles: readonly ValueFile[] = [],
): ContainerDocument | undefined {
  const member = project.members.get(project.document);
  return member && readTree(sourceText(text), member.tree, project, valueFiles);
}

function readTree(
  source: SourceText,
  tree: YamlTree,
  project: EffectiveProject,
  valueFiles: readonly ValueFile[] = [],
): ContainerDocument {
  const parts = ownParts(source, tree, project.extended);
  const containers = readContainers(project, parts);
  const comments = readComments(source, tree);
  const explain = once(() =>
    explainer(
      project,
      parts.map(({ root }) => root),
    ),
  );
  return {
    kind: 'compose',
    source,
    containers,
    builds: [],
    project: readProjectSpec(project, parts, containers, valueFiles),
    daemon: undefined,
    problems: [
      ...ownProblems(source, tree),
      ...loadProblems(source, project),
      ...unreadServices(containers, project.problems),
    ],
    get comments() {
      return comments.spans;
    },
    sections: parts.flatMap((part) => part.services.map(sectionOf)),
    effectiveAt: (offset) => explain()(offset),
    commentLineAbove: comments.lineAbove,
  };
}

const NOTHING: ConfigNode = {
  kind: 'map',
  place: { start: 0, end: 0 },
  entries: new Map(),
  incomplete: [],
};

function readContainers(
  { config, variables, fragments, templates, extended, members, memory }: EffectiveProject,
  parts: readonly OwnPart[],
): readonly ContainerSpec[] {
  const services = entriesOf(child(config, 'services'));
  const forSwarm = once(() => services.some((entry) => isForSwarm(entry.value)));
  const prefersDeploy = once(() => {
    if (forSwarm()) return true;
    const deploy = services.filter((entry) => hasDeployLimits(entry.value)).length;
    return deploy > services.filter((entry) => hasOwnLimits(entry.value)).length;
  });
  const volumes = entriesOf(child(config, 'volumes')).map(readVolume);
  const further = new Map<string, FurtherFile | undefined>();
  const furtherOf = (uri: string) => {
    const member = members.get(uri);
    if (!further.has(uri)) further.set(uri, member && furtherFile(member.text, member.tree));
    return further.get(uri);
  };
  const bases = new Map<string, Place[]>();
  for (const { service, base } of extended) bases.set(service, [...(bases.get(service) ?? []), base]);
  const context = {
    volumes: new Map(volumes.map((volume) => [volume.name, volume])),
    fragments,
    templates,
    basesOf: (name: string) => bases.get(name) ?? [],
    get prefersDeploy() {
      return prefersDeploy();
    },
    editor: (entry: ConfigEntry) => {
      const found = findService(parts, entry.key, entry.keyPlace, bases.get(entry.key) ?? []);
      const own = once(() =>
        found ? resolveYaml(found.pair.value, { lookup: (name) => variables.get(name) }) : NOTHING,
      );
      return (
        found?.part &&
        serviceEditor({
          name: entry.key,
          file: found.part.file,
          root: found.part.root,
          pair: found.pair,
          node: entry.value,
          get own() {
            return own();
          },
          keys: fieldKeys(entry.value, prefersDeploy()),
          unwritable: forSwarm() ? unknownToSwarm(textOf(child(config, 'version'))) : new Set(),
          slots: found.part.slots,
          sharing: found.part.sharing,
          further: furtherOf,
        })
      );
    },
  };
  return services.map((entry) => {
    const isOutside = entry.keyPlace.file !== undefined && context.basesOf(entry.key).length === 0;
    if (!isOutside || context.editor(entry) !== undefined) return readService(entry, context);
    const question = `${fragments} ${templates.has(entry.key)} ${prefersDeploy()}`;
    const kept = memory.service(entry, question, () => readService(entry, context));
    return kept.mounts.length === 0 ? kept : withMounts(kept, entry, context);
  });
}

function readProjectSpec(
  { config, variables }: EffectiveProject,
  [part]: readonly OwnPart[],
  containers: readonly ContainerSpec[],
  valueFiles: readonly ValueFile[],
): ProjectSpec | undefined {
  if (part === undefined) return undefined;
  const start = { start: part.root.span.start, end: part.root.span.start };
  const own = resolveYaml(part.root, { lookup: (name) => variables.get(name) });
  return {
    name: readText(child(config, 'name'), unset(start)),
    // Each file has its own, and none of them counts.
    version: keySetting(own, 'version'),
    forSwarm: entriesOf(child(config, 'services')).some((entry) => isForSwarm(entry.value)),
    containers,
    networks: entriesOf(child(config, 'networks')).map(readNetwork),
    volumes: entriesOf(child(config, 'volumes')).map(readVolume),
    secrets: entriesOf(child(config, 'secrets')).map(readSecret),
    servicesKey: part.root.pairs.find((pair) => keyOf(pair) === 'services')?.key.span,
    valueFiles,
    edit: projectEditor(part.file, part.root, part.slots),
  };
}

/** What is wrong with the text itself. */
function ownProblems(source: SourceText, tree: YamlTree): readonly DocumentProblem[] {
  const problems: DocumentProblem[] = tree.problems.map(({ at, message }) => ({
    at,
    message,
    kind: 'syntax',
  }));
  if (!tree.complete) {
    problems.push({
      at: firstLine(source),
      message: say`This file could not be read to its end`,
      kind: 'incomplete',
    });
  }
  for (const { root } of tree.documents) if (root) reportDuplicates(root, problems);
  const old = oldService(tree);
  if (old)
    problems.push({
      at: old.key.span,
      message: say`Nothing was looked at: services stand below \`services\` since Compose 2, which refuses this file`,
      kind: 'syntax',
    });
  return problems;
}

/** Services at the top of a file without `services`: the first format, which only Compose 1 could read. */
function oldService(tree: YamlTree): YamlPair | undefined {
  const pairs = tree.documents.flatMap(({ root }) => (root?.kind === 'map' ? root.pairs : []));
  if (pairs.some((pair) => ['services', 'include'].includes(keyOf(pair) ?? ''))) return undefined;
  return pairs.find(
    ({ key, value }) =>
      !(key.kind === 'scalar' && key.value.startsWith('x-')) &&
      value.kind === 'map' &&
      value.pairs.some((part) => ['image', 'build'].includes(keyOf(part) ?? '')),
  );
}

/** Compose refuses a mapping with a key twice; the first one keeps its findings. */
function reportDuplicates(node: YamlNode, problems: DocumentProblem[]): void {
  if (node.kind === 'seq') for (const item of node.items) reportDuplicates(item, problems);
  if (node.kind !== 'map') return;
  const seen = new Set<string>();
  for (const pair of node.pairs) {
    const key = keyOf(pair);
    if (key !== undefined && seen.has(key)) {
      problems.push({
        at: pair.key.span,
        message: say`\`${key}\` is written twice in this mapping; Compose refuses the file`,
        kind: 'syntax',
      });
    }
    if (key !== undefined) seen.add(key);
    reportDuplicates(pair.value, problems);
  }
}

/** What went wrong while the files were put together, as far as it stands in this one. */
function loadProblems(source: SourceText, { problems, document, files }: EffectiveProject) {
  return problems.flatMap(({ at, message, kind }): DocumentProblem[] => {
    if (kind !== 'error' && kind !== 'incomplete') return [];
    const isHere = at === undefined ? document === files[0] : at.file === undefined;
    if (!isHere) return [];
    return [
      {
        at: at ?? firstLine(source),
        message: sentence(message),
        kind: kind === 'error' ? 'syntax' : 'incomplete',
      },
    ];
  });
}

/** A service that could not be resolved to its end is judged only by what was read, and the file says so. */
function unreadServices(
  containers: readonly ContainerSpec[],
  known: readonly LoadProblem[],
): readonly DocumentProblem[] {
  return containers.flatMap(({ incomplete: [reason], name, namePlace }): DocumentProblem[] => {
    const isSaid = reason !== undefined && known.some(({ message }) => isSame(message, reason));
    if (reason === undefined || isSaid || namePlace.file !== undefined) return [];
    return [{ at: namePlace, message: say`${name} was not read completely: ${reason}`, kind: 'incomplete' }];
  });
}

function firstLine(source: SourceText) {
  return source.lineSpan(0);
}
