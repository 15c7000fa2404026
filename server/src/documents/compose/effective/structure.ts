/** What is wrong with a file as such: syntax, keys that are there twice, templates that Compose does not understand. */
import { say } from '../../../l10n/message.js';
import type { Message } from '../../../l10n/message.js';
import { coreScalar } from '../../../syntax/yaml/scalar.js';
import type { YamlNode, YamlScalar } from '../../../syntax/yaml/tree.js';
import { inFile } from '../../../text/span.js';
import { interpolate } from '../interpolate.js';
import { isMergeKey, whyUnread } from '../resolve.js';
import type { LoadProblem, Member } from './load.js';

/** `file` is set for a file other than the document under analysis. */
export function structureProblems(
  { tree, variables }: Member,
  file: string | undefined,
): readonly LoadProblem[] {
  const problems: LoadProblem[] = tree.problems.map(({ at, message }) => ({
    at: inFile(at, file),
    message,
    kind: 'error',
  }));
  const add = (at: YamlNode, message: Message, kind: LoadProblem['kind'] = 'error') =>
    problems.push({ at: inFile(at.span, file), message, kind });

  const template = (node: YamlScalar) => {
    if (!node.value.includes('$') || typeof coreScalar(node) !== 'string') return;
    const { error, required } = interpolate(node.value, (name) => variables.get(name));
    if (error !== undefined) add(node, error);
    if (required === undefined) return;
    const { name, message } = required;
    const kind = variables.has(name) ? 'error' : 'environment';
    const missing =
      message === ''
        ? say`the required variable \`${name}\` has no value`
        : say`the required variable \`${name}\` has no value: ${message}`;
    add(node, missing, kind);
  };

  const walk = (node: YamlNode): void => {
    if (node.kind === 'scalar') template(node);
    else if (node.kind === 'seq') node.items.forEach(walk);
    else if (node.kind === 'alias') {
      if (node.target === undefined) add(node, whyUnread(node));
    } else {
      const seen = new Set<string>();
      for (const { key, value } of node.pairs) {
        const text = key.kind === 'scalar' ? key.value : undefined;
        if (text !== undefined && seen.has(text)) add(key, say`\`${text}\` is written twice in this mapping`);
        if (text !== undefined) seen.add(text);
        if (key.kind === 'scalar' && !isMergeKey(key) && typeof coreScalar(key) !== 'string')
          add(key, say`the key \`${key.value}\` must be text: put it in quotes`);
        walk(value);
      }
    }
  };
  for (const { root } of tree.documents) if (root) walk(root);
  return problems;
}
