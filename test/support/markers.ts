/**
 * The notation of marked fixtures. A line that holds only a comment sign, carets and a rule id says what is found on
 * the nearest line above that is no marker:
 *
 *     USER root
 *     #    ^^^^ user-root | Add a non-root user
 *
 * After ` | ` stand the titles of the offered fixes. A comment sign glued to the carets counts as a caret, so that
 * the first column can be marked. Marker lines are taken out before the text is read: they may stand anywhere.
 */

/** Zero-based line of the text without markers; columns in UTF-16 units, end exclusive. */
export interface Marker {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  /** Titles as written, joined by ` | `: a title may hold that itself. */
  readonly titles: string;
}

const MARKER = /^(\s*)(#|\/\/)(\s*)(\^+)\s+([a-z0-9-]+)(?:\s+\|\s+(.*?))?\s*$/;

/** Takes the marker lines out of a fixture. Lines end with `\n`. */
export function readMarkers(fixture: string): { readonly text: string; readonly markers: readonly Marker[] } {
  const kept: string[] = [];
  const markers: Marker[] = [];
  for (const line of fixture.split('\n')) {
    const match = MARKER.exec(line);
    if (match === null) {
      kept.push(line);
      continue;
    }
    const [, indent = '', sign = '', gap = '', carets = '', rule = '', titles = ''] = match;
    const first = indent.length + (gap === '' ? 0 : sign.length + gap.length);
    const end = indent.length + sign.length + gap.length + carets.length;
    markers.push({ line: kept.length - 1, start: first, end, rule, titles });
  }
  return { text: kept.join('\n'), markers };
}

/** The fixture that holds this text and these markers. `sign` starts a comment in the language of the text. */
export function writeMarkers(text: string, markers: readonly Marker[], sign = '#'): string {
  return text
    .split('\n')
    .flatMap((content, line) => [
      content,
      ...markers
        .filter((marker) => marker.line === line)
        .sort(byPlace)
        .map((marker) => writeMarker(marker, sign)),
    ])
    .join('\n');
}

function writeMarker({ start, end, rule, titles }: Marker, sign: string): string {
  const glued = start <= sign.length;
  const carets = glued
    ? ' '.repeat(start) + sign + '^'.repeat(Math.max(1, end - start - sign.length))
    : sign + ' '.repeat(start - sign.length) + '^'.repeat(Math.max(1, end - start));
  return `${carets} ${rule}${titles === '' ? '' : ` | ${titles}`}`;
}

/** Order of markers: by place, then by rule. */
export function byPlace(a: Marker, b: Marker): number {
  return a.line - b.line || a.start - b.start || a.end - b.end || a.rule.localeCompare(b.rule);
}
