/** A Compose file -> containers and project. Broken places cost what stands in them, not the rest. */
import type { ContainerSpec } from '../../model/container.js';
import type { ContainerDocument, DocumentProblem, Section } from '../../model/document.js';
import type { NetworkSpec, ProjectSpec, SecretSpec, VolumeSpec } from '../../model/project.js';
import { type Setting, unset } from '../../model/setting.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import type { YamlDocument, YamlMap, YamlNode, YamlPair, YamlScalar } from '../../syntax/yaml/tree.js';
import { once } from '../../text/once.js';
import type { SourceText } from '../../text/source-text.js';
import type { Span } from '../../text/span.js';
import { type ConfigEntry, type ConfigNode, child, entriesOf } from './config-node.js';
import { serviceEditor } from './edit.js';
import type { Lookup } from './interpolate.js';
import { projectEditor } from './project-edit.js';
import { resolveYaml } from './resolve.js';
import { readService } from './service.js';
import { type Sharing, sharingOf } from './sharing.js';
import { fieldKeys, hasDeployLimits, hasOwnLimits } from './spelling.js';
import { readBoolean, readText } from './values.js';
import { readVariables } from './variables.js';
import { indexSlots, type YamlFile } from './yaml-edit.js';
import { readStyle, type YamlStyle } from './yaml-style.js';

export interface ComposeOptions {
  /** Values of the .env files in force; never the ambient shell. */
  readonly lookup?: Lookup;
}

const NO_VALUES: Lookup = () => undefined;

export function readCompose(source: SourceText, options: ComposeOptions = {}): ContainerDocument {
  const tree = parseYaml(source.text);
  const problems: DocumentProblem[] = tree.problems.map(({ at, message }) => ({
    at,
    message,
    kind: 'syntax',
  }));
  if (!tree.complete) {
    problems.push({
      at: firstLine(source),
      message: 'This file could not be read to its end',
      kind: 'incomplete',
    });
  }
  const parts = tree.documents.flatMap((document) =>
    readPart(source, document, options.lookup ?? NO_VALUES, problems),
  );
  const containers = parts.flatMap((part) => part.containers);
  noteUnread(containers, problems);
  const scalars = once(() => longScalars(tree.documents, source));
  const comments = once(() =>
    tree.comments
      .map(({ span }) => span)
      .filter((comment) => !holds(lastBefore(scalars(), comment.start), comment, source)),
  );
  return {
    kind: 'compose',
    source,
    containers,
    builds: [],
    project: parts[0]?.project,
    daemon: undefined,
    problems,
    get comments() {
      return comments();
    },
    sections: parts.flatMap((part) => part.sections),
    commentLineAbove(offset) {
      const line = source.lineAt(offset);
      const { start } = source.lineSpan(line);
      const scalar = lastBefore(scalars(), start);
      return scalar !== undefined && start < scalar.span.end ? source.lineAt(scalar.span.start) : line;
    },
  };
}

interface Part {
  readonly containers: readonly ContainerSpec[];
  readonly project: ProjectSpec;
  readonly sections: readonly Section[];
}

function readPart(
  source: SourceText,
  document: YamlDocument,
  lookup: Lookup,
  problems: DocumentProblem[],
): readonly Part[] {
  const { root } = document;
  if (root?.kind !== 'map') return [];
  reportDuplicates(root, problems);
  const config = resolveYaml(root, { lookup });
  const services = entriesOf(child(config, 'services'));
  const section = root.pairs.find((pair) => keyOf(pair) === 'services')?.value;
  const servicePairs = section?.kind === 'map' ? section.pairs : [];
  const file = yamlFile(source, root);
  const slots = once(() => indexSlots(root));
  const sharing = once(() => sharingOf(servicePairs));
  const prefersDeploy = once(() => {
    const deploy = services.filter((entry) => hasDeployLimits(entry.value)).length;
    return deploy > services.filter((entry) => hasOwnLimits(entry.value)).length;
  });
  const volumes = entriesOf(child(config, 'volumes')).map(readVolume);
  const context = {
    volumes: new Map(volumes.map((volume) => [volume.name, volume])),
    get prefersDeploy() {
      return prefersDeploy();
    },
    editor: (entry: ConfigEntry) =>
      serviceEditor({
        name: entry.key,
        file,
        root,
        pair: servicePairs.find((pair) => pair.key.span.start === entry.keyPlace.start),
        node: entry.value,
        keys: fieldKeys(entry.value, prefersDeploy()),
        slots,
        sharing: lazySharing(sharing),
      }),
  };
  const containers = services.map((entry) => readService(entry, context));
  const start = { start: root.span.start, end: root.span.start };
  const project: ProjectSpec = {
    name: readText(child(config, 'name'), unset(start)),
    version: keySetting(config, 'version'),
    containers,
    networks: entriesOf(child(config, 'networks')).map(readNetwork),
    volumes,
    secrets: entriesOf(child(config, 'secrets')).map(readSecret),
    edit: projectEditor(file, root, slots),
  };
  return [{ containers, project, sections: servicePairs.map(sectionOf) }];
}

