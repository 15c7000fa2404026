import { say } from '../../l10n/message.js';
import type { CopyStep, Step } from '../../model/build.js';
import type { Edit } from '../../text/edit.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'consecutive-copy',
    practice: 'light',
    severity: 'info',
    title: 'Neighbouring COPY instructions go to the same folder',
    why: 'Each one makes a layer that is stored and pulled by itself.',
    advice: 'Name all sources in one instruction: `COPY package.json package-lock.json ./`.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe'],
    references: [dockerDocs('COPY', '/reference/dockerfile/#copy')],
    equivalents: ['kics:multiple_run_add_copy_instructions_listed'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const [i, step] of stage.steps.entries()) {
        const next = stage.steps[i + 1];
        if (!isCopy(step) || next === undefined || !goTogether(step, next)) continue;
        yield {
          at: step.at,
          message: say`This and the next instruction copy to \`${step.destination?.written ?? ''}\`: one of them could bring both`,
          related: [{ at: next.at, message: say`To the same folder` }],
          fixes: () => {
            const edits = joined(step, next, stage.edit.remove(next));
            return edits.length === 0
              ? []
              : [{ title: say`Copy both at once`, applicability: 'safe', edits }];
          },
        };
      }
    },
  },
});

function isCopy(step: Step): step is CopyStep {
  return step.kind === 'copy' || step.kind === 'add';
}

/** The same instruction with the same flags to the same place, of files whose names do not matter there. */
function goTogether(first: CopyStep, second: Step): second is CopyStep {
  if (!isCopy(second) || first.kind !== second.kind || first.onbuild || second.onbuild) return false;
  if (
    first.inline.length + second.inline.length > 0 ||
    first.sources.length === 0 ||
    second.sources.length === 0
  )
    return false;
  const [a, b] = [first.destination?.written, second.destination?.written];
  if (a === undefined || a !== b || second.from?.written !== first.from?.written) return false;
  const flags = (step: CopyStep) =>
    step.flags
      .map(({ name, value }) => `${name}=${value.state === 'set' ? value.value : '?'}`)
      .sort()
      .join(' ');
  return (
    flags(first) === flags(second) &&
    !flags(first).includes('?') &&
    !/checksum|unpack|exclude/.test(flags(first))
  );
}

/** The sources of the second go behind those of the first. Only for folders, and not in the JSON form. */
function joined(first: CopyStep, second: CopyStep, removal: readonly Edit[]): readonly Edit[] {
  const last = first.sources.at(-1);
  const isFolder = /(?:^|\/)\.?$/.test(first.destination?.written ?? '');
  const words = [...first.sources, ...second.sources];
  const plain = words.every(
    ({ written, place }) => place.end - place.start === written.length && !/["'\\\s]/.test(written),
  );
  if (last === undefined || !isFolder || !plain) return [];
  const end = { start: last.place.end, end: last.place.end };
  return [{ span: end, text: second.sources.map(({ written }) => ` ${written}`).join('') }, ...removal];
}
