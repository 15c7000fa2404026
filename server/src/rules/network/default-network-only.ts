import { portFact } from '../../facts/ports.js';
import { say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { defineRule, dockerDocs, owasp } from '../rule.js';
import { imageOfContainer } from '../shared/image-sites.js';
import { portsOnEveryAddress } from '../shared/ports.js';

export default defineRule({
  meta: {
    id: 'default-network-only',
    practice: 'network',
    severity: 'info',
    title: 'Database shares one network with a public service',
    why: 'Whoever breaks into the service that is open to the world talks to the database directly, as every other service of the project does.',
    advice: 'Put the database on a network of its own, with `internal: true`, that only its clients join.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [owasp(5), dockerDocs('Compose networks', '/reference/compose-file/networks/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *project(project) {
      const together = project.containers.filter(onDefaultNetwork);
      if (together.length < 3) return;
      const open = together.find(
        (container) => !isDatastore(container) && portsOnEveryAddress(container).length > 0,
      );
      if (open === undefined) return;
      for (const container of together) {
        if (container === open || !isDatastore(container)) continue;
        // With its only client beside it there is nobody to keep away.
        const strangers = together.filter(
          (one) => one !== container && !one.dependsOn.includes(container.name),
        );
        if (strangers.length === 0) continue;
        yield {
          at: container.namePlace,
          message: say`\`${container.name}\` shares the default network with \`${open.name}\`, which is open to the outside`,
          related: [{ at: open.namePlace, message: say`published on every interface` }],
        };
      }
    },
  },
});

function onDefaultNetwork(container: ContainerSpec): boolean {
  return (
    container.networks.length === 0 &&
    container.networkMode.state === 'unset' &&
    container.incomplete.length === 0
  );
}

function isDatastore(container: ContainerSpec): boolean {
  const site = imageOfContainer(container);
  const ports = site?.profile?.ports?.value ?? [];
  return ports.some((port) => portFact(Number.parseInt(port, 10))?.class === 'datastore');
}
