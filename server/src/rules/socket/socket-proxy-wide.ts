import { isSocketProxy, proxySections, rootSections } from '../../facts/docker-api.js';
import { say, words } from '../../l10n/message.js';
import type { ContainerSpec, Variable } from '../../model/container.js';
import { containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { imageOfContainer } from '../shared/image-sites.js';
import { isLoopback, portName } from '../shared/ports.js';

const ON = /^(?:1|true|yes|on)$/i;

export default defineRule({
  meta: {
    id: 'socket-proxy-wide',
    practice: 'socket',
    severity: 'warning',
    title: 'Socket proxy passes on too much',
    why: 'A proxy that lets clients create containers or run commands in them is the socket again, only without its file permissions; a published port offers it to the network.',
    advice:
      'Open only the sections that the clients read, leave `POST` off, and keep the proxy on an internal network without published ports.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      owasp(1),
      dockerDocs('daemon attack surface', '/engine/security/#docker-daemon-attack-surface'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const image = imageOfContainer(container)?.reference;
      if (image === undefined || !isSocketProxy(image)) return;
      yield* openSections(container);
      yield* publishedPorts(container);
    },
  },
});

/** Without `POST` every section is for reading only. */
function* openSections(container: ContainerSpec): Iterable<Problem> {
  const post = container.environment.find((variable) => variable.name === 'POST' && isOn(variable));
  if (post === undefined) return;
  const wide = container.environment.find((variable) => rootSections.has(variable.name) && isOn(variable));
  if (wide === undefined) return;
  yield {
    at: post.place,
    message: say`Clients of \`${container.name}\` can ${words(proxySections.get(wide.name) ?? '')}: as good as root on the host`,
    related: [{ at: wide.place, message: say`\`${wide.name}\` opens this section` }],
    fixes: () =>
      containerFix(container, say`Set \`POST\` to 0 (clients can only read)`, 'unsafe', [
        { setVariable: post, value: '0' },
      ]),
  };
}

function* publishedPorts(container: ContainerSpec): Iterable<Problem> {
  for (const port of container.ports) {
    if (port.invalid !== undefined) continue;
    const local = port.hostAddress.state === 'set' && isLoopback(port.hostAddress.value);
    yield {
      at: port.place,
      severity: local ? 'warning' : 'error',
      message: local
        ? say`Port ${portName(port)} passes the Docker API to every user and program of this machine`
        : say`Port ${portName(port)} offers the Docker API to the network, without password`,
      fixes: () =>
        containerFix(
          container,
          say`Do not publish it (only services on a network of \`${container.name}\` reach it)`,
          'unsafe',
          [{ removePort: port }],
        ),
    };
  }
}

function isOn({ value }: Variable): boolean {
  return value.state === 'set' && ON.test(value.value);
}
