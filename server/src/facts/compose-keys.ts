// Names of the keys that the Compose specification knows, for typos and completion. Names only, no schema.
import { nearestOf } from './nearest.js';
import data from './data/compose-keys.json';

export const composeKeySource = { source: data.source, date: data.retrieved } as const;

export const topLevelKeys: readonly string[] = words(data.topLevel);
export const serviceKeys: readonly string[] = words(data.service);
export const buildKeys: readonly string[] = words(data.build);
export const deployKeys: readonly string[] = words(data.deploy);

const services = new Set(serviceKeys);

/** True for a key of a service; keys that start with `x-` are always allowed. */
export function isServiceKey(key: string): boolean {
  return key.startsWith('x-') || services.has(key);
}

/** The service key that was probably meant; undefined when nothing is near. */
export function nearestServiceKey(key: string): string | undefined {
  return nearestOf(key, serviceKeys);
}

function words(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}
