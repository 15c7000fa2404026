import { say } from '../../l10n/message.js';
import type { ContainerSpec, PortRange } from '../../model/container.js';
import { cis, containerFix, defineRule, owasp } from '../rule.js';
import { imageOfContainer } from '../shared/image-sites.js';
import { isLoopback, loginService } from '../shared/ports.js';

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
      for (const port of container.ports) {
        const service =
          port.target.state === 'set' && port.protocol === 'tcp'
            ? loginService(port.target.value)
            : undefined;
        if (service === undefined || port.hostAddress.state === 'unknown') continue;
        if (port.hostAddress.state === 'set' && isLoopback(port.hostAddress.value)) continue;
        yield {
          at: port.place,
          // People push to it or fetch from it: that is what the container is for.
          ...(isFileServer(container) && { severity: 'info' }),
          message: say`${service} of \`${container.name}\` is open to the network: one more login for others to guess`,
          fixes: () =>
            containerFix(
              container,
              say`Bind ${service} to 127.0.0.1 (only this machine reaches it then)`,
              'unsafe',
              [{ bindPort: port, address: '127.0.0.1' }],
            ),
        };
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'expose') continue;
        for (const word of step.words) {
          const range = word.value.state === 'set' ? tcpRange(word.value.value) : undefined;
          const service = range && loginService(range);
          if (service === undefined) continue;
          yield {
            at: word.place,
            message: say`The image announces ${service}: one more login for others to guess`,
            fixes: () => [
              {
                title: say`Do not announce ${service} (\`docker run -P\` no longer publishes it)`,
                applicability: 'unsafe',
                edits: step.words.length === 1 ? stage.edit.remove(step) : stage.edit.removeWord(word.place),
              },
            ],
          };
        }
      }
    },
  },
});

/** A Git or SFTP server, which talks SSH to all its users. */
function isFileServer(container: ContainerSpec): boolean {
  const image = imageOfContainer(container)?.reference;
  return image !== undefined && /^(?:gitlab|gitea|forgejo|gogs|gitbucket|onedev|sftp)/.test(image.name);
}

/** `22`, `22/tcp`, `22-25`: what EXPOSE takes. UDP is no login. */
function tcpRange(text: string): PortRange | undefined {
  const match = /^(\d+)(?:-(\d+))?(?:\/tcp)?$/i.exec(text);
  return match === null ? undefined : { from: Number(match[1]), to: Number(match[2] ?? match[1]) };
}
