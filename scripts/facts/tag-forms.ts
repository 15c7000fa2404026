// How the ways in which a tag can name a cycle are read. Every form of the raw table must be listed here.

export interface TagForm {
  /** Words that may stand before the version, with a dash between. */
  readonly prefixes?: readonly string[];
  /** Words that are written together with the version: `centos7`. */
  readonly glued?: readonly string[];
  /** Numbers of parts a tag of this form has: 1 for `18`, 2 for `3.14`. Such a tag moves with its newest release. */
  readonly parts?: readonly number[];
  /** The version is in the name of the repository. */
  readonly repository?: boolean;
  /** A cycle of one number is written with `.0` behind it. */
  readonly zero?: boolean;
}

const plain: TagForm = {};
const major: TagForm = { parts: [1] };
const minor: TagForm = { parts: [2] };

/** Suffixes, moving names and code names need nothing here: they are no versions, so they are not read as such. */
const ignored = [
  'codename',
  'codename-slim',
  'codename-YYYYMMDD[-slim]',
  'codename-YYYYMMDD',
  'codename-ros-base',
  'major.minor.patch',
  'major.minor.date',
  'cycle',
  'cycle.date',
  '+distroSuffix',
  'major-minimal',
  'major-slim',
  'major-slim-fips',
  'ltscYYYY',
  'none: nix version, not NixOS',
  'suffix:-otp-N',
  'suffix:-jdkN',
  'suffix:-jdkN[-distro]',
  'suffix:-jdkN[-alpine]',
  'suffix:-jdkN[-alpine|-slim]',
  'suffix:-jdkN[-temurin|-corretto][-distro]',
  'jdkN (floating)',
  'suffix:-oracle|-oraclelinuxN|-debian',
  'suffix:-<ubuntuCodename>|-ubi|-ubi9',
  'suffix:-<ubuntuCodename>|-windowsservercore',
  'suffix:-community|-enterprise',
  'suffix:-core|-enterprise|-meta|-data|-alpine',
  'suffix:-slim',
  'suffix:-scala_2.12-java17',
  'suffix:-pythonX.Y',
  'suffix:-ubuntu',
  'suffix:-alpine',
  'suffix:-debug',
  'suffix:-phpX.Y[-apache|-fpm]',
  'suffix:-<vendor>-N[-distro]',
  'suffix:-dind|-cli|-dind-rootless|-git',
  'variant:cli|apache|fpm|zts',
  'variant:threaded|slim',
  'variant:slim|alpine',
  'variant:perl|otel|slim',
  'variant:builder',
  'variant:management',
  'variant:apache|fpm',
  'cli-',
  'major-jdk|-jre[-distro]',
  'major-jdk|jre[-distro]',
  'major.minor.patch_build-jdk',
  'major-alpine',
  'major-al2023',
  'major-jdk',
  'major-distro',
  'major-ol8|-oraclelinux8',
  'major-olN',
  'major.minor-distro',
  'major.minor-ubuntu',
  'major.minor.patch-distro',
  'major.minor.patch-ce.0',
  'year-latest',
  'year-CUn-ubuntu-YY.MM',
  'vMajor.minor.patch',
  'vMajor.minor',
  'vMajor.minor-latest',
  'YY.M-community',
  'YYYY.N-<edition>',
  'major.minor-distro-latest',
  'year.month',
  'alias:stable|oldstable|oldoldstable|testing|unstable|sid|rc-buggy|experimental',
  'alias:rolling|devel|latest',
  'alias:edge|latest|3',
  'alias:rawhide|branched|latest',
  'alias:latest (opensuse/tumbleweed is rolling, no cycle)',
  'alias:latest|base',
  'alias:lts|current|latest|<ltsCodename>',
  'alias:lts|innovation|latest',
  'alias:lts|latest',
  'alias:stable|mainline|latest',
  'alias:latest|<cheeseCodename>',
  'alias:fresh|stable|old',
  'alias:stable|production|latest',
  'alias:lts|legacy|stable',
  'alias:lts',
  'alias:community|latest',
  'alias:lts|lta-*',
  'alias:latest|dind|cli',
  'alias:rolling',
  '2.N[.patch]',
];

export const tagForms: ReadonlyMap<string, TagForm> = new Map<string, TagForm>([
  ...ignored.map((form) => [form, plain] as const),
  ['major', major],
  ['v3 / 3', major],
  ['major.minor', minor],
  ['YY.MM', minor],
  ['major.0', { zero: true }],
  ['+distroSuffix (10.0-noble, 8.0-alpine, 8.0-jammy-chiseled, 8.0-bookworm-slim, -azurelinux3.0)', plain],
  ['centosN', { glued: ['centos'] }],
  ['streamN', { glued: ['stream'] }],
  ['open-<major>-jdk|jre[-distro]', { prefixes: ['open'] }],
  ['prefix:<distro>-', { prefixes: ['alpine', 'debian', 'ubuntu', 'centos', 'distroless', 'bin'] }],
  ['prefix:enterprise-|community-', { prefixes: ['enterprise', 'community'] }],
  ['prefix:distroless-|contrib-|tools-', { prefixes: ['distroless', 'contrib', 'tools'] }],
  ['prefix:alpine-|ubuntu-', { prefixes: ['alpine', 'ubuntu'] }],
  ['prefix:slim-', { prefixes: ['slim'] }],
  ['latest-vMajor.minor', { prefixes: ['latest'] }],
  ['release-major.minor', { prefixes: ['release'] }],
  ['distro-major.minor-latest', { prefixes: ['alpine', 'ubuntu', 'centos', 'ol'] }],
  [
    'repositoryName: the major is the number after "ubi" in the repository, not in the tag',
    { repository: true },
  ],
  ['repositoryName: number after "openjdk-"', { repository: true }],
]);

/** Products left out, with the reason. */
export const droppedProducts: ReadonlyMap<string, string> = new Map([
  ['containerd', 'no image'],
  ['discourse', 'no version in tags'],
  ['nixos', 'the tag is the version of nix'],
  ['clearlinux', 'only moving tags; the image is in the list of ended ones'],
  [
    'openjdk-builds-from-oracle',
    'its dates are not those of the official image, which is in the list of ended ones',
  ],
  ['ghc', 'the column is a recommendation, not an end of support'],
  ['squid', 'the image holds the package that its distribution maintains'],
  ...[
    'apache-artemis',
    'gerrit',
    'plone',
    'salt',
    'bazel',
    'boundary',
    'mageia',
    'tarantool',
    'apache-apisix',
  ].map((id) => [id, 'rarely seen in public files'] as const),
  ...['jruby', 'apache-groovy', 'artifactory'].map((id) => [id, 'rarely seen in public files'] as const),
  ['windows-nano-server', 'build numbers stand for two channels with different ends'],
  ['windows-server-core', 'build numbers stand for two channels with different ends'],
]);

/** Images whose version is not the one of the product. */
export const ignoredImages: ReadonlySet<string> = new Set<string>([]);

/** Products whose extended support is free and public, so that they have ended only after it. */
export const freeExtension: ReadonlySet<string> = new Set(['debian', 'apache-pulsar']);

/** Cycles under the name that tags use; those without a name here are left out. */
export const renamedCycles: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ['mssqlserver', { '17.0': '2025', '16.0': '2022', '15.0': '2019', '14.0': '2017' }],
]);
