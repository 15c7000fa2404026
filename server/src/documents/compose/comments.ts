/** Comments of a YAML text, told apart from text that looks like one. */
import type { YamlNode, YamlScalar, YamlTree } from '../../syntax/yaml/tree.js';
import { once } from '../../text/once.js';
import type { SourceText } from '../../text/source-text.js';
import type { Span } from '../../text/span.js';

export interface Comments {
  /** From the comment sign to the end of the line. */
  readonly spans: readonly Span[];
  /** The line above which a comment for this offset can stand. */
  lineAbove(offset: number): number;
}

export function readComments(source: SourceText, tree: YamlTree): Comments {
  const scalars = once(() => longScalars(tree, source));
  const comments = once(() =>
    tree.comments
      .map(({ span }) => span)
      .filter((comment) => !holds(lastBefore(scalars(), comment.start), comment, source)),
  );
  return {
    get spans() {
      return comments();
    },
    lineAbove(offset) {
      const line = source.lineAt(offset);
      const { start } = source.lineSpan(line);
      const scalar = lastBefore(scalars(), start);
      return scalar !== undefined && start < scalar.span.end ? source.lineAt(scalar.span.start) : line;
    },
  };
}

/** Those in which lines may break or `#` may stand, in order of place. */
function longScalars({ documents }: YamlTree, source: SourceText): readonly YamlScalar[] {
  const found: YamlScalar[] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'scalar') {
      if (node.style !== 'plain' || /[\n#]/.test(source.slice(node.span))) found.push(node);
    } else if (node.kind === 'map') {
      for (const pair of node.pairs) {
        visit(pair.key);
        visit(pair.value);
      }
    } else if (node.kind === 'seq') node.items.forEach(visit);
  };
  for (const { root } of documents) if (root) visit(root);
  return found;
}

/** Whether what looks like a comment is text; behind the `|` of a block it is a comment. */
function holds(scalar: YamlScalar | undefined, comment: Span, source: SourceText): boolean {
  if (scalar === undefined || scalar.span.end <= comment.start) return false;
  const { span, style } = scalar;
  const isBlock = style === 'literal' || style === 'folded';
  return !isBlock || source.lineAt(span.start) < source.lineAt(comment.start);
}

/** The last one that starts before an offset. */
function lastBefore(scalars: readonly YamlScalar[], offset: number): YamlScalar | undefined {
  let low = 0;
  let high = scalars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scalars[middle]?.span.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return scalars[low - 1];
}
