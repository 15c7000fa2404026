/** How this file is written: indentation, quotes, block or flow lists. New text follows it. */
import type { YamlMap, YamlNode, YamlSeq } from '../../syntax/yaml/tree.js';
import type { SourceText } from '../../text/source-text.js';

export interface YamlStyle {
  /** Blanks per level. */
  readonly unit: string;
  /** Blanks between a list's key column and its dashes: '' or one unit. */
  readonly dashIndent: string;
  readonly lists: 'block' | 'flow';
  readonly quote: '"' | "'";
}

export function readStyle(source: SourceText, root: YamlNode | undefined): YamlStyle {
  const counts = { block: 0, flow: 0, indented: 0, flush: 0, double: 0, single: 0 };
  const units = new Map<number, number>();
  const column = (offset: number) => columnOf(source, offset);

  function visit(node: YamlNode, keyColumn: number, depth: number): void {
    if (depth > 30) return;
    if (node.kind === 'scalar') {
      if (node.style === 'double') counts.double++;
      if (node.style === 'single') counts.single++;
      return;
    }
    if (node.kind === 'map') {
      for (const pair of node.pairs) {
        const at = node.flow ? keyColumn : column(pair.key.span.start);
        if (pair.value.kind === 'map' && !pair.value.flow) {
          const first = pair.value.pairs[0];
          const step = first === undefined ? 0 : column(first.key.span.start) - at;
          if (step > 0) units.set(step, (units.get(step) ?? 0) + 1);
        }
        if (pair.value.kind === 'seq') visitList(pair.value, at);
        visit(pair.value, at, depth + 1);
      }
    } else if (node.kind === 'seq') {
      for (const item of node.items) visit(item, keyColumn, depth + 1);
    }
  }

  function visitList(list: YamlSeq, keyColumn: number): void {
    if (list.flow) {
      counts.flow++;
      return;
    }
    counts.block++;
    const dash = list.dashes[0];
    if (dash && column(dash.start) > keyColumn) counts.indented++;
    else counts.flush++;
  }

  if (root) visit(root, 0, 0);
  const [best] = [...units].sort((a, b) => b[1] - a[1]);
  const unit = ' '.repeat(best?.[0] ?? 2);
  return {
    unit,
    dashIndent: counts.flush > counts.indented ? '' : unit,
    lists: counts.flow > counts.block ? 'flow' : 'block',
    quote: counts.single > counts.double ? "'" : '"',
  };
}

export function columnOf(source: SourceText, offset: number): number {
  return offset - (source.lineStarts[source.lineAt(offset)] ?? 0);
}

/** The column at which a block mapping's keys stand. */
export function keyColumnOf(source: SourceText, map: YamlMap): number | undefined {
  const first = map.pairs[0];
  return first === undefined ? undefined : columnOf(source, first.key.span.start);
}

/** A plain scalar that YAML (also 1.1) could read as something else than this text, or not at all. */
const NEEDS_QUOTES =
  /^$|^[\s&*!|>%@`"'#,[\]{}]|^[-?](?:\s|$)|^---|^~$|[:\s]$|:\s|\s#|[\n\r\t]|^(true|false|yes|no|on|off|null|y|n)$|^[-+]?(\d[\d_]*\.?[\d_]*|\.[\d_]+)(e[-+]?\d+)?$|^0[xo]|^\d+(:[0-5]?\d)+$/i;
const NEEDS_QUOTES_IN_FLOW = /[,[\]{}]/;

/** A string as YAML: plain where that is surely read as the same string, otherwise in the file's quotes. */
export function yamlString(text: string, style: YamlStyle, flow = false): string {
  if (!NEEDS_QUOTES.test(text) && !(flow && NEEDS_QUOTES_IN_FLOW.test(text))) return text;
  return quoted(text, style.quote);
}

export function quoted(text: string, quote: '"' | "'"): string {
  const plainInside = !/["'\\\n\r\t]/.test(text);
  if (quote === "'" && (plainInside || !/[\n\r\t]/.test(text))) return `'${text.replaceAll("'", "''")}'`;
  if (!plainInside && text.includes('"') && !text.includes("'") && !/[\n\r\t]/.test(text)) return `'${text}'`;
  return JSON.stringify(text);
}
