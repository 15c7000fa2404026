// Who talks to the Docker API and what for: images that pass on chosen parts of it, and images that only read from it.
import { factKey, type ImageReference } from './image-reference.js';

export const dockerApiSource = {
  source:
    'Tecnativa/docker-socket-proxy README; documentation of the listed images on socket proxies; the calls in their sources',
  date: '2026-11-24',
} as const;

const proxies =
  /^(?:tecnativa\/docker-socket-proxy|(?:(?:lscr\.io|ghcr\.io)\/)?linuxserver\/socket-proxy|(?:ghcr\.io\/)?tecnativa\/docker-socket-proxy|(?:ghcr\.io\/)?wollomatic\/socket-proxy|fluencelabs\/docker-socket-proxy|(?:ghcr\.io\/)?11notes\/socket-proxy|rancher\/socket-proxy)$/;

/** Whether the image is a proxy that holds the socket so that others need not. */
export function isSocketProxy(image: ImageReference): boolean {
  return proxies.test(factKey(image));
}

/** Parts of the API that a proxy opens with a variable of that name, and what a client gets with writing allowed. */
export const proxySections: ReadonlyMap<string, string> = new Map([
  ['AUTH', 'check logins of registries'],
  ['BUILD', 'build images'],
  ['COMMIT', 'make images of containers'],
  ['CONFIGS', 'change configs of the swarm'],
  ['CONTAINERS', 'create containers that mount the host'],
  ['EXEC', 'run commands in every container'],
  ['GRPC', 'steer BuildKit'],
  ['IMAGES', 'load and remove images'],
  ['NETWORKS', 'change networks'],
  ['NODES', 'change nodes of the swarm'],
  ['PLUGINS', 'install plugins, which run as root on the host'],
  ['SECRETS', 'change secrets of the swarm'],
  ['SERVICES', 'create services that mount the host'],
  ['SESSION', 'steer BuildKit'],
  ['SWARM', 'change the swarm'],
  ['SYSTEM', 'remove what is not in use'],
  ['TASKS', 'see tasks of the swarm'],
  ['VOLUMES', 'create volumes that mount the host'],
]);

/** Sections that are as good as root on the host once writing is allowed. */
export const rootSections: ReadonlySet<string> = new Set([
  'CONTAINERS',
  'EXEC',
  'PLUGINS',
  'SERVICES',
  'SWARM',
  'VOLUMES',
]);

/** What an image that only reads asks the API for. */
export interface ApiReader {
  /** Sections to open; events, ping and version are open anyway. */
  readonly sections: readonly string[];
  /**
   * How it is told where the API is: an environment variable; or an argument beside others that start so, which a variable
   * beside others that start so can stand for.
   */
  readonly endpoint:
    | { readonly variable: string }
    | {
        readonly argument: string;
        readonly beside: string;
        readonly otherwise: { readonly variable: string; readonly beside: string };
      };
}

const variable = { variable: 'DOCKER_HOST' } as const;
const readers: ReadonlyMap<string, ApiReader> = new Map<string, ApiReader>([
  [
    'library/traefik',
    {
      sections: ['CONTAINERS'],
      endpoint: {
        argument: '--providers.docker.endpoint',
        beside: '--providers.docker',
        otherwise: { variable: 'TRAEFIK_PROVIDERS_DOCKER_ENDPOINT', beside: 'TRAEFIK_PROVIDERS_DOCKER' },
      },
    },
  ],
  ['nginxproxy/nginx-proxy', { sections: ['CONTAINERS', 'INFO', 'NETWORKS'], endpoint: variable }],
  ['jwilder/nginx-proxy', { sections: ['CONTAINERS', 'INFO', 'NETWORKS'], endpoint: variable }],
  ['nginxproxy/docker-gen', { sections: ['CONTAINERS', 'INFO', 'NETWORKS'], endpoint: variable }],
  ['jwilder/docker-gen', { sections: ['CONTAINERS', 'INFO', 'NETWORKS'], endpoint: variable }],
  ['amir20/dozzle', { sections: ['CONTAINERS', 'INFO'], endpoint: variable }],
  ['gliderlabs/logspout', { sections: ['CONTAINERS'], endpoint: variable }],
  ['timberio/vector', { sections: ['CONTAINERS'], endpoint: variable }],
]);

/** Undefined for images that change containers, and for those whose needs are not known. */
export function apiReader(image: ImageReference): ApiReader | undefined {
  return readers.get(factKey(image));
}
