/** Values of Compose scalars: booleans, numbers, byte sizes. Each answers three-valued, with the place of the value. */
import { say } from '../../l10n/message.js';
import { invalid, type Setting, setTo, unknown } from '../../model/setting.js';
import { type ConfigNode, isNull } from './config-node.js';

type Parse<T> = (text: string) => T | undefined;

/**
 * Reads one scalar. A missing or empty value gives `absent`; a value with an unresolved variable, or one that `parse`
 * does not accept, is unknown: Compose would refuse the latter, so nothing can be said about it.
 */
export function readScalar<T>(
  node: ConfigNode | undefined,
  absent: Setting<never>,
  parse: Parse<T>,
): Setting<T> {
  if (node === undefined || isNull(node)) return absent;
  if (node.kind !== 'scalar') return invalid(node.place, say`a single value is expected here`);
  if (node.unknown !== undefined)
    return node.invalid ? invalid(node.place, node.unknown) : unknown(node.place, node.unknown);
  const value = parse(node.text);
  return value === undefined
    ? invalid(node.place, say`the value is not valid here`)
    : setTo(value, node.place, node.origin);
}

export const readText = (node: ConfigNode | undefined, absent: Setting<never>) =>
  readScalar(node, absent, (text) => text);
export const readBoolean = (node: ConfigNode | undefined, absent: Setting<never>) =>
  readScalar(node, absent, parseBoolean);
export const readNumber = (node: ConfigNode | undefined, absent: Setting<never>) =>
  readScalar(node, absent, parseNumber);
export const readBytes = (node: ConfigNode | undefined, absent: Setting<never>) =>
  readScalar(node, absent, parseBytes);

/** A scalar before variables are replaced; undefined when there is none. */
export function readWritten(node: ConfigNode | undefined): string | undefined {
  return node?.kind === 'scalar' && !isNull(node) ? node.written : undefined;
}

/** `0:${GROUP}` is root, whatever group it gets. */
export function readUser(node: ConfigNode | undefined, absent: Setting<never>): Setting<string> {
  const user = readText(node, absent);
  if (node?.kind !== 'scalar' || user.state !== 'unknown') return user;
  const name = /^([\w.-]+):\$/.exec(node.written)?.[1];
  return name === undefined ? user : setTo(name, node.place, node.origin);
}

/** Booleans as Compose casts them: also the old YAML words. */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (['true', 'yes', 'y', 'on'].includes(word)) return true;
  if (['false', 'no', 'n', 'off'].includes(word)) return false;
  return undefined;
}

export function parseNumber(text: string): number | undefined {
  if (!/^[+-]?(\d[\d_]*)?(\.\d+)?(e[+-]?\d+)?$/i.test(text) || text === '') return undefined;
  const number = Number(text.replaceAll('_', ''));
  return Number.isFinite(number) ? number : undefined;
}

const UNITS = 'bkmgtp';

/** Bytes: an integer, or a number with `b k m g t p` and optional `i` and `b`; factor 1024. */
export function parseBytes(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*([bkmgtp]?)i?b?$/i.exec(text.trim());
  if (match === null) return undefined;
  const power = match[2] === '' ? 0 : UNITS.indexOf((match[2] ?? '').toLowerCase());
  return Math.round(Number(match[1]) * 1024 ** power);
}

/** The shortest usual spelling of a size: 536870912 is `512m`. */
export function formatBytes(bytes: number): string {
  for (const [power, unit] of [
    [3, 'g'],
    [2, 'm'],
    [1, 'k'],
  ] as const) {
    const size = 1024 ** power;
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}
