import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { Place } from '../../text/span.js';
import { defineRule, dockerDocs, type Fix, owasp } from '../rule.js';
import { takenImages } from '../shared/image-sites.js';

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
      for (const { reference, written, place, exact } of takenImages(stage)) {
        if (reference.digest !== undefined) continue;
        if (reference.tag !== undefined && reference.tag !== 'latest') continue;
        yield {
          at: place,
          message: say`What is copied from \`${written}\` changes with each of its releases`,
          fixes: () => (exact ? nameVersion(stage, place, written.slice(0, reference.spans.name.end)) : []),
        };
      }
    },
  },
});

function nameVersion(stage: Stage, place: Place, name: string): readonly Fix[] {
  const start = name.length + 1;
  const edits = stage.edit
    .replace(place, `${name}:${GAP}`)
    .map((edit) => ({ ...edit, placeholder: { start, end: start + GAP.length } }));
  return [{ title: say`Name a version…`, applicability: 'manual', edits }];
}
