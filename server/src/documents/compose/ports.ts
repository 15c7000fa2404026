/** Entries of `ports`: short and long form, ranges, addresses. */
import { type Message, say } from '../../l10n/message.js';
import type { PortBinding, PortRange } from '../../model/container.js';
import { type Setting, setTo, unknown, unset } from '../../model/setting.js';
import type { Place } from '../../text/span.js';
import { child, type ConfigMap, type ConfigNode, type ConfigScalar, isNull } from './config-node.js';
import { readText } from './values.js';

export function readPort(node: ConfigNode): PortBinding | undefined {
  // `- 127.0.0.1:` is a key that is still being typed.
  if (node.kind === 'map')
    return child(node, 'target') || child(node, 'published') ? readLongForm(node) : undefined;
  return node.kind === 'scalar' && !isNull(node) ? readShortForm(node) : undefined;
}

/** `22:22` without quotes is 1342 to a YAML 1.1 reader: two or more groups below 60. */
const BASE_60 = /^[0-9]+(:[0-5]?[0-9])+$/;

function readShortForm(node: ConfigScalar): PortBinding {
  const at = node.place;
  const text = typeof node.value === 'number' ? String(node.value) : node.text;
  const base60 = node.plain && BASE_60.test(node.written);
  const common = { text: node.written, place: at, head: at, base60 };
  if (node.unknown !== undefined) return { ...common, ...readUnknown(node, node.unknown) };
  const { address, published, target, protocol, error } = parseShortForm(text);
  return {
    ...common,
    hostAddress: address === undefined ? unset(at) : setTo(address, at),
    published: published === undefined ? unset(at) : setTo(published, at),
    target: target === undefined ? unknown(at) : setTo(target, at),
    protocol: protocol ?? 'tcp',
    ...(error !== undefined && { invalid: error }),
  };
}

/**
 * A variable without value leaves nothing in `text`: `${PORT}:80` is `:80`. What stands between the colons is then
 * unknown; that there is no address in front is known all the same.
 */
function readUnknown(
  node: ConfigScalar,
  reason: Message,
): Pick<PortBinding, 'hostAddress' | 'published' | 'target' | 'protocol'> {
  const at = node.place;
  const nothing = unknown<never>(at, reason);
  const { address, published, target, protocol } = parseShortForm(node.text);
  // `${PREFIX}8080:80`: the prefix may hold an address.
  const glued = /^\$(?:\w+|\{\w+\})\d/.test(node.written);
  const colons = node.text.includes(':');
  return {
    hostAddress:
      glued || !colons || address === '' ? nothing : address === undefined ? unset(at) : setTo(address, at),
    published: published === undefined || glued ? nothing : setTo(published, at),
    target: target === undefined ? nothing : setTo(target, at),
    protocol: protocol ?? 'tcp',
  };
}

interface ShortForm {
  readonly address?: string;
  readonly published?: PortRange;
  readonly target?: PortRange;
  readonly protocol?: 'tcp' | 'udp' | 'sctp';
  readonly error?: Message;
}

/** `[[address:][published]:]target[/protocol]`; what is malformed is named in `error`. */
export function parseShortForm(text: string): ShortForm {
  const slash = text.indexOf('/');
  const protocolText = slash < 0 ? 'tcp' : text.slice(slash + 1).toLowerCase();
  const body = slash < 0 ? text : text.slice(0, slash);
  if (protocolText === '') return { error: say`the protocol behind the slash is missing` };
  if (!isProtocol(protocolText)) return { error: say`\`${protocolText}\` is not a protocol` };

  const last = body.lastIndexOf(':');
  const target = parseRange(last < 0 ? body : body.slice(last + 1));
  if (last < 0)
    return 'parts' in target ? { protocol: protocolText, error: target } : { target, protocol: protocolText };

  const split = splitAddress(body.slice(0, last));
  const published = split.published === '' ? undefined : parseRange(split.published);
  const outside = {
    ...(split.address !== undefined && { address: split.address }),
    ...(published !== undefined && !('parts' in published) && { published }),
    protocol: protocolText,
  };
  if ('parts' in target) return { ...outside, error: target };
  if (published !== undefined && 'parts' in published) return { ...outside, target, error: published };
  const fits = published === undefined || rangesFit(published, target);
  return { ...outside, target, ...(!fits && { error: say`the two ranges have different lengths` }) };
}

/** `127.0.0.1:8080`, `[::1]:8080`, `::1:8080`, `8080`: what stands before the container's port. */
function splitAddress(text: string): { address?: string; published: string } {
  const bracket = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracket) return { address: bracket[1] ?? '', published: bracket[2] ?? '' };
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { published: text };
  return { address: text.slice(0, colon), published: text.slice(colon + 1) };
}

function rangesFit(published: PortRange, target: PortRange): boolean {
  return target.from === target.to || published.to - published.from === target.to - target.from;
}

function isProtocol(text: string): text is 'tcp' | 'udp' | 'sctp' {
  return text === 'tcp' || text === 'udp' || text === 'sctp';
}

/** A range, or what is wrong with it. */
function parseRange(text: string): PortRange | Message {
  if (text.trim() === '') return say`the port of the container is missing`;
  if (/^[\d.]+\.[\d.]+$/.test(text))
    return say`behind an address come two ports, of the host and of the container`;
  const match = /^(\d+)(?:-(\d+))?$/.exec(text.trim());
  if (match === null) return say`\`${text}\` is not a port`;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  if (from > 65535 || to > 65535) return say`${Math.max(from, to)} is above 65535`;
  return to < from ? say`\`${text}\` ends before it starts` : { from, to };
}

function readLongForm(node: ConfigMap): PortBinding {
  const at = node.entries.get('target')?.keyPlace ?? [...node.entries.values()][0]?.keyPlace ?? node.place;
  const target = range(child(node, 'target'), at);
  const published = range(child(node, 'published'), at);
  const protocol = readText(child(node, 'protocol'), unset(at));
  const word = protocol.state === 'set' ? protocol.value.toLowerCase() : 'tcp';
  const shown = [published, target].flatMap((one) =>
    one.value.state === 'set' ? [formatRange(one.value.value)] : [],
  );
  const error = target.error ?? published.error;
  return {
    hostAddress: readText(child(node, 'host_ip'), unset(at)),
    published: published.value,
    target: target.value,
    protocol: isProtocol(word) ? word : 'tcp',
    text: shown.join(':'),
    place: published.value.state === 'set' ? published.value.span : at,
    head: headOf(node),
    base60: false,
    ...(error !== undefined && { invalid: error }),
  };
}

/** A key and its value stand on one line unless the value is a block or was written in another place. */
function headOf(node: ConfigMap): Place {
  const [first] = node.entries.values();
  if (first === undefined) return node.place;
  const { keyPlace, value } = first;
  const together = value.kind === 'scalar' && !value.block && value.place.file === keyPlace.file;
  return together && value.place.start > keyPlace.end ? { ...keyPlace, end: value.place.end } : keyPlace;
}

function range(node: ConfigNode | undefined, at: Place): { value: Setting<PortRange>; error?: Message } {
  const text = readText(node, unset(at));
  if (text.state !== 'set') return { value: text };
  if (text.value === '') return { value: unset(at) };
  const parsed = parseRange(text.value);
  return 'parts' in parsed
    ? { value: unknown(text.span), error: parsed }
    : { value: setTo(parsed, text.span) };
}

export function formatRange({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
