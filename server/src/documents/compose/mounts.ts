/** Entries of `volumes`: short and long form, and volumes whose driver options make them a bind. */
import type { Message } from '../../l10n/message.js';
import type { Mount } from '../../model/container.js';
import type { VolumeSpec } from '../../model/project.js';
import { type Setting, setTo, unknown, unset } from '../../model/setting.js';
import type { Place } from '../../text/span.js';
import { child, type ConfigMap, type ConfigNode, type ConfigScalar, isNull } from './config-node.js';
import { readBoolean, readText } from './values.js';

export function readMount(node: ConfigNode, volumes: ReadonlyMap<string, VolumeSpec>): Mount | undefined {
  if (node.kind === 'map') return readLongForm(node, volumes);
  return node.kind === 'scalar' && !isNull(node) ? readShortForm(node, volumes) : undefined;
}

function readShortForm(node: ConfigScalar, volumes: ReadonlyMap<string, VolumeSpec>): Mount {
  const at = node.place;
  if (node.unknown !== undefined) return readUnknownShortForm(node, node.unknown);
  const parts = splitShortForm(node.text);
  const [source, target, optionText] = parts.length === 1 ? [undefined, parts[0], undefined] : parts;
  const options = (optionText ?? '').split(',').filter((word) => word !== '');
  const kind = source !== undefined && isHostPath(source) ? 'bind' : 'volume';
  return {
    kind,
    source: source === undefined ? unset(at) : setTo(source, at),
    writtenSource: source,
    target: target === undefined ? unknown(at) : setTo(target, at),
    hostPath: hostPathOf(kind, source, at, volumes),
    readOnly: isReadOnly(options) || isReadOnlyVolume(kind, source, volumes),
    propagation: propagationOf(options, at),
    options,
    place: at,
  };
}

/**
 * `${DATA}:/data:ro` still tells its options, and `${SOCK}:/var/run/docker.sock` its target. The parts are split on the
 * written text with each variable taken as one opaque piece.
 */
function readUnknownShortForm(node: ConfigScalar, reason: Message): Mount {
  const at = node.place;
  const parts = splitShortForm(
    node.written.replace(/\$\{[^}]*\}|\$[A-Za-z_]\w*/g, (reference) =>
      'v'.padEnd(reference.length, '\u0000'),
    ),
  );
  const target = parts.length >= 2 ? parts[1] : undefined;
  const options = (parts[2] ?? '').split(',').filter((word) => word !== '');
  const ownFolder =
    target === undefined ? undefined : pathInOwnFolder(node.written.slice(0, parts[0]?.length));
  return {
    kind: ownFolder === undefined ? 'unknown' : 'bind',
    source: unknown(at, reason),
    writtenSource: target === undefined ? undefined : node.written.slice(0, parts[0]?.length),
    target: target === undefined || target.includes('\u0000') ? unknown(at, reason) : setTo(target, at),
    hostPath: ownFolder === undefined ? unknown(at, reason) : setTo(ownFolder, at),
    readOnly: isReadOnly(options),
    propagation: options.some((option) => option.includes('\u0000'))
      ? unknown(at, reason)
      : propagationOf(options, at),
    options,
    place: at,
  };
}

/**
 * A path that starts with the home or runtime folder of whoever starts the project: which user that is does not matter.
 * As written; undefined when other variables are in it.
 */
function pathInOwnFolder(written: string): string | undefined {
  return /^\$(?:HOME|\{HOME\}|XDG_RUNTIME_DIR|\{XDG_RUNTIME_DIR\})(?:\/[^$]*)?$/.test(written)
    ? written
    : undefined;
}

/** The last of `ro` and `rw` wins. */
function isReadOnly(options: readonly string[]): boolean {
  return options.lastIndexOf('ro') > options.lastIndexOf('rw');
}

const PROPAGATION = /^r?(shared|private|slave)$/;

function propagationOf(options: readonly string[], at: Place): Setting<string> {
  const word = options.find((option) => PROPAGATION.test(option));
  return word === undefined ? unset(at) : setTo(word, at);
}

/** Splits at colons, but not behind a drive letter: `C:\data:/data`. */
export function splitShortForm(text: string): string[] {
  const drive = /^[A-Za-z]:[\\/]/.test(text) ? 2 : 0;
  const parts = text.slice(drive).split(':');
  if (drive > 0) parts[0] = text.slice(0, drive) + (parts[0] ?? '');
  // A Windows target: `./x:C:\data`.
  if (parts.length >= 3 && /^[A-Za-z]$/.test(parts[1] ?? '') && /^[\\/]/.test(parts[2] ?? '')) {
    parts.splice(1, 2, `${parts[1]}:${parts[2]}`);
  }
  return parts;
}

