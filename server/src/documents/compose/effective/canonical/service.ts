/** One service as Compose writes it out. */
import { say } from '../../../../l10n/message.js';
import { child, type ConfigEntry, type ConfigNode, entriesOf, isNull, itemsOf } from '../../config-node.js';
import { textOf, withoutRepeats } from '../identity.js';
import { entryOf, listOf, mapOf, type Path, scalarOf } from '../nodes.js';
import { named as namesOf, shortDependency } from '../special.js';
import { context, devices, grants, hosts, made, mounts, ports } from './entries.js';
import {
  boolean,
  bytes,
  type Canon,
  duration,
  float,
  type Form,
  formEntries,
  formOfOther,
  goText,
  integer,
  keyValues,
  list,
  named,
  object,
  path,
  plain,
  text,
  typed,
  words,
  wrong,
} from './forms.js';
import { splitWords } from './go-text.js';

/** A list without the entries that a later one replaces. */
function unique(key: string, form: Form): Form {
  const at: Path = ['services', '', ...key.split('.')];
  return (canon, node) =>
    form(canon, node.kind === 'list' ? listOf(node, withoutRepeats(node.items, at)) : node);
}

/** A command as words; `""` and `[]` say that there is none. */
const command: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  if (node.kind === 'map') return wrong(canon, node, say`a command is expected here`);
  if (node.kind === 'list')
    return listOf(
      node,
      node.items.map((item) => typed(item, goText(item) ?? '')),
    );
  const split = splitWords(node.text);
  return split === undefined
    ? wrong(canon, node, say`a quote is not closed`)
    : listOf(
        node,
        split.map((word) => typed(node, word)),
      );
};

const test: Form = (canon, node) =>
  node.kind === 'scalar' && !isNull(node)
    ? listOf(node, [typed(node, 'CMD-SHELL'), typed(node, node.text)])
    : list(text)(canon, node);

const healthcheck = object({
  test,
  interval: duration,
  timeout: duration,
  start_period: duration,
  start_interval: duration,
  retries: integer,
  disable: boolean,
});

const resources = object({
  cpus: float,
  memory: bytes,
  pids: integer,
  devices: list(plain),
  generic_resources: list(plain),
});

const rollout = object({
  parallelism: integer,
  delay: duration,
  monitor: duration,
  max_failure_ratio: float,
});

const deploy = object({
  mode: text,
  replicas: integer,
  labels: keyValues('empty', false),
  update_config: rollout,
  rollback_config: rollout,
  resources: object({ limits: resources, reservations: resources }),
  restart_policy: object({ condition: text, delay: duration, max_attempts: integer, window: duration }),
  placement: object({ constraints: list(text), max_replicas_per_node: integer, preferences: list(plain) }),
  endpoint_mode: text,
});

const longBuild = object({
  context,
  dockerfile: text,
  dockerfile_inline: text,
  target: text,
  network: text,
  args: keyValues('drop', true),
  labels: keyValues('empty', false),
  additional_contexts: (canon, node) => named(context)(canon, keyValues('empty', false)(canon, node) ?? node),
  extra_hosts: hosts,
  secrets: grants('secrets'),
  cache_from: words,
  cache_to: words,
  tags: list(text),
  platforms: list(text),
  no_cache: boolean,
  pull: boolean,
  privileged: boolean,
  shm_size: bytes,
});

const build: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  const long = longBuild(canon, node.kind === 'scalar' ? made(node, { context: node }) : node);
  if (long === undefined) return undefined;
  const needsContext = child(long, 'context') === undefined;
  const needsFile = child(long, 'dockerfile') === undefined && child(long, 'dockerfile_inline') === undefined;
  return mapOf(long.place, [
    ...entriesOf(long),
    ...(needsContext ? [entryOf('context', node.place, path(canon, scalarOf(node, '.')) ?? node)] : []),
    ...(needsFile ? [entryOf('dockerfile', node.place, scalarOf(node, 'Dockerfile'))] : []),
  ]);
};

const dependsOn: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  const long = namesOf(node, shortDependency);
  if (long.kind !== 'map') return wrong(canon, node, say`a list of services is expected here`);
  const form = object({ condition: text, required: boolean, restart: boolean });
  const entries = entriesOf(long).map((entry) => {
    const value = form(canon, entry.value) ?? made(entry.value, {});
    const added = [
      ...(child(value, 'condition')
        ? []
        : [entryOf('condition', entry.keyPlace, scalarOf(value, 'service_started'))]),
      ...(child(value, 'required') ? [] : [entryOf('required', entry.keyPlace, scalarOf(value, true))]),
    ];
    return { ...entry, value: mapOf(value.place, [...entriesOf(value), ...added]) };
  });
  return entries.length === 0 ? undefined : mapOf(node.place, entries);
};

const envFile = object({
  path,
  required: (canon, node) => (textOf(node) === 'true' ? undefined : boolean(canon, node)),
});

const envFiles: Form = (canon, node) => {
  const items = withoutRepeats(itemsOf(node), ['services', '', 'env_file']).flatMap((item) => {
    if (isNull(item)) return [];
    return envFile(canon, item.kind === 'map' ? item : made(item, { path: item })) ?? [];
  });
  return items.length === 0 ? undefined : listOf(node, items);
};

