/** The ten practices: the product's table of contents. Order and slugs are used by folders, settings and pages. */
export interface Practice {
  readonly number: number;
  readonly slug: PracticeSlug;
  readonly title: string;
  /** The title where room is short: the view beside an editor. At most 22 characters. */
  readonly short: string;
  readonly summary: string;
}

export type PracticeSlug =
  | 'updates'
  | 'resources'
  | 'non-root'
  | 'capabilities'
  | 'privileges'
  | 'images'
  | 'light'
  | 'registries'
  | 'socket'
  | 'network';

export const practices: readonly Practice[] = [
  {
    number: 1,
    slug: 'updates',
    title: 'Update Docker, the host and images regularly',
    short: 'Updates',
    summary: 'Old bases and engines keep holes that are mended elsewhere.',
  },
  {
    number: 2,
    slug: 'resources',
    title: 'Configure resource quotas',
    short: 'Resource quotas',
    summary: 'A container without limits can starve the host and its neighbours.',
  },
  {
    number: 3,
    slug: 'non-root',
    title: 'Use non-root users',
    short: 'Non-root users',
    summary: 'Root in the container is one mistake away from root on the host.',
  },
  {
    number: 4,
    slug: 'capabilities',
    title: 'Limit capabilities',
    short: 'Capabilities',
    summary: 'Each capability kept is a power an intruder gets for free.',
  },
  {
    number: 5,
    slug: 'privileges',
    title: 'Prohibit new privileges',
    short: 'No new privileges',
    summary: 'A process should never gain more rights than it started with.',
  },
  {
    number: 6,
    slug: 'images',
    title: 'Use trusted images',
    short: 'Trusted images',
    summary: 'Know what you run: named publishers, fixed versions, checked downloads.',
  },
  {
    number: 7,
    slug: 'light',
    title: 'Keep images and containers light',
    short: 'Light images',
    summary: 'What is not in the image cannot be attacked and need not be updated.',
  },
  {
    number: 8,
    slug: 'registries',
    title: 'Secure registries and the secrets that open them',
    short: 'Registries and secrets',
    summary: 'Images and credentials travel only over trusted, encrypted ways.',
  },
  {
    number: 9,
    slug: 'socket',
    title: "Don't expose the Docker daemon socket",
    short: 'Docker socket',
    summary: 'Whoever reaches the daemon owns the host.',
  },
  {
    number: 10,
    slug: 'network',
    title: 'Monitor APIs and network activity',
    short: 'Network activity',
    summary: 'Publish little, know what listens, and notice when it fails.',
  },
];
