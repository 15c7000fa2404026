import { say } from '../../l10n/message.js';
import { packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { commandPlace } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'distribution-upgrade',
    practice: 'updates',
    severity: 'info',
    title: 'Build upgrades the whole distribution',
    why: 'Packages are exchanged and removed for an image that nobody tested, and both the old and the new files are in it.',
    advice:
      'Start from a newer tag of the base image. A plain `upgrade` for security fixes between two rebuilds of it is fine.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [
      dockerDocs('rebuild your images often', '/build/building/best-practices/#rebuild-your-images-often'),
    ],
    equivalents: ['hadolint:DL3035', 'trivy:DS-0024'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        for (const { action, command, verb, manager } of packageOperations(step)) {
          if (action !== 'dist-upgrade') continue;
          yield {
            at: commandPlace(command, verb),
            message: say`\`${manager.name} ${verb.value}\` replaces packages of the base image, and may remove some, on top of it`,
          };
        }
        for (const command of step.script.commands) {
          if (command.program !== 'do-release-upgrade') continue;
          yield {
            at: commandPlace(command),
            message: say`\`do-release-upgrade\` builds another release than the one that FROM names`,
          };
        }
      }
    },
  },
});
