import { isSocketProxy } from '../../facts/docker-api.js';
import { fullest } from '../../l10n/fit.js';
import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec, Mount } from '../../model/container.js';
import { containersNamed } from '../../model/containers-named.js';
import { oncePer } from '../../model/once-per.js';
import type { ProjectSpec } from '../../model/project.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { runsDaemon } from '../shared/docker-api.js';
import { isExpected } from '../shared/host-mounts.js';
import { imageOfContainer } from '../shared/image-sites.js';
import { openPorts, portName } from '../shared/ports.js';
import { proxyFix } from '../shared/socket-proxy.js';
import { isRootless, type SocketMount, socketMounts, socketName } from '../shared/sockets.js';

export default defineRule({
  meta: {
    id: 'docker-socket-mounted',
    practice: 'socket',
    severity: 'error',
    title: 'Container holds the Docker socket',
    why: 'Whoever reaches the socket can start a container that mounts the whole host as root. Mounting it read-only changes nothing: the API is used over the socket, not by writing the file.',
    advice:
      'Do without it, or put a socket proxy between that passes on only the parts of the API that are needed, for reading only.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe', 'manual'],
    options: {
      proxyImage: {
        default: 'tecnativa/docker-socket-proxy:0.3.0',
        description: 'Image of the socket proxy that the quick fix adds.',
      },
    },
    references: [
      cis('5.32'),
      owasp(1),
      dockerDocs('daemon attack surface', '/engine/security/#docker-daemon-attack-surface'),
    ],
    equivalents: [
      'kics:docker_socket_mounted_in_container',
      'compose-lint:CL-0001',
      'semgrep:exposing-docker-socket-volume',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container, { options, project }) {
      if (isProxy(container)) return;
      yield* throughVolumes(container, project);
      for (const socketMount of socketMounts(container)) {
        const { mount, socket } = socketMount;
        const { hostPath } = mount;
        const expected =
          socket.via === 'parent' &&
          hostPath.state === 'set' &&
          isExpected(container, { mount, path: hostPath.value });
        yield {
          at: mount.place,
          // Monitoring that looks at the whole host cannot do without, but need not be reached from outside.
          ...(expected && openPorts(container).length === 0 && { severity: 'warning' }),
          message: messageFor(container, socketMount),
          fixes: () => [
            ...proxyFix(container, socketMount, options.proxyImage),
            ...containerFix(
              container,
              say`Remove the mount (\`${container.name}\` no longer reaches ${socketName(socket)})…`,
              'manual',
              [{ removeMount: mount }],
            ),
          ],
        };
      }
    },
  },
});

/** What another service mounts is mounted here as well, and a daemon's own socket may lie in a volume that both have. */
function* throughVolumes(container: ContainerSpec, project: ProjectSpec | undefined): Iterable<Problem> {
  for (const { from, place } of container.mountsFrom) {
    const other = project && from !== undefined ? containersNamed(project).get(from) : undefined;
    const [held] = other ? socketMounts(other) : [];
    if (other === undefined || other === container || held === undefined) continue;
    const what = socketName(held.socket);
    yield {
      at: place,
      message: isRootless(held.socket)
        ? say`\`${container.name}\` gets ${what} from \`${other.name}\`: whoever breaks in rules its user's containers`
        : say`\`${container.name}\` gets ${what} from \`${other.name}\`: whoever breaks in is root on the host`,
      related: [{ at: held.mount.place, message: say`mounted in \`${other.name}\` here` }],
      fixes: () =>
        containerFix(
          container,
          say`Remove the volumes of \`${other.name}\` (mount the ones that are needed)…`,
          'manual',
          [{ remove: place }],
        ),
    };
  }
  for (const mount of container.mounts) {
    const { kind, source } = mount;
    if (project === undefined || kind !== 'volume' || source.state !== 'set') continue;
    const daemon = daemonsBySocketVolume(project)
      .get(source.value)
      ?.find((one) => one !== container);
    if (daemon === undefined) continue;
    yield {
      at: mount.place,
      // Its daemon is not the one of the host, only as powerful inside a container that is privileged.
      severity: 'warning',
      message: say`This volume gives \`${container.name}\` the socket of \`${daemon.name}\`: whoever breaks in is root there`,
      related: [{ at: daemon.namePlace, message: say`the daemon puts its socket into the volume` }],
    };
  }
}

/** The daemons of a project by the volumes in which they make their sockets. */
const daemonsBySocketVolume = oncePer(
  ({ containers }: ProjectSpec): ReadonlyMap<string, readonly ContainerSpec[]> => {
    const daemons = new Map<string, ContainerSpec[]>();
    for (const daemon of containers.filter(runsDaemon))
      for (const volume of new Set(daemon.mounts.flatMap(socketVolume)))
        daemons.set(volume, [...(daemons.get(volume) ?? []), daemon]);
    return daemons;
  },
);

function socketVolume({ kind, source, target }: Mount): readonly string[] {
  const isSocketFolder = target.state === 'set' && /^(?:\/var)?\/run\/*$/.test(target.value);
  return kind === 'volume' && source.state === 'set' && isSocketFolder ? [source.value] : [];
}

/** To hold the socket so that others need not is the work of these images. */
function isProxy(container: ContainerSpec): boolean {
  const reference = imageOfContainer(container)?.reference;
  return reference !== undefined && isSocketProxy(reference);
}

function messageFor(container: ContainerSpec, { mount, socket }: SocketMount): Message {
  const what = socketName(socket);
  const held =
    socket.via === 'parent' && mount.hostPath.state === 'set'
      ? say`\`${container.name}\` has ${what} with \`${mount.hostPath.value}\``
      : say`\`${container.name}\` holds ${what}`;
  const ends = (open: Message) =>
    isRootless(socket)
      ? say`${open}: whoever breaks in rules its user's containers`
      : say`${open}: whoever breaks in is root on the host`;
  const [published] = openPorts(container);
  const open = published ? say`${held} and publishes port ${portName(published)}` : held;
  if (!mount.readOnly) return fullest(ends(open), ends(held));
  const inVain = (message: Message) => say`${message} (read-only is no help)`;
  return fullest(inVain(ends(open)), ends(open), inVain(ends(held)), ends(held));
}
