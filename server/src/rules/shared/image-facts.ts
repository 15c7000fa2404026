/** What is known of the image that a container runs, also when it is built here from a known one. */
import { type ImageReference, parseImageReference } from '../../facts/image-reference.js';
import { type Fact, type ImageProfile, imageProfile, imageSource } from '../../facts/images.js';
import { type Message, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { oncePer } from '../../model/once-per.js';
import type { Setting } from '../../model/setting.js';
import { allSteps, rootOf } from '../../model/stage.js';
import type { Fix, FixBasis } from '../rule.js';
import { containerRunsAs } from './users.js';

export interface RunningImage {
  readonly reference: ImageReference;
  readonly profile: ImageProfile;
}

/**
 * The facts about the program that a container starts by itself. Undefined when the image is not known, when another
 * entrypoint is set, or when a build puts a program of its own in. `stage` is the one that ships in the container.
 */
export function runningImage(container: ContainerSpec, stage: Stage | undefined): RunningImage | undefined {
  if (container.entrypoint.state !== 'unset') return undefined;
  if (container.build === undefined) return knownImage(container.image);
  if (stage === undefined || stage.base.scratch || startsOwnProgram(stage)) return undefined;
  return knownImage(rootOf(stage).base.image);
}

/** The facts about an image itself, whatever a container starts in it. */
export const knownImage: (image: Setting<string>) => RunningImage | undefined = oncePer(
  (image: Setting<string>) => {
    const reference = image.state === 'set' ? parseImageReference(image.value) : undefined;
    const profile = reference && imageProfile(reference);
    return reference && profile && { reference, profile };
  },
);

function startsOwnProgram(stage: Stage): boolean {
  return allSteps(stage).some((step) => !step.onbuild && (step.kind === 'entrypoint' || step.kind === 'cmd'));
}

/** Whether the container surely starts as another user than root. */
export function startsAsNonRoot(container: ContainerSpec, stage: Stage | undefined): boolean {
  return containerRunsAs(container, stage).root === false;
}

/** How a fact is known, as a few words for a fix title. */
export function originOf({ confidence, doubt }: Fact<unknown>): Message {
  if (confidence === 'derived')
    return doubt === undefined ? say`read from its sources` : say`read from its sources, not verified`;
  return doubt === undefined ? say`reported by its users` : say`reported by its users, not verified`;
}

/** The fixes with the fact that they rest on; unchanged where there is none. */
export function restingOn(
  fixes: readonly Fix[],
  image: ImageReference | undefined,
  fact: Fact<unknown> | undefined,
): readonly Fix[] {
  if (image === undefined || fact === undefined) return fixes;
  const basis: FixBasis = {
    image: image.name,
    source: fact.source,
    origin: originOf(fact),
    date: imageSource.date,
  };
  return fixes.map((fix) => ({ ...fix, basis }));
}
