/** The document under analysis as text: where its services stand, and what edits of it need to know. */
import type { Section } from '../../model/document.js';
import type { YamlMap, YamlPair, YamlTree } from '../../syntax/yaml/tree.js';
import { once } from '../../text/once.js';
import { type SourceText, sourceText } from '../../text/source-text.js';
import type { Place } from '../../text/span.js';
import { spanIndex } from '../../text/span-index.js';
import { oncePer } from '../../model/once-per.js';
import { type Sharing, sharingOf } from './sharing.js';
import type { FurtherFile } from './edit-shadows.js';
import { indexSlots, type Slot, type YamlFile } from './yaml-edit.js';
import { readStyle, type YamlStyle } from './yaml-style.js';

export interface OwnPart {
  readonly root: YamlMap;
  readonly file: YamlFile;
  readonly services: readonly YamlPair[];
  slots(): ReadonlyMap<number, Slot>;
  readonly sharing: Sharing;
}

/** `made` tells which services were made of other services' text by `extends`. */
export interface Made {
  readonly service: string;
  readonly base: Place;
}

/** The YAML documents of a file that can hold services. */
export function ownParts(source: SourceText, tree: YamlTree, made: readonly Made[]): readonly OwnPart[] {
  return tree.documents.flatMap(({ root }) => {
    if (root?.kind !== 'map') return [];
    const section = root.pairs.find((pair) => keyOf(pair) === 'services')?.value;
    const services = section?.kind === 'map' ? section.pairs : [];
    const sharing = once(() => sharingOf(services, made));
    return [
      {
        root,
        file: yamlFile(source, root),
        services,
        slots: once(() => indexSlots(root)),
        sharing: { others: (service, at, key) => sharing().others(service, at, key) },
      },
    ];
  });
}

/** Another file of the project, in which values of its services may be removed. */
export function furtherFile(text: string, { documents }: YamlTree): FurtherFile | undefined {
  const source = sourceText(text);
  const [first, second] = documents;
  // Of several documents each has its own offsets in one text, but one index: that is not needed here.
  if (first?.root?.kind !== 'map' || second !== undefined) return undefined;
  const { root } = first;
  return { file: yamlFile(source, root), slots: once(() => indexSlots(root)) };
}

interface Found {
  readonly part: OwnPart;
  readonly pair: YamlPair;
}

/** Looked up, since every service is looked for. */
const servicesOf = oncePer((parts: readonly OwnPart[]) => {
  const all = parts.flatMap((part) => part.services.map((pair): Found => ({ part, pair })));
  const named = new Map<string | undefined, Found>();
  for (const one of all) {
    const name = keyOf(one.pair);
    if (!named.has(name)) named.set(name, one);
  }
  return {
    at: new Map(all.map((one) => [one.pair.key.span.start, one])),
    around: spanIndex(all, ({ pair }) => pair.value.full),
    named,
  };
});

/**
 * Where a service stands: at the place of its key. One that starts in another file has here the service that it
 * extends, or a further part under its name.
 */
export function findService(
  parts: readonly OwnPart[],
  name: string,
  at: Place,
  bases: readonly Place[],
): Found | undefined {
  const services = servicesOf(parts);
  if (at.file === undefined) return services.at.get(at.start);
  const [extended] = bases
    .filter((base) => base.file === undefined)
    .flatMap((base) => services.around(base))
    .sort((a, b) => a.pair.key.span.start - b.pair.key.span.start);
  return extended ?? services.named.get(name);
}

export function keyOf(pair: YamlPair): string | undefined {
  return pair.key.kind === 'scalar' ? pair.key.value : undefined;
}

export function sectionOf(pair: YamlPair): Section {
  return {
    kind: 'service',
    name: keyOf(pair) ?? '',
    namePlace: pair.key.span,
    span: { start: pair.key.span.start, end: Math.max(pair.span.end, pair.value.span.end) },
  };
}

/** The style is read when the first fix is asked for. */
function yamlFile(source: SourceText, root: YamlMap): YamlFile {
  const style = once(() => readStyle(source, root));
  return {
    source,
    get style(): YamlStyle {
      return style();
    },
  };
}
