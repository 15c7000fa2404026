import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { openPorts, portName } from '../shared/ports.js';

export default defineRule({
  meta: {
    id: 'privileged-container',
    practice: 'non-root',
    severity: 'error',
    title: 'Container or build step runs privileged',
    why: 'A privileged process has every capability, all devices and no seccomp or AppArmor filter: it can mount the disk of the host and become root there.',
    advice:
      'Remove it and grant only what fails: a single device with `devices`, or a single capability with `cap_add`.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('5.5'),
      owasp(3),
      dockerDocs('runtime privilege', '/engine/containers/run/#runtime-privilege-and-linux-capabilities'),
    ],
    equivalents: ['kics:privileged_containers_enabled', 'compose-lint:CL-0002', 'semgrep:privileged-service'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { privileged, build } = container;
      if (privileged.state === 'set' && privileged.value) {
        yield {
          at: privileged.span,
          message: messageFor(container),
          fixes: () =>
            containerFix(
              container,
              say`Remove \`${container.spelling('privileged')}\` (device access and mounts stop working)`,
              'unsafe',
              [{ remove: privileged.span }],
            ),
        };
      }
      yield* privilegedHooks(container);
      if (build?.privileged.state === 'set' && build.privileged.value)
        yield privilegedBuild(container, build.privileged.span);
      for (const entitlement of build?.entitlements ?? []) {
        if (entitlement.state === 'set' && entitlement.value === 'security.insecure')
          yield privilegedBuild(container, entitlement.span);
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        const flag = step.kind === 'run' ? step.flags.find(({ name }) => name === 'security') : undefined;
        if (flag?.value.state !== 'set' || flag.value.value !== 'insecure') continue;
        yield {
          at: flag.place,
          message: say`This step runs privileged: a poisoned package in it can take over the build host`,
          fixes: () => [
            {
              title: say`Remove \`--security=insecure\` (steps that mount or load modules fail)`,
              applicability: 'unsafe',
              edits: stage.edit.removeWord(flag.place),
            },
          ],
        };
      }
    },
  },
});

/** With the settings that make it easier to get in, or to get further. */
function messageFor(container: ContainerSpec): Message {
  const { name, networkMode, pid } = container;
  const onNetwork = networkMode.state === 'set' && networkMode.value === 'host';
  const withProcesses = pid.state === 'set' && pid.value === 'host';
  const [port] = openPorts(container);
  if (onNetwork && withProcesses)
    return say`\`${name}\` runs privileged with the host's network and processes: it has the whole host`;
  const runs = onNetwork
    ? say`\`${name}\` runs privileged on the host's network`
    : withProcesses
      ? say`\`${name}\` runs privileged with the host's processes`
      : port
        ? say`\`${name}\` runs privileged and publishes port ${portName(port)}`
        : say`\`${name}\` runs privileged`;
  return say`${runs}: whoever controls it controls the host`;
}

function* privilegedHooks(container: ContainerSpec): Iterable<Problem> {
  for (const { key, privileged, inside } of container.hooks) {
    if (privileged.state !== 'set' || !privileged.value) continue;
    yield {
      at: privileged.span,
      message: inside
        ? say`\`${key}\` runs privileged in \`${container.name}\`: whoever changes what it starts controls the host`
        : say`\`${key}\` of \`${container.name}\` runs privileged: whoever changes its image controls the host`,
      fixes: () =>
        containerFix(container, say`Remove \`privileged\` (the command may fail)`, 'unsafe', [
          { remove: privileged.span },
        ]),
    };
  }
}

function privilegedBuild(container: ContainerSpec, at: Problem['at']): Problem {
  return {
    at,
    message: say`The build of \`${container.name}\` may run privileged steps: a poisoned package can take over the build host`,
    fixes: () =>
      containerFix(
        container,
        say`Remove the entitlement (steps with \`--security=insecure\` fail)`,
        'unsafe',
        [{ remove: at }],
      ),
  };
}
