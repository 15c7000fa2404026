// Which kind of system an image is built on, as far as its name and tag say: that decides how a user is created and which
// package manager there is.
import { factKey, type ImageReference } from './image-reference.js';
import { baseToken } from './image-tags.js';
import { baseCycle } from './life-cycles.js';
import { tagShape } from './tag-shape.js';

/**
 * `redhat`: Fedora, CentOS, Alma, Rocky, Oracle, Amazon, UBI. `distroless`: no shell. `wolfi`: Chainguard images with apk.
 */
export type Distribution =
  | 'debian'
  | 'ubuntu'
  | 'alpine'
  | 'redhat'
  | 'suse'
  | 'arch'
  | 'photon'
  | 'busybox'
  | 'wolfi'
  | 'windows'
  | 'distroless'
  | 'scratch';

const byRepository: readonly (readonly [pattern: RegExp, distribution: Distribution])[] = [
  [/^library\/scratch$/, 'scratch'],
  [/^library\/alpine$|^library\/docker$/, 'alpine'],
  [/^library\/debian$|^bitnami\/minideb$/, 'debian'],
  [/^library\/ubuntu$|^mcr\.microsoft\.com\/mssql\/server$/, 'ubuntu'],
  [
    /^(?:library\/|almalinux\/|rockylinux\/|quay\.io\/(?:centos|fedora|rockylinux|almalinuxorg)\/)(?:fedora|centos|almalinux|rockylinux|oraclelinux|amazonlinux)(?:-minimal)?$/,
    'redhat',
  ],
  [/^(?:registry\.access\.redhat\.com|registry\.redhat\.io|redhat)\/ubi\d/, 'redhat'],
  [/^public\.ecr\.aws\/amazonlinux\//, 'redhat'],
  [/^(?:library\/amazoncorretto)$/, 'redhat'],
  [/^(?:registry\.(?:open)?suse\.(?:com|org)|opensuse)\//, 'suse'],
  [/^(?:library\/archlinux|archlinux\/archlinux)$/, 'arch'],
  [/^library\/photon$/, 'photon'],
  [/^library\/busybox$/, 'busybox'],
  [/^cgr\.dev\/chainguard\//, 'wolfi'],
  [/^gcr\.io\/distroless\//, 'distroless'],
  [/^mcr\.microsoft\.com\/windows/, 'windows'],
];
const byProduct: Readonly<Record<string, Distribution>> = {
  debian: 'debian',
  ubuntu: 'ubuntu',
  'alpine-linux': 'alpine',
  'amazon-linux': 'redhat',
  'oracle-linux': 'redhat',
  rhel: 'redhat',
  centos: 'redhat',
  'centos-stream': 'redhat',
  'rocky-linux': 'redhat',
  almalinux: 'redhat',
  fedora: 'redhat',
};

/** The kind of system; undefined when neither name nor tag nor the table of tags says it. */
export function distributionOf(reference: ImageReference): Distribution | undefined {
  const { tokens } = tagShape(reference.tag ?? '');
  const key = factKey(reference);
  const official = key.startsWith('library/') || key.startsWith('mcr.microsoft.com/dotnet/');
  if (tokens.some((token) => /^(?:windowsservercore|nanoserver|ltsc\d+)/.test(token))) return 'windows';
  if (official && tokens.some((token) => /(?:chiseled|distroless)/.test(token))) return 'distroless';
  if (tokens.some((token) => /^alpine[\d.]*$/.test(token))) return 'alpine';
  for (let index = 0; index < tokens.length; index++) {
    // The version in front is no distribution, except for images that are named by it.
    const word = tokens[index] ?? '';
    const found = kindOf(word) ?? kindOf(`${word}-${tokens[index + 1] ?? ''}`);
    if (found !== undefined && (official || index > 0)) return found;
  }
  const named = byRepository.find(([pattern]) => pattern.test(key))?.[1];
  if (named !== undefined) return named;
  const base = baseToken(reference) ?? sameVariantToday(reference, tokens);
  return base === undefined ? undefined : kindOf(base);
}

/** A tag that is no longer listed: what its image is built on today, if its tag names no variant of its own. */
function sameVariantToday(reference: ImageReference, tokens: readonly string[]): string | undefined {
  const plain = tokens.slice(1).every((token) => /^(?:slim|jdk|jre|fpm|apache|cli|management)$/.test(token));
  return plain && /^v?\d/.test(tokens[0] ?? '') ? baseToken({ ...reference, tag: 'latest' }) : undefined;
}

function kindOf(word: string): Distribution | undefined {
  if (/^ubi\d+/.test(word)) return 'redhat';
  const hit = baseCycle(word);
  return hit === undefined ? undefined : byProduct[hit[0].id];
}
