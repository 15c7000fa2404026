/** A place of a report as the formats write it: path, and lines and columns that count from 1. */
import type { Place } from '../../text/span.js';
import type { FileReport } from '../lint-run.js';

export interface Point {
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
}

export interface ShownPlace {
  readonly path: string;
  /** Undefined when the text of that file is not at hand. The end is exclusive. */
  readonly range: { readonly start: Point; readonly end: Point } | undefined;
}

export function shownPlace(file: FileReport, place: Place): ShownPlace {
  const { path, source } = file.locate(place);
  if (source === undefined) return { path, range: undefined };
  const point = (offset: number): Point => {
    const { line, character } = source.positionAt(offset);
    return { line: line + 1, column: character + 1 };
  };
  return { path, range: { start: point(place.start), end: point(place.end) } };
}
