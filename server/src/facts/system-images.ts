// Images that start as root without a service of their own, and what their variants lack. Short and stable knowledge of
// names, not measured data; services are in images.ts.
import { distributionOf } from './distribution.js';
import { factKey, type ImageReference } from './image-reference.js';

/** Official images of bare systems and of tool chains. Fedora's, Oracle's and Amazon's mirrors carry the same systems. */
const OFFICIAL = new Set(
  (
    'alpine almalinux alt amazonlinux archlinux busybox buildpack-deps centos clearlinux debian fedora mageia oraclelinux ' +
    'photon rockylinux sl ubuntu clojure dart elixir gcc haskell ibm-semeru-runtimes julia openjdk pypy r-base sapmachine swift'
  ).split(' '),
);

const OTHERS: readonly RegExp[] = [
  /^(?:amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\/(?:alpine|debian|ubuntu|buildpack-deps|centos|fedora|busybox)$/,
  /^(?:registry\.access\.redhat\.com|registry\.redhat\.io)\/ubi\d+(?:\/ubi)?(?:-minimal|-micro|-init)?$/,
  /^redhat\/ubi\d+(?:-minimal|-micro|-init)?$/,
  /^(?:almalinux\/\d+-\w+|rockylinux\/rockylinux|opensuse\/\w+|kalilinux\/.+|bitnami\/minideb|phusion\/baseimage|nvidia\/cuda)$/,
  /^quay\.io\/(?:centos|fedora|almalinuxorg|rockylinux)\/\w+(?:-minimal)?$/,
  /^registry\.(?:fedoraproject\.org\/fedora|opensuse\.org\/opensuse\/\w+|suse\.com\/bci\/bci-(?:base|minimal|micro))/,
  /^container-registry\.oracle\.com\/os\/oraclelinux$/,
  /^public\.ecr\.aws\/(?:amazonlinux\/amazonlinux|ubuntu\/ubuntu|debian\/debian)$/,
  /^mcr\.microsoft\.com\/(?:azurelinux|cbl-mariner)\/base\/core$/,
  /^mcr\.microsoft\.com\/playwright(?:\/\w+)?$/,
  /^(?:azul\/zulu-openjdk.*|bellsoft\/liberica-.*|ghcr\.io\/astral-sh\/uv|pytorch\/pytorch|tensorflow\/tensorflow)$/,
];

/** Whether this is a bare system or tool chain that starts as root: `debian`, `ubi9/ubi`, `gcc`. */
export function isBareSystem(reference: ImageReference): boolean {
  const key = factKey(reference);
  if (key.startsWith('library/')) return OFFICIAL.has(key.slice('library/'.length));
  return OTHERS.some((pattern) => pattern.test(key));
}

/**
 * Whether the programs that create users are missing, or may be: images without shell, and the small ones of Red Hat's
 * family (`ubi-minimal`, Amazon Linux, and what is built on `oraclelinux:slim`).
 */
export function lacksUserTools(reference: ImageReference): boolean {
  const text = `${factKey(reference)}:${reference.tag ?? ''}`;
  switch (distributionOf(reference)) {
    case 'distroless':
    case 'scratch':
    case 'photon':
    case 'suse':
    case 'windows':
      return true;
    case 'redhat':
      return /minimal|micro|slim|amazon|corretto|al20\d\d|azurelinux|mariner|mysql|openjdk|elastic/.test(
        text,
      );
    default:
      return /\b(?:micro|minimal|azurelinux|mariner)\b/.test(text);
  }
}

/**
 * Names of images that do not start as root: `:nonroot`, `-rootless`, `nginx-unprivileged`, and those of AWS Lambda, which
 * runs its functions under a user of its own whatever the image says.
 */
export function namedNonRoot(reference: ImageReference): boolean {
  if (
    /^(?:public\.ecr\.aws\/lambda|amazon)\/(?:aws-lambda-)?(?:python|nodejs|java|dotnet|ruby|go|provided)$/.test(
      factKey(reference),
    )
  )
    return true;
  return /(?:^|[-_./])(?:non-?root|rootless|unprivileged)(?:$|[-_./])/.test(
    `${reference.repository}/${reference.tag ?? ''}`,
  );
}
