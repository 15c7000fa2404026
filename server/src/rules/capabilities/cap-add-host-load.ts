import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { addedCapabilities, addedProblem } from '../shared/capabilities.js';

const NAMES = new Set(['SYS_NICE', 'IPC_LOCK', 'LEASE', 'SYS_RESOURCE', 'BLOCK_SUSPEND', 'SYS_PACCT']);

export default defineRule({
  meta: {
    id: 'cap-add-host-load',
    practice: 'capabilities',
    severity: 'info',
    title: 'Added capability takes resources from other containers',
    why: 'The container may pass over its limits: lock memory, raise its priority or hold up others that open a file.',
    advice: 'Remove it, or keep it together with limits for memory and CPU.',
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
    equivalents: ['compose-lint:CL-0029'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const added of addedCapabilities(container, (name) => NAMES.has(name)))
        if (!added.needed) yield addedProblem(container, added, 'info');
    },
  },
});
