/** A stage of one file as seen from another: the same facts, with places that say in which file they are. */
import type { Stage } from '../../model/build.js';
import type { Edit } from '../../text/edit.js';
import { inFile, type Place } from '../../text/span.js';

/** `place` gives a place of the stage's file its form in the other document; without a file it cannot be edited there. */
export function placedStage(stage: Stage, place: (at: Place) => Place, editable: boolean): Stage {
  const copies = new Map<object, unknown>();

  function copy(value: unknown, key = ''): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    if (isPlace(value)) return remember(value, place(value));
    if (key === 'edit') return remember(value, editable ? editor(value) : refusing(value));
    if (value instanceof Map) {
      const map = remember(value, new Map<unknown, unknown>());
      for (const [name, one] of value) map.set(name, copy(one));
      return map;
    }
    if (Array.isArray(value)) {
      const items = remember<unknown[]>(value, []);
      for (const item of value) items.push(copy(item));
      return items;
    }
    const result = remember<Record<string, unknown>>(value, {});
    for (const [name, part] of Object.entries(value)) result[name] = copy(part, name);
    return result;
  }

  function remember<T>(original: object, made: T): T {
    copies.set(original, made);
    return made;
  }

  /** The edits of the stage's own editor, in its file. */
  function editor(value: object): object {
    return Object.fromEntries(
      Object.entries(value).map(([name, method]) => [
        name,
        (...args: readonly unknown[]) => (method(...args) as readonly Edit[] | undefined)?.map(moved),
      ]),
    );
  }

  const moved = (edit: Edit): Edit => ({ ...edit, span: place(edit.span) });

  return copy(stage) as Stage;
}

function refusing(value: object): object {
  return Object.fromEntries(Object.keys(value).map((name) => [name, () => []]));
}

function isPlace(value: object): value is Place {
  return (
    'start' in value &&
    'end' in value &&
    typeof value.start === 'number' &&
    Object.keys(value).every((key) => key === 'start' || key === 'end' || key === 'file')
  );
}

export function inDockerfile(uri: string): (at: Place) => Place {
  return (at) => inFile(at, uri);
}
