import { say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix, owasp, type Problem } from '../rule.js';
import { userOfImage, withDockerfileUser } from '../shared/dockerfile-fix.js';
import { restingOn } from '../shared/image-facts.js';
import { worksAsUser } from '../shared/service-users.js';
import { containerRunsAs, describeLeaves, imageOfRunsAs, isRoot } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'service-user-root',
    practice: 'non-root',
    severity: 'warning',
    title: 'Container is told to run as root',
    why: 'Root in the container is root for the kernel and for every file that is mounted: whoever breaks in needs one flaw less to reach the host.',
    advice:
      'Remove the setting or name an unprivileged user, and give the files that it writes to that user.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe', 'manual'],
    references: [cis('4.1'), owasp(2), dockerDocs('user', '/reference/compose-file/services/#user')],
    equivalents: ['compose-lint:CL-0018'],
    since: '0.1.0',
  },
  check: {
    *container(container, { stageOf }) {
      const { user } = container;
      yield* rootHooks(container);
      if (user.state !== 'set' || !isRoot(user.value)) return;
      const stage = stageOf(container);
      const own = imageOfRunsAs(container, stage);
      const { leaves } = containerRunsAs(container, stage);
      const key = container.spelling('user');
      yield {
        at: user.span,
        message: leaves
          ? say`\`${container.name}\` starts as root and ${describeLeaves(leaves)}`
          : own.root === false
            ? say`\`${container.name}\` runs as root although its image does not: \`${key}\` is \`${user.value}\``
            : say`\`${container.name}\` runs as root: \`${key}\` is \`${user.value}\``,
        ...(leaves ? { severity: 'info' } : {}),
        related: userOfImage(stage),
        fixes: () => [
          ...userFix(container, own.root === false ? own.user : undefined, own.root !== true),
          ...(own.root === true
            ? withDockerfileUser(container, stage, say`Remove \`${key}\``, [{ remove: user.span }])
            : []),
        ],
      };
    },
  },
});

/** Where the container runs as root itself, its own rule says so. */
function* rootHooks(container: ContainerSpec): Iterable<Problem> {
  const { name, user: own } = container;
  for (const { key, user, inside } of container.hooks) {
    if (user.state !== 'set' || !isRoot(user.value)) continue;
    if (inside && own.state === 'set' && isRoot(own.value)) continue;
    yield {
      at: user.span,
      // To give files to the container's user is what such commands are for.
      severity: 'info',
      message: inside
        ? say`\`${key}\` runs as root in \`${name}\`: whoever changes what it starts is root as well`
        : say`\`${key}\` of \`${name}\` runs as root, with the same volumes and none of the restrictions`,
      fixes: () =>
        containerFix(container, say`Remove \`user\` (the container's user must be able to do it)`, 'unsafe', [
          { remove: user.span },
        ]),
    };
  }
}

function userFix(container: ContainerSpec, own: string | undefined, ownIsOther: boolean): readonly Fix[] {
  const { user } = container;
  if (user.state !== 'set') return [];
  const key = container.spelling('user');
  if (ownIsOther)
    return containerFix(
      container,
      say`Remove \`${key}\`: ${own === undefined ? say`the image's own user` : `\`${own}\``} takes over (it must own what it writes)`,
      'unsafe',
      [{ remove: user.span }],
    );
  const other = worksAsUser(container);
  return other === undefined
    ? []
    : restingOn(
        containerFix(
          container,
          say`Run as \`${other.ids}\`, ${other.name} (it must own what it writes)`,
          'unsafe',
          [{ replace: user.span, text: other.ids }],
        ),
        other.image,
        other.fact,
      );
}
