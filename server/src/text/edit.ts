import type { Place, Span } from './span.js';

/** Replaces the text of `span` by `text`. An empty span inserts. */
export interface Edit {
  readonly span: Place;
  readonly text: string;
  /** The part of `text`, as offsets into it, that only the user can know; a snippet's tab stop. */
  readonly placeholder?: Span;
}

/** A file that a fix creates, or adds to. */
export interface NewFile {
  /** Path relative to the folder of the document under analysis, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What the file holds already: `text` goes behind it. Left out for a file that is not there. */
  readonly existing?: string;
}

/** Whether two edits cannot both be applied. Two insertions at one offset can: they follow each other in order. */
export function conflict(a: Edit, b: Edit): boolean {
  if (a.span.file !== b.span.file) return false;
  if (a.span.start === a.span.end && b.span.start === b.span.end) return false;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

/**
 * Applies edits that belong to one text. Edits at one offset are applied in the order given.
 * Throws when two of them overlap: that is a bug of the caller, never of the user's text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, order) => ({ edit, order }))
    .sort(
      (a, b) =>
        a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order,
    );
  let result = '';
  let last = 0;
  for (const { edit } of ordered) {
    if (edit.span.start < last) throw new Error(`overlapping edits at offset ${edit.span.start}`);
    result += text.slice(last, edit.span.start) + edit.text;
    last = edit.span.end;
  }
  return result + text.slice(last);
}
