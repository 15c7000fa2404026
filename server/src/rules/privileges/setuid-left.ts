import { parseImageReference } from '../../facts/image-reference.js';
import { isRootUser } from '../../facts/images.js';
import { stripSetuidCommand } from '../../facts/setuid.js';
import { say } from '../../l10n/message.js';
import type { Stage, Step, WordsStep } from '../../model/build.js';
import { rootOf } from '../../model/stage.js';
import { cis, defineRule } from '../rule.js';
import { stripsSetuid } from '../shared/setuid.js';

export default defineRule({
  meta: {
    id: 'setuid-left',
    practice: 'privileges',
    severity: 'info',
    title: 'Image keeps the setuid programs of its base',
    why: 'The base brings su, mount, passwd and their kin: they run as root for everybody, and a container has no use for them.',
    advice: 'Take their bits away before the image switches to its user, or start from a base without them.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['unsafe'],
    references: [cis('4.8')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      // As root an intruder needs no setuid program.
      if (!stage.ships || stage.user.state !== 'set' || isRootUser(stage.user.value)) return;
      if (!isGeneral(stage) || stripsSetuid(stage)) return;
      const [word] = switchOf(stage)?.words ?? [];
      yield {
        at: word?.place ?? stage.at,
        message: say`\`${stage.user.value}\` can start the setuid programs of \`${rootOf(stage).base.written}\` as root`,
        fixes: () => {
          const step = switchOf(stage);
          if (step === undefined || !runsAsRoot(step)) return [];
          return [
            {
              title: say`Take the setuid bits away before (su and the like work for root only)`,
              applicability: 'unsafe',
              edits: stage.edit.insertBefore(step, [`RUN ${stripSetuidCommand}`]),
            },
          ];
        },
      };
    },
  },
});

const DISTRIBUTIONS = new Set([
  'debian',
  'ubuntu',
  'fedora',
  'centos',
  'rockylinux',
  'almalinux',
  'oraclelinux',
  'amazonlinux',
  'buildpack-deps',
]);
/** Official images that stand on Debian unless their tag says otherwise. */
const ON_DEBIAN = new Set([
  'node',
  'python',
  'ruby',
  'golang',
  'php',
  'perl',
  'rust',
  'openjdk',
  'gcc',
  'nginx',
  'httpd',
]);
const SMALL = /alpine|busybox|distroless|windows|nanoserver|servercore|scratch/;

/** The stage stands on a distribution with the usual tools. */
function isGeneral(stage: Stage): boolean {
  const { image } = rootOf(stage).base;
  const reference = image.state === 'set' ? parseImageReference(image.value) : undefined;
  if (!reference?.isOfficial || SMALL.test(reference.tag ?? '')) return false;
  return DISTRIBUTIONS.has(reference.name) || ON_DEBIAN.has(reference.name);
}

/** The step of this stage that leaves root for good. */
function switchOf(stage: Stage): WordsStep | undefined {
  return stage.steps.findLast((step): step is WordsStep => step.kind === 'user' && !step.onbuild);
}

/** The base images here run their steps as root as long as nothing else is said. */
function runsAsRoot(step: Step): boolean {
  return step.user.state === 'unset' || (step.user.state === 'set' && isRootUser(step.user.value));
}
