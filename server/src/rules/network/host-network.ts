import { say } from '../../l10n/message.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import type { ProjectSpec } from '../../model/project.js';
import { known, setValue } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { isEveryAddress } from '../shared/ports.js';

export default defineRule({
  meta: {
    id: 'host-network',
    practice: 'network',
    severity: 'warning',
    title: "Container or build step uses the host's network",
    why: 'It sees all traffic of the host, reaches every service that listens on loopback only, and can take ports of other programs.',
    advice: 'Use a network of its own and publish the ports that are needed.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('5.10'), owasp(5), dockerDocs('host network driver', '/engine/network/drivers/host/')],
    equivalents: ['compose-lint:CL-0008', 'kics:shared_host_network_namespace'],
    since: '0.1.0',
  },
  check: {
    *container(container, { project }) {
      const { networkMode, build } = container;
      yield* byName(container, project);
      if (networkMode.state === 'set' && networkMode.value === 'host') {
        yield {
          at: networkMode.span,
          message: say`\`${container.name}\` shares the host's network: it reaches loopback and sees all traffic`,
          fixes: () =>
            usesLoopback(container)
              ? []
              : containerFix(
                  container,
                  say`Remove \`${container.spelling('networkMode')}\` (only published ports are reachable then)`,
                  'unsafe',
                  [{ remove: networkMode.span }, ...boundPorts(container)],
                ),
        };
      }
      const network = build?.network;
      if (network?.state === 'set' && network.value === 'host') {
        yield {
          at: network.span,
          message: say`The build of \`${container.name}\` shares the host's network: its steps reach services on loopback`,
          fixes: () =>
            containerFix(
              container,
              say`Build with Docker's own network (steps cannot reach services on this machine)`,
              'unsafe',
              [{ remove: network.span }],
            ),
        };
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        const flag = step.kind === 'run' ? step.flags.find(({ name }) => name === 'network') : undefined;
        if (flag?.value.state !== 'set' || flag.value.value !== 'host') continue;
        yield {
          at: flag.place,
          message: say`This step shares the build host's network: a poisoned package reaches services on loopback`,
          fixes: () => [
            {
              title: say`Remove \`--network=host\` (the step cannot reach services on this machine)`,
              applicability: 'unsafe',
              edits: stage.edit.removeWord(flag.place),
            },
          ],
        };
      }
    },
  },
});

/** The daemon's network `host` can be joined like any other that stands outside of the project. */
function* byName(container: ContainerSpec, project: ProjectSpec | undefined): Iterable<Problem> {
  for (const joined of known(container.networks)) {
    const network = project?.networks.find(({ name }) => name === joined.value);
    const real = network && setValue(network.realName);
    const outside = network && setValue(network.external) === true;
    if (!outside || (real ?? network.name) !== 'host') continue;
    yield {
      at: joined.span,
      message: say`\`${container.name}\` shares the host's network (\`${network.name}\`): it reaches loopback and sees all traffic`,
      related: [{ at: network.place, message: say`The network \`host\` of the daemon` }],
      fixes: () =>
        containerFix(container, say`Leave that network (only published ports are reachable then)`, 'unsafe', [
          { remove: joined.span },
        ]),
    };
  }
}

const LOOPBACK = /(?<![\w.-])(?:localhost|127(?:\.\d+){3}|\[::1\])(?![\w.-])/i;

/** It is told to listen on loopback or to look for others there: in a network of its own it finds nobody. */
function usesLoopback({ environment, startWords }: ContainerSpec): boolean {
  return (
    environment.some(({ literal }) => LOOPBACK.test(literal?.text ?? '')) ||
    startWords.some(({ literal }) => LOOPBACK.test(literal.text))
  );
}

/** Published ports did nothing before; now that they do, they open on this machine only. */
function boundPorts(container: ContainerSpec): readonly ContainerChange[] {
  return container.ports
    .filter((port) => port.invalid === undefined && isEveryAddress(port))
    .map((port) => ({ bindPort: port, address: '127.0.0.1' }));
}
