/**
 * What is made of the files of projects and kept while they stay as they are: with each key that is typed, one file of
 * a project changes and all the others do not. Owned by whoever loads projects; every answer is the one that a
 * computation from the texts would give, since whatever it depends on is a part of the question.
 */
import type { ContainerSpec } from '../../../model/container.js';
import { parseYaml } from '../../../syntax/yaml/parse.js';
import type { YamlTree } from '../../../syntax/yaml/tree.js';
import type { Stage } from '../../../model/build.js';
import type { ConfigEntry } from '../config-node.js';
import type { Part } from './file.js';

export interface ProjectMemory {
  parse(uri: string, text: string): YamlTree;
  /** The parts of a tree; `reading` holds everything else that they depend on. */
  parts(tree: YamlTree, reading: string, read: () => readonly Part[]): readonly Part[];
  /**
   * A service of which nothing stands in the document under analysis. Entries never change and are the same while their
   * file is; `context` holds what else the service depends on.
   */
  service(entry: ConfigEntry, context: string, read: () => ContainerSpec): ContainerSpec;
  /** A stage of the Dockerfile at `uri`; `use` holds how it is built. */
  stage(uri: string, text: string, use: string, read: () => Stage | undefined): Stage | undefined;
  /** Forgets what was made of other files than these. */
  keepOnly(uris: ReadonlySet<string>): void;
}

/** Of one tree: a file may be included and extended, and seen from several others in turn. */
const MOST_READINGS = 4;

export function projectMemory(): ProjectMemory {
  const trees = new Map<string, { readonly text: string; readonly tree: YamlTree }>();
  const parts = new WeakMap<YamlTree, Map<string, readonly Part[]>>();
  const services = new WeakMap<ConfigEntry, { readonly context: string; readonly spec: ContainerSpec }>();
  const stages = new Map<string, { readonly text: string; readonly uses: Map<string, Stage | undefined> }>();
  return {
    parse(uri, text) {
      const kept = trees.get(uri);
      if (kept?.text === text) return kept.tree;
      const tree = parseYaml(text);
      trees.set(uri, { text, tree });
      return tree;
    },
    parts(tree, reading, read) {
      const kept = parts.get(tree) ?? new Map<string, readonly Part[]>();
      parts.set(tree, kept);
      const result = kept.get(reading) ?? read();
      kept.set(reading, result);
      const [oldest] = kept.keys();
      if (kept.size > MOST_READINGS && oldest !== undefined) kept.delete(oldest);
      return result;
    },
    service(entry, context, read) {
      const kept = services.get(entry);
      if (kept?.context === context) return kept.spec;
      const spec = read();
      services.set(entry, { context, spec });
      return spec;
    },
    stage(uri, text, use, read) {
      let kept = stages.get(uri);
      if (kept?.text !== text) {
        kept = { text, uses: new Map() };
        stages.set(uri, kept);
      }
      if (!kept.uses.has(use)) kept.uses.set(use, read());
      return kept.uses.get(use);
    },
    keepOnly(uris) {
      for (const uri of trees.keys()) if (!uris.has(uri)) trees.delete(uri);
      for (const uri of stages.keys()) if (!uris.has(uri)) stages.delete(uri);
    },
  };
}
