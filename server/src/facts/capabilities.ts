// Linux capabilities: names, what Docker gives by itself, and what each is worth to somebody who broke into a container.
import { nearestOf } from './nearest.js';
import data from './data/capabilities.json';

/**
 * How far a capability reaches.
 * - `host-root`: root on the host without a further flaw (ALL, SYS_ADMIN, SYS_MODULE, SYS_RAWIO, BPF …).
 * - `host-reach`: touches what all containers share: network, clock, kernel log (NET_ADMIN, SYS_TIME …).
 * - `bounded`: ends at the container and what is mounted into it (SYS_PTRACE, IPC_LOCK …).
 * - `default`: part of what Docker grants anyway.
 */
export type CapabilityClass = 'host-root' | 'host-reach' | 'bounded' | 'default';

export interface Capability {
  /** Without `CAP_`, upper case. `ALL` stands for every capability. */
  readonly name: string;
  readonly class: CapabilityClass;
  readonly dockerDefault: boolean;
  /** Our judgement of the capability alone, without other settings. */
  readonly risk: 'critical' | 'high' | 'medium' | 'low';
  /** What an attacker inside gains: one sentence with its full stop. */
  readonly gain: string;
  /** The same behind "whoever breaks in", in the few words that a message has room for. */
  readonly short: string;
}

export const capabilitySource = { source: data.source, date: data.retrieved } as const;

const all: Capability = {
  name: 'ALL',
  class: 'host-root',
  dockerDefault: false,
  risk: 'critical',
  gain: 'Holds every capability at once, SYS_ADMIN and SYS_MODULE among them: root on the host is one step away.',
  short: 'is one step from root on the host',
};
const known: ReadonlyMap<string, Capability> = new Map(
  data.records.map((record) => {
    // The class and the risk are unions that a JSON import cannot express; the refresh script checks them.
    const { name, class: cls, risk, gain, short } = record as Raw;
    const known = { name, class: cls, risk, gain, short: short ?? firstPart(gain) };
    return [name, { ...known, dockerDefault: cls === 'default' }];
  }),
);

type Raw = Omit<Capability, 'dockerDefault' | 'short'> & { readonly short?: string };

function firstPart(gain: string): string {
  const [first = ''] = gain.replace(/\.$/, '').split(/[;:]/);
  return first.charAt(0).toLowerCase() + first.slice(1);
}

/** Names without `CAP_`, in the order of the kernel, without `ALL`. */
export const allCapabilities: readonly string[] = [...known.keys()];

/** What Docker grants a container that asks for nothing. */
export const defaultCapabilities: readonly string[] = allCapabilities.filter(
  (name) => known.get(name)?.class === 'default',
);

/** `cap_net_admin` -> `NET_ADMIN`. Says nothing about whether there is such a capability. */
export function normaliseCapability(written: string): string {
  return written.trim().toUpperCase().replace(/^CAP_/, '');
}

/** The capability of that name in any spelling, `ALL` included; undefined for an unknown name. */
export function capability(written: string): Capability | undefined {
  const name = normaliseCapability(written);
  return name === 'ALL' ? all : known.get(name);
}

/** The name that was probably meant by an unknown one: at most two letters away and no tie; else undefined. */
export function nearestCapability(written: string): string | undefined {
  return nearestOf(normaliseCapability(written).replace(/-/g, '_'), ['ALL', ...allCapabilities]);
}
