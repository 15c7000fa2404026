/** Edits that concern the whole Compose file: its top-level keys and sections. */
import type { ProjectEditor } from '../../model/project.js';
import type { YamlMap, YamlNode } from '../../syntax/yaml/tree.js';
import type { Edit } from '../../text/edit.js';
import { commonPart, writtenKeys } from './common-part.js';
import { addToMap, type NewValue, type Slot, type YamlFile } from './yaml-edit.js';
import { removeSlots } from './yaml-remove.js';

export function projectEditor(
  file: YamlFile,
  root: YamlMap,
  slots: () => ReadonlyMap<number, Slot>,
): ProjectEditor {
  return {
    removeKey(at) {
      const slot = slots().get(at.start);
      if (slot?.kind !== 'pair' || slot.parent !== undefined) return undefined;
      return removeSlots(file, { slots: [slot], refilled: new Set(), keepDepth: 0 });
    },
    removeEntry(at) {
      const slot = at.file === undefined ? slots().get(at.start) : undefined;
      if (slot?.kind !== 'pair' || slot.parent === undefined || slot.parent.parent !== undefined)
        return undefined;
      return removeSlots(file, { slots: [slot], refilled: new Set(), keepDepth: 0 });
    },
    addToSection: (section, name, content) => addToSection(file, root, section, new Map([[name, content]])),
    writtenKeys: () => writtenKeys(root),
    shareAdded: (before, name) => commonPart(file, root, before, name),
  };
}

/** Adds entries to a top-level section, which is created at the end of the file when it is missing. */
export function addToSection(
  file: YamlFile,
  root: YamlMap,
  section: string,
  added: ReadonlyMap<string, NewValue>,
): readonly Edit[] | undefined {
  const pair = root.pairs.find(({ key }) => key.kind === 'scalar' && key.value === section);
  if (pair) {
    const edit = addToMap(file, pair, added);
    return edit && [apartFrom(edit, file, isSpaced(file, pair.value))];
  }
  if (root.flow) return undefined;
  const owner = { key: root, value: root, span: root.span };
  const edit = addToMap(file, owner, new Map<string, NewValue>([[section, { map: added }]]));
  const spaced = isSpaced(file, root) || root.pairs.some(({ value }) => isSpaced(file, value));
  return edit && [apartFrom(edit, file, spaced)];
}

/** With an empty line above, where all entries have one. */
function apartFrom(edit: Edit, { source }: YamlFile, apart: boolean): Edit {
  return apart && edit.text.startsWith(source.eol) ? { ...edit, text: source.eol + edit.text } : edit;
}

/** An empty line stands between all entries. */
function isSpaced({ source }: YamlFile, map: YamlNode): boolean {
  if (map.kind !== 'map' || map.flow || map.pairs.length < 2) return false;
  return map.pairs.slice(1).every(({ key }, index) => {
    const before = map.pairs[index]?.key.span.end ?? key.span.start;
    return /\n[ \t]*\r?\n/.test(source.text.slice(before, key.span.start));
  });
}
