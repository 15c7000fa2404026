import { say } from '../../l10n/message.js';
import { packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { commandPlace } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'upgrade-in-build',
    practice: 'updates',
    severity: 'info',
    title: 'All packages of the base are upgraded in the build',
    why: 'What is upgraded depends on the day and comes from the build cache afterwards: the fixes seem to be there and are not, and each file is in the image twice.',
    advice:
      'Move to a newer build of the base image, which brings the same fixes, and rebuild without cache often. Until there is one, an upgrade is better than a known hole.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [
      dockerDocs('rebuild your images often', '/build/building/best-practices/#rebuild-your-images-often'),
    ],
    equivalents: [
      'semgrep:avoid-apk-upgrade',
      'semgrep:avoid-apt-get-upgrade',
      'semgrep:avoid-dnf-update',
      'semgrep:avoid-yum-update',
      'semgrep:avoid-zypper-update',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        for (const { manager, action, packages, command, verb } of packageOperations(step)) {
          if (manager.family !== 'system' || packages.length > 0) continue;
          if (action !== 'upgrade' && action !== 'dist-upgrade') continue;
          yield {
            at: commandPlace(command, verb),
            message: say`\`${manager.name} ${verb.value}\` brings what is newest at the first build; then the cache keeps it`,
          };
        }
      }
    },
  },
});
