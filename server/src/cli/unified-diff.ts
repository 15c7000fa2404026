/** A change of one file as `git apply` and `patch -p1` take it. */
import { formatPatch, structuredPatch } from 'diff';
import type { Style } from '../report/plain-text.js';

export interface Change {
  /** Relative, with `/`. */
  readonly path: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

export function unifiedDiff({ path, before, after }: Change, style: Style): string {
  const isNew = before === undefined;
  const patch = structuredPatch(
    isNew ? '/dev/null' : named('a', path),
    named('b', path),
    before ?? '',
    after,
    undefined,
    undefined,
    { context: 3 },
  );
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
