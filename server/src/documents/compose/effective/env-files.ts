/** `env_file` and `label_file` of services: their values become part of `environment` and `labels`, as the weakest. */
import { say } from '../../../l10n/message.js';
import { readEnvFile, readRawEnvFile } from '../env-file.js';
import { child, type ConfigEntry, type ConfigMap, type ConfigNode, isNull, itemsOf } from '../config-node.js';
import { textOf } from './identity.js';
import { readKeyValues } from './key-values.js';
import { type Load, report, wanted } from './load.js';
import { entryOf, mapOf, withEntries } from './nodes.js';
import { isEnabled } from './profiles.js';
import { isRemote, resolvePath } from './uri.js';
import type { Variables } from './variables.js';

interface Scope {
  /** The project's. */
  readonly folder: string;
  readonly variables: Variables;
  /** Active profiles: the files of services that do not run are not read. */
  readonly active: ReadonlySet<string>;
}

/** The configuration with the files of variables read in. */
export function readServiceFiles(load: Load, config: ConfigMap, scope: Scope): ConfigMap {
  const { folder, variables } = scope;
  const section = config.entries.get('services');
  if (section?.value.kind !== 'map') return config;
  const read = (entry: ConfigEntry): ConfigEntry => {
    if (entry.value.kind !== 'map' || !isEnabled(entry.value, scope.active)) return entry;
    const entries = new Map(entry.value.entries);
    for (const [files, key] of [
      ['env_file', 'environment'],
      ['label_file', 'labels'],
    ] as const) {
      const own = entries.get(key);
      const given = new Map(
        key === 'environment' && own
          ? readKeyValues(own.value).flatMap(({ key: name, value }): [string, string][] => {
              const text = textOf(value);
              return text === undefined ? [] : [[name, text]];
            })
          : [],
      );
      // The project's variables first, then those that the service itself gives.
      const lookup = (name: string) => variables.get(name) ?? given.get(name);
      const values = readFiles(load, child(entry.value, files), folder, lookup);
      if (values.size === 0) continue;
      for (const one of own ? readKeyValues(own.value) : []) {
        if (isNull(one.value) && variables.get(one.key) === undefined) values.delete(one.key);
        values.set(one.key, one);
      }
      const at = own?.keyPlace ?? entry.keyPlace;
      entries.set(key, entryOf(key, at, mapOf(own?.value.place ?? at, values.values())));
    }
    return { ...entry, value: withEntries(entry.value, entries) };
  };
  const services = new Map([...section.value.entries].map(([key, entry]) => [key, read(entry)]));
  const value = withEntries(section.value, services);
  return withEntries(config, new Map(config.entries).set('services', { ...section, value }));
}

function readFiles(
  load: Load,
  node: ConfigNode | undefined,
  folder: string,
  lookup: (name: string) => string | undefined,
): Map<string, ConfigEntry> {
  const entries = new Map<string, ConfigEntry>();
  for (const item of itemsOf(node)) {
    const pathNode = item.kind === 'map' ? child(item, 'path') : item;
    const path = textOf(pathNode);
    if (pathNode?.kind !== 'scalar' || path === undefined || pathNode.unknown !== undefined) continue;
    const uri = isRemote(path) ? undefined : resolvePath(pathNode.folder ?? folder, path);
    const file = uri === undefined ? undefined : wanted(load, uri);
    if (uri === undefined || file === undefined) continue;
    const optional = textOf(child(item, 'required')) === 'false';
    if ('problem' in file) {
      if (!optional)
        report(load, { at: pathNode.place, message: say`\`${path}\` ${file.problem}`, kind: 'check' });
      continue;
    }
    const place = { start: 0, end: 0, file: uri };
    const earlier = (name: string) => lookup(name) ?? textOf(entries.get(name)?.value);
    const isRaw = textOf(child(item, 'format')) === 'raw';
    const read = isRaw ? readRawEnvFile(file.text) : readEnvFile(file.text, earlier);
    for (const [name, text] of read) {
      const value = {
        kind: 'scalar',
        place,
        value: text,
        text,
        written: text,
        plain: false,
        block: false,
      } as const;
      entries.set(name, entryOf(name, place, { ...value, origin: { kind: 'env-file', name: path } }));
    }
  }
  return entries;
}
