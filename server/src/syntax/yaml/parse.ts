/** Entry of the YAML reader; JSON is read by it too, being YAML. */
import { buildTree } from './build.js';
import { readTolerantly } from './recover.js';
import type { YamlTree } from './tree.js';

/** Never throws: what cannot be understood is reported in `problems`, and the rest of the text is still in the tree. */
export function parseYaml(text: string): YamlTree {
  const { read, events, toSource, problems, complete } = readTolerantly(text);
  return { ...buildTree(read, events, toSource), problems, complete };
}
