/** Commands of a service: one string, or a list of words. */
import type { CommandWord } from '../../model/container.js';
import { type Setting, setTo, unknown, unset } from '../../model/setting.js';
import { type ConfigNode, isNull, itemsOf } from './config-node.js';
import { literalOf } from './interpolate.js';
import { readText } from './values.js';

export function readWords(node: ConfigNode | undefined, absent: Setting<never>): Setting<readonly string[]> {
  if (node === undefined || isNull(node)) return absent;
  if (node.kind === 'map') return unknown(node.place);
  const items = itemsOf(node);
  const doubtful = items.find((item) => item.kind !== 'scalar' || item.unknown !== undefined);
  if (doubtful) return unknown(doubtful.place);
  return setTo(
    items.map((item) => (item.kind === 'scalar' ? item.text : '')),
    node.place,
    node.origin,
  );
}

export function readWord(node: ConfigNode): readonly CommandWord[] {
  if (node.kind !== 'scalar') return [];
  return [{ value: readText(node, unset(node.place)), literal: literalOf(node.written), place: node.place }];
}
