import { say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { defineRule, owasp } from '../rule.js';
import { imageOfContainer } from '../shared/image-sites.js';
import { bindToLoopback, isLoopback, portName } from '../shared/ports.js';

/** Where versions 2 and 3 look for a configuration of their own. */
const CONFIG = /^\/etc\/(?:docker\/registry|distribution)(?:\/|$)/;

export default defineRule({
  meta: {
    id: 'registry-service-open',
    practice: 'registries',
    severity: 'warning',
    title: 'Registry is open to the network without login or TLS',
    why: 'Without login anybody who reaches the registry replaces the images that others run; without TLS the passwords of those who log in can be read on the way.',
    advice:
      'Set `REGISTRY_AUTH` and `REGISTRY_HTTP_TLS_CERTIFICATE`, or publish it on 127.0.0.1 behind a reverse proxy that does both.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      owasp(13),
      {
        title: 'CNCF Distribution: deploy a registry server',
        url: 'https://distribution.github.io/distribution/about/deploying/',
      },
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const lacking = missingProtection(container);
      if (lacking === undefined) return;
      for (const port of container.ports) {
        const { hostAddress, invalid } = port;
        if (invalid !== undefined || hostAddress.state === 'unknown') continue;
        if (hostAddress.state === 'set' && isLoopback(hostAddress.value)) continue;
        yield {
          at: port.place,
          message:
            lacking === 'TLS'
              ? say`\`${container.name}\` is open on port ${portName(port)} without TLS: its passwords can be read on the way`
              : say`\`${container.name}\` is open on port ${portName(port)} without login: everybody can replace its images`,
          fixes: () =>
            bindToLoopback(container, port, say`Bind it to 127.0.0.1 (other machines need a proxy then)`),
        };
      }
    },
  },
});

/** Undefined for other images, and where a file or a variable may hold the settings. */
function missingProtection(container: ContainerSpec): 'login' | 'TLS' | undefined {
  const { environment, envFiles, mounts, configs, command, entrypoint, incomplete } = container;
  const image = imageOfContainer(container)?.reference;
  if (image === undefined || !image.isOfficial || image.name !== 'registry') return undefined;
  const isHidden =
    envFiles.length > 0 ||
    incomplete.length > 0 ||
    command.state !== 'unset' ||
    entrypoint.state !== 'unset' ||
    configs.length > 0 ||
    mounts.some(
      ({ target }) => target.state === 'unknown' || (target.state === 'set' && CONFIG.test(target.value)),
    );
  if (isHidden || environment.some(({ name }) => /^REGISTRY_(?:PROXY|CONFIGURATION)/.test(name)))
    return undefined;
  if (!environment.some(({ name }) => name.startsWith('REGISTRY_AUTH'))) return 'login';
  return environment.some(({ name }) => name.startsWith('REGISTRY_HTTP_TLS')) ? undefined : 'TLS';
}
