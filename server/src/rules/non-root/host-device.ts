import { hostDeviceRisk, type PathRisk } from '../../facts/host-paths.js';
import { say, words } from '../../l10n/message.js';
import { cis, defineRule, dockerDocs, owasp, type Severity } from '../rule.js';

export default defineRule({
  meta: {
    id: 'host-device',
    practice: 'non-root',
    severity: 'error',
    title: 'Dangerous device of the host is handed to the container',
    why: 'A raw disk or the memory of the host holds every file and password of it; who can write there needs no other way in.',
    advice:
      'Hand over the one device that is needed, with the rights that are needed: `:r` is enough to look at a disk.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [cis('5.18'), owasp(3), dockerDocs('devices', '/reference/compose-file/services/#devices')],
    equivalents: ['compose-lint:CL-0016'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const device of container.devices) {
        const found = hostDeviceRisk(device.hostPath);
        const writes = device.permissions.includes('w');
        const severity = found && SEVERITIES[found.risk](writes);
        if (found === undefined || severity === undefined) continue;
        yield {
          at: device.place,
          message: writes
            ? say`\`${container.name}\` can read and write \`${device.hostPath}\` of the host: ${words(found.reason)}`
            : say`\`${container.name}\` can read \`${device.hostPath}\` of the host: ${words(found.reason)}`,
          severity,
        };
      }
    },
  },
});

const SEVERITIES: Readonly<Record<PathRisk, (writes: boolean) => Severity | undefined>> = {
  critical: (writes) => (writes ? 'error' : 'warning'),
  high: () => 'warning',
  medium: () => 'info',
  low: () => undefined,
  none: () => undefined,
};
