import { say } from '../../l10n/message.js';
import { known } from '../../model/setting.js';
import { defineRule, dockerDocs } from '../rule.js';

const METADATA =
  /(?:^|[=:])(?:169\.254\.169\.254|169\.254\.170\.2|\[?fd00:ec2::254\]?|metadata\.google\.internal)$/i;

export default defineRule({
  meta: {
    id: 'extra-hosts-metadata',
    practice: 'network',
    severity: 'info',
    title: 'Container gets a name for the host or the cloud metadata service',
    why: 'Code in the container reaches services of the host that listen on the Docker bridge, or the credentials that the cloud gives to the machine.',
    advice: 'Keep it for development; in production put what is needed on a network with the container.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [dockerDocs('Compose extra_hosts', '/reference/compose-file/services/#extra_hosts')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const entry of known(container.extraHosts)) {
        const metadata = METADATA.test(entry.value);
        if (!metadata && !/[=:]host-gateway$/.test(entry.value)) continue;
        yield {
          at: entry.span,
          severity: metadata ? 'warning' : 'info',
          message: metadata
            ? say`\`${container.name}\` gets a name for the cloud metadata service, which hands out credentials`
            : say`\`${container.name}\` gets a name for the host: services on the Docker bridge are within reach`,
        };
      }
    },
  },
});