const networks: Form = (canon, node) => {
  const form = object(
    { aliases: unique('networks.x.aliases', list(text)), priority: integer, gw_priority: integer },
    true,
  );
  return isNull(node) ? undefined : named(form)(canon, namesOf(node));
};

const ulimits: Form = (canon, node) =>
  named((inner, one) => (one.kind === 'map' ? ulimit(inner, one) : integer(inner, one)))(canon, node);

const ulimit: Form = (canon, node) => {
  const both = object({ soft: integer, hard: integer })(canon, node);
  return child(both, 'soft') && child(both, 'hard')
    ? both
    : wrong(canon, node, say`both \`soft\` and \`hard\` are needed here`);
};

const gpus: Form = (canon, node) => {
  if (node.kind === 'scalar' && !isNull(node)) return listOf(node, [made(node, { count: -1 })]);
  return list(object({ count: (_inner, one) => (textOf(one) === 'all' ? typed(one, -1) : one) }))(
    canon,
    node,
  );
};

const FORMS: Readonly<Record<string, Form>> = {
  annotations: keyValues('empty', false),
  build,
  cap_add: unique('cap_add', list(text)),
  cap_drop: unique('cap_drop', list(text)),
  command,
  configs: grants('configs'),
  container_name: text,
  cpu_count: integer,
  cpu_percent: float,
  cpu_period: integer,
  cpu_quota: integer,
  cpu_shares: integer,
  cpus: float,
  depends_on: dependsOn,
  deploy,
  develop: object({ watch: list(object({ path })) }),
  devices,
  dns: unique('dns', words),
  dns_opt: unique('dns_opt', words),
  dns_search: unique('dns_search', words),
  domainname: text,
  entrypoint: command,
  env_file: envFiles,
  environment: keyValues('null', true),
  expose: unique('expose', list(text)),
  extra_hosts: hosts,
  gpus,
  group_add: list(text),
  healthcheck,
  hostname: text,
  image: text,
  init: boolean,
  labels: keyValues('empty', false),
  links: unique('links', list(text)),
  logging: object({ driver: text, options: keyValues('empty', false) }),
  mem_limit: bytes,
  mem_reservation: bytes,
  memswap_limit: bytes,
  networks,
  oom_kill_disable: boolean,
  oom_score_adj: integer,
  pids_limit: integer,
  platform: text,
  ports,
  privileged: boolean,
  profiles: unique('profiles', list(text)),
  read_only: boolean,
  restart: text,
  scale: integer,
  secrets: grants('secrets'),
  security_opt: list(text),
  shm_size: bytes,
  stdin_open: boolean,
  stop_grace_period: duration,
  sysctls: keyValues('empty', false),
  tmpfs: unique('tmpfs', words),
  tty: boolean,
  ulimits,
  use_api_socket: boolean,
  user: text,
  volumes: mounts,
};

/** The place of what Compose adds by itself: none. */
const ADDED = { start: 0, end: 0 };
const NOTHING = scalarOf(mapOf(ADDED, []), null);

/** Given in another form. */
const LEFT_OUT = new Set(['label_file', 'extends']);

export function canonicalService(canon: Canon, { key, value }: ConfigEntry): ConfigNode {
  const entries = formEntries(
    canon,
    entriesOf(value).filter((entry) => !LEFT_OUT.has(entry.key)),
    (name) => FORMS[name] ?? formOfOther(name),
  );
  const service = mapOf(value.place, entries);
  const networkMode = textOf(child(service, 'network_mode'));
  const needsNetwork =
    networkMode === undefined &&
    child(service, 'networks') === undefined &&
    child(service, 'provider') === undefined;
  const implied = impliedDependencies(service).filter((name) => name !== key);
  return mapOf(value.place, [
    ...entries,
    ...(needsNetwork ? [entryOf('networks', ADDED, mapOf(ADDED, [entryOf('default', ADDED, NOTHING)]))] : []),
    ...(implied.length > 0 ? [entryOf('depends_on', value.place, withImplied(service, implied))] : []),
  ]);
}

/** Services whose namespaces, links or volumes this one uses. */
export function impliedDependencies(service: ConfigNode): readonly string[] {
  const modes = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap((key) => {
    const mode = textOf(child(service, key));
    return mode?.startsWith('service:') ? [mode.slice('service:'.length)] : [];
  });
  const words = (key: string) =>
    itemsOf(child(service, key)).map((item) => (textOf(item) ?? '').split(':')[0] ?? '');
  const volumes = itemsOf(child(service, 'volumes_from')).flatMap((item) => {
    const from = textOf(item) ?? '';
    return from.startsWith('container:') ? [] : [from.split(':')[0] ?? ''];
  });
  return [...modes, ...words('links'), ...volumes].filter((name) => name !== '');
}

function withImplied(service: ConfigNode, names: readonly string[]): ConfigNode {
  const given = child(service, 'depends_on');
  const added = names
    .filter((name) => child(given, name) === undefined)
    .map((name) =>
      entryOf(
        name,
        service.place,
        made(service, { condition: 'service_started', restart: true, required: true }),
      ),
    );
  return mapOf(service.place, [...entriesOf(given), ...added]);
}
