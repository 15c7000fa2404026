import { portFact } from '../../facts/ports.js';
import { fullest } from '../../l10n/fit.js';
import { type Message, say, words } from '../../l10n/message.js';
import type { ContainerSpec, PortBinding } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix, owasp } from '../rule.js';
import { askingFor } from '../shared/asking.js';
import { imageOfContainer } from '../shared/image-sites.js';
import {
  bindToLoopback,
  debugService,
  LOOPBACK,
  loginServices,
  numbersOf,
  portName,
  portsOnEveryAddress,
  tcpTarget,
} from '../shared/ports.js';

export default defineRule({
  meta: {
    id: 'port-on-all-interfaces',
    practice: 'network',
    severity: 'info',
    title: 'Port is published on every network interface',
    why: 'Everybody who can reach the machine can reach the port. Docker writes its own firewall rules, so ufw and firewalld do not stop them.',
    advice:
      'Publish on `127.0.0.1` and put a reverse proxy in front, whose 80 and 443 may stay open, or leave the port unpublished: containers of one network reach each other without it.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe', 'manual'],
    references: [cis('5.14'), owasp(5), dockerDocs('publishing ports', '/engine/network/port-publishing/')],
    equivalents: [
      'compose-lint:CL-0005',
      'dclint:no-unbound-port-interfaces',
      'kics:container_traffic_not_bound_to_host_interface',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const port of portsOnEveryAddress(container)) {
        // Logins and debuggers have rules of their own, which say what is special about them.
        if (isDoor(container, port)) continue;
        const service = grave(container, port);
        const number = portName(port);
        const message = say`Port ${number} of \`${container.name}\` is open on every interface, past the firewall`;
        yield {
          at: port.head,
          severity: service === undefined ? 'info' : 'warning',
          message:
            service === undefined
              ? message
              : fullest(
                  say`Port ${number} of \`${container.name}\` (${service}) is open on every interface, past the firewall`,
                  message,
                ),
          fixes: () => bind(container, port),
        };
      }
    },
  },
});

function bind(container: ContainerSpec, port: PortBinding): readonly Fix[] {
  const number = portName(port);
  if (!isFrontDoor(port))
    return bindToLoopback(
      container,
      port,
      say`Bind ${number} to 127.0.0.1 (only this machine reaches it then)`,
    );
  const title = say`Bind ${number} to one address of this machine…`;
  return containerFix(container, title, 'manual', [{ bindPort: port, address: LOOPBACK }]).map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => askingFor(LOOPBACK, edit)),
  }));
}

/** Where browsers ask without being told: who publishes there means everybody, and would lose them unasked. */
function isFrontDoor({ published }: PortBinding): boolean {
  if (published.state !== 'set') return false;
  return numbersOf(published.value).some((number) => number === 80 || number === 443);
}

function isDoor(container: ContainerSpec, port: PortBinding): boolean {
  const range = tcpTarget(port);
  if (range === undefined) return false;
  return loginServices(range).length > 0 || debugService(range, container) !== undefined;
}

/** What listens on the container's side, when strangers should never reach it. */
function grave(container: ContainerSpec, { target }: PortBinding): Message | undefined {
  if (target.state !== 'set') return undefined;
  for (const number of numbersOf(target.value)) {
    const fact = portFact(number);
    // What is no debugger here was told apart before.
    if (fact === undefined || fact.class === 'other' || fact.class === 'debug') continue;
    return isCalled(container, fact.service) ? words(fact.service) : say`usual for ${words(fact.service)}`;
  }
  return undefined;
}

/** The image or the container itself carries the name of what is looked for. */
function isCalled(container: ContainerSpec, service: string): boolean {
  const [word = service] = service.split(' ');
  return [container.name, imageOfContainer(container)?.reference.name ?? ''].some((name) =>
    name.includes(word),
  );
}
