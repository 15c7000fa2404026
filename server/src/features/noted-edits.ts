/**
 * Several changes of one text as edits of the first version, each with what it was made for: a change that only shows
 * in the second or third version is carried back to where it belongs in the first.
 */
import type { Edit } from '../text/edit.js';
import { lineEdits } from './line-edits.js';

export interface TextStep<N> {
  /** The whole text after this step. */
  readonly after: string;
  readonly note: N;
}

export interface NotedEdit<N> extends Edit {
  /** More than one where changes for several reasons cannot be told apart. */
  readonly notes: readonly N[];
}

/** A part of the newest text that stands in the first one, a part that was put in, or a part that is gone. */
type Piece<N> =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly text: string; readonly notes: readonly N[] }
  | { readonly kind: 'gone'; readonly start: number; readonly end: number; readonly notes: readonly N[] };

/** Applying them to `before` gives the text after the last step. In order of place. */
export function notedEdits<N>(before: string, steps: readonly TextStep<N>[]): readonly NotedEdit<N>[] {
  let pieces: readonly Piece<N>[] = [{ kind: 'kept', start: 0, end: before.length }];
  let text = before;
  for (const { after, note } of steps) {
    for (const edit of [...lineEdits(text, after)].reverse()) pieces = replaced(pieces, edit, note);
    text = after;
  }
  return toEdits(pieces);
}

function lengthOf<N>(piece: Piece<N>): number {
  if (piece.kind === 'gone') return 0;
  return piece.kind === 'new' ? piece.text.length : piece.end - piece.start;
}

function replaced<N>(pieces: readonly Piece<N>[], { span, text }: Edit, note: N): readonly Piece<N>[] {
  const result: Piece<N>[] = [];
  const added: Piece<N>[] = text === '' ? [] : [{ kind: 'new', text, notes: [note] }];
  let offset = 0;
  let isDone = false;
  const insert = () => {
    if (!isDone) result.push(...added);
    isDone = true;
  };
  for (const piece of pieces) {
    const [start, end] = [offset, offset + lengthOf(piece)];
    offset = end;
    if (end < span.start || (end === span.start && start < end)) {
      result.push(piece);
      continue;
    }
    if (start >= span.end && start > span.start) insert();
    const cut = (at: number) => Math.min(Math.max(at, start), end) - start;
    const [from, to] = [cut(span.start), cut(span.end)];
    if (piece.kind === 'gone') {
      result.push(piece);
      continue;
    }
    if (from > 0) result.push(part(piece, 0, from));
    if (to > from && piece.kind === 'kept')
      result.push({ kind: 'gone', start: piece.start + from, end: piece.start + to, notes: [note] });
    if (end > span.start && start + to >= span.end) insert();
    if (to < end - start) result.push(part(piece, to, end - start));
  }
  insert();
  return result;
}

function part<N>(piece: Exclude<Piece<N>, { kind: 'gone' }>, from: number, to: number): Piece<N> {
  return piece.kind === 'new'
    ? { ...piece, text: piece.text.slice(from, to) }
    : { kind: 'kept', start: piece.start + from, end: piece.start + to };
}

function toEdits<N>(pieces: readonly Piece<N>[]): readonly NotedEdit<N>[] {
  const edits: NotedEdit<N>[] = [];
  let offset = 0;
  let run: Exclude<Piece<N>, { kind: 'kept' }>[] = [];
  const flush = () => {
    for (const group of byNote(run)) {
      const start = offset;
      for (const piece of group) if (piece.kind === 'gone') offset = piece.end;
      const text = group.map((piece) => (piece.kind === 'new' ? piece.text : '')).join('');
      const notes = [...new Set(group.flatMap((piece) => piece.notes))];
      edits.push({ span: { start, end: offset }, text, notes });
    }
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind !== 'kept') {
      run.push(piece);
      continue;
    }
    flush();
    offset = piece.end;
  }
  flush();
  return edits.filter(({ span, text }) => text !== '' || span.start < span.end);
}

/** Neighbours with one note together; what lies between two parts of one note cannot be chosen apart from them. */
function byNote<P extends { readonly notes: readonly unknown[] }>(
  run: readonly P[],
): readonly (readonly P[])[] {
  const groups: P[][] = [];
  for (const piece of run) {
    const first = groups.findIndex((group) =>
      group.some(({ notes }) => notes.some((note) => piece.notes.includes(note))),
    );
    if (first < 0) groups.push([piece]);
    else groups.push([...groups.splice(first).flat(), piece]);
  }
  return groups;
}
