/** The top-level sections of a Compose project beside its services. */
import type { NetworkSpec, SecretSpec, VolumeSpec } from '../../model/project.js';
import { type Setting, unset } from '../../model/setting.js';
import { child, type ConfigEntry, type ConfigNode } from './config-node.js';
import { readBoolean, readText } from './values.js';
import { readVariables } from './variables.js';

export function readVolume({ key, keyPlace, value }: ConfigEntry): VolumeSpec {
  const absent = unset<never>(keyPlace);
  return {
    name: key,
    external: readExternal(value, absent),
    driver: readText(child(value, 'driver'), absent),
    driverOptions: readVariables(child(value, 'driver_opts')),
    place: keyPlace,
  };
}

export function readNetwork({ key, keyPlace, value }: ConfigEntry): NetworkSpec {
  const absent = unset<never>(keyPlace);
  return {
    name: key,
    realName: readText(child(value, 'name') ?? child(child(value, 'external'), 'name'), absent),
    internal: readBoolean(child(value, 'internal'), absent),
    external: readExternal(value, absent),
    driver: readText(child(value, 'driver'), absent),
    place: keyPlace,
  };
}

export function readSecret({ key, keyPlace, value }: ConfigEntry): SecretSpec {
  const absent = unset<never>(keyPlace);
  return {
    name: key,
    file: readText(child(value, 'file'), absent),
    environment: readText(child(value, 'environment'), absent),
    place: keyPlace,
  };
}

/** `external: true`, or the old form with a name below it. */
function readExternal(node: ConfigNode, absent: Setting<never>): Setting<boolean> {
  const external = child(node, 'external');
  return external?.kind === 'map'
    ? { state: 'set', value: true, span: external.place }
    : readBoolean(external, absent);
}

/** A top-level key whose own place matters more than its value. */
export function keySetting(config: ConfigNode, key: string): Setting<string> {
  const entry = config.kind === 'map' ? config.entries.get(key) : undefined;
  if (entry === undefined) return unset({ start: config.place.start, end: config.place.start });
  return { state: 'set', value: entry.value.kind === 'scalar' ? entry.value.text : '', span: entry.keyPlace };
}
