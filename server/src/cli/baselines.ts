/** Baseline files on disk: which one holds for a file, what is in it, and what in it is over. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Analysis } from '../engine/analyse.js';
import { type BaselineEntry, entriesOf, readBaseline } from '../engine/baseline.js';
import { obsoleteEntries } from '../engine/baseline-change.js';
import { BASELINE_NAME } from '../engine/config-file/shape.js';
import { type FoundFile, shownPath } from './files.js';
import { readText } from './read-file.js';

/** The file with the findings that were there before, which need not exist. */
export interface Baseline {
  readonly absolute: string;
  readonly shown: string;
  /** Whether the configuration names it. */
  readonly isNamed: boolean;
  /** Empty when there is no file; the problem is a whole sentence. */
  entries(): readonly BaselineEntry[] | { readonly problem: string };
  /** How its entries call a file. */
  pathOf(absolute: string): string;
}

/** The one that is named, else the nearest that exists, else where a new one belongs. */
export function baselineOf(
  named: string | undefined,
  configFolder: string | undefined,
  above: readonly string[],
  isOff: boolean,
  cwd: string,
): Baseline {
  const nearest = above.map((folder) => join(folder, BASELINE_NAME)).find((path) => existsSync(path));
  const home = configFolder ?? above.at(-1) ?? cwd;
  const absolute = named !== undefined ? resolve(home, named) : (nearest ?? join(home, BASELINE_NAME));
  const shown = shownPath(absolute, cwd, true);
  let entries: ReturnType<Baseline['entries']> | undefined;
  return {
    absolute,
    shown,
    isNamed: named !== undefined,
    entries() {
      entries ??= isOff ? [] : readEntries(absolute, shown, named !== undefined);
      return entries;
    },
    pathOf: (path) => slashed(dirname(absolute), path),
  };
}

function readEntries(absolute: string, shown: string, isNamed: boolean): ReturnType<Baseline['entries']> {
  if (!existsSync(absolute)) {
    return isNamed
      ? {
          problem: `${shown} does not exist, and the configuration names it as the baseline; \`bulkhead baseline\` writes it.`,
        }
      : [];
  }
  const content = readText(absolute);
  const entries = 'problem' in content ? content : readBaseline(content.text);
  return 'problem' in entries ? { problem: `${shown} ${entries.problem}.` } : entries;
}

/** Why it cannot be used: nothing, or one sentence. */
export function problemOf(baseline: Baseline): readonly string[] {
  const entries = baseline.entries();
  return 'problem' in entries ? [entries.problem] : [];
}

/** None when the baseline cannot be used. */
export function entriesFor(
  baseline: Baseline,
  { absolute }: Pick<FoundFile, 'absolute'>,
): readonly BaselineEntry[] {
  const entries = baseline.entries();
  if ('problem' in entries || absolute === undefined || entries.length === 0) return [];
  const own = baseline.pathOf(absolute);
  return entries.filter(({ path }) => path === own);
}

/** Fingerprints of a file's entries that accept nothing; only those of rules that looked at the whole file. */
export function obsoleteFingerprints(
  entries: readonly BaselineEntry[],
  { findings, document, complete }: Analysis,
  rules: ReadonlySet<string>,
): readonly string[] {
  if (!complete || entries.length === 0) return [];
  const found = entriesOf(findings, document.source, '');
  return obsoleteEntries(entries, found, rules).map(({ fingerprint }) => fingerprint);
}

/** Number of entries whose file does not exist any more. */
export function goneEntries(baselines: readonly Baseline[]): number {
  return baselines.flatMap((baseline) => {
    const entries = baseline.entries();
    return 'problem' in entries ? [] : entries.filter((entry) => isGone(entry, baseline));
  }).length;
}

export function isGone({ path }: BaselineEntry, baseline: Baseline): boolean {
  return !existsSync(resolve(dirname(baseline.absolute), path));
}

export function slashed(folder: string, absolute: string): string {
  return relative(folder, absolute).split(sep).join('/');
}
