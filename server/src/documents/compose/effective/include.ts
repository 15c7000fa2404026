/** `include`: the resources of other projects, over which the including file has the last word. */
import { say } from '../../../l10n/message.js';
import type { Message } from '../../../l10n/message.js';
import type { Place } from '../../../text/span.js';
import { child, type ConfigEntry, type ConfigMap, type ConfigNode, isNull, itemsOf } from '../config-node.js';
import { loadFile, type Part, type Reading } from './file.js';
import { textOf } from './identity.js';
import { type Load, MAX_DEPTH, report, spend, wanted } from './load.js';
import { mergeMaps } from './merge.js';
import { withEntries, without, withIncomplete } from './nodes.js';
import { deletePaths } from './tags.js';
import { baseName, folderOf, isRemote, resolvePath } from './uri.js';
import { type EnvFile, readVariableFiles } from './variables.js';

const SECTIONS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

/** The document with what it includes; its own entries win, and of two includes the first. */
export function includeResources(load: Load, { config, deletes }: Part, reading: Reading): ConfigMap {
  const entry = config.entries.get('include');
  if (entry === undefined || isNull(entry.value)) return config;
  const rest = without(config, 'include');
  if (entry.value.kind !== 'list') {
    report(load, { at: entry.keyPlace, message: say`\`include\` must be a list of files`, kind: 'error' });
    return rest;
  }
  return entry.value.items.reduce<ConfigMap>((result, item) => {
    const included = loadIncluded(load, item, reading);
    if (included === undefined) return result;
    if ('missing' in included) return withIncomplete(result, included.missing);
    return importSections(load, result, deletePaths(included.config, deletes));
  }, rest);
}

function importSections(load: Load, own: ConfigMap, included: ConfigMap): ConfigMap {
  const entries = new Map<string, ConfigEntry>(own.entries);
  for (const section of SECTIONS) {
    const from = included.entries.get(section);
    if (from?.value.kind !== 'map') continue;
    const mine = own.entries.get(section);
    if (mine === undefined || isNull(mine.value)) entries.set(section, from);
    else if (mine.value.kind === 'map')
      entries.set(section, { ...mine, value: mergeMaps(load, from.value, mine.value, [section]) });
  }
  const result = withEntries(own, entries);
  return included.incomplete.reduce(withIncomplete, result);
}

/** What one more file counts as, whatever is in it: files that include each other crosswise are millions on paper. */
const ENTRIES_PER_INCLUDE = 1_000;

type Included = { readonly config: ConfigMap } | { readonly missing: Message };

/** Undefined: nothing is in there. */
function loadIncluded(load: Load, item: ConfigNode, reading: Reading): Included | undefined {
  const paths = itemsOf(item.kind === 'map' ? child(item, 'path') : item);
  const [first] = paths;
  if (first === undefined) return fail(load, item.place, say`this include names no file`, 'error');
  const uris: string[] = [];
  for (const path of paths) {
    const uri = uriOf(load, path, reading);
    if (typeof uri !== 'string') return uri;
    uris.push(uri);
  }
  if (reading.chain.length >= MAX_DEPTH)
    return fail(load, first.place, say`files are included too deeply`, 'incomplete');
  if (!spend(load, ENTRIES_PER_INCLUDE, first.place))
    return { missing: say`there is more to include than can be read` };
  const folder = folderFor(load, child(item, 'project_directory'), uris[0] ?? reading.uri, reading);
  if (typeof folder !== 'string') return folder;
  const variables = readVariableFiles(
    load,
    envFiles(load, child(item, 'env_file'), folder, reading),
    reading.variables,
  );
  let config: ConfigMap | undefined;
  for (const [at, uri] of uris.entries()) {
    const place = paths[at]?.place ?? first.place;
    const file = wanted(load, uri);
    if (file === undefined) return { missing: say`\`include\` is not resolved` };
    if ('problem' in file)
      return fail(load, place, say`\`${textOf(paths[at]) ?? ''}\` ${file.problem}`, 'incomplete');
    config = loadFile(
      load,
      {
        ...reading,
        uri,
        role: 'include',
        folder,
        variables,
        origin: { kind: 'include', at: place, name: baseName(uri) },
        chain: [...reading.chain, reading.uri],
      },
      config,
    );
  }
  return config && { config };
}

/** The file that a path names, or why there is none. */
function uriOf(load: Load, path: ConfigNode, reading: Reading): string | Included {
  const text = textOf(path);
  if (path.kind !== 'scalar' || text === undefined || text === '')
    return fail(load, path.place, say`this include names no file`, 'error');
  if (path.unknown !== undefined)
    return fail(load, path.place, say`\`${path.written}\` is not read: ${path.unknown}`, 'incomplete');
  if (isRemote(text))
    return fail(load, path.place, say`\`${text}\` lies elsewhere and is not fetched`, 'incomplete');
  const uri = resolvePath(reading.folder, text);
  if (uri === undefined)
    return fail(load, path.place, say`\`${text}\` lies outside the project`, 'incomplete');
  if (uri === reading.uri || reading.chain.includes(uri))
    return fail(load, path.place, say`\`${text}\` includes itself`, 'error');
  return uri;
}

function folderFor(
  load: Load,
  node: ConfigNode | undefined,
  first: string,
  reading: Reading,
): string | Included {
  const text = textOf(node);
  if (node === undefined || text === undefined || text === '') return folderOf(first);
  const unknown = node.kind === 'scalar' ? node.unknown : undefined;
  const folder = unknown === undefined ? resolvePath(reading.folder, text) : undefined;
  return folder ?? fail(load, node.place, unknown ?? say`\`${text}\` lies outside the project`, 'incomplete');
}

function envFiles(
  load: Load,
  node: ConfigNode | undefined,
  folder: string,
  reading: Reading,
): readonly EnvFile[] {
  const named = itemsOf(node);
  if (named.length === 0) return [{ uri: `${folder.replace(/\/$/, '')}/.env` }];
  return named.flatMap((item): EnvFile[] => {
    const text = textOf(item);
    if (item.kind !== 'scalar' || text === undefined || text === '/dev/null') return [];
    const uri = item.unknown === undefined ? resolvePath(reading.folder, text) : undefined;
    if (uri !== undefined) return [{ uri, named: item.place }];
    fail(load, item.place, item.unknown ?? say`\`${text}\` lies outside the project`, 'incomplete');
    return [];
  });
}

function fail(load: Load, at: Place, message: Message, kind: 'error' | 'incomplete'): Included {
  report(load, { at, message, kind });
  return { missing: message };
}
