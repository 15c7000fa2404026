/**
 * A text put together from pieces of a document: an instruction without its line continuations, the value of a quoted
 * word. Parsers read it like any text and turn what they find back into spans of the document.
 */
import type { Span } from '../text/span.js';

export interface JoinedText {
  readonly text: string;
  /** Offset in `text` at which each piece starts, ascending; `origins` has its offset in the document. */
  readonly starts: readonly number[];
  readonly origins: readonly number[];
  /** When the pieces cannot be told apart: the span that stands for every part of the text. */
  readonly whole?: Span;
}

/** The part of the document as it is. */
export function partOf(document: string, at: Span): JoinedText {
  return { text: document.slice(at.start, at.end), starts: [0], origins: [at.start] };
}

/** A text of which only the place as a whole is known. */
export function textOfSpan(text: string, whole: Span): JoinedText {
  return { text, starts: [0], origins: [whole.start], whole };
}

/** Offset in the document of the character at `offset`; behind the last piece, the offset after its last character. */
export function originOf(joined: JoinedText, offset: number): number {
  if (joined.whole) return joined.whole.start;
  const piece = pieceAt(joined, offset);
  return (joined.origins[piece] ?? 0) + offset - (joined.starts[piece] ?? 0);
}

/** The span in the document of `start`..`end` of the joined text, from its first to behind its last character. */
export function spanIn(joined: JoinedText, start: number, end: number): Span {
  if (joined.whole) return joined.whole;
  if (joined.starts.length === 1) {
    const shift = joined.origins[0] ?? 0;
    return { start: start + shift, end: end + shift };
  }
  const from = originOf(joined, start);
  return { start: from, end: end > start ? originOf(joined, end - 1) + 1 : from };
}

function pieceAt({ starts }: JoinedText, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface Joiner {
  /** Appends a part of the document, or of another joined text. */
  add(from: JoinedText, start: number, end: number): void;
  /** Appends a text that stands for something else; `origin` is where that starts in the document. */
  addText(text: string, origin: number): void;
  /** Length of the text so far. */
  length(): number;
  done(): JoinedText;
}

export function joiner(): Joiner {
  const parts: string[] = [];
  const starts: number[] = [];
  const origins: number[] = [];
  let length = 0;
  let whole: Span | undefined;

  function addText(text: string, origin: number): void {
    if (text === '') return;
    const last = starts.length - 1;
    if (last < 0 || origin - (origins[last] ?? 0) !== length - (starts[last] ?? 0)) {
      starts.push(length);
      origins.push(origin);
    }
    parts.push(text);
    length += text.length;
  }

  return {
    addText,
    length: () => length,
    add(from, start, end) {
      if (from.whole) whole = from.whole;
      let piece = pieceAt(from, start);
      for (let at = start; at < end; piece++) {
        const next = Math.min(end, from.starts[piece + 1] ?? end);
        addText(from.text.slice(at, next), originOf(from, at));
        at = next;
      }
    },
    done() {
      const text = parts.join('');
      if (whole) return textOfSpan(text, whole);
      return starts.length === 0 ? { text, starts: [0], origins: [0] } : { text, starts, origins };
    },
  };
}
