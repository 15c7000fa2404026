/** Tags that stand for whatever is newest. */
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
