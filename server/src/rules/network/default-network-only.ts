import { portFact } from '../../facts/ports.js';
import { enumerated, say } from '../../l10n/message.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import { oncePer } from '../../model/once-per.js';
import type { ProjectSpec } from '../../model/project.js';
import { known, setValue } from '../../model/setting.js';
import { defineRule, dockerDocs, type Fix, owasp } from '../rule.js';
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
    fixes: ['unsafe'],
    options: {
      network: { default: 'back', description: 'Name of the network that the quick fix makes.' },
    },
    references: [owasp(5), dockerDocs('Compose networks', '/reference/compose-file/networks/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *project(project, { options }) {
      const together = project.containers.filter(onDefaultNetwork);
      if (together.length < 3) return;
      const open = together.find(
        (container) => !isDatastore(container) && portsOnEveryAddress(container).length > 0,
      );
      if (open === undefined) return;
      for (const container of together) {
        if (container === open || !isDatastore(container)) continue;
        const clients = clientsOf(container, together);
        // With its only client beside it there is nobody to keep away.
        if (clients.length === together.length - 1) continue;
        yield {
          at: container.namePlace,
          message: say`\`${container.name}\` shares the default network with \`${open.name}\`, which has open ports`,
          related: [{ at: open.namePlace, message: say`published on every interface` }],
          fixes: () => moveBack(project, container, clients, options.network),
        };
      }
    },
  },
});

function onDefaultNetwork({ networks, networkMode, incomplete }: ContainerSpec): boolean {
  const names = known(networks).map(({ value }) => value);
  return (
    (networks.length === 0 || names.includes('default')) &&
    networkMode.state === 'unset' &&
    incomplete.length === 0
  );
}

function isDatastore(container: ContainerSpec): boolean {
  const site = imageOfContainer(container);
  const ports = site?.profile?.ports?.value ?? [];
  return ports.some((port) => portFact(Number.parseInt(port, 10))?.class === 'datastore');
}

/** Those that wait for it, or are told its name. */
function clientsOf(container: ContainerSpec, together: readonly ContainerSpec[]): readonly ContainerSpec[] {
  return (usersOfNames(together).get(container.name) ?? []).filter((one) => one !== container);
}

/** The containers that wait for one of a name, or are told a text with the name in it. */
const usersOfNames = oncePer((together: readonly ContainerSpec[]) => {
  const users = new Map(together.map(({ name }) => [name, new Set<ContainerSpec>()]));
  const longest = together.reduce((most, { name }) => Math.max(most, name.length), 0);
  for (const client of together) {
    for (const name of client.dependsOn) users.get(name)?.add(client);
    const texts = [
      ...client.environment.map(({ literal }) => literal),
      ...client.startWords.map(({ literal }) => literal),
    ];
    for (const text of texts)
      for (const name of namesIn(text?.text ?? '', longest)) users.get(name)?.add(client);
  }
  return new Map([...users].map(([name, clients]) => [name, [...clients]]));
});

/** What a text may call a host: a word, or what stands before a dot in it (`db` in `db.internal`). */
function* namesIn(text: string, longest: number): Iterable<string> {
  for (const [word] of text.matchAll(/[\w.-]+/g)) {
    yield word;
    for (let dot = word.indexOf('.'); dot >= 0 && dot <= longest; dot = word.indexOf('.', dot + 1))
      yield word.slice(0, dot);
  }
}

/** Only for services whose clients are known: others would lose it without notice. */
function moveBack(
  { networks }: ProjectSpec,
  container: ContainerSpec,
  clients: readonly ContainerSpec[],
  name: string,
): readonly Fix[] {
  const present = networks.find((network) => network.name === name);
  const published = container.ports.length > 0;
  // From a network inside, nothing is published; one of that name is taken when it does what is wanted.
  const isFit = present === undefined || (setValue(present.internal) === true && !published);
  if (clients.length === 0 || !isFit || container.networks.length > 0) return [];
  const internal = new Map([['internal', { scalar: 'true' }]]);
  const network: ContainerChange = {
    addToProject: 'networks',
    name,
    content: { map: published ? new Map() : internal },
  };
  const concerned = [container, ...clients].sort((a, b) => a.namePlace.start - b.namePlace.start);
  const changed = concerned.map((one) =>
    one.edit.apply([
      one === container ? { moveTo: name } : { attach: 'network', name },
      // With the last of them: both may add to the end of the file.
      ...(one === concerned.at(-1) ? [network] : []),
    ]),
  );
  if (changed.some((one) => one === undefined || one.alsoChanges.length > 0)) return [];
  const names = enumerated(clients.map((client) => say`\`${client.name}\``));
  return [
    {
      title: say`Move \`${container.name}\` to the network \`${name}\` with ${names} (nobody else reaches it)`,
      applicability: 'unsafe',
      waits: true,
      acrossServices: true,
      edits: changed.flatMap((one) => one?.edits ?? []),
    },
  ];
}
