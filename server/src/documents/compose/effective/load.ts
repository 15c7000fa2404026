/** What the parts of a load share: the texts at hand, what else is wanted, what went wrong. */
import { say } from '../../../l10n/message.js';
import { type Message, isSame } from '../../../l10n/message.js';
import type { YamlTree } from '../../../syntax/yaml/tree.js';
import type { Place } from '../../../text/span.js';
import type { ProjectMemory } from './memory.js';

/** A file as the host found it. */
export type LoadedFile =
  | { readonly text: string }
  /** `absent`: there is no such file; otherwise there may be one, and nobody knows what it says. */
  | { readonly problem: Message; readonly absent?: true };

/** By URI. A file that is not in here was never asked for. */
export type LoadedFiles = ReadonlyMap<string, LoadedFile>;

export interface LoadProblem {
  /** Undefined: it concerns the project as a whole. */
  readonly at: Place | undefined;
  readonly message: Message;
  /**
   * - error: Compose refuses the project
   * - check: Compose refuses it too, though the files as such are fine: something they name is defined nowhere
   * - environment: depends on a variable that only the shell can give
   * - incomplete: a part was not read, so what is there may not be all
   */
  readonly kind: 'error' | 'check' | 'environment' | 'incomplete';
}

/** What a file is to its project. A file may be several; the first one counts. */
export type FileRole = 'base' | 'override' | 'include' | 'extends';

/** A file that has a part in the project. */
export interface Member {
  readonly role: FileRole;
  readonly text: string;
  /** Values of the variables in it. */
  readonly variables: ReadonlyMap<string, string>;
  readonly tree: YamlTree;
}

export interface Extended {
  readonly service: string;
  /** Name of the service that is extended. */
  readonly name: string;
  /** Its content. */
  readonly base: Place;
}

export interface Load {
  readonly files: LoadedFiles;
  /** The document under analysis: places in it name no file. */
  readonly document: string;
  readonly memory: ProjectMemory;
  /** URIs that were asked for and are not in `files`; grows. */
  readonly needs: Set<string>;
  readonly problems: LoadProblem[];
  /** What was said of each place, so that it is said once. */
  readonly reported: Map<string | undefined, Message[]>;
  readonly members: Map<string, Member>;
  /** Which services were made from which text by `extends`; grows. */
  readonly extended: Extended[];
  /** Nodes that may still be visited. */
  readonly budget: { left: number };
}

/** More nodes than any real project has: aliases of aliases reach it, and files that include each other crosswise. */
export const MAX_VISITS = 100_000;

/** Files included or extended one by the other. */
export const MAX_DEPTH = 30;

/** The text; undefined when it is wanted first, and the reason when it cannot be had. */
export function wanted(load: Load, uri: string): LoadedFile | undefined {
  const file = load.files.get(uri);
  if (file === undefined) load.needs.add(uri);
  return file;
}

export function report(load: Load, problem: LoadProblem): void {
  const { at, message } = problem;
  const place = at && `${at.file ?? ''} ${at.start}`;
  const here = load.reported.get(place);
  if (here?.some((one) => isSame(one, message))) return;
  if (here === undefined) load.reported.set(place, [message]);
  else here.push(message);
  load.problems.push(problem);
}

/** Counts one visit; false when there have been too many. */
export function visit(load: Load, at: Place): boolean {
  if (load.budget.left > 0) {
    load.budget.left--;
    return true;
  }
  reportTooLarge(load, at);
  return false;
}

/** What is copied is cheaper than what is visited. */
const COPIES_PER_VISIT = 10;

/** Counts entries that are copied or compared as a whole; false when there have been too many. */
export function spend(load: Load, entries: number, at: Place): boolean {
  load.budget.left -= entries / COPIES_PER_VISIT;
  return visit(load, at);
}

/** `at`: what is not followed any more. */
export function reportTooLarge(load: Load, at: Place): void {
  report(load, {
    at,
    message: say`this project is too large to be read as a whole; it is judged only in part`,
    kind: 'incomplete',
  });
}
