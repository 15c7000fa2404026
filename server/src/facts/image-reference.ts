// Reads an image reference the way Docker does: [registry/]repository[:tag][@digest]. It knows nothing about variables;
// resolve them first.

/** A stretch of the text that was given, UTF-16 offsets, end exclusive. */
export interface ReferenceSpan {
  readonly start: number;
  readonly end: number;
}

/** An image reference in full: defaults filled in, other names of Docker Hub replaced by `docker.io`. */
export interface ImageReference {
  /** Host, with port if one is written: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** Path in the registry; official images of Docker Hub carry their `library/`. */
  readonly repository: string;
  /** The path before the name (`library`, `grafana`, `team/sub`); undefined when there is none. */
  readonly namespace: string | undefined;
  /** Last part of the path: `node`. */
  readonly name: string;
  readonly tag: string | undefined;
  /** With its algorithm: `sha256:…`. */
  readonly digest: string | undefined;
  /** The short name for messages, without tag: `node`, `grafana/grafana`, `ghcr.io/o/app`. */
  readonly familiar: string;
  /** True for `docker.io/library/…` and the mirrors that carry the same images. */
  readonly isOfficial: boolean;
  /** Where the parts stand in the text that was given. A tag belongs right behind `name`. */
  readonly spans: {
    readonly name: ReferenceSpan;
    readonly tag: ReferenceSpan | undefined;
    readonly digest: ReferenceSpan | undefined;
  };
}

const hubNames = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);
/** Docker refuses `_` in a host; people write it all the same, and what stands behind it can be judged. */
const hostPattern =
  /^(?:[A-Za-z0-9](?:[\w-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[\w-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/;
const partPattern = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,128}$/;
/** Longer texts are no references: Docker ends names at 255 characters. */
const longest = 600;

/** Reads a reference; undefined for everything Docker would refuse (upper case, spaces, empty parts, an image id). */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length === 0 || text.length > longest) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !digestPattern.test(digest)) return undefined;

  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;

  const path = colon < 0 ? named : named.slice(0, colon);
  const place = splitRegistry(path);
  if (place === undefined) return undefined;
  const parts = place.repository.split('/');
  const name = parts[parts.length - 1];
  if (name === undefined || !parts.every((part) => partPattern.test(part))) return undefined;
  if (parts.length === 1 && /^[0-9a-f]{64}$/.test(name)) return undefined;

  const onHub = place.registry === 'docker.io';
  const repository = onHub && parts.length === 1 ? `library/${name}` : place.repository;
  const namespace = repository.slice(0, Math.max(0, repository.length - name.length - 1));
  const isOfficial = onHub
    ? namespace === 'library'
    : officialMirror(place.registry, repository) !== undefined;
  return {
    registry: place.registry,
    repository,
    namespace: namespace === '' ? undefined : namespace,
    name,
    tag,
    digest,
    familiar: onHub ? repository.replace(/^library\//, '') : `${place.registry}/${repository}`,
    isOfficial,
    spans: {
      name: { start: 0, end: path.length },
      tag: colon < 0 ? undefined : { start: colon + 1, end: named.length },
      digest: at < 0 ? undefined : { start: at + 1, end: text.length },
    },
  };
}

/**
 * The name under which the tables of this folder know the image: the path alone for Docker Hub and its mirrors
 * (`library/node`, `grafana/grafana`), with the registry in front for all others (`quay.io/keycloak/keycloak`).
 */
export function factKey(reference: ImageReference): string {
  if (reference.registry === 'docker.io') return reference.repository;
  return (
    officialMirror(reference.registry, reference.repository) ??
    `${reference.registry}/${reference.repository}`
  );
}

function splitRegistry(path: string): { registry: string; repository: string } | undefined {
  const slash = path.indexOf('/');
  const first = path.slice(0, Math.max(0, slash));
  // Docker takes the first part for a host when it could not be a part of a path, or is localhost.
  const isHost = slash > 0 && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  if (!isHost) return { registry: 'docker.io', repository: path };
  if (!hostPattern.test(first)) return undefined;
  const host = first.toLowerCase();
  return { registry: hubNames.has(host) ? 'docker.io' : host, repository: path.slice(slash + 1) };
}

/** The Docker Hub path of an official image that a mirror carries under its own address. */
function officialMirror(registry: string, repository: string): string | undefined {
  if (registry === 'public.ecr.aws' && repository.startsWith('docker/library/'))
    return repository.slice('docker/'.length);
  if (registry === 'mirror.gcr.io') return repository.includes('/') ? repository : `library/${repository}`;
  return undefined;
}
