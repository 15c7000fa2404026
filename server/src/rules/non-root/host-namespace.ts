import { parseImageReference } from '../../facts/image-reference.js';
import { imageProfile } from '../../facts/images.js';
import { type Message, say } from '../../l10n/message.js';
import type { ContainerFields, ContainerSpec } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Severity } from '../rule.js';

type Namespace = 'pid' | 'ipc' | 'uts' | 'userns' | 'cgroup';

interface Effect {
  readonly field: Namespace & keyof ContainerFields;
  readonly severity: Severity;
  readonly gain: (name: string) => Message;
  readonly price: Message;
}

const EFFECTS: readonly Effect[] = [
  {
    field: 'pid',
    severity: 'error',
    gain: (name) => say`\`${name}\` sees all processes of the host and their arguments`,
    price: say`it sees only its own processes`,
  },
  {
    field: 'ipc',
    severity: 'error',
    gain: (name) => say`\`${name}\` reads and changes the shared memory of all programs of the host`,
    price: say`shared memory with the host stops working`,
  },
  {
    field: 'uts',
    severity: 'warning',
    gain: (name) => say`\`${name}\` can rename the host`,
    price: say`it gets a host name of its own`,
  },
  {
    field: 'userns',
    severity: 'warning',
    gain: (name) => say`\`${name}\` has no users of its own: its root is root on the host`,
    price: say`files that root owns may belong to somebody else`,
  },
  {
    field: 'cgroup',
    severity: 'warning',
    gain: (name) => say`\`${name}\` sees the control groups of all containers, and their limits`,
    price: say`it sees only its own control group`,
  },
];

export default defineRule({
  meta: {
    id: 'host-namespace',
    practice: 'non-root',
    severity: 'error',
    title: 'Container shares a namespace of the host',
    why: 'The wall between container and host is gone on that side: processes, memory and names of the host are in reach of whoever breaks in.',
    advice:
      'Remove the setting; share with one other container (`service:` or `container:`) where two must work together.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('5.16'),
      cis('5.17'),
      cis('5.21'),
      cis('5.31'),
      owasp(3),
      dockerDocs('PID settings', '/engine/containers/run/#pid-settings---pid'),
    ],
    equivalents: [
      'compose-lint:CL-0010',
      'kics:host_namespace_is_shared',
      'kics:shared_host_ipc_namespace',
      'kics:shared_host_user_namespace',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const { field, severity, gain, price } of EFFECTS) {
        const setting = container[field];
        if (setting.state !== 'set' || setting.value !== 'host') continue;
        const key = container.spelling(field);
        yield {
          at: setting.span,
          message: say`${gain(container.name)}: \`${key}\` is \`host\``,
          severity: isExpected(container, key) ? 'info' : severity,
          fixes: () =>
            containerFix(container, say`Remove \`${key}\` (${price})`, 'unsafe', [{ remove: setting.span }]),
        };
      }
    },
  },
});

/** What the documentation of the image asks for, as `pid: host`. */
function isExpected({ image }: ContainerSpec, key: string): boolean {
  const reference = image.state === 'set' ? parseImageReference(image.value) : undefined;
  const access = (reference && imageProfile(reference))?.expectedHostAccess?.value ?? [];
  return access.includes(`${key}: host`);
}
