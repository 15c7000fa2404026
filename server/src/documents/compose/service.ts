/** One Compose service -> ContainerSpec: what Compose would start, each setting with its place. */
import { type Message, say } from '../../l10n/message.js';
import type { ContainerEditor, ContainerSpec, Mount, PortBinding } from '../../model/container.js';
import type { VolumeSpec } from '../../model/project.js';
import { placeOf, type Setting, setTo, unknown, unset } from '../../model/setting.js';
import type { Place } from '../../text/span.js';
import { readBuild } from './build-key.js';
import { readWord, readWords } from './commands.js';
import { child, type ConfigEntry, type ConfigNode, entriesOf, isNull, itemsOf } from './config-node.js';
import { readHealthCheck, readRestart } from './life.js';
import { readLimits } from './limits.js';
import { readMount } from './mounts.js';
import { readHooks } from './hooks.js';
import { readPort } from './ports.js';
import { readDevice, readGrant, readSharedMounts, readUlimit } from './service-entries.js';
import { type FieldKeys, fieldKeys } from './spelling.js';
import { readBoolean, readBytes, readText, readUser, readWritten } from './values.js';
import { readVariables } from './variables.js';

export interface ServiceContext {
  readonly volumes: ReadonlyMap<string, VolumeSpec>;
  /** Names of services in the file that already write limits below `deploy`. */
  readonly prefersDeploy: boolean;
  /** A service without image and build is a part of one that another file defines. */
  readonly fragments: boolean;
  /** Names of services that only serve others to be made of. */
  readonly templates: ReadonlySet<string>;
  /** Texts of the services that a service extends. */
  basesOf(name: string): readonly Place[];
  /** Undefined for a service of which nothing stands in the document under analysis. */
  editor(entry: ConfigEntry): ContainerEditor | undefined;
}

const NO_EDITOR: ContainerEditor = { apply: () => undefined };

export function readService(entry: ConfigEntry, context: ServiceContext): ContainerSpec {
  const { value: node, keyPlace: at } = entry;
  const incomplete: Message[] =
    node.kind === 'map' ? [...node.incomplete] : isNull(node) ? [] : [say`the service is not a mapping yet`];
  const own = (key: string) => child(node, key);
  if (own('extends') !== undefined) incomplete.push(say`\`extends\` is not resolved`);

  // Where something may come from a part that was not read, its absence proves nothing.
  const isFragment =
    context.fragments && !['image', 'build', 'provider'].some((key) => own(key) !== undefined);
  const reason =
    incomplete[0] ??
    (isFragment ? say`the service is defined in another file` : undefined) ??
    (context.templates.has(entry.key) ? say`services of other files are made of it` : undefined);
  const absent: Setting<never> = reason === undefined ? unset(at) : unknown(at, reason);
  const text = (key: string) => readText(own(key), absent);
  const list = (key: string) => readList(own(key), absent);
  const keys = fieldKeys(node, context.prefersDeploy);
  const mounts = readMounts(node, context.volumes);

  return {
    origin: 'compose',
    name: entry.key,
    namePlace: at,
    image: text('image'),
    writtenImage: readWritten(own('image')),
    user: readUser(own('user'), absent),
    privileged: readBoolean(own('privileged'), absent),
    readOnly: readBoolean(own('read_only'), absent),
    ...readLimits(node, absent),
    networkMode: text('network_mode'),
    pid: text('pid'),
    ipc: text('ipc'),
    uts: text('uts'),
    userns: text('userns_mode'),
    cgroup: text('cgroup'),
    cgroupParent: text('cgroup_parent'),
    restart: readRestart(own('restart'), own('deploy'), absent),
    pullPolicy: text('pull_policy'),
    oomKillDisable: readBoolean(own('oom_kill_disable'), absent),
    shmSize: readBytes(own('shm_size'), absent),
    init: readBoolean(own('init'), absent),
    logDriver: readText(child(own('logging'), 'driver'), absent),
    useApiSocket: readBoolean(own('use_api_socket'), absent),
    containerName: text('container_name'),
    healthcheck: readHealthCheck(own('healthcheck'), absent),
    capAdd: list('cap_add'),
    capDrop: list('cap_drop'),
    securityOpt: list('security_opt'),
    groupAdd: list('group_add'),
    tmpfs: list('tmpfs'),
    extraHosts: readVariables(own('extra_hosts')).map((one) =>
      setTo(one.written === undefined ? one.name : `${one.name}=${one.written}`, one.place),
    ),
    dns: list('dns'),
    profiles: list('profiles'),
    deviceCgroupRules: list('device_cgroup_rules'),
    mounts,
    ports: itemsOf(own('ports'))
      .map(readPort)
      .filter(isPresent<PortBinding>),
    expose: readList(own('expose'), absent),
    environment: readVariables(own('environment')),
    envFiles: itemsOf(own('env_file')).map((item) =>
      readText(item.kind === 'map' ? child(item, 'path') : item, absent),
    ),
    labels: readVariables(own('labels')),
    devices: itemsOf(own('devices')).flatMap(readDevice),
    hooks: readHooks(node, absent),
    mountsFrom: itemsOf(own('volumes_from')).flatMap(readSharedMounts),
    ulimits: entriesOf(own('ulimits')).map((one) => readUlimit(one, absent)),
    secrets: itemsOf(own('secrets')).flatMap(readGrant),
    configs: itemsOf(own('configs')).flatMap(readGrant),
    logOptions: new Map(
      entriesOf(child(own('logging'), 'options')).map((option) => [
        option.key,
        readText(option.value, absent),
      ]),
    ),
    command: readWords(own('command'), absent),
    entrypoint: readWords(own('entrypoint'), absent),
    startWords: [...itemsOf(own('entrypoint')), ...itemsOf(own('command'))].flatMap(readWord),
    networks: readNetworks(own('networks'), absent),
    dependsOn: namesOf(own('depends_on')),
    build:
      own('build') === undefined
        ? undefined
        : readBuild(
            own('build'),
            node.kind === 'map' ? node.entries.get('build')?.keyPlace : undefined,
            absent,
          ),
    provider: readText(child(own('provider'), 'type'), absent),
    madeOf: context.basesOf(entry.key),
    outside: at.file !== undefined && isOutside(node) && mounts.every(isMountOutside),
    incomplete,
    edit: context.editor(entry) ?? NO_EDITOR,
    spelling: (field) => spellingOf(keys, field),
  };
}

