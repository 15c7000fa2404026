import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { setValue } from '../../model/setting.js';
import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { addedCapabilities, addedProblem } from '../shared/capabilities.js';

const NAMES = new Set([
  'SYS_PTRACE',
  'DAC_READ_SEARCH',
  'IPC_OWNER',
  'LINUX_IMMUTABLE',
  'CHECKPOINT_RESTORE',
  'SYS_TTY_CONFIG',
  'NET_BROADCAST',
]);

export default defineRule({
  meta: {
    id: 'cap-add-bounded',
    practice: 'capabilities',
    severity: 'info',
    title: 'Added capability passes over permissions inside the container',
    why: 'It lifts checks between the processes and files of the container. Together with host paths or host processes it lifts them there, too.',
    advice:
      'Remove it when debugging is done, and never combine it with `pid: host`, `ipc: host` or mounts of the host.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [
      cis('5.4'),
      owasp(3),
      dockerDocs(
        'runtime privilege and capabilities',
        '/engine/containers/run/#runtime-privilege-and-linux-capabilities',
      ),
    ],
    equivalents: ['compose-lint:CL-0027'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const added of addedCapabilities(container, (name) => NAMES.has(name))) {
        const beyond = reach(container, added.name);
        if (!added.needed) yield addedProblem(container, added, beyond ? 'error' : 'info', beyond);
      }
    },
  },
});

/** With some neighbours the capability is no longer bounded by the container. */
function reach(container: ContainerSpec, name: string): Message | undefined {
  if (name === 'SYS_PTRACE' && setValue(container.pid) === 'host')
    return say`changes memory of all processes of the host`;
  if (name === 'IPC_OWNER' && setValue(container.ipc) === 'host') return say`reads shared memory of the host`;
  const hasHostFiles = container.mounts.some((mount) => mount.hostPath.state === 'set');
  return name === 'DAC_READ_SEARCH' && hasHostFiles ? say`reads all files of the host` : undefined;
}
