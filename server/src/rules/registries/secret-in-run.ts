import { type Message, say, sentence } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { cis, defineRule, dockerDocs } from '../rule.js';
import { secretsOfCommand } from '../shared/command-secrets.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'secret-in-run',
    practice: 'registries',
    severity: 'warning',
    title: 'Credential stands in a command of the build',
    why: 'The text of every command is kept in the history of the image: whoever may pull it, or read the Dockerfile, has the credential.',
    advice:
      'Pass it with `RUN --mount=type=secret,id=…` and read `/run/secrets/…` in the command; change the credential, since it is known now.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [cis('4.10'), dockerDocs('build secrets', '/build/building/secrets/')],
    equivalents: ['hadolint:DL3064', 'tally:tally/require-secret-mounts', 'trivy:DS-0031'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        const kinds = ['run', 'cmd', 'entrypoint', 'healthcheck'];
        if (!('script' in step) || !kinds.includes(step.kind)) continue;
        const hasMount = step.kind === 'run' && step.mounts.some(({ type }) => type === 'secret');
        for (const command of step.script.commands) {
          for (const { at, what, token } of secretsOfCommand(command, step.script.commands)) {
            // Beside a secret mount, what looks like a password is a name or a dummy.
            if (hasMount && !token) continue;
            yield {
              at,
              ...(token && inImage(stage) && { severity: 'error' }),
              message: say`${sentence(what)}: ${readers(stage, step.kind === 'run')}`,
            };
          }
        }
      }
    },
  },
});

function readers(stage: Stage, isRun: boolean): Message {
  if (!inImage(stage)) return say`it stays in the build cache`;
  return isRun ? say`everyone who pulls the image sees it` : say`everyone who pulls the image can read it`;
}
