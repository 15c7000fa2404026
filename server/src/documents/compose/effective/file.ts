/** One Compose file -> its YAML documents merged onto what came before, in Compose's own order of steps. */
import { say } from '../../../l10n/message.js';
import { oncePer } from '../../../model/once-per.js';
import type { Origin } from '../../../model/setting.js';
import type { ConfigMap, ConfigNode } from '../config-node.js';
import { isNull } from '../config-node.js';
import type { YamlTree } from '../../../syntax/yaml/tree.js';
import { inFile } from '../../../text/span.js';
import { type ResolveOptions, resolveYaml } from '../resolve.js';
import { extendServices } from './extends.js';
import { includeResources } from './include.js';
import { type FileRole, type Load, report, reportTooLarge, wanted } from './load.js';
import { mergeMaps } from './merge.js';
import { mapOf, type Path } from './nodes.js';
import { collectTags, deletePaths, usesTags } from './tags.js';
import type { Variables } from './variables.js';

/** How a file is to be read. */
export interface Reading {
  readonly uri: string;
  readonly role: FileRole;
  /** Relative paths in the file start here. */
  readonly folder: string;
  /** The folder of the whole project. */
  readonly project: string;
  readonly variables: Variables;
  readonly origin: Origin | undefined;
  /** The files through which it was reached by `include`. */
  readonly chain: readonly string[];
}

/** One YAML document, and the keys it takes away from earlier ones. */
export interface Part {
  readonly config: ConfigMap;
  readonly deletes: readonly Path[];
}

/** The parts of a file; undefined when its text is not at hand. */
export function readParts(load: Load, reading: Reading): readonly Part[] | undefined {
  const file = wanted(load, reading.uri);
  if (file === undefined || 'problem' in file) return undefined;
  const tree = load.memory.parse(reading.uri, file.text);
  if (!load.members.has(reading.uri))
    load.members.set(reading.uri, {
      role: reading.role,
      text: file.text,
      variables: reading.variables,
      tree,
    });
  const { variables, origin } = reading;
  const options = {
    lookup: (name: string) => variables.get(name),
    file: reading.uri === load.document ? undefined : reading.uri,
    folder: reading.folder === reading.project ? undefined : reading.folder,
    origin,
  };
  if (tree.excessive) reportTooLarge(load, inFile(tree.excessive, options.file));
  const read = () => tree.documents.flatMap((document) => partsOf(load, document, options));
  // Some trees are reported while they are read, which must be done each time.
  if (!isQuiet(tree)) return read();
  const { file: place, folder } = options;
  return load.memory.parts(tree, JSON.stringify([place, folder, origin, [...variables]]), read);
}

const isQuiet = oncePer(({ documents }: YamlTree) =>
  documents.every(({ root }) => root?.kind === 'map' && !usesTags(root)),
);

function partsOf(
  load: Load,
  { root }: YamlTree['documents'][number],
  options: ResolveOptions,
): readonly Part[] {
  if (root === undefined) return [];
  const config = resolveYaml(root, options);
  if (!usesTags(root)) return asPart(load, config, []);
  const { node, deletes } = collectTags(load, config);
  return node === undefined ? [] : asPart(load, node, deletes);
}

function asPart(load: Load, config: ConfigNode, deletes: readonly Path[]): readonly Part[] {
  if (config.kind === 'map') return [{ config, deletes }];
  if (!isNull(config))
    report(load, {
      at: { ...config.place, end: config.place.start },
      message: say`a Compose file is a mapping at its top`,
      kind: 'error',
    });
  return [];
}

/** `before` with everything the file says merged onto it. */
export function loadFile(load: Load, reading: Reading, before: ConfigMap | undefined): ConfigMap | undefined {
  let result = before;
  for (const part of readParts(load, reading) ?? []) {
    const included = includeResources(load, part, reading);
    const rest = result && deletePaths(result, part.deletes);
    const own = extendServices(load, { config: included, deletes: part.deletes }, reading);
    result = rest === undefined ? own : mergeMaps(load, rest, own, []);
  }
  return result;
}

/** All documents of a file, without `include` and `extends`: what another file may extend. */
export function loadPlain(load: Load, reading: Reading): Part | undefined {
  const parts = readParts(load, reading);
  if (parts === undefined) return undefined;
  const config = parts.reduce<ConfigMap | undefined>(
    (result, part) =>
      result === undefined
        ? part.config
        : mergeMaps(load, deletePaths(result, part.deletes), part.config, []),
    undefined,
  );
  return {
    config: config ?? mapOf({ start: 0, end: 0 }, []),
    deletes: parts.flatMap((part) => part.deletes),
  };
}
