import { say } from '../../l10n/message.js';
import type { CopyStep, Stage } from '../../model/build.js';
import { defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { isKeptElsewhere, isVerified, severityOf } from '../shared/downloads.js';

const GAP = 'DIGEST';

export default defineRule({
  meta: {
    id: 'add-unverified',
    practice: 'images',
    severity: 'warning',
    title: 'ADD takes a file from the network without a checksum',
    why: 'A file that is exchanged on the server, by a stolen account for example, gets into the next build unseen.',
    advice: 'Write the checksum of the file beside its address: `ADD --checksum=sha256:…`.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [owasp(13), dockerDocs('ADD --checksum', '/reference/dockerfile/#add---checksum')],
    equivalents: ['kics:curl_or_wget_instead_of_add', 'checkov:CKV_DOCKER_4'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.reachable) return;
      for (const step of stage.steps) {
        if (step.kind === 'add' && !isVerified(stage, step)) yield* added(stage, step);
      }
    },
  },
});

function* added(stage: Stage, step: CopyStep): Iterable<Problem> {
  if (step.flags.some((flag) => flag.name === 'checksum')) return;
  for (const source of step.sources) {
    const text = source.value.state === 'set' ? source.value.value : source.written;
    if (!/^https?:\/\//i.test(text) || isRepository(text) || isKeptElsewhere(text)) continue;
    const flag = ` --checksum=sha256:${GAP}`;
    yield {
      at: source.place,
      ...severityOf(text),
      message: say`\`ADD\` takes whatever the server sends: no checksum tells whether it is still the same file`,
      fixes: () =>
        step.sources.length > 1
          ? []
          : stage.edit.replace({ start: step.at.end, end: step.at.end }, flag).map((edit) => ({
              title: say`Name its checksum…`,
              applicability: 'manual' as const,
              edits: [{ ...edit, placeholder: { start: flag.length - GAP.length, end: flag.length } }],
            })),
    };
  }
}

/** BuildKit clones these; a fragment names the commit. */
function isRepository(address: string): boolean {
  return /\.git(?:[#?]|$)|^https?:\/\/(?:github|gitlab)\.com\/[^/]+\/[^/]+\/?(?:#|$)/.test(address);
}
