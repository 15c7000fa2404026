import { isSocketProxy } from '../../facts/docker-api.js';
import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerSpec, PortBinding, PortRange } from '../../model/container.js';
import { exposedPorts } from '../../model/exposed.js';
import type { ProjectSpec } from '../../model/project.js';
import { placeOf, type Setting } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { stopAnnouncing } from '../shared/announced-ports.js';
import { openApi, PLAIN_PORT, plainAddress, plainClients, plainDaemons } from '../shared/docker-api.js';
import { imageOfContainer } from '../shared/image-sites.js';
import { bindToLoopback, isLoopback } from '../shared/ports.js';

const WITH_CERTIFICATES = say`Remove it (clients need port 2376 and the certificates in \`/certs/client\`)`;

export default defineRule({
  meta: {
    id: 'docker-api-tcp',
    practice: 'socket',
    severity: 'error',
    title: 'Docker API is used over TCP without TLS',
    why: 'The plain TCP port of the Docker API asks for no password: whoever reaches it starts a container with the host mounted and is root. Scanners look for port 2375 all day.',
    advice:
      'Use `ssh://` or TLS with client certificates on port 2376; inside a project, a socket proxy on an internal network.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('2.7'),
      owasp(1),
      dockerDocs('protect the daemon socket', '/engine/security/protect-access/'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container, { project }) {
      const image = imageOfContainer(container)?.reference;
      if (image !== undefined && isSocketProxy(image)) return;
      for (const port of container.ports) yield* published(container, port);
      for (const port of container.expose) yield* exposed(container, port);
      yield* client(container, project);
      yield* daemon(container);
    },
    *stage(stage) {
      yield* inVariables(stage);
      for (const step of stage.steps) {
        if (step.kind === 'expose') {
          for (const word of step.words) {
            if (!announcesApi(word.value)) continue;
            yield {
              at: word.place,
              severity: 'warning',
              message: say`The image announces the Docker API without TLS: who reaches this port controls the daemon`,
              fixes: () => {
                const edits = stopAnnouncing(stage, step, word, [PLAIN_PORT]);
                const title = say`Do not announce the port (\`docker run -P\` no longer publishes it)`;
                return edits.length === 0 ? [] : [{ title, applicability: 'unsafe', edits }];
              },
            };
          }
        } else if (step.kind === 'run' || step.kind === 'cmd' || step.kind === 'entrypoint') {
          for (const command of step.script.commands) {
            const word = openApi(command);
            if (word === undefined) continue;
            yield {
              at: word.span,
              message: say`\`${command.program}\` uses the Docker API without TLS: who reaches the port is root on its host`,
            };
          }
        }
      }
    },
  },
});

function* published(container: ContainerSpec, port: PortBinding): Iterable<Problem> {
  const { target, published: host, hostAddress } = port;
  const isApi = [target, host].some((range) => range.state === 'set' && isPlainPort(range.value));
  if (!isApi || port.invalid !== undefined || hostAddress.state === 'unknown') return;
  const local = hostAddress.state === 'set' && isLoopback(hostAddress.value);
  yield {
    at: port.place,
    ...(local && { severity: 'warning' }),
    message: local
      ? say`\`${container.name}\` offers the Docker API to every user and program of this machine`
      : say`\`${container.name}\` offers the Docker API to the network without password: who finds the port is root`,
    fixes: () =>
      local
        ? []
        : bindToLoopback(container, port, say`Bind it to 127.0.0.1 (only this machine reaches it then)`),
  };
}

/** Announced to the other services of its networks, which reach it anyway when something listens there. */
function* exposed({ name }: ContainerSpec, port: Setting<string>): Iterable<Problem> {
  if (!announcesApi(port)) return;
  yield {
    at: placeOf(port),
    severity: 'warning',
    message: say`\`${name}\` offers the Docker API to other services: who gets into one of them is root`,
  };
}

function announcesApi(ports: Setting<string>): boolean {
  const range = ports.state === 'set' ? exposedPorts(ports.value) : undefined;
  return range?.protocol === 'tcp' && isPlainPort(range);
}

function isPlainPort({ from, to }: PortRange): boolean {
  return from <= PLAIN_PORT && PLAIN_PORT <= to && to - from < 100;
}

function* client(container: ContainerSpec, project: ProjectSpec | undefined): Iterable<Problem> {
  for (const { address, place, inProject } of plainClients(container, project)) {
    yield {
      at: place,
      ...((inProject || address.loopback) && { severity: 'warning' }),
      message: say`\`${container.name}\` uses the Docker API of \`${address.host}\` without TLS: who reaches it is root there`,
    };
  }
}

/** The container runs a daemon of its own. */
function* daemon(container: ContainerSpec): Iterable<Problem> {
  const message = say`The Docker daemon in \`${container.name}\` listens without TLS: whoever reaches it is root there`;
  for (const { place, certificates, removable } of plainDaemons(container)) {
    yield {
      at: place,
      message,
      fixes: () =>
        removable === undefined
          ? []
          : containerFix(
              container,
              certificates ? WITH_CERTIFICATES : say`Remove the switch (clients need certificates)`,
              'unsafe',
              [{ remove: removable }],
            ),
    };
  }
}

function* inVariables(stage: Stage): Iterable<Problem> {
  const given = stage.steps.flatMap((step) =>
    step.kind === 'env' ? step.variables.map((variable) => ({ step, ...variable })) : [],
  );
  const verifies = given.some(({ name }) => name === 'DOCKER_TLS_VERIFY');
  for (const { step, name, value, place } of given) {
    if (value.state !== 'set') continue;
    if (name === 'DOCKER_HOST' && !verifies && plainAddress(value.value) !== undefined)
      yield {
        at: place,
        severity: 'warning',
        message: say`This image talks to the Docker API without TLS: who else reaches that port is root there`,
      };
    if (name === 'DOCKER_TLS_CERTDIR' && value.value === '')
      yield {
        at: place,
        message: say`The Docker daemon of this image listens without TLS: who reaches it is root in its container`,
        fixes: () => [
          {
            title: WITH_CERTIFICATES,
            applicability: 'unsafe',
            edits: step.variables.length === 1 ? stage.edit.remove(step) : stage.edit.removeWord(place),
          },
        ],
      };
  }
}
