/** Compares what a fixture marks with what was reported, and draws the difference for a person. */
import type { Finding } from '../../server/src/engine/finding.js';
import { english } from '../../server/src/l10n/message.js';
import type { SourceText } from '../../server/src/text/source-text.js';
import { byPlace, type Marker } from './markers.js';

/** A marker with the message that was reported, when it was reported. */
export type ReportedMarker = Marker & { readonly message?: string };

export interface MarkerDifference {
  /** Marked and not reported. */
  readonly missing: readonly ReportedMarker[];
  /** Reported and not marked. */
  readonly unexpected: readonly ReportedMarker[];
  /** Right place and rule, other fixes. */
  readonly otherTitles: readonly { readonly expected: Marker; readonly actual: ReportedMarker }[];
}

export function markersOf(findings: readonly Finding[], source: SourceText): readonly ReportedMarker[] {
  return findings
    .map((finding) => {
      const start = source.positionAt(finding.at.start);
      const end = source.positionAt(finding.at.end);
      return {
        line: start.line,
        start: start.character,
        end: end.character,
        rule: finding.rule.id,
        titles: finding
          .fixes()
          .map((fix) => english(fix.title))
          .join(' | '),
        message: english(finding.message),
      };
    })
    .sort(byPlace);
}

/** Undefined when both say the same. A place that is marked twice must be reported twice. */
export function compareMarkers(
  expected: readonly Marker[],
  reported: readonly ReportedMarker[],
): MarkerDifference | undefined {
  const open = [...reported];
  const take = (wanted: Marker, withTitles: boolean): ReportedMarker | undefined => {
    const index = open.findIndex(
      (one) => placeKey(one) === placeKey(wanted) && (!withTitles || one.titles === wanted.titles),
    );
    return index < 0 ? undefined : open.splice(index, 1)[0];
  };
  const rest = expected.filter((marker) => take(marker, true) === undefined);
  const otherTitles: { expected: Marker; actual: ReportedMarker }[] = [];
  const missing = rest.filter((marker) => {
    const actual = take(marker, false);
    if (actual) otherTitles.push({ expected: marker, actual });
    return actual === undefined;
  });
  if (missing.length + open.length + otherTitles.length === 0) return undefined;
  return { missing, unexpected: open, otherTitles };
}

function placeKey({ line, start, end, rule }: Marker): string {
  return `${line}:${start}-${end} ${rule}`;
}

export function describeDifference(difference: MarkerDifference, source: SourceText): string {
  const parts: string[] = [];
  if (difference.missing.length > 0)
    parts.push(`false negatives (marked, not reported):\n${render(difference.missing, source)}`);
  if (difference.unexpected.length > 0)
    parts.push(`false positives (reported, not marked):\n${render(difference.unexpected, source)}`);
  for (const { expected, actual } of difference.otherTitles) {
    parts.push(
      [
        'other fixes are offered than marked:',
        render([actual], source),
        `  marked:  ${expected.titles || '(none)'}`,
        `  offered: ${actual.titles || '(none)'}`,
      ].join('\n'),
    );
  }
  return parts.join('\n');
}

const AROUND = 2;

/** Lines with markers and their neighbours; squiggles below. */
export function render(markers: readonly ReportedMarker[], source: SourceText): string {
  const wanted = new Set(
    markers.flatMap(({ line }) => Array.from({ length: 2 * AROUND + 1 }, (_, i) => line - AROUND + i)),
  );
  const lines: string[] = [];
  for (let line = 0; line < source.lineStarts.length; line++) {
    if (!wanted.has(line)) continue;
    if (lines.length > 0 && !wanted.has(line - 1)) lines.push('      ⋮');
    lines.push(`${String(line + 1).padStart(5)} | ${source.slice(source.lineSpan(line))}`);
    for (const marker of markers) {
      if (marker.line !== line) continue;
      const squiggle = ' '.repeat(marker.start) + '~'.repeat(Math.max(1, marker.end - marker.start));
      lines.push(`      | ${squiggle} ${marker.rule}${marker.message ? `: ${marker.message}` : ''}`);
      if (marker.titles !== '') lines.push(`      | ${' '.repeat(marker.start)}fixes: ${marker.titles}`);
    }
  }
  return lines.join('\n');
}
