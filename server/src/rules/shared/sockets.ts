/** Mounts that give a container the socket of a daemon which obeys like root. */
import { type DaemonEngine, type DaemonSocket, daemonSocket } from '../../facts/host-paths.js';
import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec, Mount } from '../../model/container.js';

export interface SocketMount {
  readonly mount: Mount;
  readonly socket: DaemonSocket;
}

const NAMES: Readonly<Record<DaemonEngine, Message>> = {
  docker: say`the Docker socket`,
  containerd: say`the containerd socket`,
  crio: say`the CRI-O socket`,
  podman: say`the Podman socket`,
  buildkit: say`the BuildKit socket`,
  systemd: say`the systemd socket`,
};

export function socketMounts(container: ContainerSpec): readonly SocketMount[] {
  return container.mounts.flatMap((mount) => {
    const socket = socketOf(mount);
    return socket === undefined ? [] : [{ mount, socket }];
  });
}

function socketOf({ hostPath, writtenSource, target }: Mount): DaemonSocket | undefined {
  if (hostPath.state === 'set') return daemonSocket(hostPath.value);
  if (hostPath.state === 'unset') return undefined;
  // A variable hides the source: the rest of its path, or where it is mounted, tells what it is.
  const tail = writtenSource?.replace(/^\$(?:\{[^}]*\}|\w+)/, '/user') ?? '';
  const found = daemonSocket(writtenSource ?? '') ?? daemonSocket(tail);
  if (found?.via === 'itself') return found;
  const inside = target.state === 'set' ? daemonSocket(target.value) : undefined;
  return inside?.via === 'itself' ? inside : undefined;
}

/** For messages: "the Docker socket". */
export function socketName({ engine }: DaemonSocket): Message {
  return NAMES[engine];
}

/** The daemon runs as an ordinary user: whoever steers it is that user, not root. */
export function isRootless({ socket }: DaemonSocket): boolean {
  return /^\/run\/user\/|^~|^\/home\//.test(socket);
}
