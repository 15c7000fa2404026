import { say } from '../../l10n/message.js';
import { cis, defineRule, dockerDocs } from '../rule.js';
import { hostMounts } from '../shared/host-mounts.js';

/** Certificates of authorities. */
const PUBLIC = /cert|\/pki\//;

export default defineRule({
  meta: {
    id: 'host-settings-mounted',
    practice: 'non-root',
    severity: 'info',
    title: 'File of the host below /etc is mounted read-only',
    why: 'Names of accounts, neighbours in the network and the identity of the machine help an intruder to plan the next step, and the container depends on the host it was moved to.',
    advice: 'Give the container a file of its own, in the image or as a Compose `config`.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [cis('5.6'), dockerDocs('bind mounts', '/engine/storage/bind-mounts/')],
    equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const { mount, path, risk } of hostMounts(container)) {
        // Graver ones, and all that can be written, have a rule of their own; the time zone is everybody's.
        const isMild = risk.readOnlyRisk === 'low' || (risk.risk === 'low' && !PUBLIC.test(risk.matched));
        if (!mount.readOnly || !isMild || !risk.matched.startsWith('/etc')) continue;
        yield {
          at: mount.place,
          message: say`\`${container.name}\` can read \`${path}\` of the host: it learns more about the host than it needs`,
        };
      }
    },
  },
});
