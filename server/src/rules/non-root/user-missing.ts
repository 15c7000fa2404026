import { isBareSystem } from '../../facts/system-images.js';
import { type Message, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { lastOf, rootOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs, owasp, type Related } from '../rule.js';
import { createdUsers } from '../shared/created-users.js';
import { isForDevelopers } from '../shared/purpose.js';
import { alwaysRoot, switchUserFixes } from '../shared/switch-user.js';
import { baseProfileOf, baseReferenceOf, describeLeaves, stageRunsAs } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'user-missing',
    practice: 'non-root',
    severity: 'warning',
    title: 'Image runs as root because no user is set',
    why: 'Whoever breaks into the program owns every file in the container and has root rights against the kernel: one flaw in either, and the host is lost.',
    advice: 'End the image with `USER` and a user of its own. Steps that need root stand above it.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe', 'manual'],
    references: [cis('4.1'), owasp(2), dockerDocs('USER', '/reference/dockerfile/#user')],
    equivalents: [
      'checkov:CKV_DOCKER_3',
      'kics:missing_user_instruction',
      'semgrep:missing-user',
      'semgrep:missing-user-entrypoint',
      'sonar:S6471',
      'tally:tally/stateful-root-runtime',
      'trivy:DS-0002',
    ],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      if (!stage.ships || stage.user.state !== 'unset' || isOnlyFiles(stage)) return;
      const { root, leaves } = stageRunsAs(stage);
      const { base } = stage;
      if (root === false || base.image.state !== 'set') return;
      // `user-never-used` says it where the user is created.
      if (leaves === undefined && createdUsers(stage).length === 1) return;

      const at = base.at;
      const needing = alwaysRoot(stage);
      const fixes = () => switchUserFixes(stage);
      if (leaves !== undefined)
        yield {
          at,
          message: say`No \`USER\`: the image starts as root and ${describeLeaves(leaves)}`,
          severity: 'info',
          fixes,
        };
      else if (root === undefined)
        yield {
          at,
          message: say`No \`USER\` here: the image runs as root unless \`${withoutDigest(base.written)}\` sets another user`,
          severity: 'info',
          fixes,
        };
      else if (needing !== undefined)
        yield {
          at,
          message: say`No \`USER\` here: the image runs as root, and \`${withoutDigest(needing)}\` has to`,
          severity: 'info',
        };
      else if (startsNothing(stage))
        yield {
          at,
          message: say`No \`USER\` here: whoever builds on this image, or starts a program in it, is root`,
          severity: 'info',
          fixes,
        };
      else
        yield {
          at,
          message: rootMessage(stage),
          ...(isForDevelopers(stage) && { severity: 'info' }),
          fixes,
          related: rootImage(stage),
        };
    },
  },
});

/** No program of its own: neither a command here nor a service in the base, at most a shell or an interpreter. */
function startsNothing(stage: Stage): boolean {
  if (lastOf(stage, 'cmd') !== undefined || lastOf(stage, 'entrypoint') !== undefined) return false;
  const reference = baseReferenceOf(stage);
  const profile = baseProfileOf(stage);
  if (reference === undefined || (profile === undefined && !isBareSystem(reference))) return false;
  return (profile?.ports?.value ?? []).length === 0;
}

function rootMessage({ base }: Stage): Message {
  if (base.scratch) return say`The image runs as root: \`scratch\` has no other user and no \`USER\` is set`;
  return say`The image runs as root: \`${withoutDigest(base.written)}\` does and no \`USER\` is set`;
}

/** Where the image stands that the stage goes back to, when that is not in its own FROM. */
function rootImage(stage: Stage): readonly Related[] {
  const { base } = rootOf(stage);
  if (base === stage.base) return [];
  return [{ at: base.at, message: say`\`${withoutDigest(base.written)}\` starts as root` }];
}

function withoutDigest(image: string): string {
  return image.replace(/@sha256:[0-9a-f]+$/, '');
}

/** An image that is never started: it only hands over files. */
function isOnlyFiles(stage: Stage): boolean {
  return (
    stage.base.scratch && lastOf(stage, 'cmd') === undefined && lastOf(stage, 'entrypoint') === undefined
  );
}