function sectionOf(pair: YamlPair): Section {
  return {
    kind: 'service',
    name: keyOf(pair) ?? '',
    namePlace: pair.key.span,
    span: { start: pair.key.span.start, end: Math.max(pair.span.end, pair.value.span.end) },
  };
}

function lazySharing(sharing: () => Sharing): Sharing {
  return { others: (service, at, key) => sharing().others(service, at, key) };
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

function keyOf(pair: YamlPair): string | undefined {
  return pair.key.kind === 'scalar' ? pair.key.value : undefined;
}

/** A top-level key whose own place matters more than its value. */
function keySetting(config: ConfigNode, key: string): Setting<string> {
  const entry = config.kind === 'map' ? config.entries.get(key) : undefined;
  if (entry === undefined) return unset({ start: config.place.start, end: config.place.start });
  return { state: 'set', value: entry.value.kind === 'scalar' ? entry.value.text : '', span: entry.keyPlace };
}

function readVolume({ key, keyPlace, value }: ConfigEntry): VolumeSpec {
  const absent = unset<never>(keyPlace);
  return {
    name: key,
    external: readExternal(value, absent),
    driver: readText(child(value, 'driver'), absent),
    driverOptions: readVariables(child(value, 'driver_opts')),
    place: keyPlace,
  };
}

function readNetwork({ key, keyPlace, value }: ConfigEntry): NetworkSpec {
  const absent = unset<never>(keyPlace);
  return {
    name: key,
    internal: readBoolean(child(value, 'internal'), absent),
    external: readExternal(value, absent),
    driver: readText(child(value, 'driver'), absent),
    place: keyPlace,
  };
}

function readSecret({ key, keyPlace, value }: ConfigEntry): SecretSpec {
  const absent = unset<never>(keyPlace);
  return {
    name: key,
    file: readText(child(value, 'file'), absent),
    environment: readText(child(value, 'environment'), absent),
    place: keyPlace,
  };
}

/** `external: true`, or the old form with a name below it. */
function readExternal(node: ConfigNode, absent: Setting<never>): Setting<boolean> {
  const external = child(node, 'external');
  return external?.kind === 'map'
    ? { state: 'set', value: true, span: external.place }
    : readBoolean(external, absent);
}

/** Compose refuses a mapping with a key twice; the first one keeps its findings. */
function reportDuplicates(node: YamlNode, problems: DocumentProblem[]): void {
  if (node.kind === 'seq') for (const item of node.items) reportDuplicates(item, problems);
  if (node.kind !== 'map') return;
  const seen = new Set<string>();
  for (const pair of node.pairs) {
    const key = keyOf(pair);
    if (key !== undefined && seen.has(key)) {
      problems.push({
        at: pair.key.span,
        message: `\`${key}\` is written twice in this mapping; Compose refuses the file`,
        kind: 'syntax',
      });
    }
    if (key !== undefined) seen.add(key);
    reportDuplicates(pair.value, problems);
  }
}

/** A service that could not be resolved to its end is judged only by what was read, and the file says so. */
function noteUnread(containers: readonly ContainerSpec[], problems: DocumentProblem[]): void {
  for (const container of containers) {
    const [reason] = container.incomplete;
    if (reason !== undefined)
      problems.push({
        at: container.namePlace,
        message: `${container.name} was not read completely: ${reason}`,
        kind: 'incomplete',
      });
  }
}

/** Those in which lines may break or `#` may stand, in order of place. */
function longScalars(documents: readonly YamlDocument[], source: SourceText): readonly YamlScalar[] {
  const found: YamlScalar[] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'scalar') {
      if (node.style !== 'plain' || /[\n#]/.test(source.slice(node.span))) found.push(node);
    } else if (node.kind === 'map') {
      for (const pair of node.pairs) {
        visit(pair.key);
        visit(pair.value);
      }
    } else if (node.kind === 'seq') node.items.forEach(visit);
  };
  for (const { root } of documents) if (root) visit(root);
  return found;
}

/** Whether what looks like a comment is text; behind the `|` of a block it is a comment. */
function holds(scalar: YamlScalar | undefined, comment: Span, source: SourceText): boolean {
  if (scalar === undefined || scalar.span.end <= comment.start) return false;
  const { span, style } = scalar;
  const isBlock = style === 'literal' || style === 'folded';
  return !isBlock || source.lineAt(span.start) < source.lineAt(comment.start);
}

/** The last one that starts before an offset. */
function lastBefore(scalars: readonly YamlScalar[], offset: number): YamlScalar | undefined {
  let low = 0;
  let high = scalars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scalars[middle]?.span.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return scalars[low - 1];
}

function firstLine(source: SourceText) {
  return source.lineSpan(0);
}
