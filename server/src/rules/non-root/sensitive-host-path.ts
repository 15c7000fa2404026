import type { PathRisk } from '../../facts/host-paths.js';
import { type Message, say, words } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix, owasp, type Severity } from '../rule.js';
import { type HostMount, hostMounts, isExpected } from '../shared/host-mounts.js';

export default defineRule({
  meta: {
    id: 'sensitive-host-path',
    practice: 'non-root',
    severity: 'warning',
    title: 'Sensitive path of the host is mounted',
    why: 'A process in the container reads keys, password hashes and the state of other services there, or changes what programs of the host rely on.',
    advice:
      'Mount only the file that is needed, read-only. Hand over keys with `secrets`, and keep data in a volume.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['safe', 'unsafe'],
    references: [cis('5.6'), owasp(8), dockerDocs('bind mounts', '/engine/storage/bind-mounts/')],
    equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const found of hostMounts(container)) {
        const severity = found.givesRoot ? undefined : severityOf(found);
        if (severity === undefined) continue;
        const { mount, path } = found;
        yield {
          at: mount.place,
          message: mount.readOnly
            ? say`\`${container.name}\` can read \`${path}\` of the host: ${whatIsThere(found)}`
            : say`\`${container.name}\` can change \`${path}\` of the host: ${whatIsThere(found)}`,
          severity: isExpected(container, found) ? 'info' : severity,
          fixes: () => (isMilderReadOnly(found) ? readOnlyFix(container, found) : []),
        };
      }
    },
  },
});

const SEVERITIES: Readonly<Record<PathRisk, Severity | undefined>> = {
  critical: 'warning',
  high: 'warning',
  medium: 'info',
  low: undefined,
  none: undefined,
};

function severityOf({ mount, path, risk }: HostMount): Severity | undefined {
  const { kind, matched } = risk;
  if (mount.readOnly && isContainerLogs(path)) return 'info';
  // Certificates and logins of registries are what a proxy or an updater is there for.
  if (mount.readOnly && kind === 'credentials' && risk.risk === 'high') return 'info';
  if (mount.readOnly) return SEVERITIES[risk.readOnlyRisk];
  // Nobody needs to change the time zone or the accounts of the host, or the data of another service.
  if (kind === 'harmless' && matched.startsWith('/etc/')) return 'info';
  if (kind === 'state' && matched === '/var/lib') return SEVERITIES[risk.risk] ?? 'info';
  return SEVERITIES[risk.risk];
}

/** Keys are as good read as written. */
function isMilderReadOnly(found: HostMount): boolean {
  if (found.mount.readOnly) return false;
  return severityOf({ ...found, mount: { ...found.mount, readOnly: true } }) !== severityOf(found);
}

/** What log collectors read. */
function isContainerLogs(path: string): boolean {
  return /^\/+var\/+lib\/+docker\/+containers(?:\/|$)/.test(path);
}

function whatIsThere({ mount, path, risk }: HostMount): Message {
  if (isContainerLogs(path)) return say`logs and passwords of all containers`;
  if (risk.kind === 'root') return say`every file, key and password`;
  // The reasons of the table speak of writing.
  return mount.readOnly && risk.kind === 'kernel'
    ? say`its processes and their settings`
    : words(risk.reason);
}

function readOnlyFix(container: ContainerSpec, { mount, risk }: HostMount): readonly Fix[] {
  return risk.kind === 'harmless'
    ? containerFix(container, say`Mount it read-only`, 'safe', [{ mountReadOnly: mount }])
    : containerFix(container, say`Mount it read-only (writing there fails)`, 'unsafe', [
        { mountReadOnly: mount },
      ]);
}
