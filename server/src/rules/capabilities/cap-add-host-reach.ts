import { say } from '../../l10n/message.js';
import { setValue } from '../../model/setting.js';
import { cis, defineRule, dockerDocs, owasp } from '../rule.js';
import { addedCapabilities, addedProblem } from '../shared/capabilities.js';

const NAMES = new Set(['NET_ADMIN', 'BPF', 'SYS_BOOT', 'AUDIT_CONTROL', 'MAC_ADMIN', 'MAC_OVERRIDE']);

export default defineRule({
  meta: {
    id: 'cap-add-host-reach',
    practice: 'capabilities',
    severity: 'warning',
    title: 'Added capability steers the network or the kernel of the host',
    why: 'The container may rewire networks, load programs into the kernel, switch auditing off or reboot the machine: damage that no namespace keeps inside.',
    advice:
      'Remove it; where a VPN or a firewall needs it, keep that in a container of its own, without the host network.',
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
    equivalents: ['compose-lint:CL-0011'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const onHost = setValue(container.networkMode) === 'host';
      for (const added of addedCapabilities(container, (name) => NAMES.has(name))) {
        const beyond =
          onHost && added.name === 'NET_ADMIN' ? say`changes routes and firewall of the host` : undefined;
        yield addedProblem(container, added, 'warning', beyond);
      }
    },
  },
});
