/** The stable format for programs. Lines and columns count from 1, columns in UTF-16 units. Fields are only ever added. */
import type { Finding } from '../../engine/finding.js';
import { english } from '../../l10n/message.js';
import type { FileReport, ReportedFinding } from '../../report/lint-run.js';
import type { Reporter } from '../../report/reporter.js';
import type { Fix } from '../../rules/rule.js';
import type { NewFile } from '../../text/edit.js';
import type { Place } from '../../text/span.js';

export const reportJson: Reporter = (run, { version }) => {
  const report = {
    schemaVersion: 1,
    tool: { name: 'bulkhead', version },
    files: run.files.map((file) => ({
      path: file.path,
      kind: file.kind ?? null,
      status: file.status,
      problems: file.problems.map(({ kind, message, at }) => ({
        kind,
        message,
        range: at === undefined ? null : rangeOf(file, at),
      })),
    })),
    findings: run.files.flatMap((file) => file.findings.map((one) => toJson(file, one))),
    summary: run.summary,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
};

function toJson(file: FileReport, { finding, fixes }: ReportedFinding) {
  return {
    rule: finding.rule.id,
    practice: finding.rule.practice,
    severity: finding.severity,
    message: english(finding.message),
    path: file.locate(finding.at).path,
    subject: subjectOf(finding),
    range: rangeOf(file, finding.at),
    related: finding.related.map(({ at, message }) => ({
      path: file.locate(at).path,
      range: rangeOf(file, at),
      message: english(message),
    })),
    fixes: fixes.map((fix) => fixToJson(file, fix)),
    suppressed: finding.suppressed
      ? {
          reason: finding.suppressed.reason ?? null,
          until: finding.suppressed.until ?? null,
          by: finding.suppressed.by,
        }
      : null,
  };
}

function subjectOf({ section }: Finding) {
  return section ? { kind: section.kind, name: section.name } : null;
}

function fixToJson(file: FileReport, fix: Fix) {
  const others = fix.creates ?? [];
  const appends = others.filter(({ existing }) => existing !== undefined);
  const pathAndText = ({ path, text }: NewFile) => ({ path, text });
  return {
    title: english(fix.title),
    applicability: fix.applicability,
    edits: fix.edits.map(({ span, text }) => ({
      path: file.locate(span).path,
      range: rangeOf(file, span),
      newText: text,
    })),
    /** Paths relative to the folder of the file. */
    creates: others.filter(({ existing }) => existing === undefined).map(pathAndText),
    /** Files that are there: the text goes behind what they hold. */
    ...(appends.length > 0 && { appends: appends.map(pathAndText) }),
  };
}

/** Null when the text of the other file is not at hand. */
function rangeOf(file: FileReport, place: Place) {
  const { source } = file.locate(place);
  if (source === undefined) return null;
  const toPosition = (offset: number) => {
    const { line, character } = source.positionAt(offset);
    return { line: line + 1, column: character + 1 };
  };
  return { start: toPosition(place.start), end: toPosition(place.end) };
}
