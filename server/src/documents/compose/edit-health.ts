/** Writes a health check: a new one, or another command in the one that is there, in the form it is written in. */
import type { HealthCheck } from '../../model/container.js';
import type { YamlSeq } from '../../syntax/yaml/tree.js';
import type { Place } from '../../text/span.js';
import { child, isNull } from './config-node.js';
import {
  definesAnchor,
  losesVariable,
  nodeOf,
  noteSharing,
  type Plan,
  replace,
  setPath,
  slotAt,
} from './edit-plan.js';
import type { NewValue } from './yaml-edit.js';
import { columnOf, quoted, yamlString } from './yaml-style.js';

/** False when it cannot be expressed exactly. How often an existing check is made stays as it is. */
export function setHealthCheck(plan: Plan, check: HealthCheck): boolean {
  const { style } = plan.service.file;
  const existing = child(plan.service.node, 'healthcheck');
  if (!isNull(existing)) return replaceTest(plan, child(existing, 'test')?.place, check);
  const added = new Map<string, NewValue>([
    ['test', { scalar: `[${items(check, (word) => quoted(word, style.quote)).join(', ')}]` }],
    ['interval', { scalar: '30s' }],
    ['timeout', { scalar: '5s' }],
    ['retries', { scalar: '3' }],
  ]);
  return setPath(plan, ['healthcheck'], { map: added });
}

function replaceTest(plan: Plan, place: Place | undefined, check: HealthCheck): boolean {
  const slot = place && slotAt(plan, place);
  const node = slot && nodeOf(slot);
  if (place === undefined || slot?.kind !== 'pair' || node === undefined || check.disabled) return false;
  const { source, style } = plan.service.file;
  if (node.kind === 'scalar') {
    // A line that goes on may hold comments; a list stands in brackets.
    if (source.slice(node.span).includes('\n') || !check.shell) return false;
    return replace(plan, place, escaped(check.test.join(' ')));
  }
  if (node.kind !== 'seq' || definesAnchor(node)) return false;
  const [first, last] = [node.items[0], node.items.at(-1)];
  if (first === undefined || last === undefined || !isPlainList(plan, node)) return false;
  // Words without quotes stay so, where they are read as the same words.
  const isBare = first.kind === 'scalar' && first.style === 'plain';
  const texts = items(check, (word) =>
    isBare
      ? yamlString(word, style, node.flow)
      : quoted(word, first.kind === 'scalar' && first.style === 'single' ? "'" : '"'),
  );
  if (node.items.some((item) => losesVariable(item, texts.join(' ')))) return false;
  const indent = columnOf(source, node.dashes[0]?.start ?? node.span.start);
  const between = node.flow ? ', ' : `${source.eol}${' '.repeat(indent)}- `;
  noteSharing(plan, place);
  plan.edits.push({
    span: { start: first.span.start, end: last.span.end },
    text: texts.join(between),
  });
  return true;
}

/** Scalars on one line each, with nothing but commas or dashes between them: no comment is lost. */
function isPlainList({ service }: Plan, { items, flow }: YamlSeq): boolean {
  const gap = flow ? /^\s*,\s*$/ : /^\s*-\s*$/;
  return items.every((item, index) => {
    const next = items[index + 1];
    if (item.kind !== 'scalar' || item.style === 'literal' || item.style === 'folded') return false;
    return (
      next === undefined ||
      gap.test(service.file.source.slice({ start: item.span.end, end: next.full.start }))
    );
  });
}

/** The words as items of a list, each written by `write`. */
function items({ disabled, shell, test }: HealthCheck, write: (word: string) => string): readonly string[] {
  const words = disabled ? ['NONE'] : [shell ? 'CMD-SHELL' : 'CMD', ...test];
  return words.map((word) => write(escaped(word)));
}

/** Compose would take what stands behind a `$` for a variable of its own. */
function escaped(word: string): string {
  return word.replaceAll('$', '$$$$');
}
