/**
 * Removal of what several files of a project say: with the last one gone the same value of an earlier file would hold.
 */
import type { Edit } from '../../text/edit.js';
import { inFile, type Place } from '../../text/span.js';
import { type ConfigNode, type ConfigScalar, entriesOf } from './config-node.js';
import { baseName } from './effective/uri.js';
import type { Slot, YamlFile } from './yaml-edit.js';
import { removeSlots } from './yaml-remove.js';

/** A further file of the project, as far as edits of it need to know. */
export interface FurtherFile {
  readonly file: YamlFile;
  slots(): ReadonlyMap<number, Slot>;
}

/** The earlier values that say the same as those at `places`, in the files that are merged into one service. */
export function shadowedBy(service: ConfigNode, places: readonly Place[]): readonly Place[] {
  const found: Place[] = [];
  const visit = (node: ConfigNode, depth: number): void => {
    if (node.kind === 'scalar') {
      if (node.shadows && places.some((at) => at.start === node.place.start && at.file === node.place.file))
        found.push(...shadows(node));
    } else if (depth > 0) {
      const children = node.kind === 'list' ? node.items : entriesOf(node).map(({ value }) => value);
      for (const one of children) visit(one, depth - 1);
    }
  };
  visit(service, MAX_DEPTH);
  return found;
}

/** No value of a service lies deeper. */
const MAX_DEPTH = 10;

/** Only values that a file of the project gives to this service itself: a template or an anchor is others' too. */
function shadows(node: ConfigScalar): readonly Place[] {
  const places: Place[] = [];
  for (let one = node.shadows; one !== undefined; one = one.shadows)
    if (one.place.file !== undefined && (one.origin === undefined || one.origin.kind === 'override'))
      places.push(one.place);
  return places;
}

export interface FurtherEdits {
  readonly edits: readonly Edit[];
  /** Names of the files. */
  readonly files: readonly string[];
}

/** The edits of further files that remove these places; a file in which that cannot be said exactly stays as it is. */
export function removeElsewhere(
  places: readonly Place[],
  further: (uri: string) => FurtherFile | undefined,
  keepDepth: number,
): FurtherEdits {
  const uris = new Set(places.flatMap(({ file }) => file ?? []));
  const edits: Edit[] = [];
  const files: string[] = [];
  for (const uri of uris) {
    const other = further(uri);
    const slots = places.flatMap(({ file, start }) =>
      file === uri ? (other?.slots().get(start) ?? []) : [],
    );
    const removed = other && removeSlots(other.file, { slots, refilled: new Set(), keepDepth });
    if (removed === undefined || removed.length === 0) continue;
    edits.push(...removed.map((edit) => ({ ...edit, span: inFile(edit.span, uri) })));
    files.push(baseName(uri));
  }
  return { edits, files };
}
