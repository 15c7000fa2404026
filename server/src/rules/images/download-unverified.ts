import { say } from '../../l10n/message.js';
import type { RunStep } from '../../model/build.js';
import { defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import {
  addressOf,
  isHere,
  isKeptElsewhere,
  isVerified,
  savedOrUnpacked,
  severityOf,
} from '../shared/downloads.js';

export default defineRule({
  meta: {
    id: 'download-unverified',
    practice: 'images',
    severity: 'warning',
    title: 'Download is not compared with a checksum or signature',
    why: 'A program that is exchanged on the server, by a stolen account for example, gets into the next build unseen.',
    advice:
      'Write the checksum into the Dockerfile and give it to `sha256sum -c` in the same RUN, or use `ADD --checksum=sha256:…`.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [owasp(13), dockerDocs('verify remote files', '/build/building/best-practices/#add-or-copy')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.reachable) return;
      for (const step of stage.steps) {
        if (step.kind === 'run' && !isVerified(stage, step)) yield* downloaded(step);
      }
    },
  },
});

function* downloaded(step: RunStep): Iterable<Problem> {
  const { commands } = step.script;
  for (const command of commands) {
    const address = addressOf(command);
    if (address === undefined || isKeptElsewhere(address.value) || isHere(address.value)) continue;
    const use = savedOrUnpacked(command, commands);
    if (use === undefined) continue;
    const { program } = command;
    yield {
      at: command.programWord?.span ?? command.span,
      ...severityOf(address.value),
      message:
        use === 'saves'
          ? say`\`${program}\` saves whatever the server sends: nothing in this RUN checks a sum or signature`
          : say`\`${program}\` unpacks whatever the server sends: nothing in this RUN checks a sum or signature`,
    };
  }
}
