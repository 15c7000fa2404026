/**
 * What holds for a file on disk: the nearest `.bulkhead.yaml` of its folder or one above, the options of the command
 * line over it, and the baseline. Files of configuration are not merged with each other.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { withFile } from '../engine/config-file/merge.js';
import { type FileConfig, readConfigFile } from '../engine/config-file/read.js';
import { CONFIG_NAMES } from '../engine/config-file/shape.js';
import { type Config, defaultConfig } from '../engine/config.js';
import { excluder } from '../engine/exclude.js';
import type { AbsenceMode } from '../engine/group.js';
import { english } from '../l10n/message.js';
import type { AnyRule } from '../rules/rule.js';
import { sourceText } from '../text/source-text.js';
import { type Baseline, baselineOf, slashed } from './baselines.js';
import { uriOf } from './disk.js';
import { shownPath } from './files.js';
import { foldersAbove } from './neighbours.js';
import { readText } from './read-file.js';

export interface Scope {
  readonly config: Config;
  readonly absence: AbsenceMode | undefined;
  /** Told absolute paths of files and folders. */
  isExcluded(absolute: string): boolean;
  readonly baseline: Baseline;
}

/** A file of configuration that cannot be followed: whole sentences for the user. */
export interface Broken {
  readonly errors: readonly string[];
}

export interface ScopeOptions {
  readonly cwd: string;
  readonly rules: readonly AnyRule[];
  /** Use this file everywhere; `off`: use none, and no baseline. */
  readonly file: string | 'off' | undefined;
  /** What the options of the command line change. */
  override(config: Config): Config;
}

export type ScopeOf = (folder: string) => Scope | Broken;

/** By absolute path of a folder. Every file is read once, and all that it holds for share one configuration. */
export function scopeReader(options: ScopeOptions): ScopeOf {
  const byFolder = new Map<string, Scope | Broken>();
  const byFile = new Map<string, Loaded | Broken>();
  const unconfigured = { config: options.override(defaultConfig) };
  return (folder) => {
    const known = byFolder.get(folder);
    if (known) return known;
    const above = foldersAbove(folder, options.cwd);
    const path = configPath(above, options);
    const loaded = path === undefined ? undefined : (byFile.get(path) ?? loadConfig(path, options));
    if (path !== undefined && loaded) byFile.set(path, loaded);
    const scope = loaded && 'errors' in loaded ? loaded : toScope(loaded ?? unconfigured, above, options);
    byFolder.set(folder, scope);
    return scope;
  };
}

interface Loaded {
  readonly path: string;
  readonly file: FileConfig;
  readonly config: Config;
}

function configPath(above: readonly string[], { file, cwd }: ScopeOptions): string | undefined {
  if (file === 'off') return undefined;
  if (file !== undefined) return resolve(cwd, file);
  for (const folder of above) {
    const found = CONFIG_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
  }
  return undefined;
}

function loadConfig(path: string, { cwd, rules, override }: ScopeOptions): Loaded | Broken {
  const shown = shownPath(path, cwd, true);
  const content = readText(path);
  if ('problem' in content) return { errors: [`${shown} ${content.problem}.`] };
  const { config, problems } = readConfigFile(content.text, rules);
  if (problems.length === 0)
    return {
      path,
      file: config,
      config: override(withFile(defaultConfig, config, { uri: uriOf(path), rules })),
    };
  const source = sourceText(content.text);
  return {
    errors: [
      ...problems.map(({ at, message }) => {
        const { line, character } = source.positionAt(at.start);
        return `${shown}:${line + 1}:${character + 1}: ${english(message)}`;
      }),
      `nothing was checked: mend ${shown}, or leave it out with \`--no-config\`.`,
    ],
  };
}

function toScope(
  { path, file, config }: Partial<Loaded> & Pick<Loaded, 'config'>,
  above: readonly string[],
  options: ScopeOptions,
): Scope {
  const root = path === undefined ? undefined : dirname(path);
  const isExcluded = excluder(file?.exclude ?? []);
  return {
    config,
    absence: file?.absence,
    isExcluded: (absolute) =>
      root !== undefined && isBelow(absolute, root) && isExcluded(slashed(root, absolute)),
    baseline: baselineOf(file?.baseline, root, above, options.file === 'off', options.cwd),
  };
}

function isBelow(absolute: string, folder: string): boolean {
  return absolute.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
