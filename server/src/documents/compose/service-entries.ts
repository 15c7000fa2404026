/** Entries of a service's lists: devices, ulimits, secrets and configs, volumes of others. What is malformed gives none. */
import type { Device, Grant, SharedMounts, Ulimit } from '../../model/container.js';
import { type Setting, unset } from '../../model/setting.js';
import { child, type ConfigEntry, type ConfigNode, isNull } from './config-node.js';
import { readNumber, readText } from './values.js';

export function readDevice(node: ConfigNode): readonly Device[] {
  if (node.kind === 'map') {
    const source = readText(child(node, 'source'), unset(node.place));
    const target = readText(child(node, 'target'), unset(node.place));
    const permissions = readText(child(node, 'permissions'), unset(node.place));
    if (source.state !== 'set') return [];
    return [
      {
        hostPath: source.value,
        target: target.state === 'set' ? target.value : source.value,
        permissions: permissions.state === 'set' ? permissions.value : 'rwm',
        place: source.span,
      },
    ];
  }
  if (node.kind !== 'scalar' || node.unknown !== undefined || node.text === '') return [];
  const [hostPath = '', target = hostPath, permissions = 'rwm'] = node.text.split(':');
  return [{ hostPath, target, permissions, place: node.place }];
}

export function readUlimit(entry: ConfigEntry, absent: Setting<never>): Ulimit {
  const single = entry.value.kind === 'scalar' ? readNumber(entry.value, absent) : undefined;
  return {
    name: entry.key,
    soft: single ?? readNumber(child(entry.value, 'soft'), absent),
    hard: single ?? readNumber(child(entry.value, 'hard'), absent),
    place: entry.keyPlace,
  };
}

export function readGrant(node: ConfigNode): readonly Grant[] {
  if (node.kind === 'scalar')
    return node.text === ''
      ? []
      : [
          {
            source: node.text,
            target: undefined,
            mode: undefined,
            modePlace: undefined,
            place: node.place,
          },
        ];
  const source = child(node, 'source');
  if (source?.kind !== 'scalar') return [];
  const text = (key: string) => {
    const value = child(node, key);
    return value?.kind === 'scalar' && !isNull(value) ? value : undefined;
  };
  const mode = text('mode');
  // A number was octal in YAML already (0444 is 292); a string is octal text.
  const octal =
    mode === undefined
      ? undefined
      : typeof mode.value === 'number'
        ? `0${mode.value.toString(8)}`
        : mode.text;
  return [
    {
      source: source.text,
      target: text('target')?.text,
      mode: octal,
      modePlace: mode?.place,
      place: source.place,
    },
  ];
}

/** `service`, `service:ro`, `container:name`. */
export function readSharedMounts(node: ConfigNode): readonly SharedMounts[] {
  if (node.kind !== 'scalar' || node.unknown !== undefined || node.text === '') return [];
  const [from = '', ...rest] = node.text.split(':');
  return [{ from: from === 'container' && rest.length > 0 ? undefined : from, place: node.place }];
}
