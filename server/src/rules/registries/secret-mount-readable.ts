import { isRootUser } from '../../facts/images.js';
import { say } from '../../l10n/message.js';
import type { RunMount, RunStep, Stage } from '../../model/build.js';
import { rootOf } from '../../model/stage.js';
import type { Edit } from '../../text/edit.js';
import { containerFix, defineRule, dockerDocs, type Fix } from '../rule.js';
import { imageOfStage } from '../shared/image-sites.js';

const OTHERS = 0o007;
const OWNER_READS = '0400';

export default defineRule({
  meta: {
    id: 'secret-mount-readable',
    practice: 'registries',
    severity: 'info',
    title: 'Secret is readable by every user of the step or container',
    why: 'The secret is there for one program; with this mode every other one that runs beside it, as whatever user, reads it too.',
    advice:
      'Leave `mode` out in a build, and let only its owner read it in a container; name who needs the secret with `uid`.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe', 'unsafe'],
    references: [
      dockerDocs('RUN --mount=type=secret', '/reference/dockerfile/#run---mounttypesecret'),
      dockerDocs('Compose secrets', '/reference/compose-file/services/#secrets'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const { source, mode, modePlace } of container.secrets) {
        if (mode === undefined || modePlace === undefined || !isOpen(mode)) continue;
        yield {
          at: modePlace,
          message: say`Mode \`${mode}\` lets every user in \`${container.name}\` read the secret \`${source}\``,
          fixes: () =>
            containerFix(
              container,
              say`Set \`${OWNER_READS}\` (only the user of \`uid\`, or root, reads it then)`,
              'unsafe',
              [{ replace: modePlace, text: OWNER_READS, number: true }],
            ),
        };
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'run') continue;
        for (const mount of step.mounts) {
          const mode = mount.options.get('mode') ?? '';
          const at = mount.optionPlaces.get('mode');
          if (mount.type !== 'secret' || !isOpen(mode) || at === undefined) continue;
          yield {
            at,
            message: say`\`mode=${mode}\` lets every program of this step read the secret, whatever user it runs as`,
            fixes: () => fix(stage, step, mount, mode),
          };
        }
      }
    },
  },
});

function isOpen(mode: string): boolean {
  return /^[0-7]{3,5}$/.test(mode) && (Number.parseInt(mode, 8) & OTHERS) !== 0;
}

/** The default, 0400 for root, is enough where the step runs as root. */
function fix(stage: Stage, step: RunStep, mount: RunMount, mode: string): readonly Fix[] {
  const edits = withoutMode(stage, mount);
  if (edits === undefined) return [];
  const title = say`Remove \`mode=${mode}\``;
  return [
    runsAsRoot(stage, step)
      ? { title, applicability: 'safe', edits }
      : { title: say`${title} (only root reads the secret then)`, applicability: 'unsafe', edits },
  ];
}

function runsAsRoot(stage: Stage, step: RunStep): boolean {
  if (step.user.state === 'set') return isRootUser(step.user.value);
  const user =
    step.user.state === 'unset' ? imageOfStage(rootOf(stage))?.profile?.defaultUser?.value : undefined;
  return user !== undefined && isRootUser(user);
}

/** The option and the comma before it; at the start of the list, the one behind it. */
function withoutMode(stage: Stage, { optionPlaces }: RunMount): readonly Edit[] | undefined {
  const names = [...optionPlaces.keys()];
  const index = names.indexOf('mode');
  const at = optionPlaces.get('mode');
  const before = optionPlaces.get(names[index - 1] ?? '');
  const after = optionPlaces.get(names[index + 1] ?? '');
  if (at === undefined) return undefined;
  if (before) return stage.edit.replace({ start: before.end, end: at.end }, '');
  return after && stage.edit.replace({ start: at.start, end: after.start }, '');
}
