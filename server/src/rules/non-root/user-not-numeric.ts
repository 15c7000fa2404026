import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { Fix } from '../rule.js';
import { defineRule, type Reference } from '../rule.js';
import { createdUsers } from '../shared/created-users.js';
import { baseProfileOf, isRoot } from '../shared/users.js';

const KUBERNETES: Reference = {
  title: 'Kubernetes documentation: runAsNonRoot',
  url: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
};

export default defineRule({
  meta: {
    id: 'user-not-numeric',
    practice: 'non-root',
    severity: 'info',
    title: 'USER is a name where Kubernetes needs a number',
    why: 'With `runAsNonRoot` Kubernetes refuses to start an image whose user is a name, because a name may stand for root; the check is then often switched off.',
    advice: 'Give `USER` the number of the user.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe', 'unsafe'],
    references: [KUBERNETES],
    equivalents: ['hadolint:DL3066'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const { user } = stage;
      if (!stage.ships || user.state !== 'set' || isRoot(user.value) || /^\d/.test(user.value)) return;
      // Accounts of Windows have no numbers.
      if (/^Container(?:User|Administrator)$/i.test(user.value)) return;
      yield {
        at: user.span,
        message: say`Kubernetes cannot tell whether \`${user.value}\` is root: \`runAsNonRoot\` refuses the image`,
        fixes: () => numberFix(stage, user.value),
      };
    },
  },
});

function numberFix(stage: Stage, user: string): readonly Fix[] {
  const { user: setting } = stage;
  // A group behind the name would need its number as well.
  if (setting.state !== 'set' || user.includes(':')) return [];
  const created = createdUsers(stage).find(({ name }) => name === user)?.uid;
  const ofImage = baseProfileOf(stage)?.nonRootUser?.value;
  const uid = created ?? (ofImage?.name === user ? ofImage.uid : undefined);
  if (uid === undefined) return [];
  return [
    {
      title:
        created === undefined
          ? say`Use \`${uid}\`, the number of \`${user}\` in the base image (check it there)`
          : say`Use \`${uid}\`, the number of \`${user}\``,
      applicability: created === undefined ? 'unsafe' : 'safe',
      edits: stage.edit.replace(setting.span, String(uid)),
    },
  ];
}
