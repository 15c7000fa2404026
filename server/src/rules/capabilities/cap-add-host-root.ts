import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { addedCapabilities, addedProblem } from '../shared/capabilities.js';

const NAMES = new Set(['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO']);

export default defineRule({
  meta: {
    id: 'cap-add-host-root',
    practice: 'capabilities',
    severity: 'error',
    title: 'Added capability is as good as root on the host',
    why: 'Mounting file systems, loading kernel modules or talking to the hardware: each of them leads from the container to root on the host in one step.',
    advice:
      'Remove it. Most programs want one narrow right: a device, a mount made by Compose, or a smaller capability.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('5.4'),
      owasp(3),
      dockerDocs(
        'runtime privilege and capabilities',
        '/engine/containers/run/#runtime-privilege-and-linux-capabilities',
      ),
    ],
    equivalents: ['compose-lint:CL-0024', 'kics:container_capabilities_unrestricted'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const added of addedCapabilities(container, (name) => NAMES.has(name)))
        yield addedProblem(container, added, 'error');
    },
  },
});