/** The same service; the volumes that it mounts are another part of the project, and may be other ones now. */
export function withMounts(
  service: ContainerSpec,
  { value }: ConfigEntry,
  { volumes }: Pick<ServiceContext, 'volumes'>,
): ContainerSpec {
  const mounts = readMounts(value, volumes);
  return { ...service, mounts, outside: service.outside === true && mounts.every(isMountOutside) };
}

function readMounts(node: ConfigNode, volumes: ServiceContext['volumes']): readonly Mount[] {
  return itemsOf(child(node, 'volumes'))
    .map((item) => readMount(item, volumes))
    .filter(isPresent<Mount>);
}

function isMountOutside({ hostPath }: Mount): boolean {
  return placeOf(hostPath).file !== undefined;
}

/** Whether all of it stands in other files than the document under analysis. */
function isOutside(node: ConfigNode): boolean {
  if (node.place.file === undefined) return false;
  if (node.kind === 'list') return node.items.every(isOutside);
  return (
    node.kind === 'scalar' ||
    [...node.entries.values()].every(({ keyPlace, value }) => keyPlace.file !== undefined && isOutside(value))
  );
}

function spellingOf(keys: FieldKeys, field: keyof FieldKeys): string {
  return (keys[field] ?? [field]).join('.');
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** A list of words. An item whose value cannot be told stays as unknown; so does a list that is not one. */
export function readList(node: ConfigNode | undefined, absent: Setting<never>): readonly Setting<string>[] {
  const items = itemsOf(node).map((item) => readText(item, absent));
  if (node?.kind === 'map') return [unknown(node.place, say`a list is expected here`)];
  return absent.state === 'unknown' ? [...items, absent] : items;
}

function readNetworks(node: ConfigNode | undefined, absent: Setting<never>): readonly Setting<string>[] {
  if (node?.kind !== 'map') return readList(node, absent);
  return entriesOf(node).map((entry) => setTo(entry.key, entry.keyPlace));
}

function namesOf(node: ConfigNode | undefined): readonly string[] {
  if (node?.kind === 'map') return [...node.entries.keys()];
  return itemsOf(node).flatMap((item): string[] =>
    item.kind === 'scalar' && item.text !== '' ? [item.text] : [],
  );
}
