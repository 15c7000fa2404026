import { say } from '../../l10n/message.js';
import { containerFix, defineRule, dockerDocs, owasp } from '../rule.js';

/** Models are served by Docker itself. */
const OWN_PROVIDERS = new Set(['model']);

export default defineRule({
  meta: {
    id: 'use-api-socket',
    practice: 'socket',
    severity: 'warning',
    title: 'Service gets the Docker API or runs a program of the host',
    why: '`use_api_socket` mounts the socket and the registry logins of whoever starts the project; a `provider` starts a program on the host with the rights of that person.',
    advice:
      'Remove it, or give the service a socket proxy with only the parts of the API it needs. Know the program behind a provider as you know your own scripts.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      owasp(1),
      dockerDocs('use_api_socket', '/reference/compose-file/services/#use_api_socket'),
      dockerDocs('provider', '/reference/compose-file/services/#provider'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { useApiSocket } = container;
      if (useApiSocket.state !== 'set' || !useApiSocket.value) return;
      yield {
        at: useApiSocket.span,
        severity: 'error',
        message: say`\`${container.name}\` gets the Docker API and your registry logins: whoever breaks in is root on the host`,
        fixes: () =>
          containerFix(
            container,
            say`Remove \`${container.spelling('useApiSocket')}\` (calls of the Docker API fail)`,
            'unsafe',
            [{ remove: useApiSocket.span }],
          ),
      };
    },
    *project({ containers }) {
      for (const { name, provider } of containers) {
        if (provider.state !== 'set' || OWN_PROVIDERS.has(provider.value)) continue;
        yield {
          at: provider.span,
          message: say`\`${name}\` is no container: \`docker-${provider.value}\` runs on the host, with your rights`,
        };
      }
    },
  },
});
