/** The settings of one document, from whatever an editor sends. Nothing in here can make the server fail. */
import { type Config, defaultConfig } from '../engine/config.js';
import { excluder } from '../engine/exclude.js';
import type { AbsenceMode } from '../engine/group.js';
import { type Complain, isRecord, oneOf, readConfig, readStrings, show } from '../engine/read-config.js';
import type { Message } from '../l10n/message.js';
import type { AnyRule, Severity } from '../rules/rule.js';

export interface Settings {
  readonly enable: boolean;
  readonly config: Config;
  readonly absence: AbsenceMode;
  /** Milder findings are not shown. */
  readonly minimumSeverity: Severity;
  readonly run: RunMode;
  /** Entries in the menu of the light bulb. */
  readonly codeAction: { readonly ignore: boolean; readonly explain: boolean };
  /** Whether findings that another extension shows become hints. */
  readonly avoidDuplicates: boolean;
  /** The file of configuration to use, relative to the workspace folder; empty: the nearest one. */
  readonly configurationPath: string;
  readonly languageFeatures: LanguageFeatures;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** Told a path relative to the workspace folder, with `/`. */
  isExcluded(path: string): boolean;
  /** Compose files of one project in their order, relative to the workspace folder; empty: found by their names. */
  readonly composeFiles: readonly string[];
  /** In UTF-16 units of 1024. */
  readonly maxFileSize: number;
  /** What the project's configuration adds; the settings above follow it already. */
  readonly project: ProjectSettings | undefined;
}

export interface ProjectSettings {
  /** Name of the file of configuration that leaves the document out. */
  readonly excludedBy: string | undefined;
  /** Fingerprints of findings that the baseline holds. */
  readonly baseline: ReadonlySet<string>;
  /** Sentences without full stop, for the status item. */
  readonly notes: readonly Message[];
  /** The file of configuration that holds, or without a text, the one that could be made. */
  readonly configuration: { readonly uri: string; readonly text: string | undefined };
  /** The same of the baseline. */
  readonly baselineFile: { readonly uri: string; readonly text: string | undefined };
}

/** Whether the general language features for Dockerfiles are on; auto: unless another extension has them. */
export type LanguageFeatures = 'auto' | 'on' | 'off';

export type RunMode = 'onType' | 'onSave';

export interface ReadSettings {
  readonly settings: Settings;
  /** For the log: each one names the setting and what is wrong with it. */
  readonly complaints: readonly string[];
}

const ABSENCE: readonly AbsenceMode[] = ['grouped', 'separate', 'off'];
const LANGUAGE_FEATURES: readonly LanguageFeatures[] = ['auto', 'on', 'off'];
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const RUN: readonly RunMode[] = ['onType', 'onSave'];
/** 1 MB: the largest Compose files known to us have a tenth of it. */
const MAX_FILE_SIZE = 1024;

export const defaultSettings: Settings = {
  enable: true,
  config: defaultConfig,
  absence: 'grouped',
  minimumSeverity: 'hint',
  run: 'onType',
  codeAction: { ignore: true, explain: true },
  avoidDuplicates: true,
  configurationPath: '',
  languageFeatures: 'auto',
  codeLens: true,
  inlayHints: false,
  isExcluded: () => false,
  composeFiles: [],
  maxFileSize: MAX_FILE_SIZE,
  project: undefined,
};

/** Reads the object that an editor has below `bulkhead`. */
export function readSettings(value: unknown, rules: readonly AnyRule[]): ReadSettings {
  if (value === undefined || value === null) return { settings: defaultSettings, complaints: [] };
  if (!isRecord(value)) {
    return { settings: defaultSettings, complaints: [`settings: ${show(value)} is not an object`] };
  }
  const { config, complaints: first } = readConfig(value, rules);
  const complaints = [...first];
  const complain: Complain = (name, found, wanted) => {
    complaints.push(`${name}: ${show(found)} is not ${wanted}`);
  };
  return {
    settings: {
      enable: readFlag('enable', value.enable, defaultSettings.enable, complain),
      config,
      absence: readWord('absence', value.absence, ABSENCE, complain) ?? defaultSettings.absence,
      languageFeatures:
        readWord('languageFeatures', value.languageFeatures, LANGUAGE_FEATURES, complain) ??
        defaultSettings.languageFeatures,
      codeLens: readFlag('codeLens', value.codeLens, defaultSettings.codeLens, complain),
      inlayHints: readFlag('inlayHints', value.inlayHints, defaultSettings.inlayHints, complain),
      minimumSeverity:
        readWord('minimumSeverity', value.minimumSeverity, SEVERITIES, complain) ??
        defaultSettings.minimumSeverity,
      codeAction: readCodeAction(value.codeAction, complain),
      avoidDuplicates: readFlag(
        'avoidDuplicates',
        value.avoidDuplicates,
        defaultSettings.avoidDuplicates,
        complain,
      ),
      configurationPath: readText('configurationPath', value.configurationPath, complain),
      run: readWord('run', value.run, RUN, complain) ?? defaultSettings.run,
      isExcluded: excluder(readStrings('exclude', value.exclude, complain)),
      composeFiles: readComposeFiles(value.compose, complain),
      maxFileSize: readSize(value.maxFileSize, complain),
      project: undefined,
    },
    complaints,
  };
}

/** Undefined for what is not written and, with a complaint, for what is not one of the words. */
function readWord<T extends string>(
  name: string,
  value: unknown,
  words: readonly T[],
  complain: Complain,
): T | undefined {
  const known = oneOf(value, words);
  if (known === undefined && isWritten(value)) complain(name, value, `one of ${words.join(', ')}`);
  return known;
}

function readFlag(name: string, value: unknown, otherwise: boolean, complain: Complain): boolean {
  if (typeof value === 'boolean') return value;
  if (isWritten(value)) complain(name, value, 'true or false');
  return otherwise;
}

function readComposeFiles(value: unknown, complain: Complain): readonly string[] {
  if (isRecord(value)) return readStrings('compose.files', value.files, complain);
  if (isWritten(value)) complain('compose', value, 'an object');
  return defaultSettings.composeFiles;
}

function readCodeAction(value: unknown, complain: Complain): Settings['codeAction'] {
  const given = isRecord(value) ? value : {};
  if (isWritten(value) && !isRecord(value)) complain('codeAction', value, 'an object');
  return {
    ignore: readFlag('codeAction.ignore', given.ignore, true, complain),
    explain: readFlag('codeAction.explain', given.explain, true, complain),
  };
}

function readText(name: string, value: unknown, complain: Complain): string {
  if (typeof value === 'string') return value.trim();
  if (isWritten(value)) complain(name, value, 'a text');
  return '';
}

function readSize(value: unknown, complain: Complain): number {
  if (typeof value === 'number' && value > 0) return value;
  if (isWritten(value)) complain('maxFileSize', value, 'a number above 0');
  return defaultSettings.maxFileSize;
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null;
}
