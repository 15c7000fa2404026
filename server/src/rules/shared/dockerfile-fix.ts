/** Fixes in the Dockerfile of a service, offered where the service stands. */
import { type Message, continued, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import type { Fix, Related } from '../rule.js';
import { stageRunsAs } from './users.js';
import { switchUserFixes } from './switch-user.js';

/** Ends the service's image with another user than root; none where its Dockerfile cannot be edited. */
export function dockerfileUserFixes(stage: Stage | undefined): readonly Fix[] {
  if (stage === undefined) return [];
  return switchUserFixes(stage).flatMap((fix) =>
    fix.edits.length === 0 ? [] : [{ ...fix, title: say`In its Dockerfile: ${continued(fix.title)}` }],
  );
}

/** The same together with changes of the service itself: one step over both files. */
export function withDockerfileUser(
  container: ContainerSpec,
  stage: Stage | undefined,
  title: Message,
  changes: readonly ContainerChange[],
): readonly Fix[] {
  const own = container.edit.apply(changes);
  if (own === undefined || own.edits.length === 0 || own.alsoChanges.length > 0) return [];
  return dockerfileUserFixes(stage).map((fix) => ({
    ...fix,
    title: say`${title}. ${fix.title}`,
    edits: [...own.edits, ...fix.edits],
  }));
}

/** Where a built image gets its user from. */
export function userOfImage(stage: Stage | undefined): readonly Related[] {
  if (stage === undefined) return [];
  const { root } = stageRunsAs(stage);
  const { user, base } = stage;
  if (root === undefined || user.state === 'unknown') return [];
  const as = root ? 'root' : user.state === 'set' ? `\`${user.value}\`` : say`a user that is not root`;
  return user.state === 'set'
    ? [{ at: user.span, message: say`The image runs as ${as}: \`USER ${user.value}\`` }]
    : [{ at: base.at, message: say`The image runs as ${as}: no \`USER\` after \`FROM ${base.written}\`` }];
}
