import { isSocketProxy } from '../../facts/docker-api.js';
import { parseImageReference } from '../../facts/image-reference.js';
import { imageProfile } from '../../facts/images.js';
import { say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { dockerfileUserFixes, userOfImage } from '../shared/dockerfile-fix.js';
import { restingOn } from '../shared/image-facts.js';
import { worksAsUser } from '../shared/service-users.js';
import { containerRunsAs } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'service-user-missing',
    practice: 'non-root',
    severity: 'info',
    title: 'Container runs as root because no user is set',
    why: 'Root in the container is root for the kernel and for every file that is mounted: whoever breaks in needs one flaw less to reach the host.',
    advice:
      'Set `user` to an unprivileged one, best by number, and give the files that it writes to that user.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe', 'manual'],
    references: [cis('4.1'), owasp(2), dockerDocs('user', '/reference/compose-file/services/#user')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container, { stageOf }) {
      const { user } = container;
      if (user.state !== 'unset' || refusesUser(container)) return;
      const stage = stageOf(container);
      const { root, leaves } = containerRunsAs(container, stage);
      if (root !== true || leaves !== undefined) return;
      const key = container.spelling('user');
      yield {
        at: user.anchor,
        message: say`\`${container.name}\` runs as root: its image does and \`${key}\` is not set`,
        missing: say`unprivileged user`,
        related: userOfImage(stage),
        fixes: () => {
          const other = worksAsUser(container);
          return other === undefined
            ? dockerfileUserFixes(stage)
            : restingOn(
                containerFix(
                  container,
                  say`Add \`${key}: ${other.ids}\`, ${other.name} (it must own what it writes)`,
                  'unsafe',
                  [{ set: 'user', value: other.ids }],
                ),
                other.image,
                other.fact,
              );
        },
      };
    },
  },
});

/** Images whose start scripts fail under any user but root, and those that open the Docker socket, as only root may. */
function refusesUser({ image, build }: ContainerSpec): boolean {
  const reference =
    build === undefined && image.state === 'set' ? parseImageReference(image.value) : undefined;
  if (reference && isSocketProxy(reference)) return true;
  const profile = reference && imageProfile(reference);
  return reference?.isOfficial === false && profile?.noNonRootUser?.value === true;
}
