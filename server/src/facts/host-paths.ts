// What a path of the host is worth to somebody inside a container that has it mounted.
import data from './data/host-paths.json';
import { type HostPath, normaliseHostPath } from './host-path.js';

export type PathRisk = 'critical' | 'high' | 'medium' | 'low' | 'none';

/**
 * - `root`: the whole host. `socket`: daemons that obey whoever can write to them. `device`, `kernel`, `programs`.
 * - `config`, `accounts`: what the host does and who may do it. `credentials`: keys and passwords.
 * - `home`, `state`, `logs`, `data`, `harmless`.
 */
export type PathKind =
  | 'root'
  | 'socket'
  | 'accounts'
  | 'config'
  | 'credentials'
  | 'kernel'
  | 'device'
  | 'programs'
  | 'home'
  | 'state'
  | 'logs'
  | 'data'
  | 'harmless';

export interface HostPathRisk {
  /** When it is mounted writable. `low`: usual, not worth a finding by itself. */
  readonly risk: PathRisk;
  /** The same when it is mounted read-only: no gain for sockets and credentials, one step down for all others. */
  readonly readOnlyRisk: PathRisk;
  readonly kind: PathKind;
  /** A phrase without full stop. */
  readonly reason: string;
  /** The entry of the table that decided: the path itself or a parent, in normal form (`/run`, `~/.ssh`). */
  readonly matched: string;
}

interface Entry {
  readonly path: string;
  readonly risk: PathRisk;
  readonly match: 'exact' | 'tree' | 'prefix';
  readonly kind: PathKind;
  readonly reason: string;
  /** Risk of a path below that has no entry of its own. */
  readonly below?: PathRisk;
}

export const hostPathSource = { source: data.source, date: data.retrieved } as const;

// The unions are checked by the refresh script; a JSON import cannot express them.
const entries = data.records as readonly Entry[];
const byPath: ReadonlyMap<string, Entry> = new Map(entries.map((entry) => [fold(entry.path), entry]));
const prefixes = entries.filter((entry) => entry.match === 'prefix');
const steps: readonly PathRisk[] = ['none', 'low', 'medium', 'high', 'critical'];

/**
 * The risk of mounting a path; undefined for relative paths, volume names, variables and paths nothing is known about.
 * Understands `~`, `$HOME`, `$XDG_RUNTIME_DIR`, `/var/run`, doubled slashes, `..` and Windows drives and pipes.
 */
export function hostPathRisk(written: string): HostPathRisk | undefined {
  const path = normaliseHostPath(written);
  if (path === undefined) return undefined;
  const socket = daemonSocket(written);
  if (socket?.via === 'itself') return socketRisk(socket);
  const own = search(path.path);
  const inHome = path.inHome === undefined ? undefined : search(path.inHome);
  if (own === undefined || inHome === undefined) return own ?? inHome;
  // What is said of root's own directory goes for nobody else's.
  if (own.matched.startsWith('/root/')) return own;
  // Below a home directory its own entries speak, unless they know less than the general ones.
  return rank(inHome.risk) >= rank(own.risk) || path.style === 'home' ? inHome : own;
}

/** The same for `devices:` and `--device`; undefined for devices nothing is known about, and for names that are no path. */
export function hostDeviceRisk(written: string): HostPathRisk | undefined {
  const path = normaliseHostPath(written)?.path;
  if (path === undefined || !path.startsWith('/dev')) return undefined;
  const found = search(path);
  return found?.matched === '/dev' && path !== '/dev' ? undefined : found;
}

function socketRisk({ engine, socket }: DaemonSocket): HostPathRisk {
  const reason = byPath.get(fold(socket))?.reason ?? socketReason(engine);
  return { risk: 'critical', readOnlyRisk: 'critical', kind: 'socket', reason, matched: socket };
}

/** For a socket whose path is not in the table. */
export function socketReason(engine: DaemonEngine): string {
  return `the API of ${engine}: as much power over the host as the daemon has`;
}

function search(path: string): HostPathRisk | undefined {
  for (let asked: string | undefined = path; asked !== undefined; asked = parentOf(asked)) {
    const entry = byPath.get(fold(asked)) ?? prefixOf(asked);
    if (entry === undefined) continue;
    const exact = asked === path;
    if (!exact && entry.match === 'exact' && entry.below === undefined) continue;
    const risk = exact ? entry.risk : (entry.below ?? entry.risk);
    return {
      risk,
      readOnlyRisk: readOnly(risk, entry.kind),
      kind: entry.kind,
      reason: entry.reason,
      matched: entry.path,
    };
  }
  return undefined;
}

