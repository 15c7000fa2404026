/** A change of one file as `git apply` and `patch -p1` take it. */
import { formatPatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import type { Style } from '../report/plain-text.js';

export interface Change {
  /** Relative, with `/`. */
  readonly path: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

const CONTEXT = 3;
/** Finding the fewest lines that changed takes the square of their number; of more, nobody reads one by one. */
const MAX_EDIT_LENGTH = 2_000;

export function unifiedDiff({ path, before: old, after }: Change, style: Style): string {
  const before = old ?? '';
  const oldFileName = old === undefined ? '/dev/null' : named('a', path);
  const newFileName = named('b', path);
  const patch = structuredPatch(oldFileName, newFileName, before, after, undefined, undefined, {
    context: CONTEXT,
    maxEditLength: MAX_EDIT_LENGTH,
  }) ?? {
    oldFileName,
    newFileName,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [oneHunk(before, after)],
  };
  const text = formatPatch(patch, { includeIndex: false, includeUnderline: false, includeFileHeaders: true });
  return style.color ? text.split('\n').map(paint).join('\n') : text;

  function paint(line: string): string {
    if (line.startsWith('---') || line.startsWith('+++')) return style.bold(line);
    if (line.startsWith('@@')) return style.cyan(line);
    return line.startsWith('+') ? style.green(line) : line.startsWith('-') ? style.red(line) : line;
  }
}

/** Absolute paths have no room for the letter in front. */
function named(side: string, path: string): string {
  return path.startsWith('/') ? path : `${side}/${path}`;
}

/** All between the first and the last line that changed. */
function oneHunk(before: string, after: string): StructuredPatchHunk {
  const [old, now] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, now.length);
  let front = 0;
  while (front < most && old[front] === now[front]) front++;
  let back = 0;
  while (back < most - front && old.at(-1 - back) === now.at(-1 - back)) back++;
  const start = Math.max(front - CONTEXT, 0);
  const rest = Math.max(back - CONTEXT, 0);
  const marked = (sign: string, lines: readonly string[]) =>
    lines.flatMap((line) =>
      line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'],
    );
  return {
    oldStart: start + 1,
    oldLines: old.length - start - rest,
    newStart: start + 1,
    newLines: now.length - start - rest,
    lines: [
      ...marked(' ', old.slice(start, front)),
      ...marked('-', old.slice(front, old.length - back)),
      ...marked('+', now.slice(front, now.length - back)),
      ...marked(' ', old.slice(old.length - back, old.length - rest)),
    ],
  };
}

/** Each with its end. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
