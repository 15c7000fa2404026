/** `environment`, `labels`, `build.args`, `driver_opts`, `extra_hosts`: a map, or a list of `NAME=value`. */
import type { Variable } from '../../model/container.js';
import { setTo, unknown, unset } from '../../model/setting.js';
import { type ConfigNode, type ConfigScalar, entriesOf, isNull, itemsOf } from './config-node.js';
import { literalOf } from './interpolate.js';
import { readText } from './values.js';

export function readVariables(node: ConfigNode | undefined): readonly Variable[] {
  if (node?.kind === 'map') {
    return entriesOf(node).map(({ key, keyPlace, value }) => {
      const given = value.kind === 'scalar' && !isNull(value) ? value : undefined;
      return {
        name: key,
        namePlace: keyPlace,
        value: readText(value, unset(keyPlace)),
        written: given?.written,
        literal: given && literalOf(given.written),
        place: given?.place ?? keyPlace,
      };
    });
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
  const variable = { name, namePlace: at, written, place: at };
  if (written === undefined) return { ...variable, value: unset(at), literal: undefined };
  const literal = literalOf(written);
  if (item.unknown !== undefined) return { ...variable, value: unknown(at, item.unknown), literal };
  return { ...variable, value: setTo(item.text.slice(item.text.indexOf('=') + 1), at), literal };
}
