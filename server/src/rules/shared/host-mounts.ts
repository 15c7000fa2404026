/** What a container reaches through a mount of the host's files. */
import { normaliseHostPath } from '../../facts/host-path.js';
import { daemonSocket, type HostPathRisk, hostPathRisk } from '../../facts/host-paths.js';
import { parseImageReference } from '../../facts/image-reference.js';
import { imageProfile } from '../../facts/images.js';
import type { ContainerSpec, Mount } from '../../model/container.js';

export interface HostMount {
  readonly mount: Mount;
  /** As written. */
  readonly path: string;
  readonly risk: HostPathRisk;
  /** Whoever writes there becomes root on the host. */
  readonly givesRoot: boolean;
}

/**
 * Mounts of paths of the host that are known to matter. Sockets that give root on the host, and the folders that hold
 * them, are left out: `docker-socket-mounted` speaks about those. So are folders for sockets; the system bus is in, and so
 * is the whole host, where the socket is only a part of what is lost.
 */
export function hostMounts(container: ContainerSpec): readonly HostMount[] {
  return container.mounts.flatMap((mount) => {
    if (mount.hostPath.state !== 'set') return [];
    const path = mount.hostPath.value;
    const risk = hostPathRisk(path);
    if (risk === undefined || (risk.kind !== 'root' && daemonSocket(path) !== undefined)) return [];
    if (risk.kind === 'socket' && !risk.matched.endsWith('/system_bus_socket')) return [];
    return [{ mount, path, risk, givesRoot: !mount.readOnly && writingGivesRoot(risk) }];
  });
}

/** Parents of folders whose files decide over the host, and which are not critical throughout themselves. */
const HOLDS_STATE = new Set(['/var', '/var/lib']);

function writingGivesRoot({ risk, kind, matched }: HostPathRisk): boolean {
  switch (kind) {
    case 'root':
      // The Docker socket in it is said to give root already.
      return false;
    case 'config':
    case 'kernel':
    case 'programs':
      return risk === 'critical';
    case 'accounts':
      return matched.startsWith('/etc/') || matched === '/root/.ssh';
    case 'credentials':
      return matched === '/etc/ssh';
    case 'home':
      return risk === 'critical' && matched === '/root';
    case 'state':
      return risk === 'critical' || (risk === 'high' && HOLDS_STATE.has(matched));
    default:
      // The device cgroup still guards what is opened below /dev.
      return false;
  }
}

/** Whether the documentation of the image asks for this path: monitoring that looks at the whole host. */
export function isExpected(
  container: ContainerSpec,
  { mount, path }: Pick<HostMount, 'mount' | 'path'>,
): boolean {
  const reference = container.image.state === 'set' ? parseImageReference(container.image.value) : undefined;
  const profile = reference && imageProfile(reference);
  const own = normaliseHostPath(path)?.path;
  if (profile === undefined || own === undefined) return false;
  return (profile.expectedHostAccess?.value ?? []).some((access) => {
    const [host = '', , mode] = access.split(':');
    if (mode === 'ro' && !mount.readOnly) return false;
    const asked = normaliseHostPath(host)?.path;
    return asked !== undefined && (own === asked || asked === '/' || own.startsWith(`${asked}/`));
  });
}
