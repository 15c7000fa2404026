import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { addedCapabilities, addedProblem } from '../shared/capabilities.js';

const NAMES = new Set(['SYSLOG', 'AUDIT_READ']);

export default defineRule({
  meta: {
    id: 'cap-add-host-log',
    practice: 'capabilities',
    severity: 'warning',
    title: 'Added capability reads the log of the kernel of the host',
    why: 'Kernel messages tell addresses, devices and other tenants: what an attacker needs to know before he breaks out.',
    advice: 'Remove it and read the kernel log on the host.',
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
    equivalents: ['compose-lint:CL-0030'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const added of addedCapabilities(container, (name) => NAMES.has(name)))
        yield addedProblem(container, added, 'warning');
    },
  },
});
