/** Edits of one call that meet: lines are added where the last lines of a block are removed. */
import type { Edit } from '../../text/edit.js';
import type { SourceText } from '../../text/source-text.js';

/**
 * New lines belong behind the last line of a block. When that line is removed by the same call, they take its place.
 */
export function withoutOverlaps(source: SourceText, edits: readonly Edit[]): readonly Edit[] {
  const isInsertion = ({ span }: Edit) => span.start === span.end;
  const inside = (one: Edit, removal: Edit) =>
    isInsertion(one) && removal.span.start < one.span.start && one.span.start < removal.span.end;
  const removals = edits.filter((edit) => !isInsertion(edit) && edit.text === '');
  return edits.flatMap((edit): readonly Edit[] => {
    if (isInsertion(edit)) return removals.some((removal) => inside(edit, removal)) ? [] : [edit];
    if (edit.text !== '') return [edit];
    const moved = edits.filter((one) => inside(one, edit)).map((one) => one.text);
    if (moved.length === 0) return [edit];
    const lines = moved.join('');
    const atLineStart = source.lineStarts.includes(edit.span.start);
    const text =
      atLineStart && lines.startsWith(source.eol) ? lines.slice(source.eol.length) + source.eol : lines;
    return [{ ...edit, text }];
  });
}
