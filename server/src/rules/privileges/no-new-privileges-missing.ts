import { parseImageReference } from '../../facts/image-reference.js';
import { setuidProgramsOf } from '../../facts/setuid.js';
import { type Message, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { hasUnknown, type Setting, setValue } from '../../model/setting.js';
import { allSteps, commandsOf, lastOf, rootOf } from '../../model/stage.js';
import { cis, containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { knownImage } from '../shared/image-facts.js';
import { packageInstalls } from '../shared/packages.js';
import { newPrivilegesOptions } from '../shared/security-options.js';

const OPTION = 'no-new-privileges:true';

export default defineRule({
  meta: {
    id: 'no-new-privileges-missing',
    practice: 'privileges',
    severity: 'info',
    title: 'Programs in the container may gain privileges',
    why: 'A program with the setuid bit, such as su or a forgotten helper, turns an intruder with an ordinary account into root.',
    advice:
      'Add `no-new-privileges:true`. Entrypoints that only give rights up (gosu, su-exec, setpriv) keep working.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['safe', 'unsafe'],
    references: [
      cis('5.26'),
      owasp(4),
      dockerDocs('docker run --security-opt', '/reference/cli/docker/container/run/#security-opt'),
    ],
    equivalents: [
      'compose-lint:CL-0003',
      'kics:no_new_privileges_not_set',
      'kics:security_opt_not_set',
      'semgrep:no-new-privileges',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container, { stageOf }) {
      if (hasUnknown(container.securityOpt) || newPrivilegesOptions(container).length > 0) return;
      yield {
        at: container.namePlace,
        message: say`Setuid programs in \`${container.name}\` can turn users into root: \`no-new-privileges\` is not set`,
        missing: say`no-new-privileges`,
        fixes: () => {
          const doubt = whatMayBreak(container, stageOf(container));
          return containerFix(
            container,
            doubt === undefined ? say`Add \`${OPTION}\`` : say`Add \`${OPTION}\` (${doubt})`,
            doubt === undefined ? 'safe' : 'unsafe',
            [{ append: 'securityOpt', items: [OPTION] }],
          );
        },
      };
    },
  },
});

/** Programs that users of an image call on purpose to change user or to send mail; a stray `mount` does no work there. */
const RELIED_ON = new Set([
  'sudo',
  'doas',
  'pkexec',
  's6-overlay-suexec',
  'postdrop',
  'exim4',
  'fusermount',
  'fusermount3',
]);

/** Why the container may stop working; undefined only where enough is known to say that it does not. */
function whatMayBreak(container: ContainerSpec, stage: Stage | undefined): Message | undefined {
  const started = [...(setValue(container.entrypoint) ?? []), ...(setValue(container.command) ?? [])];
  if (started.some((word) => /(?:^|\s|\/)sudo(?:\s|$)/.test(word))) return say`its \`sudo\` stops working`;
  if (container.build === undefined) return doubtOf(container.image);
  if (stage === undefined) return say`sudo and other setuid programs in its image stop working`;
  const { base } = rootOf(stage);
  return setuidInBuild(stage) ?? (base.scratch ? undefined : doubtOf(base.image));
}

/** Official images drop rights with gosu and its like; of others only those with facts are known. */
function doubtOf(image: Setting<string>): Message | undefined {
  const known = knownImage(image);
  if (known?.profile.noNewPrivileges) return say`${known.reference.familiar} may need setuid programs`;
  const reference = image.state === 'set' ? parseImageReference(image.value) : undefined;
  return known || reference?.isOfficial ? undefined : say`check that it uses no sudo or other setuid program`;
}

function setuidInBuild(stage: Stage): Message | undefined {
  for (const step of allSteps(stage)) {
    if (step.kind !== 'run') continue;
    const program = packageInstalls(step)
      .flatMap(({ packages }) => packages.flatMap(({ name }) => setuidProgramsOf(name)))
      .find((one) => RELIED_ON.has(one.program));
    if (program) return say`\`${program.program}\` in its image stops working`;
  }
  const starters = [lastOf(stage, 'entrypoint'), lastOf(stage, 'cmd')];
  const usesSudo = starters.some(
    (step) => step && commandsOf(step).some((one) => one.wrappers.includes('sudo')),
  );
  return usesSudo ? say`its \`sudo\` stops working` : undefined;
}
