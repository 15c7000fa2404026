import type { CopyStep, RunStep, Stage, Step } from '../../model/build.js';
import { defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { addressOf, isHere, isKeptElsewhere, savedOrUnpacked, verifies } from '../shared/downloads.js';

export default defineRule({
  meta: {
    id: 'download-unverified',
    practice: 'images',
    severity: 'warning',
    title: 'Download is not compared with a checksum or signature',
    why: 'A program that is exchanged on the server, by a stolen account for example, gets into the next build unseen.',
    advice:
      'Write the checksum into the Dockerfile: `ADD --checksum=sha256:…`, or give it to `sha256sum -c` in the same RUN.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [
      owasp(13),
      dockerDocs('ADD --checksum', '/reference/dockerfile/#add---checksum'),
      dockerDocs('verify remote files', '/build/building/best-practices/#add-or-copy'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.reachable) return;
      for (const step of stage.steps) {
        if (isVerified(stage, step)) continue;
        if (step.kind === 'add') yield* added(stage, step);
        else if (step.kind === 'run') yield* downloaded(step);
      }
    },
  },
});

const GAP = 'DIGEST';

/** By a command of the same RUN or of a later one of the stage. */
function isVerified(stage: Stage, step: Step): boolean {
  return stage.steps
    .slice(stage.steps.indexOf(step))
    .some((one) => one.kind === 'run' && one.script.commands.some(verifies));
}

function* added(stage: Stage, step: CopyStep): Iterable<Problem> {
  if (step.flags.some((flag) => flag.name === 'checksum')) return;
  for (const source of step.sources) {
    const text = source.value.state === 'set' ? source.value.value : source.written;
    if (!/^https?:\/\//i.test(text) || isRepository(text) || isKeptElsewhere(text)) continue;
    const flag = ` --checksum=sha256:${GAP}`;
    yield {
      at: source.place,
      ...severityOf(text),
      message: '`ADD` takes whatever the server sends: no checksum tells whether it is still the same file',
      fixes: () =>
        step.sources.length > 1
          ? []
          : stage.edit.replace({ start: step.at.end, end: step.at.end }, flag).map((edit) => ({
              title: 'Name its checksum…',
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

function* downloaded(step: RunStep): Iterable<Problem> {
  const { commands } = step.script;
  for (const command of commands) {
    const address = addressOf(command);
    if (address === undefined || isKeptElsewhere(address.value) || isHere(address.value)) continue;
    const use = savedOrUnpacked(command, commands);
    if (use === undefined) continue;
    yield {
      at: command.programWord?.span ?? command.span,
      ...severityOf(address.value),
      message: `\`${command.program}\` ${use} whatever the server sends: nothing in this RUN checks a sum or signature`,
    };
  }
}

/** An encrypted address of one version changes only when somebody takes the server over. */
function severityOf(address: string): { readonly severity?: 'info' } {
  const isFixed =
    /[\d$]/.test(address.replace(/^\w+:\/\/[^/]*/, '')) &&
    !/\b(?:latest|master|main|HEAD|nightly)\b/.test(address);
  return isFixed && !/^(?:http|ftp):/i.test(address) ? { severity: 'info' } : {};
}
