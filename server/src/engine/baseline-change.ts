/** What becomes of a baseline after another look at files: what is gone goes, what is new may come in. */
import type { BaselineEntry } from './baseline.js';

export interface BaselineLook {
  readonly before: readonly BaselineEntry[];
  /** What was found, by path as in the entries, then by fingerprint. Other files were not looked at. */
  readonly seen: ReadonlyMap<string, ReadonlyMap<string, BaselineEntry>>;
  /** Paths of files that could not be read to their end: their old entries stay. */
  readonly unsure: ReadonlySet<string>;
  /** Whether the file of an entry does not exist any more. */
  isGone(entry: BaselineEntry): boolean;
  /** Nothing comes in. */
  readonly onlyRemove: boolean;
}

export interface BaselineChange {
  readonly entries: readonly BaselineEntry[];
  readonly added: number;
  readonly removed: number;
}

/** Files that were not looked at keep their entries as long as they exist. */
export function changedBaseline({ before, seen, unsure, isGone, onlyRemove }: BaselineLook): BaselineChange {
  const kept = before.filter((entry) => {
    if (isGone(entry)) return false;
    const prints = seen.get(entry.path);
    return prints === undefined || unsure.has(entry.path) || prints.has(entry.fingerprint);
  });
  const known = new Set(kept.map(({ path, fingerprint }) => `${path} ${fingerprint}`));
  const added = onlyRemove
    ? []
    : [...seen.values()]
        .flatMap((prints) => [...prints.values()])
        .filter(({ path, fingerprint }) => !known.has(`${path} ${fingerprint}`));
  return { entries: [...kept, ...added], added: added.length, removed: before.length - kept.length };
}

/**
 * The entries of one file that accept nothing any more: its finding is gone although its rule looked at the whole file.
 * `found` are the entries that the file would have now.
 */
export function obsoleteEntries(
  own: readonly BaselineEntry[],
  found: readonly BaselineEntry[],
  rules: ReadonlySet<string>,
): readonly BaselineEntry[] {
  const prints = new Set(found.map(({ fingerprint }) => fingerprint));
  return own.filter(({ rule, fingerprint }) => rules.has(rule) && !prints.has(fingerprint));
}
