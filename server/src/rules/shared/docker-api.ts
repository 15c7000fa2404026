/** Ways to reach the Docker API over the network without a certificate. */
import { isSocketProxy } from '../../facts/docker-api.js';
import type { ShellCommand, ShellWord } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { containersByHost } from '../../model/containers-named.js';
import type { ProjectSpec } from '../../model/project.js';
import type { Place } from '../../text/span.js';
import { hostOf, isLoopbackHost } from './hosts.js';
import { imageOfContainer } from './image-sites.js';

const FLAG = /^(?:-H=?|--host=)/;

/** The port of the API without TLS. 2376 is the one with. */
export const PLAIN_PORT = 2375;

export interface ApiAddress {
  readonly host: string;
  readonly loopback: boolean;
}

/**
 * The address in a `DOCKER_HOST` or `-H` that speaks plain TCP; undefined for sockets, SSH, other ports and what is
 * hidden in variables. A daemon speaks it on any port.
 */
export function plainAddress(value: string, anyPort = false): ApiAddress | undefined {
  const [, given, port] = /^tcp:\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(value) ?? [];
  if (given === undefined || (port !== undefined && Number(port) !== PLAIN_PORT && !anyPort))
    return undefined;
  const host = given === '' ? '0.0.0.0' : hostOf(value);
  return host === undefined ? undefined : { host, loopback: isLoopbackHost(host) && host !== '0.0.0.0' };
}

/** Switches of the client and the daemon that leave TLS out. */
export function isTlsOff(word: string): boolean {
  return /^--tls(?:verify)?=(?:false|0)$/.test(word);
}

/** The word that opens the API, or goes to an open one, in a command of Docker or socat. */
export function openApi(command: ShellCommand): ShellWord | undefined {
  const { program, args } = command;
  if (program === 'socat') return bridge(args);
  if (!/^(?:docker|dockerd|docker-compose|dockerd-entrypoint\.sh|dind|docker-init)$/.test(program))
    return undefined;
  const words = args.map(({ value }) => value);
  const off = args.find(({ value }) => isTlsOff(value));
  if (off !== undefined) return off;
  if (words.some((word) => /^--tls(?:verify|=|$)/.test(word))) return undefined;
  const isDaemon = program !== 'docker' && program !== 'docker-compose';
  return args.find(({ value }, index) => {
    const given = /^(?:-H|--host)$/.test(words[index - 1] ?? '') ? value : value.replace(FLAG, '');
    return (
      (given !== value || given.startsWith('tcp://')) && plainAddress(given, isDaemon)?.loopback === false
    );
  });
}

/** `socat TCP-LISTEN:2375,fork UNIX-CONNECT:/var/run/docker.sock`. */
function bridge(args: readonly ShellWord[]): ShellWord | undefined {
  const listens = args.find(({ value }) => /^(?:tcp\d?|openssl)-l(?:isten)?:/i.test(value));
  const reaches = args.some(({ value }) => /^unix(?:-\w+)?:\S*docker\.sock/i.test(value));
  return reaches && !/^openssl/i.test(listens?.value ?? '') && !/bind=127\./.test(listens?.value ?? '')
    ? listens
    : undefined;
}

export interface PlainClient {
  readonly address: ApiAddress;
  readonly place: Place;
  /** The other side is a container of the same project. */
  readonly inProject: boolean;
}

/**
 * Where a container is told to use the plain API: `DOCKER_HOST`, or an argument with port 2375. Socket proxies and
 * daemons of the same project are left out: what they open is looked at there.
 */
export function plainClients(
  { environment, startWords }: ContainerSpec,
  project: ProjectSpec | undefined,
): readonly PlainClient[] {
  if (environment.some(({ name, written }) => name === 'DOCKER_TLS_VERIFY' && written !== '')) return [];
  const given = [
    ...environment.filter(({ name }) => name === 'DOCKER_HOST'),
    ...startWords.filter(({ literal }) => /(?:^|[\s=])tcp:\/\/\S*:2375\b/.test(literal.text)),
  ];
  return given.flatMap(({ value, place }): readonly PlainClient[] => {
    const text = value.state === 'set' ? /tcp:\/\/\S+/.exec(value.value)?.[0] : undefined;
    const address = text === undefined ? undefined : plainAddress(text);
    if (address === undefined || address.host === '0.0.0.0') return [];
    const peer = project && containersByHost(project).get(address.host);
    const image = peer && imageOfContainer(peer)?.reference;
    const isKnown = image !== undefined && (isSocketProxy(image) || image.name === 'docker');
    return isKnown || /proxy/i.test(peer?.name ?? '')
      ? []
      : [{ address, place, inProject: peer !== undefined }];
  });
}

export interface PlainDaemon {
  readonly place: Place;
  /** It is told to make no certificates. */
  readonly certificates: boolean;
  /** The entry that does nothing else. */
  readonly removable: Place | undefined;
}

/** Whether a Docker daemon of its own runs in the container. */
export function runsDaemon(container: ContainerSpec): boolean {
  const image = imageOfContainer(container)?.reference;
  return image?.name === 'dind' || (image?.name === 'docker' && /dind/.test(image.tag ?? ''));
}

/** What makes the daemon inside a container of `docker:dind` listen without TLS. */
export function plainDaemons(container: ContainerSpec): readonly PlainDaemon[] {
  const image = imageOfContainer(container)?.reference;
  if (image?.name !== 'docker' && image?.name !== 'dind') return [];
  const isDaemon = runsDaemon(container);
  const found: PlainDaemon[] = [];
  const folder = container.environment.find(({ name }) => name === 'DOCKER_TLS_CERTDIR');
  if (folder?.value.state === 'set' && folder.value.value === '' && isDaemon)
    found.push({ place: folder.place, certificates: true, removable: folder.namePlace });
  const words = container.startWords.map(({ literal, place }) => ({
    parts: literal.text.split(/\s+/),
    place,
  }));
  if (words.some(({ parts }) => parts.some((part) => /^--tlsverify(?:=true|=1)?$/.test(part)))) return found;
  for (const { parts, place } of words) {
    const off = parts.some(isTlsOff);
    const listens = parts.some((part) => plainAddress(part.replace(FLAG, ''), true)?.host === '0.0.0.0');
    if (off || listens)
      found.push({ place, certificates: false, removable: off && parts.length === 1 ? place : undefined });
  }
  return found;
}
