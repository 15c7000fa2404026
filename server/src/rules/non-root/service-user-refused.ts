import { startsOnlyAsRoot } from '../../facts/root-programs.js';
import { say } from '../../l10n/message.js';
import type { CommandStep, Stage } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { lastOf } from '../../model/stage.js';
import { containerFix, defineRule, dockerDocs, type Fix, type Problem } from '../rule.js';
import { type ImageSite, imageOfContainer } from '../shared/image-sites.js';
import { isRoot } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'service-user-refused',
    practice: 'non-root',
    severity: 'warning',
    title: 'User of the service contradicts an image that starts as root',
    why: 'A service that fails at its start is soon run as root again, with everything else that was closed opened on the way.',
    advice:
      'Take an image that is made to run without root, or leave out `user` where the image leaves root by itself.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [dockerDocs('user', '/reference/compose-file/services/#user')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container, { stageOf }) {
      const { user, entrypoint, command } = container;
      if (user.state !== 'set' || user.value === '' || isRoot(user.value)) return;
      if (entrypoint.state !== 'unset' || command.state !== 'unset') return;
      const stage = stageOf(container);
      const refused = stage ? byTool(container, stage, user) : byImage(container, user);
      if (refused) yield refused;
    },
  },
});

type User = Extract<ContainerSpec['user'], { state: 'set' }>;

function byImage(container: ContainerSpec, user: User): Problem | undefined {
  const site = imageOfContainer(container);
  const { dropsPrivileges, noNonRootUser } = site?.profile ?? {};
  if (site === undefined) return undefined;
  const { name, text } = { name: container.name, text: site.text };
  // The images of bare systems have no user of their own and start as any.
  if (!site.reference.isOfficial && noNonRootUser?.value)
    return {
      at: user.span,
      message: say`\`${name}\` cannot start as \`${user.value}\`: \`${text}\` starts only as root`,
    };
  const leaves = dropsPrivileges?.value;
  if (!leaves || leaves.whole || !startsOnlyAsRoot(site.reference.name) || isMadeForIt(container))
    return undefined;
  return {
    at: user.span,
    message: say`\`${name}\` cannot start as \`${user.value}\`: the main process of \`${text}\` needs root`,
    fixes: () => otherImage(site),
  };
}

/** Somebody who brings a configuration or folders to write to may have made them for another user. */
function isMadeForIt({ mounts, configs }: ContainerSpec): boolean {
  return (
    configs.length > 0 ||
    mounts.some(
      ({ target }) =>
        target.state !== 'set' || /^\/(?:etc|var|run|tmp|usr\/local)(?:\/|$)/.test(target.value),
    )
  );
}

function otherImage(site: ImageSite): readonly Fix[] {
  const other = site.profile?.nonRootAlternative?.value;
  const { tag, digest } = site.reference;
  if (other === undefined || digest !== undefined || other.image.includes('<v>')) return [];
  const image = tag === undefined ? other.image : `${other.image}:${tag}`;
  const title =
    other.port === undefined
      ? say`Use \`${image}\`, which runs without root`
      : say`Use \`${image}\`, which runs without root (it listens on ${other.port})`;
  return site.replaceBy(image, title, 'unsafe');
}

/** Programs that become somebody else, which only root may. */
const SWITCHES = /^(?:gosu|su-exec|setpriv|s6-setuidgid|setuidgid|chpst|runuser)$/;

function byTool(container: ContainerSpec, stage: Stage, user: User): Problem | undefined {
  const entrypoint = lastOf(stage, 'entrypoint');
  const tool = entrypoint && firstProgram(entrypoint);
  if (entrypoint === undefined || tool === undefined || !SWITCHES.test(tool)) return undefined;
  const { name } = container;
  return {
    at: user.span,
    message: say`\`${name}\` cannot start as \`${user.value}\`: its image calls \`${tool}\`, which only root may`,
    related: [{ at: entrypoint.at, message: say`\`${tool}\` is called here, to leave root` }],
    fixes: () =>
      containerFix(
        container,
        say`Remove \`${container.spelling('user')}\`: \`${tool}\` leaves root at the start`,
        'unsafe',
        [{ remove: user.span }],
      ),
  };
}

function firstProgram({ script }: CommandStep): string | undefined {
  const [command] = script.commands;
  return (
    command && ([...command.wrappers, command.program].find((name) => SWITCHES.test(name)) ?? command.program)
  );
}
