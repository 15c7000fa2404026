/** Tags that stand for whatever is newest, by a word that promises so or by naming no version. */
import type { ImageReference } from '../../facts/image-reference.js';

/** Words that name whatever is newest, alone or with a variant behind: `latest`, `stable-alpine`, `edge`. */
const MOVING =
  /^(?:latest|stable|edge|nightly|main|master|trunk|head|develop|development|dev|devel|unstable|test|testing|rolling|current|mainline|lts|canary|beta|alpha|next|snapshot|release|rc)(?:$|-)/i;
/** Distributions whose released versions carry one of these words; there it is a name, not a promise to move. */
const NAMED_RELEASES = new Set(['debian', 'buildpack-deps']);

/** Whether the tag promises to move; any tag can, these do. */
export function isMoving({ tag, name, isOfficial }: ImageReference): boolean {
  if (tag === undefined || !MOVING.test(tag)) return false;
  return !(isOfficial && NAMED_RELEASES.has(name)) || /^latest/i.test(tag);
}

/** What tags of official images say about how they are made; a version is something else. */
const VARIANT =
  /^(?:alpine|slim|bullseye|bookworm|trixie|focal|jammy|noble|oracle|ubi|musl|glibc|uclibc|fpm|apache|cli|zts|jdk|jre|temurin|eclipse|dind|rootless|perl|otel|management|windowsservercore|nanoserver)$/;
/** The code name of a distribution is the version of its own image. */
const DISTRIBUTIONS = new Set([...NAMED_RELEASES, 'ubuntu']);

/** Whether the tag of an official image names variants only, `alpine`, `fpm-alpine`: the newest version made so. */
export function namesNoVersion({ tag, name, isOfficial }: ImageReference): boolean {
  if (tag === undefined || !isOfficial || DISTRIBUTIONS.has(name)) return false;
  return tag.split('-').every((word) => VARIANT.test(word));
}
