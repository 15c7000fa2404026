/** `environment`, `labels`, `build.args`, `driver_opts`, `extra_hosts`: a map, or a list of `NAME=value`. */
import type { Variable } from '../../model/container.js';
import { setTo, unknown, unset } from '../../model/setting.js';
import { type ConfigNode, type ConfigScalar, entriesOf, isNull, itemsOf } from './config-node.js';
import { readText } from './values.js';

export function readVariables(node: ConfigNode | undefined): readonly Variable[] {
  if (node?.kind === 'map') {
    return entriesOf(node).map(({ key, keyPlace, value }) => ({
      name: key,
      namePlace: keyPlace,
      value: readText(value, unset(keyPlace)),
      written: value.kind === 'scalar' && !isNull(value) ? value.written : undefined,
      place: value.kind === 'scalar' && !isNull(value) ? value.place : keyPlace,
    }));
  }
  return itemsOf(node).flatMap((item) =>
    item.kind === 'scalar' && item.text + item.written !== '' ? [readItem(item)] : [],
  );
}

/** `NAME=value`, `NAME`. Both halves are replaced together by Compose; the name is taken as written. */
function readItem(item: ConfigScalar): Variable {
  const split = item.written.indexOf('=');
  const name = split < 0 ? item.written : item.written.slice(0, split);
  const written = split < 0 ? undefined : item.written.slice(split + 1);
  const at = item.place;
  if (written === undefined) return { name, namePlace: at, value: unset(at), written, place: at };
  if (item.unknown !== undefined)
    return { name, namePlace: at, value: unknown(at, item.unknown), written, place: at };
  return {
    name,
    namePlace: at,
    value: setTo(item.text.slice(item.text.indexOf('=') + 1), at),
    written,
    place: at,
  };
}
