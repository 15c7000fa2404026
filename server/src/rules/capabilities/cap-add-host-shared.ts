import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { addedCapabilities, addedProblem } from '../shared/capabilities.js';

const NAMES = new Set(['SYS_TIME', 'PERFMON', 'WAKE_ALARM']);

export default defineRule({
  meta: {
    id: 'cap-add-host-shared',
    practice: 'capabilities',
    severity: 'warning',
    title: 'Added capability works on what all containers share',
    why: 'The clock and the performance counters of the host exist once: whoever sets or reads them in one container does so for all.',
    advice: 'Leave time keeping and profiling to the host, or to a container that does nothing else.',
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
    equivalents: ['compose-lint:CL-0028'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const added of addedCapabilities(container, (name) => NAMES.has(name)))
        yield addedProblem(container, added, 'warning');
    },
  },
});
