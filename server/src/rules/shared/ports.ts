/** Where a published port can be reached from. */
import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec, PortBinding, PortRange } from '../../model/container.js';
import { containerFix, type Fix } from '../rule.js';

/** Whether only this machine reaches the address. */
export function isLoopback(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  return /^127\./.test(bare) || bare === '::1' || bare === 'localhost' || /^::ffff:127\./i.test(bare);
}

/** Every address of the host: none given, or the one that stands for all. */
export function isEveryAddress(port: PortBinding): boolean {
  if (port.hostAddress.state === 'unset') return true;
  return (
    port.hostAddress.state === 'set' && ['0.0.0.0', '::', '[::]', '*', ''].includes(port.hostAddress.value)
  );
}

/** Ports that are really opened on every address of the host: not with the host's own network, where they do nothing. */
export function portsOnEveryAddress(container: ContainerSpec): readonly PortBinding[] {
  const { networkMode } = container;
  const unused = networkMode.state === 'set' && ['host', 'none'].includes(networkMode.value);
  return unused ? [] : container.ports.filter((port) => port.invalid === undefined && isEveryAddress(port));
}

/** Ports that other machines reach: published on an address that is not surely of this machine alone. */
export function openPorts({ networkMode, ports }: ContainerSpec): readonly PortBinding[] {
  if (networkMode.state === 'set' && ['host', 'none'].includes(networkMode.value)) return [];
  return ports.filter(
    ({ hostAddress, invalid }) =>
      invalid === undefined &&
      hostAddress.state !== 'unknown' &&
      !(hostAddress.state === 'set' && isLoopback(hostAddress.value)),
  );
}

/** The container's side of a published port, when it speaks TCP, as logins and debuggers do. */
export function tcpTarget({ target, protocol }: PortBinding): PortRange | undefined {
  return target.state === 'set' && protocol === 'tcp' ? target.value : undefined;
}

/** Only this machine reaches the port then, which the title says. */
export function bindToLoopback(container: ContainerSpec, port: PortBinding, title: Message): readonly Fix[] {
  return containerFix(container, title, 'unsafe', [{ bindPort: port, address: LOOPBACK }]);
}

export const LOOPBACK = '127.0.0.1';

/** The container's ports as single numbers, for looking up what listens there; long ranges only by their ends. */
export function numbersOf(range: PortRange): readonly number[] {
  return range.to - range.from > 50
    ? [range.from, range.to]
    : Array.from({ length: range.to - range.from + 1 }, (_, i) => range.from + i);
}

/** The host's port for messages, or the container's when the host's is random. */
export function portName(port: PortBinding): string {
  const range =
    port.published.state === 'set' && port.published.value.from > 0
      ? port.published.value
      : port.target.state === 'set'
        ? port.target.value
        : undefined;
  if (range === undefined) return port.text;
  return rangeName(range);
}

/** Doors by which people log in to a machine; a container is entered with `docker exec` instead. */
const REMOTE_ADMIN: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [512, 'rexec'],
  [513, 'rlogin'],
  [514, 'rsh'],
  [3389, 'Remote Desktop'],
  [5800, 'VNC'],
  [5900, 'VNC'],
  [5985, 'WinRM'],
  [5986, 'WinRM'],
]);

/** Doors by which a debugger takes over the program it is attached to: they run any code without a password. */
const DEBUGGERS: ReadonlyMap<number, Message> = new Map([
  [2345, say`the Delve debugger`],
  [4711, say`the Xdebug proxy`],
  [5005, say`the Java debugger`],
  [5678, say`the Python debugger`],
  [5858, say`the Node.js debugger`],
  [9222, say`the Chrome debugger`],
  [9229, say`the Node.js inspector`],
  [40000, say`the Delve debugger`],
]);

/** Programs that answer on the port of a debugger without being one. */
const NO_DEBUGGERS: ReadonlyMap<number, RegExp> = new Map([
  [4711, /amule/],
  [5005, /rasa/],
  [5678, /n8n|http-echo/],
]);

/** A port that is looked for, in a range. */
export interface Known<T> {
  readonly port: number;
  readonly service: T;
}

/** Below, every program of a system has its number: a range over it opens whatever listens there. */
const FIRST_FREE_PORT = 1024;
/** A longer range is not about a single number in it: media streams, passive FTP, whatever a host has free. */
const SHORT_RANGE = 10;

/** The login services of container ports, in order. */
export function loginServices(range: PortRange): readonly Known<string>[] {
  return LOGINS.filter(({ port }) => covers(range, port) && (port < FIRST_FREE_PORT || isShort(range)));
}

const LOGINS: readonly Known<string>[] = [...REMOTE_ADMIN].map(([port, service]) => ({ port, service }));

/** The debugger of container ports. */
export function debugService(range: PortRange, { name, image }: ContainerSpec): Known<Message> | undefined {
  if (!isShort(range)) return undefined;
  const names = [name, image.state === 'set' ? image.value : ''];
  for (const [port, service] of DEBUGGERS)
    if (covers(range, port) && !names.some((text) => NO_DEBUGGERS.get(port)?.test(text)))
      return { port, service };
  return undefined;
}

export function covers({ from, to }: PortRange, port: number): boolean {
  return from <= port && port <= to;
}

function isShort({ from, to }: PortRange): boolean {
  return to - from < SHORT_RANGE;
}

/** `22`, `20-25`. */
export function rangeName({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
