/** Limits of a service, which Compose takes from the service's own keys or from `deploy.resources`. */
import type { ContainerSpec, LimitConflict } from '../../model/container.js';
import { type Setting, setTo } from '../../model/setting.js';
import { child, type ConfigNode } from './config-node.js';
import { readBytes, readNumber, readText } from './values.js';

type Limits = Pick<
  ContainerSpec,
  'memory' | 'memoryReservation' | 'memorySwap' | 'cpus' | 'pids' | 'limitConflicts'
>;

/** `absent` is the answer for what is not written. */
export function readLimits(service: ConfigNode, absent: Setting<never>): Limits {
  const own = (key: string) => child(service, key);
  const resources = child(own('deploy'), 'resources');
  const limits = child(resources, 'limits');
  const reservations = child(resources, 'reservations');
  return {
    memory: firstPresent(readBytes(child(limits, 'memory'), absent), readBytes(own('mem_limit'), absent)),
    memoryReservation: firstPresent(
      readBytes(child(reservations, 'memory'), absent),
      readBytes(own('mem_reservation'), absent),
    ),
    memorySwap: readBytes(own('memswap_limit'), absent),
    cpus: [
      readNumber(own('cpus'), absent),
      readCpuQuota(service, absent),
      readNumber(own('cpu_count'), absent),
      readCpuSet(own('cpuset'), absent),
    ].reduce<Setting<number>>(firstPresent, readNumber(child(limits, 'cpus'), absent)),
    pids: firstPresent(readNumber(child(limits, 'pids'), absent), readNumber(own('pids_limit'), absent)),
    limitConflicts: readConflicts(service, limits, reservations, absent),
  };
}

/** The engine uses `deploy.resources` when it holds a value, otherwise the service's own key. */
function firstPresent<T>(preferred: Setting<T>, otherwise: Setting<T>): Setting<T> {
  const empty =
    preferred.state === 'unset' ||
    (preferred.state === 'set' && preferred.value === 0 && otherwise.state === 'set');
  return empty ? otherwise : preferred;
}

/** `cpu_quota` limits as `cpus` does: quota divided by period, which is 100 ms when not given. */
function readCpuQuota(service: ConfigNode, absent: Setting<never>): Setting<number> {
  const quota = readNumber(child(service, 'cpu_quota'), absent);
  if (quota.state !== 'set') return quota;
  const period = readNumber(child(service, 'cpu_period'), absent);
  return setTo(
    Math.max(0, quota.value) / (period.state === 'set' && period.value > 0 ? period.value : 100_000),
    quota.span,
  );
}

/** Pinned to `0-2,5`, a container has no more than these four. An empty text pins nothing. */
function readCpuSet(node: ConfigNode | undefined, absent: Setting<never>): Setting<number> {
  const list = readText(node, absent);
  if (list.state !== 'set') return list;
  if (list.value.trim() === '') return absent;
  const count = list.value.split(',').reduce((sum, part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number);
    return sum + (to - from + 1);
  }, 0);
  return setTo(count > 0 ? count : 1, list.span);
}

const PAIRS = [
  { field: 'memory', own: 'mem_limit', block: 'limits', key: 'memory', read: readBytes },
  { field: 'cpus', own: 'cpus', block: 'limits', key: 'cpus', read: readNumber },
  { field: 'pids', own: 'pids_limit', block: 'limits', key: 'pids', read: readNumber },
  {
    field: 'memoryReservation',
    own: 'mem_reservation',
    block: 'reservations',
    key: 'memory',
    read: readBytes,
  },
] as const;

/** Compose refuses a service's own limit beside a block below `deploy` that says something else, or nothing, about it. */
function readConflicts(
  service: ConfigNode,
  limits: ConfigNode | undefined,
  reservations: ConfigNode | undefined,
  absent: Setting<never>,
): readonly LimitConflict[] {
  return PAIRS.flatMap(({ field, own, block, key, read }): LimitConflict[] => {
    const parent = block === 'limits' ? limits : reservations;
    const mine = read(child(service, own), absent);
    if (parent?.kind !== 'map' || mine.state !== 'set' || mine.value === 0) return [];
    const other = read(child(parent, key), absent);
    if (other.state === 'unknown' || (other.state === 'set' && other.value === mine.value)) return [];
    return [
      {
        field,
        names: [own, `deploy.resources.${block}.${key}`],
        place: mine.span,
        other: other.state === 'set' ? other.span : undefined,
      },
    ];
  });
}
