/** One look at one version of one file: is it ours, may we, and what did we find. */
import { URI } from 'vscode-uri';
import { detectKind } from '../documents/detect.js';
import { openDocument } from '../documents/open.js';
import { type Analysis, analyse } from '../engine/analyse.js';
import { CONFIG_NAMES } from '../engine/config-file/shape.js';
import type { Crash } from '../engine/finding.js';
import { type Message, say } from '../l10n/message.js';
import type { StageMemory } from '../engine/stage-memory.js';
import type { DocumentKind } from '../model/document.js';
import type { AnyRule } from '../rules/rule.js';
import type { Neighbours } from './neighbours.js';
import type { FileState } from './protocol.js';
import type { Settings } from './settings.js';

export interface FileInput {
  readonly uri: string;
  readonly languageId: string | undefined;
  readonly text: string;
  readonly settings: Settings;
  /** `2026-11-24` */
  readonly today: string;
  readonly rules: readonly AnyRule[];
  /** URIs of the folders that are open. */
  readonly folders: readonly string[];
  /** Fingerprints of findings that another extension shows, too. */
  readonly covered: ReadonlySet<string>;
  /** What lies around the file; undefined when nothing can be read there. */
  readonly neighbours: Neighbours | undefined;
}

export interface Look {
  readonly state: 'analysed' | Exclude<FileState, 'ok' | 'findings'>;
  readonly kind: DocumentKind | undefined;
  readonly analysis: Analysis | undefined;
  /** A crash outside the rules, which costs the whole file. */
  readonly crash: Crash | undefined;
  readonly milliseconds: number;
  /** For the user: why nothing was analysed. */
  readonly detail: Message | undefined;
}

/** Texts that are no files of a project: sides of a diff, output panes, cells of a notebook. */
const FOREIGN_SCHEMES: ReadonlySet<string> = new Set([
  'bulkhead-effective',
  'git',
  'gitfs',
  'gitlens',
  'merge-conflict.conflict-diff',
  'output',
  'pr',
  'review',
  'scm',
  'vscode-local-history',
  'vscode-notebook-cell',
  'vscode-scm',
]);

const UNITS_PER_KILO = 1024;

/** Never throws. */
export function lookAt(input: FileInput, memory?: StageMemory): Look {
  const { settings, text } = input;
  const tooLarge = text.length > settings.maxFileSize * UNITS_PER_KILO;
  const kind = kindOf(input, tooLarge);
  if (kind === undefined) return without('none');
  if (!settings.enable)
    return without('off', kind, say`Bulkhead is turned off by the setting \`bulkhead.enable\``);
  if (settings.isExcluded(relativePath(input.uri, input.folders)))
    return without('excluded', kind, say`This file is left out by the setting \`bulkhead.exclude\``);
  const excludedBy = settings.project?.excludedBy;
  if (excludedBy !== undefined)
    return without('excluded', kind, say`This file is left out by \`exclude\` in \`${excludedBy}\``);
  if (tooLarge)
    return without(
      'tooLarge',
      kind,
      say`This file is larger than ${settings.maxFileSize} KB (\`bulkhead.maxFileSize\`)`,
    );
  const start = performance.now();
  try {
    const analysis = analyseText(input, kind, text, { memory });
    const milliseconds = performance.now() - start;
    return { state: 'analysed', kind, analysis, crash: undefined, milliseconds, detail: undefined };
  } catch (error) {
    const crash: Crash = { rule: `reading ${kind}`, error };
    return { ...without('incomplete', kind, INCOMPLETE), crash, milliseconds: performance.now() - start };
  }
}

export const INCOMPLETE = say`The analysis of this file is incomplete because Bulkhead failed; the log says where`;

export interface AnalyseTextOptions {
  readonly memory?: StageMemory | undefined;
  /** Newer texts of other files, by URI. */
  readonly others?: ReadonlyMap<string, string> | undefined;
}

/** Analyses a text as if it stood in the file. May throw when a reader does. */
export function analyseText(
  input: FileInput,
  kind: DocumentKind,
  text: string,
  { memory, others }: AnalyseTextOptions = {},
): Analysis {
  const opened = input.neighbours?.open(text, kind, { others, scripts: memory?.scripts }) ?? {
    document: openDocument(text, kind, { scripts: memory?.scripts }),
  };
  const { config, project } = input.settings;
  return analyse({
    ...opened,
    rules: input.rules,
    config,
    today: input.today,
    memory,
    ...(project && project.baseline.size > 0 && { baseline: project.baseline }),
  });
}

function without(state: Look['state'], kind?: DocumentKind, detail?: Message): Look {
  return { state, kind, analysis: undefined, crash: undefined, milliseconds: 0, detail };
}

/** Whether a document is Bulkhead's own configuration. */
export function isConfigFile(uri: string): boolean {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return !FOREIGN_SCHEMES.has(uri.slice(0, uri.indexOf(':'))) && CONFIG_NAMES.includes(name);
}

/** The content of a large YAML file without a telling name is not searched. */
export function kindOf(
  { uri, languageId, text }: Pick<FileInput, 'uri' | 'languageId' | 'text'>,
  tooLarge = false,
): DocumentKind | undefined {
  if (FOREIGN_SCHEMES.has(uri.slice(0, uri.indexOf(':')))) return undefined;
  return detectKind({
    path: uri,
    ...(languageId === undefined ? {} : { languageId }),
    ...(tooLarge ? {} : { text: () => text }),
  });
}

/** The path below the innermost open folder that holds the file, or the file's name. */
export function relativePath(uri: string, folders: readonly string[]): string {
  const file = URI.parse(uri);
  const inside = folders
    .map((folder) => URI.parse(folder))
    .filter(({ scheme, authority }) => scheme === file.scheme && authority === file.authority)
    .map(({ path }) => (path.endsWith('/') ? path : `${path}/`))
    .filter((path) => file.path.startsWith(path))
    .sort((a, b) => b.length - a.length)[0];
  return inside === undefined ? (file.path.split('/').at(-1) ?? '') : file.path.slice(inside.length);
}
