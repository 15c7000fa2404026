/** `extends`: a service that starts from another one, of the same document or of another file. */
import { say } from '../../../l10n/message.js';
import type { Message } from '../../../l10n/message.js';
import { child, type ConfigEntry, type ConfigMap, type ConfigNode, isNull } from '../config-node.js';
import { loadPlain, type Part, type Reading } from './file.js';
import { textOf } from './identity.js';
import { type Load, MAX_DEPTH, report, wanted } from './load.js';
import { merge } from './merge.js';
import { mapOf, type Path, withEntries, withIncomplete, without, withOrigin } from './nodes.js';
import { deletePaths } from './tags.js';
import { folderOf, isRemote, resolvePath } from './uri.js';

/** The document with every `extends` carried out. */
export function extendServices(load: Load, part: Part, reading: Reading): ConfigMap {
  const section = part.config.entries.get('services');
  if (section?.value.kind !== 'map') return part.config;
  const services = [...section.value.entries.values()];
  if (!services.some((entry) => child(entry.value, 'extends') !== undefined)) return part.config;
  const entries = services.map((entry) => {
    const value = extend(load, entry, { part, reading, chain: [] }, entry.key);
    return value === entry.value ? entry : { ...entry, value };
  });
  const value = withEntries(section.value, new Map(entries.map((entry) => [entry.key, entry])));
  return withEntries(part.config, new Map(part.config.entries).set('services', { ...section, value }));
}

/** Where a service's name is looked up. */
interface Scope {
  readonly part: Part;
  readonly reading: Reading;
  /** The services through which this one was reached. */
  readonly chain: readonly string[];
}

/** `outermost` is the service that all this is done for. */
function extend(load: Load, entry: ConfigEntry, scope: Scope, outermost: string): ConfigNode {
  const service = entry.value;
  const node = child(service, 'extends');
  if (service.kind !== 'map' || node === undefined || isNull(node)) return service;
  const own = without(service, 'extends');
  const base = findBase(load, entry.key, node, scope);
  if ('missing' in base) return withIncomplete(own, base.missing);
  load.extended.push({ service: outermost, name: base.entry.key, base: base.entry.value.place });
  const resolved = extend(load, base.entry, base.scope, outermost);
  const name = base.entry.key;
  const inherited = withOrigin(load, resolved, { kind: 'extends', at: node.place, name });
  // `!reset` here takes away what the base brings.
  const kept = deleteBelow(inherited, scope.part.deletes, entry.key);
  return merge(load, kept, own, ['services', entry.key]);
}

function deleteBelow(service: ConfigNode, deletes: readonly Path[], name: string): ConfigNode {
  if (service.kind !== 'map') return service;
  const own = deletes.filter((path) => path[0] === 'services' && path[1] === name && path.length > 2);
  return deletePathsOf(service, own);
}

function deletePathsOf(service: ConfigMap, deletes: readonly Path[]): ConfigNode {
  if (deletes.length === 0) return service;
  const at = service.place;
  const wrapped = mapOf(at, [
    {
      key: 'services',
      keyPlace: at,
      value: mapOf(at, [{ key: deletes[0]?.[1] ?? '', keyPlace: at, value: service }]),
    },
  ]);
  return child(child(deletePaths(wrapped, deletes), 'services'), deletes[0]?.[1] ?? '') ?? service;
}

type Base = { readonly entry: ConfigEntry; readonly scope: Scope } | { readonly missing: Message };

function findBase(load: Load, service: string, node: ConfigNode, scope: Scope): Base {
  const { reading } = scope;
  const nameNode = node.kind === 'map' ? child(node, 'service') : node;
  const name = textOf(nameNode);
  const file = node.kind === 'map' ? child(node, 'file') : undefined;
  const at = nameNode?.place ?? node.place;
  const fail = (message: Message, kind: 'error' | 'incomplete', place = at): Base => {
    report(load, { at: place, message, kind });
    return { missing: message };
  };
  if (nameNode?.kind !== 'scalar' || name === undefined || name === '')
    return { missing: say`\`extends\` names no service yet` };
  if (nameNode.unknown !== undefined) return { missing: nameNode.unknown };

  const key = `${reading.uri} ${service}`;
  if (scope.chain.includes(key)) return fail(say`\`${service}\` extends itself`, 'error');
  const chain = [...scope.chain, key];
  if (chain.length > MAX_DEPTH) return fail(say`services extend each other too deeply`, 'incomplete');

  const path = textOf(file);
  if (file === undefined || path === undefined || path === '') {
    const entry = serviceOf(scope.part, name);
    if (entry === undefined && scope.part.config.incomplete.length > 0)
      return { missing: scope.part.config.incomplete[0] ?? say`` };
    return entry === undefined
      ? fail(say`there is no service \`${name}\` in this file to extend`, 'error')
      : { entry, scope: { ...scope, chain } };
  }
  if (file.kind === 'scalar' && file.unknown !== undefined)
    return fail(say`\`${file.written}\` is not read: ${file.unknown}`, 'incomplete', file.place);
  if (isRemote(path))
    return fail(say`\`${path}\` lies elsewhere and is not fetched`, 'incomplete', file.place);
  const uri = resolvePath(reading.folder, path);
  if (uri === undefined) return fail(say`\`${path}\` lies outside the project`, 'incomplete', file.place);
  const loaded = wanted(load, uri);
  if (loaded === undefined) return { missing: say`\`extends\` is not resolved` };
  if ('problem' in loaded) return fail(say`\`${path}\` ${loaded.problem}`, 'incomplete', file.place);
  const other: Reading = { ...reading, uri, role: 'extends', folder: folderOf(uri), origin: undefined };
  const part = loadPlain(load, other);
  const entry = part && serviceOf(part, name);
  return part === undefined || entry === undefined
    ? fail(say`there is no service \`${name}\` in \`${path}\``, 'error')
    : { entry, scope: { part, reading: other, chain } };
}

function serviceOf({ config }: Part, name: string): ConfigEntry | undefined {
  const services = child(config, 'services');
  return services?.kind === 'map' ? services.entries.get(name) : undefined;
}
