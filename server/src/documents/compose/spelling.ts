/** Which Compose key holds a setting of the model, in this service's dialect: `mem_limit` or `deploy.resources.limits.memory`. */
import type { ContainerFields, ContainerLists } from '../../model/container.js';
import { child, type ConfigNode } from './config-node.js';

export type FieldKeys = Readonly<
  Record<keyof ContainerFields | keyof ContainerLists | 'mounts' | 'ports' | 'logOptions', readonly string[]>
>;

const SERVICE_KEYS: FieldKeys = {
  image: ['image'],
  user: ['user'],
  privileged: ['privileged'],
  readOnly: ['read_only'],
  memory: ['mem_limit'],
  memoryReservation: ['mem_reservation'],
  memorySwap: ['memswap_limit'],
  cpus: ['cpus'],
  pids: ['pids_limit'],
  networkMode: ['network_mode'],
  pid: ['pid'],
  ipc: ['ipc'],
  uts: ['uts'],
  userns: ['userns_mode'],
  cgroup: ['cgroup'],
  cgroupParent: ['cgroup_parent'],
  restart: ['restart'],
  pullPolicy: ['pull_policy'],
  oomKillDisable: ['oom_kill_disable'],
  shmSize: ['shm_size'],
  init: ['init'],
  logDriver: ['logging', 'driver'],
  useApiSocket: ['use_api_socket'],
  containerName: ['container_name'],
  healthcheck: ['healthcheck'],
  capAdd: ['cap_add'],
  capDrop: ['cap_drop'],
  securityOpt: ['security_opt'],
  groupAdd: ['group_add'],
  tmpfs: ['tmpfs'],
  extraHosts: ['extra_hosts'],
  dns: ['dns'],
  profiles: ['profiles'],
  deviceCgroupRules: ['device_cgroup_rules'],
  mounts: ['volumes'],
  ports: ['ports'],
  logOptions: ['logging', 'options'],
};

const DEPLOY_KEYS: Partial<FieldKeys> = {
  memory: ['deploy', 'resources', 'limits', 'memory'],
  cpus: ['deploy', 'resources', 'limits', 'cpus'],
  pids: ['deploy', 'resources', 'limits', 'pids'],
  memoryReservation: ['deploy', 'resources', 'reservations', 'memory'],
};

/**
 * A service that has `deploy.resources.limits` must keep to it: Compose refuses `mem_limit` beside limits that do not
 * say the same. One that has `mem_limit` and friends keeps to those. Otherwise the rest of the file decides, or that it is
 * made for a Swarm.
 */
export function fieldKeys(service: ConfigNode, prefersDeploy: boolean): FieldKeys {
  const keys = hasDeployRestart(service) ? { ...SERVICE_KEYS, restart: DEPLOY_RESTART } : SERVICE_KEYS;
  if (hasDeployLimits(service)) return { ...keys, ...DEPLOY_KEYS };
  return prefersDeploy && !hasOwnLimits(service) ? { ...keys, ...DEPLOY_KEYS } : keys;
}

const DEPLOY_RESTART = ['deploy', 'restart_policy'];

/** Compose takes this policy and forgets `restart`. */
function hasDeployRestart(service: ConfigNode): boolean {
  return child(child(service, 'deploy'), 'restart_policy') !== undefined;
}

export function hasDeployLimits(service: ConfigNode): boolean {
  return child(child(child(service, 'deploy'), 'resources'), 'limits') !== undefined;
}

export function hasOwnLimits(service: ConfigNode): boolean {
  return ['mem_limit', 'cpus', 'pids_limit'].some((key) => child(service, key) !== undefined);
}

/** What Compose reads over and only a Swarm obeys. */
const SWARM_KEYS = ['placement', 'update_config', 'rollback_config', 'endpoint_mode'];

/** A service that is made for `docker stack deploy`, which refuses `mem_limit`, `cpus` and `pids_limit`. */
export function isForSwarm(service: ConfigNode): boolean {
  const deploy = child(service, 'deploy');
  return SWARM_KEYS.some((key) => child(deploy, key) !== undefined);
}

/** The settings that the declared version of the file has no word for, as far as a Swarm reads it. */
export function unknownToSwarm(version: string | undefined): ReadonlySet<keyof ContainerFields> {
  return isBefore(version, 9) ? new Set(['pids'] as const) : new Set();
}

/** Whether a Swarm refuses blocks beside the services, `x-…`, in a file of the declared version. */
export function refusesBlocks(version: string | undefined): boolean {
  return isBefore(version, 4);
}

/** Whether a version is declared that is older than 3 with this number behind its point. */
function isBefore(version: string | undefined, minor: number): boolean {
  const [, own = '0'] = /^3(?:\.(\d+))?$/.exec(version ?? '') ?? [];
  return version !== undefined && Number(own) < minor;
}
