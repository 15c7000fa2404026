import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { hostMounts } from '../shared/host-mounts.js';
import { containerRunsAs } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'host-system-path-writable',
    practice: 'non-root',
    severity: 'error',
    title: 'System path of the host is mounted writable',
    why: 'What the host runs as root or trusts stands there: a process in the container writes a job, an account or a program, and is root on the host.',
    advice:
      'Mount only the file or folder that is needed, read-only, or copy it into the image or a volume instead.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('5.6'), owasp(8), dockerDocs('bind mounts', '/engine/storage/bind-mounts/')],
    equivalents: ['compose-lint:CL-0025', 'kics:volume_has_sensitive_host_directory'],
    since: '0.1.0',
  },
  check: {
    *container(container, { stageOf }) {
      // Most of these files belong to root: another user can seldom write them.
      const { root } = containerRunsAs(container, stageOf(container));
      for (const { mount, path, givesRoot } of hostMounts(container)) {
        if (!givesRoot) continue;
        yield {
          at: mount.place,
          message:
            root === true
              ? say`\`${container.name}\` runs as root and can become root on the host by what it writes to \`${path}\``
              : say`\`${container.name}\` can become root on the host by what it writes to \`${path}\``,
          ...(root === false ? { severity: 'warning' } : {}),
          fixes: () =>
            containerFix(container, say`Mount it read-only (writing there fails)`, 'unsafe', [
              { mountReadOnly: mount },
            ]),
        };
      }
    },
  },
});
