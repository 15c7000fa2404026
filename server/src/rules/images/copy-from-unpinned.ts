import { officialImage } from '../../facts/registries.js';
import { parseImageReference } from '../../facts/image-reference.js';
import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { defineRule, dockerDocs, owasp, type Problem } from '../rule.js';

const GAP = 'VERSION';

export default defineRule({
  meta: {
    id: 'copy-from-unpinned',
    practice: 'images',
    severity: 'warning',
    title: 'Files are taken from an image without a fixed version',
    why: 'The files that end up in the image change with every release of the other one, without a trace in the Dockerfile.',
    advice: 'Name a version and, for binaries, the digest.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [owasp(13), dockerDocs('COPY --from', '/reference/dockerfile/#copy---from')],
    equivalents: [],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (
          (step.kind === 'copy' || step.kind === 'add') &&
          step.from?.stage === undefined &&
          step.from !== undefined
        ) {
          yield* unpinned(stage, step.from.written, step.from.place);
        }
        if (step.kind !== 'run') continue;
        for (const mount of step.mounts) {
          const isStage = stage.build.stages.some(
            (one) => one.name !== undefined && one.name === mount.from?.toLowerCase(),
          );
          if (mount.from !== undefined && !isStage)
            yield* unpinned(stage, mount.from, undefined, mount.place);
        }
      }
    },
  },
});

/** A bare word without registry, path or tag may be a named build context, unless an official image has the name. */
function* unpinned(
  stage: Stage,
  written: string,
  at: Problem['at'] | undefined,
  flag = at,
): Iterable<Problem> {
  const reference = parseImageReference(written);
  const place = at ?? flag;
  if (
    reference === undefined ||
    place === undefined ||
    reference.digest !== undefined ||
    /^\d+$/.test(written)
  )
    return;
  if (reference.tag !== undefined && reference.tag !== 'latest') return;
  if (reference.tag === undefined && !written.includes('/') && officialImage(written) !== 'yes') return;
  yield {
    at: place,
    message: say`What is copied from \`${written}\` changes with each of its releases`,
    fixes: () =>
      at === undefined
        ? []
        : stage.edit.replace(at, `${written.slice(0, reference.spans.name.end)}:${GAP}`).map((edit) => ({
            title: say`Name a version…`,
            applicability: 'manual' as const,
            edits: [
              {
                ...edit,
                placeholder: {
                  start: reference.spans.name.end + 1,
                  end: reference.spans.name.end + 1 + GAP.length,
                },
              },
            ],
          })),
  };
}
