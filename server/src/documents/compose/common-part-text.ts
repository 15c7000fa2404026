/** How a block that services merge is written in a file, beside the blocks that it has already. */
import type { YamlMap, YamlNode, YamlPair } from '../../syntax/yaml/tree.js';
import type { Edit } from '../../text/edit.js';
import type { Span } from '../../text/span.js';
import { keyOf } from './own-file.js';
import { isMergeKey } from './resolve.js';
import { endOfContent, type YamlFile } from './yaml-edit.js';
import { columnOf } from './yaml-style.js';

export interface AnchoredBlock {
  readonly pair: YamlPair;
  readonly anchor: string;
}

/** The `x-` blocks with an anchor that stand before the services. */
export function anchorsOf(root: YamlMap): readonly AnchoredBlock[] {
  const services = root.pairs.findIndex((pair) => keyOf(pair) === 'services');
  return root.pairs.slice(0, Math.max(services, 0)).flatMap((pair) => {
    const { anchor } = pair.value;
    return keyOf(pair)?.startsWith('x-') && anchor ? [{ pair, anchor: anchor.name }] : [];
  });
}

/** The lines of a pair that stands on lines of its own, with the end of the last one; undefined otherwise. */
export function wholeLines({ source }: YamlFile, pair: YamlPair): Span | undefined {
  const first = source.lineSpan(source.lineAt(pair.span.start));
  const last = source.lineSpan(source.lineAt(endOfContent(source, pair.span)));
  const before = source.text.slice(first.start, pair.span.start);
  const text = source.text.slice(first.start, last.end);
  const behind = source.text.slice(endOfContent(source, pair.span), last.end);
  if (before.trim() !== '' || behind.trim() !== '' || text.includes('#')) return undefined;
  // From the end of the line above, so that a last line without an end is taken out as well.
  const above = source.lineAt(first.start) - 1;
  return above < 0 ? undefined : { start: source.lineSpan(above).end, end: last.end };
}

/** The lines of a pair, indented for a block at the top of the file. */
export function blockText({ source, style }: YamlFile, pair: YamlPair): string {
  const column = columnOf(source, pair.span.start);
  const start = source.lineStarts[source.lineAt(pair.span.start)] ?? 0;
  const lines = source.text.slice(start, endOfContent(source, pair.span)).split(/\r\n?|\n/);
  return lines.map((line) => style.unit + line.slice(column)).join(source.eol);
}

export interface NewBlock {
  readonly key: string;
  readonly anchor: string;
  edit(lines: readonly string[]): Edit;
}

/** Undefined when the name is taken. */
export function newBlock(file: YamlFile, root: YamlMap, name: string): NewBlock | undefined {
  const services = root.pairs.find((pair) => keyOf(pair) === 'services');
  const key = `x-${name}`;
  const anchor = anchorLike(anchorsOf(root), name);
  const taken = root.pairs.some((pair) => keyOf(pair) === key) || hasAnchor(root, anchor);
  if (services === undefined || taken) return undefined;
  const { source } = file;
  const last = root.pairs
    .slice(0, root.pairs.indexOf(services))
    .findLast((pair) => keyOf(pair)?.startsWith('x-'));
  return {
    key,
    anchor,
    edit(lines) {
      const text = [`${key}: &${anchor}`, ...lines].join(source.eol);
      if (last !== undefined) {
        const { end } = source.lineSpan(source.lineAt(endOfContent(source, last.span)));
        return { span: { start: end, end }, text: source.eol + source.eol + text };
      }
      const start = startWithComment(file, services);
      return { span: { start, end: start }, text: text + source.eol + source.eol };
    },
  };
}

/** The comment right above the services goes with them, unless it is the head of the file. */
function startWithComment({ source }: YamlFile, { span }: YamlPair): number {
  const own = source.lineAt(span.start);
  let line = own;
  while (
    line > 0 &&
    source
      .slice(source.lineSpan(line - 1))
      .trim()
      .startsWith('#')
  )
    line--;
  const isHead = line === 0 || source.slice(source.lineSpan(line - 1)).trim() === '---';
  return source.lineSpan(isHead ? own : line).start;
}

/** As the others are called: `&logging`, `&x-logging`, `&default-logging` for `x-logging`. */
function anchorLike(blocks: readonly AnchoredBlock[], name: string): string {
  for (const { pair, anchor } of blocks) {
    const base = (keyOf(pair) ?? '').slice('x-'.length);
    const at = base === '' ? -1 : anchor.indexOf(base);
    if (at >= 0) return anchor.slice(0, at) + name + anchor.slice(at + base.length);
  }
  return name;
}

function hasAnchor(node: YamlNode, name: string): boolean {
  if (node.anchor?.name === name) return true;
  if (node.kind === 'map') return node.pairs.some(({ value }) => hasAnchor(value, name));
  return node.kind === 'seq' && node.items.some((item) => hasAnchor(item, name));
}

/** Undefined where a merge key is written in a way that cannot be added to. */
export function mergeInto(file: YamlFile, owner: YamlPair, map: YamlMap, anchor: string): Edit | undefined {
  const { source } = file;
  const merges = map.pairs.filter(({ key }) => isMergeKey(key));
  const [merge, second] = merges;
  const [first] = map.pairs;
  if (second !== undefined || first === undefined) return undefined;
  if (merge === undefined) {
    const { end } = source.lineSpan(source.lineAt(owner.value.anchor?.span.end ?? owner.key.span.end));
    const indent = ' '.repeat(columnOf(source, first.key.span.start));
    if (source.lineAt(first.key.span.start) === source.lineAt(owner.key.span.start)) return undefined;
    return { span: { start: end, end }, text: `${source.eol}${indent}<<: *${anchor}` };
  }
  const { value } = merge;
  if (value.kind === 'alias') return { span: value.span, text: `[*${value.name}, *${anchor}]` };
  const item = value.kind === 'seq' ? value.items.at(-1) : undefined;
  if (value.kind !== 'seq' || item?.kind !== 'alias') return undefined;
  const { end } = item.span;
  if (value.flow) return { span: { start: end, end }, text: `, *${anchor}` };
  const dash = value.dashes.at(-1);
  if (dash === undefined) return undefined;
  const line = source.lineSpan(source.lineAt(end)).end;
  return {
    span: { start: line, end: line },
    text: `${source.eol}${' '.repeat(columnOf(source, dash.start))}- *${anchor}`,
  };
}
