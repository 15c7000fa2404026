// The keys of daemon.json: which there are, of what type, and what the security relevant ones do.
import data from './data/daemon-keys.json';
import { nearestOf } from './nearest.js';

export interface DaemonKey {
  readonly key: string;
  /** `boolean`, `string`, `array of string`, … */
  readonly type: string;
  /** Sections of the CIS Docker Benchmark 1.6. */
  readonly cis: readonly string[];
  /** One sentence, for keys that matter to security. */
  readonly meaning: string | undefined;
}

export const daemonKeySource = { source: data.source, date: data.retrieved } as const;

const known: ReadonlyMap<string, DaemonKey> = new Map(
  data.keys.map((record) => [
    record.key,
    {
      key: record.key,
      type: record.type,
      cis: 'cis' in record ? record.cis : [],
      meaning: 'meaning' in record ? record.meaning : undefined,
    },
  ]),
);
const removed: ReadonlyMap<string, string> = new Map(
  data.removed.map(([key = '', note = '']) => [key, note]),
);

/** Names of all keys, sorted. */
export const daemonKeys: readonly string[] = [...known.keys()];

export function daemonKey(key: string): DaemonKey | undefined {
  return known.get(key);
}

/** What became of a key of older daemons (a phrase); undefined when it never was one. */
export function removedDaemonKey(key: string): string | undefined {
  return removed.get(key);
}

/** The key that was probably meant; undefined when nothing is near. */
export function nearestDaemonKey(key: string): string | undefined {
  return nearestOf(key, daemonKeys);
}