function prefixOf(path: string): Entry | undefined {
  return prefixes
    .filter((entry) => path.startsWith(entry.path) && isUnit(path.slice(entry.path.length)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** What numbers devices of one kind: `a1`, `aa`, `0n1p2`; `/dev/sdcard` is no disk. */
function isUnit(rest: string): boolean {
  return /^(?:[a-z]{0,2}|[^/]*\d[^/]*)$/.test(rest);
}

function readOnly(risk: PathRisk, kind: PathKind): PathRisk {
  if (kind === 'socket' || kind === 'credentials') return risk;
  return steps[Math.max(0, rank(risk) - 1)] ?? risk;
}

function rank(risk: PathRisk): number {
  return steps.indexOf(risk);
}

/** `/a/b` -> `/a` -> `/`; `C:\a` -> `C:\`; `~/a` -> `~`; undefined at the top. */
function parentOf(path: string): string | undefined {
  if (path === '/' || path === '~' || /^[A-Z]:\\$/.test(path)) return undefined;
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (cut < 0) return undefined;
  const parent = path.slice(0, cut);
  if (parent === '') return '/';
  return /^[A-Z]:$/.test(parent) ? `${parent}\\` : parent;
}

/** Windows does not mind the case. */
function fold(path: string): string {
  return path.includes('\\') ? path.toLowerCase() : path;
}

/** A daemon whose socket gives root on the host; systemd starts any program for whoever reaches its private one. */
export const daemonEngines = ['docker', 'containerd', 'crio', 'podman', 'buildkit', 'systemd'] as const;
export type DaemonEngine = (typeof daemonEngines)[number];

export interface DaemonSocket {
  readonly engine: DaemonEngine;
  /** `itself`: the path is the socket. `parent`: a folder that contains it (`/run`, `/`). */
  readonly via: 'itself' | 'parent';
  /** The socket, in normal form. */
  readonly socket: string;
}

const sockets: readonly (readonly [path: string, engine: DaemonEngine])[] = [
  ['/run/docker.sock', 'docker'],
  ['/run/containerd/containerd.sock', 'containerd'],
  ['/run/docker/containerd/containerd.sock', 'containerd'],
  ['/run/k3s/containerd/containerd.sock', 'containerd'],
  ['/run/crio/crio.sock', 'crio'],
  ['/run/cri-dockerd.sock', 'docker'],
  ['/run/podman/podman.sock', 'podman'],
  ['/run/buildkit/buildkitd.sock', 'buildkit'],
  ['/run/systemd/private', 'systemd'],
];
/** File names that no other program uses, wherever they stand: rootless, Desktop, Colima, snap, remapped folders. */
const socketName =
  /\/(?:docker(?:[.-]raw)?|dockerd|docker-cli|cri-dockerd|dockershim|containerd|crio|podman|buildkitd)\.sock(?:\.raw)?$/;
const pipeName = /^\\\\\.\\pipe\\(docker_engine|dockerdesktop|containerd-containerd|podman-)/i;

/**
 * Whether a path is the socket of a container engine or a folder that holds one; undefined when it is neither. Read-only
 * mounting makes no difference. `unix://` and `npipe://` in front are understood. Relative paths are no sockets.
 */
export function daemonSocket(written: string): DaemonSocket | undefined {
  const path = normaliseHostPath(written.replace(/^(?:unix|npipe):\/\/(?=[/\\])/, ''));
  if (path === undefined) return undefined;
  if (path.style === 'pipe') return pipeSocket(path);
  const exact = sockets.find(([socket]) => socket === path.path);
  if (exact !== undefined) return { engine: exact[1], via: 'itself', socket: exact[0] };
  const named = socketName.exec(path.path);
  if (named !== null) return { engine: engineOf(named[0]), via: 'itself', socket: path.path };
  const inside = sockets.find(([socket]) => path.path === '/' || socket.startsWith(`${path.path}/`));
  return inside && { engine: inside[1], via: 'parent', socket: inside[0] };
}

/** Whether a path gives access to a container engine, as {@link daemonSocket} says. */
export function isDaemonSocket(written: string): boolean {
  return daemonSocket(written) !== undefined;
}

function pipeSocket(path: HostPath): DaemonSocket | undefined {
  const match = pipeName.exec(path.path);
  if (match === null) return undefined;
  const name = (match[1] ?? '').toLowerCase();
  const engine = name.startsWith('podman')
    ? 'podman'
    : name.startsWith('containerd')
      ? 'containerd'
      : 'docker';
  return { engine, via: 'itself', socket: path.path };
}

function engineOf(name: string): DaemonEngine {
  if (name.includes('containerd')) return 'containerd';
  if (name.includes('crio')) return 'crio';
  if (name.includes('podman')) return 'podman';
  return name.includes('buildkit') ? 'buildkit' : 'docker';
}
