/** Half-open range of UTF-16 offsets in one document: `start` is included, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span and the document it lies in. Without `file` it lies in the document under analysis. */
export interface Place extends Span {
  /** URI of another document of the same project. */
  readonly file?: string;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two share at least one character, or one is an empty span inside or at the border of the other. */
export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The same span, said to lie in `file`; unchanged when `file` is undefined. */
export function inFile(at: Span, file: string | undefined): Place {
  return file === undefined ? at : { start: at.start, end: at.end, file };
}
