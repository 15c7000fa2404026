/**
 * The nearest `.bulkhead.yaml` and the baseline of a document, as the editor shows them now: open documents come before
 * the disk. The search ends at the root of the repository or at the folder that is open.
 */
import { baseName, folderOf, isInside, resolvePath } from '../documents/compose/effective/uri.js';
import { readBaseline } from '../engine/baseline.js';
import { type FileConfig, readConfigFile } from '../engine/config-file/read.js';
import { BASELINE_NAME, CONFIG_NAMES } from '../engine/config-file/shape.js';
import { type Message, say } from '../l10n/message.js';
import type { AnyRule } from '../rules/rule.js';
import { type FileText, UNREADABLE } from '../engine/project.js';
import type { RootedFileSystem } from './neighbours.js';

export interface ProjectConfig {
  readonly file: ProjectConfigFile | undefined;
  /** Fingerprints of the document's findings that the baseline holds. */
  readonly baseline: ReadonlySet<string>;
  /** Sentences for the status item. */
  readonly notes: readonly Message[];
  /** URI of the folder to which a new configuration belongs: the root of the repository, or the one that is open. */
  readonly home: string;
  /** The baseline that holds, or without a text, where a new one belongs. */
  readonly baselineFile: BaselineFile;
}

export interface BaselineFile {
  readonly uri: string;
  readonly text: string | undefined;
}

export interface ProjectConfigFile {
  readonly uri: string;
  readonly config: FileConfig;
  readonly text: string;
}

export interface ProjectConfigHost {
  readonly files: RootedFileSystem | undefined;
  readonly rules: readonly AnyRule[];
  /** The text of a document that is open in the editor. */
  openFile(uri: string): { readonly text: string } | undefined;
  folders(): readonly string[];
}

export interface ProjectConfigStore {
  /**
   * Undefined where nothing around the document can be read. `path`: the file of configuration to use, relative to the
   * folder that is open; empty: the nearest one.
   */
  of(uri: string, path: string): Promise<ProjectConfig | undefined>;
  /** The documents for which one of these files was read or looked for. */
  concerned(uris: readonly string[]): readonly string[];
  forget(uri: string): void;
}

export function projectConfigStore(host: ProjectConfigHost): ProjectConfigStore {
  const asked = new Map<string, Set<string>>();
  return {
    async of(uri, path) {
      if (host.files === undefined || !host.files.covers(uri)) return undefined;
      const own = new Set<string>();
      asked.set(uri, own);
      return load(uri, path, host, host.files, own);
    },
    concerned: (uris) =>
      [...asked].filter(([, own]) => uris.some((one) => own.has(one))).map(([document]) => document),
    forget: (uri) => asked.delete(uri),
  };
}

async function load(
  uri: string,
  path: string,
  host: ProjectConfigHost,
  files: RootedFileSystem,
  asked: Set<string>,
): Promise<ProjectConfig> {
  const holding = host.folders().filter((folder) => isInside(uri, folder));
  const roots = holding.length > 0 ? holding : [folderOf(uri)];
  const read = async (one: string) => {
    asked.add(one);
    return host.openFile(one)?.text ?? (await files.read(one, roots));
  };
  let file: ProjectConfigFile | undefined;
  let nearestBaseline: string | undefined;
  const notes: Message[] = [];
  const take = (at: string, text: string) => {
    const { config, problems } = readConfigFile(text, host.rules);
    if (problems.length > 0) notes.push(say`\`${baseName(at)}\` has mistakes; what is right in it holds`);
    file = { uri: at, config, text };
  };
  const wanted = path === '' ? undefined : resolvePath(innermost(roots), path);
  if (wanted !== undefined) {
    const text = await read(wanted);
    if (typeof text === 'string') take(wanted, text);
    else
      notes.push(
        say`\`${path}\` of the setting \`bulkhead.configurationPath\` cannot be read in the folders that are open`,
      );
  }
  let home = folderOf(uri);
  for (let folder = folderOf(uri); roots.some((root) => isInside(folder, root)); folder = folderOf(folder)) {
    home = folder;
    const baseline = `${folder}/${BASELINE_NAME}`;
    // All at once: a file system may be far away.
    const [baselineText, isRoot, ...configTexts] = await Promise.all([
      read(baseline),
      isRepository(folder, files, roots),
      ...CONFIG_NAMES.map((name) => read(`${folder}/${name}`)),
    ]);
    const at = configTexts.findIndex((text) => text !== undefined);
    const name = CONFIG_NAMES[at];
    if (file === undefined && name !== undefined) {
      const text = configTexts[at];
      if (typeof text === 'string') take(`${folder}/${name}`, text);
      else notes.push(say`\`${name}\` cannot be read`);
    }
    if (nearestBaseline === undefined && baselineText !== undefined) nearestBaseline = baseline;
    if (folder === folderOf(folder) || isRoot) break;
  }
  const named = file?.config.baseline && resolvePath(folderOf(file.uri), file.config.baseline);
  const baseline = named || nearestBaseline;
  const text = baseline === undefined ? undefined : await read(baseline);
  const known = baseline === undefined ? new Set<string>() : fingerprints(uri, baseline, text);
  if (known === undefined) notes.push(say`The baseline cannot be read; \`bulkhead lint\` says why`);
  const baselineFile = {
    uri: baseline ?? `${file ? folderOf(file.uri) : home}/${BASELINE_NAME}`,
    // There is one that nobody can read: it is not to be written anew.
    text: text === UNREADABLE ? '' : text,
  };
  return { file, baseline: known ?? new Set(), notes, home, baselineFile };
}

/** Folders that hold a document lie in each other. */
function innermost(folders: readonly string[]): string {
  return folders.reduce((longest, folder) => (folder.length > longest.length ? folder : longest), '');
}

/** `.git` is a folder, and a file in work trees and submodules. */
async function isRepository(
  folder: string,
  files: RootedFileSystem,
  roots: readonly string[],
): Promise<boolean> {
  const names = [`${folder}/.git/HEAD`, `${folder}/.git`];
  const texts = await Promise.all(names.map((name) => files.read(name, roots)));
  return texts.some((text) => text !== undefined);
}

/** Of a document's entries; undefined when the baseline cannot be used. */
function fingerprints(uri: string, baseline: string, text: FileText): ReadonlySet<string> | undefined {
  const entries = typeof text === 'string' ? readBaseline(text) : undefined;
  if (entries === undefined || 'problem' in entries) return undefined;
  const folder = folderOf(baseline);
  const own = entries.filter(({ path }) => resolvePath(folder, path) === uri);
  return new Set(own.map(({ fingerprint }) => fingerprint));
}