function isHostPath(source: string): boolean {
  return /^[./~\\]/.test(source) || /^[A-Za-z]:/.test(source);
}

function hostPathOf(
  kind: string,
  source: string | undefined,
  at: Place,
  volumes: ReadonlyMap<string, VolumeSpec>,
): Setting<string> {
  if (source === undefined) return unset(at);
  if (kind === 'bind' || kind === 'npipe') return setTo(source, at);
  const volume = kind === 'volume' ? volumes.get(source) : undefined;
  return volume === undefined ? unset(at) : bindOfVolume(volume, at);
}

/** `o: bind,ro`: whoever mounts the volume cannot write to it. */
function isReadOnlyVolume(
  kind: string,
  source: string | undefined,
  volumes: ReadonlyMap<string, VolumeSpec>,
): boolean {
  const volume = kind === 'volume' && source !== undefined ? volumes.get(source) : undefined;
  const flags = volume?.driverOptions.find((one) => one.name === 'o')?.value;
  return flags?.state === 'set' && isReadOnly(flags.value.split(','));
}

/** `driver_opts: {type: none, o: bind, device: /path}` makes a named volume a bind. */
function bindOfVolume(volume: VolumeSpec, at: Place): Setting<string> {
  // Only the driver that comes with Docker takes these options for a bind.
  if (volume.driver.state === 'unknown') return unknown(at);
  if (volume.driver.state === 'set' && volume.driver.value !== 'local') return unset(at);
  const option = (name: string) => volume.driverOptions.find((one) => one.name === name)?.value;
  const flags = option('o');
  if (flags?.state !== 'set' || !/(^|,)r?bind(,|$)/.test(flags.value)) return unset(at);
  const device = option('device');
  if (device?.state !== 'set') return unknown(at);
  return setTo(device.value, at, { kind: 'anchor', at: device.span, name: `volume ${volume.name}` });
}

function readLongForm(node: ConfigMap, volumes: ReadonlyMap<string, VolumeSpec>): Mount {
  const entries = [...node.entries.values()];
  const at =
    node.entries.get('source')?.value.place ??
    node.entries.get('target')?.value.place ??
    entries[0]?.keyPlace ??
    node.place;
  const type = readText(child(node, 'type'), unset(at));
  const written = child(node, 'source');
  const source = readText(written, unset(at));
  const target = readText(child(node, 'target'), unset(at));
  const readOnly = readBoolean(child(node, 'read_only'), unset(at));
  const kind =
    type.state === 'set' ? mountKind(type.value) : type.state === 'unknown' ? 'unknown' : guessKind(source);
  return {
    kind,
    source,
    writtenSource: written?.kind === 'scalar' && !isNull(written) ? written.written : undefined,
    target,
    hostPath:
      source.state === 'set'
        ? hostPathOf(kind, source.value, at, volumes)
        : source.state === 'unknown'
          ? hostPathOfUnknown(child(node, 'source'), source)
          : unset(at),
    readOnly:
      (readOnly.state === 'set' && readOnly.value) ||
      (source.state === 'set' && isReadOnlyVolume(kind, source.value, volumes)),
    propagation: readText(child(child(node, 'bind'), 'propagation'), unset(at)),
    options: tmpfsOptions(child(node, 'tmpfs'), at),
    place: at,
  };
}

function hostPathOfUnknown(node: ConfigNode | undefined, source: Setting<string>): Setting<string> {
  const path = node?.kind === 'scalar' ? pathInOwnFolder(node.written) : undefined;
  return path === undefined ? source : setTo(path, source.state === 'unset' ? source.anchor : source.span);
}

/** `type` is required; while it is not typed yet the source tells. */
function guessKind(source: Setting<string>): Mount['kind'] {
  if (source.state !== 'set') return 'unknown';
  return isHostPath(source.value) ? 'bind' : 'volume';
}

function mountKind(type: string): Mount['kind'] {
  switch (type) {
    case 'bind':
    case 'volume':
    case 'tmpfs':
    case 'npipe':
    case 'image':
    case 'cluster':
      return type;
    default:
      return 'unknown';
  }
}

function tmpfsOptions(node: ConfigNode | undefined, at: Place): readonly string[] {
  return ['size', 'mode'].flatMap((name) => {
    const value = readText(child(node, name), unset(at));
    return value.state === 'set' ? [`${name}=${value.value}`] : value.state === 'unknown' ? [`${name}=`] : [];
  });
}
