import { normaliseCapability } from '../../facts/capabilities.js';
import { deviceOfRule, parseDeviceRule } from '../../facts/device-numbers.js';
import { hostDeviceRisk, type PathRisk } from '../../facts/host-paths.js';
import { type Message, say, words } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { known } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Problem, type Severity } from '../rule.js';
import { dropsAll } from '../shared/capabilities.js';

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
    fixes: ['unsafe'],
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
            ? say`\`${container.name}\` can change \`${device.hostPath}\` of the host: ${words(found.reason)}`
            : say`\`${container.name}\` can read \`${device.hostPath}\` of the host: ${words(found.reason)}`,
          severity,
        };
      }
      yield* byNumber(container);
    },
  },
});

/** A rule of the control group lets the container make the device itself, whatever the host calls it. */
function* byNumber(container: ContainerSpec): Iterable<Problem> {
  const isMade =
    !dropsAll(container) ||
    known(container.capAdd).some(({ value }) => /^(?:MKNOD|ALL)$/.test(normaliseCapability(value)));
  for (const entry of known(container.deviceCgroupRules)) {
    const rule = parseDeviceRule(entry.value);
    const path = rule && deviceOfRule(rule);
    const found = path === undefined ? undefined : hostDeviceRisk(path);
    if (rule === undefined || found === undefined || !/[rw]/.test(rule.permissions)) continue;
    const writes = rule.permissions.includes('w');
    const severity = SEVERITIES[found.risk](writes);
    if (severity === undefined) continue;
    yield {
      at: entry.span,
      message: byNumberMessage(container.name, path, writes, words(found.reason)),
      // Without MKNOD it needs somebody who hands the device over.
      severity: severity === 'error' && !isMade ? 'warning' : severity,
      fixes: () =>
        containerFix(container, say`Remove the rule (such devices can no longer be opened)`, 'unsafe', [
          { remove: entry.span },
        ]),
    };
  }
}

function byNumberMessage(name: string, path: string | undefined, writes: boolean, reason: Message): Message {
  if (path === '/dev')
    return writes
      ? say`\`${name}\` may read and write every device of the host by number: ${reason}`
      : say`\`${name}\` may read every device of the host by number: ${reason}`;
  if (path === '/dev/disk')
    return writes
      ? say`\`${name}\` may read and write disks of the host by number: ${reason}`
      : say`\`${name}\` may read disks of the host by number: ${reason}`;
  return writes
    ? say`\`${name}\` may change \`${path ?? ''}\` of the host by number: ${reason}`
    : say`\`${name}\` may read \`${path ?? ''}\` of the host by number: ${reason}`;
}

const SEVERITIES: Readonly<Record<PathRisk, (writes: boolean) => Severity | undefined>> = {
  critical: (writes) => (writes ? 'error' : 'warning'),
  high: () => 'warning',
  medium: () => 'info',
  low: () => undefined,
  none: () => undefined,
};
