/** Puts a proxy between a container and the Docker socket that opens only what the container's image asks for. */
import { type ApiReader, apiReader, dockerApiSource } from '../../facts/docker-api.js';
import { enumerated, say } from '../../l10n/message.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import type { SectionContent } from '../../model/project.js';
import { containerFix, type Fix } from '../rule.js';
import { imageOfContainer } from './image-sites.js';
import type { SocketMount } from './sockets.js';

const PORT = 2375;

/**
 * A fix, when it is known what the image asks for, how it is told about another address, and when its mount is nothing
 * but the socket of Docker.
 */
export function proxyFix(
  container: ContainerSpec,
  { mount, socket }: SocketMount,
  proxyImage: string,
): readonly Fix[] {
  const image = imageOfContainer(container)?.reference;
  const reader = image && apiReader(image);
  if (image === undefined || reader === undefined || socket.engine !== 'docker' || socket.via !== 'itself')
    return [];
  if (mount.hostPath.state !== 'set' || !mount.hostPath.value.startsWith('/')) return [];
  const proxy = `${container.name}-socket-proxy`;
  const network = `${container.name}-socket`;
  const endpoint = endpointChanges(container, reader, `tcp://${proxy}:${PORT}`);
  if (endpoint === undefined) return [];
  const fixes = containerFix(
    container,
    say`Put a socket proxy between that opens only ${enumerated(reader.sections.map((word) => `\`${word}\``))} for reading (\`${container.name}\` can change nothing then)`,
    'unsafe',
    [
      { removeMount: mount },
      ...endpoint,
      { attach: 'network', name: network },
      { attach: 'service', name: proxy },
      {
        addToProject: 'services',
        name: proxy,
        content: proxyService(proxyImage, mount.hostPath.value, network, reader.sections),
      },
      { addToProject: 'networks', name: network, content: map({ internal: scalar('true') }) },
    ],
  );
  const { source, date } = dockerApiSource;
  const basis = { image: image.name, source, origin: say`the parts that it asks for`, date };
  return fixes.map((fix) => ({ ...fix, basis }));
}

/** Undefined when the container is not told where Docker is in the way that is known. */
function endpointChanges(
  container: ContainerSpec,
  { endpoint }: ApiReader,
  address: string,
): readonly ContainerChange[] | undefined {
  if ('variable' in endpoint) return variableChanges(container, endpoint.variable, address);
  const { argument, beside, otherwise } = endpoint;
  const words = container.startWords.filter(({ literal }) => literal.text.includes(beside));
  const variables = container.environment.filter(({ name }) => name.startsWith(otherwise.beside));
  // Traefik reads variables only where it gets no arguments.
  if (
    container.startWords.length === 0 &&
    variables.length > 0 &&
    !variables.some(({ name }) => /swarm/i.test(name))
  )
    return variableChanges(container, otherwise.variable, address);
  // A flag that says where Docker is would have to change; swarm has flags of its own.
  if (words.length === 0 || container.startWords.some(({ literal }) => /swarm|endpoint/i.test(literal.text)))
    return undefined;
  return [{ addArgument: `${argument}=${address}` }];
}

function variableChanges(
  container: ContainerSpec,
  variable: string,
  address: string,
): readonly ContainerChange[] {
  const own = container.environment.find(({ name }) => name === variable);
  return own ? [{ setVariable: own, value: address }] : [{ addVariable: variable, value: address }];
}

function proxyService(
  image: string,
  socket: string,
  network: string,
  sections: readonly string[],
): SectionContent {
  return map({
    image: scalar(image),
    environment: map(Object.fromEntries(sections.map((section) => [section, scalar('1')]))),
    volumes: { list: [`${socket}:/var/run/docker.sock:ro`] },
    networks: { list: [network] },
    read_only: scalar('true'),
    tmpfs: { list: ['/run', '/tmp'] },
    cap_drop: { list: ['ALL'] },
    security_opt: { list: ['no-new-privileges:true'] },
    mem_limit: scalar('64m'),
    cpus: scalar('0.5'),
    pids_limit: scalar('64'),
    healthcheck: map({
      test: scalar(`["CMD", "wget", "-qO", "/dev/null", "http://127.0.0.1:${PORT}/_ping"]`),
      interval: scalar('30s'),
      timeout: scalar('5s'),
      retries: scalar('3'),
    }),
    logging: map({
      driver: scalar('json-file'),
      options: map({ 'max-size': scalar('10m'), 'max-file': scalar('"3"') }),
    }),
    restart: scalar('unless-stopped'),
  });
}

function scalar(text: string): SectionContent {
  return { scalar: text };
}

function map(content: Readonly<Record<string, SectionContent>>): SectionContent {
  return { map: new Map(Object.entries(content)) };
}
