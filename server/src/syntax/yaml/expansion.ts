/**
 * How much aliases stand for. A few lines of aliases of aliases can mean more nodes than any computer has room for, and
 * a chain of thousands of them more nesting than can be followed: what is beyond any real file is not followed.
 */
import type { YamlNode } from './tree.js';

/** Nodes that all aliases of a document may stand for together; other readers of YAML stop near it too. */
const MAX_NODES = 400_000;
/** Mappings and lists inside each other, anchors followed. */
const MAX_DEPTH = 500;

interface Extent {
  readonly nodes: number;
  readonly depth: number;
}

const LEAF: Extent = { nodes: 1, depth: 1 };

export interface ExpansionMeter {
  /** Whether an alias may stand for this node, besides those that were asked about before. */
  admits(target: YamlNode): boolean;
}

/** One for each document; asked about its aliases in order of writing, so each target is complete. */
export function expansionMeter(): ExpansionMeter {
  const extents = new Map<YamlNode, Extent>();
  let spent = 0;
  return {
    admits(target) {
      const { nodes, depth } = extentOf(target, extents);
      if (depth > MAX_DEPTH || spent + nodes > MAX_NODES) return false;
      spent += nodes;
      return true;
    },
  };
}

/** What stands behind an alias was asked about before, so this goes no deeper than the text is nested. */
function extentOf(node: YamlNode, extents: Map<YamlNode, Extent>): Extent {
  if (node.kind === 'scalar') return LEAF;
  if (node.kind === 'alias') return node.target === undefined ? LEAF : extentOf(node.target, extents);
  const known = extents.get(node);
  if (known !== undefined) return known;
  let nodes = 1;
  let depth = 0;
  for (const part of node.kind === 'seq' ? node.items : node.pairs.map(({ value }) => value)) {
    const extent = extentOf(part, extents);
    nodes += extent.nodes;
    depth = Math.max(depth, extent.depth);
  }
  const extent = { nodes, depth: depth + 1 };
  extents.set(node, extent);
  return extent;
}
