import { enumerated, type Message, say } from '../../l10n/message.js';
import type { Stage, StepWord, WordsStep } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { exposedPorts } from '../../model/exposed.js';
import { cis, defineRule, type Fix, owasp } from '../rule.js';
import { stopAnnouncing } from '../shared/announced-ports.js';
import { imageOfContainer } from '../shared/image-sites.js';
import {
  bindToLoopback,
  type Known,
  loginServices,
  openPorts,
  portName,
  tcpTarget,
} from '../shared/ports.js';

export default defineRule({
  meta: {
    id: 'port-remote-admin',
    practice: 'network',
    severity: 'warning',
    title: 'Remote login port is exposed',
    why: 'A login service in a container is one more password to guess and one more server to patch, beside the one of the host.',
    advice:
      'Enter the container with `docker exec`; if people really log in (a Git server, a jump host), publish it on one address and allow keys only.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('5.6'), cis('5.7'), owasp(5)],
    equivalents: [
      'compose-lint:CL-0005',
      'dclint:no-unbound-port-interfaces',
      'kics:container_traffic_not_bound_to_host_interface',
      'checkov:CKV_DOCKER_1',
      'kics:exposing_port_22',
      'trivy:DS-0004',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const port of openPorts(container)) {
        const range = tcpTarget(port);
        const [found] = range ? loginServices(range) : [];
        if (range === undefined || found === undefined) continue;
        const isRange = range.from !== range.to;
        const { service } = found;
        yield {
          at: port.place,
          // People push to it or fetch from it: that is what the container is for.
          ...(isFileServer(container) && { severity: 'info' }),
          message: isRange
            ? say`Port ${found.port} (${service}) of \`${container.name}\` is open to the network: one more login for others to guess`
            : say`${service} of \`${container.name}\` is open to the network: one more login for others to guess`,
          fixes: () =>
            bindToLoopback(
              container,
              port,
              say`Bind ${isRange ? portName(port) : service} to 127.0.0.1 (only this machine reaches it then)`,
            ),
        };
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'expose') continue;
        for (const word of step.words) {
          const range = word.value.state === 'set' ? exposedPorts(word.value.value) : undefined;
          const found = range?.protocol === 'tcp' ? loginServices(range) : [];
          if (found.length === 0) continue;
          yield {
            at: word.place,
            message: say`The image announces ${named(found)}: one more login for others to guess`,
            fixes: () => withoutLogins(stage, step, word, found),
          };
        }
      }
    },
  },
});

function withoutLogins(
  stage: Stage,
  step: WordsStep,
  word: StepWord,
  logins: readonly Known<string>[],
): readonly Fix[] {
  // What spans all of them announces everything: which ports are meant is not known.
  if (logins.length > 2) return [];
  const edits = stopAnnouncing(
    stage,
    step,
    word,
    logins.map(({ port }) => port),
  );
  if (edits.length === 0) return [];
  const title = say`Do not announce ${named(logins)} (\`docker run -P\` no longer publishes it)`;
  return [{ title, applicability: 'unsafe', edits }];
}

function named(found: readonly Known<string>[]): Message {
  const services = found.map(({ service }) => service);
  return services.length > 2
    ? say`${services[0] ?? ''} and ${services.length - 1} other logins`
    : enumerated(services);
}

/** A Git or SFTP server, which talks SSH to all its users. */
function isFileServer(container: ContainerSpec): boolean {
  const image = imageOfContainer(container)?.reference;
  return image !== undefined && /^(?:gitlab|gitea|forgejo|gogs|gitbucket|onedev|sftp)/.test(image.name);
}
