// Where images come from: registries by class, official images, namespaces run by their vendor.
import type { ImageReference } from './image-reference.js';
import data from './data/registries.json';

/**
 * - `official`, `hardened`, `vendor`: somebody answers for what is in there.
 * - `community`: one known project of volunteers.
 * - `mixed`: open to everyone; trust depends on the namespace.
 * - `mirror`, `alias`: as good as what they point to. `frozen`: gets no updates any more.
 */
export type RegistryClass =
  | 'official'
  | 'hardened'
  | 'vendor'
  | 'community'
  | 'mixed'
  | 'mirror'
  | 'alias'
  | 'frozen';

export interface RegistryFact {
  /** Host, perhaps with a path: `gcr.io/distroless`. */
  readonly registry: string;
  readonly class: RegistryClass;
  /** A phrase without full stop. */
  readonly reason: string;
}

export const registrySource = { source: data.source, date: data.retrieved } as const;

// Longest first, so that `gcr.io/distroless` wins over `gcr.io`. The class is checked by the refresh script.
const known = [...(data.registries as readonly RegistryFact[])].sort(
  (a, b) => b.registry.length - a.registry.length,
);
const official = new Set(words(data.official));
const removed = new Set(words(data.removed));
const publishers = new Set(words(data.publishers));

/** The registry of `host[/path]`, longest match at a slash; undefined when it is not in the list. */
export function registryClass(hostAndPath: string): RegistryFact | undefined {
  const asked = hostAndPath.toLowerCase();
  return known.find(({ registry }) => asked === registry || asked.startsWith(`${registry}/`));
}

/** The registry an image comes from, as {@link registryClass} knows it. */
export function registryOf(reference: ImageReference): RegistryFact | undefined {
  return registryClass(`${reference.registry}/${reference.repository}`);
}

/** True when a namespace of Docker Hub is run by the project or vendor itself. Our own list; badges were not checked. */
export function publisherKnown(namespace: string): boolean {
  return namespace === 'library' || publishers.has(namespace.toLowerCase());
}

/** `yes` for an official image of today, `removed` for one that was, `no` for all others; by its name in `library/`. */
export function officialImage(name: string): 'yes' | 'removed' | 'no' {
  if (official.has(name)) return 'yes';
  return removed.has(name) ? 'removed' : 'no';
}

/** Names of all official images, sorted. */
export const officialImages: readonly string[] = [...official];

function words(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}
