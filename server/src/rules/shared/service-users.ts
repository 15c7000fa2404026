/** Users that a ready image is known to run as when `user` says so. */
import { type ImageReference, parseImageReference } from '../../facts/image-reference.js';
import { type Fact, type ImageUser, imageProfile } from '../../facts/images.js';
import type { ContainerSpec } from '../../model/container.js';

export interface KnownUser {
  readonly name: string;
  /** `999:999`: numbers, because a name is looked up in the image and may be missing there. */
  readonly ids: string;
  readonly image: ImageReference;
  readonly fact: Fact<ImageUser>;
}

/** Undefined for images built here, unknown images and those that fail, or may fail, under `user`. */
export function worksAsUser({ image, build }: ContainerSpec): KnownUser | undefined {
  const reference =
    build === undefined && image.state === 'set' ? parseImageReference(image.value) : undefined;
  const profile = reference && imageProfile(reference);
  const fact = profile?.nonRootUser;
  const user = fact?.value;
  if (user?.uid === undefined || user.name === 'ubuntu') return undefined;
  // Either nothing in the entrypoint needs root, or the image is known to start without it.
  const works = profile?.dropsPrivileges?.value === false || profile?.minimalCapsAsNonRoot !== undefined;
  return works && reference && fact
    ? { name: user.name, ids: `${user.uid}:${user.gid ?? user.uid}`, image: reference, fact }
    : undefined;
}
