/** What a run of `lint` found, before any format is chosen. */
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import type { AbsenceMode } from '../engine/group.js';
import { english } from '../l10n/message.js';
import type { DocumentKind, Section } from '../model/document.js';
import type { AnyRule, Fix, Severity } from '../rules/rule.js';
import type { SourceText } from '../text/source-text.js';
import type { Place } from '../text/span.js';

export interface FileProblem {
  readonly message: string;
  /** Undefined when it concerns the file as a whole. */
  readonly at: Place | undefined;
  /**
   * - syntax: the user's to mend
   * - incomplete: a part was not read
   * - crash: a rule failed, its findings are lost
   * - unreadable: nothing was read at all
   */
  readonly kind: 'syntax' | 'incomplete' | 'crash' | 'unreadable';
}

export interface ReportedFinding {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
}

/** A place together with the file it lies in. */
export interface Located {
  readonly path: string;
  /** Undefined when the text of that file is not at hand. */
  readonly source: SourceText | undefined;
}

export interface FileReport {
  /** As shown to the user: relative to the current folder where that is possible, with `/`. */
  readonly path: string;
  readonly kind: DocumentKind | undefined;
  /** `ok`: read to its end and every rule ran; `error`: nothing could be read. */
  readonly status: 'ok' | 'incomplete' | 'error';
  readonly problems: readonly FileProblem[];
  /** In order of place, suppressed ones included. */
  readonly findings: readonly ReportedFinding[];
  /** All services or stages of the file. */
  readonly sections: readonly Section[];
  /** How settings that a service lacks are shown to people. */
  readonly absence: AbsenceMode;
  /** Fingerprints in the baseline of findings that are no longer there. */
  readonly obsolete: readonly string[];
  /** The file in which a place of this report lies. */
  locate(place: Place): Located;
}

/** What a report about an analysed file needs beyond the analysis. */
export interface FileReportInput extends Pick<FileReport, 'path' | 'kind' | 'absence'> {
  /** Called when all fixes are computed. */
  obsolete(): readonly string[];
  /** The file of a place that lies in another document; undefined for places in the document itself. */
  locate(place: Place): Located | undefined;
}

export function fileReport(analysis: Analysis, input: FileReportInput): FileReport {
  const { document } = analysis;
  // Fixes first: one that fails makes the analysis incomplete.
  const findings = analysis.findings.map((finding) => ({ finding, fixes: finding.fixes() }));
  const problems = problemsOf(analysis);
  const { path, kind, absence } = input;
  return {
    path,
    kind,
    status: problems.length === 0 ? 'ok' : 'incomplete',
    problems,
    findings,
    sections: document.sections,
    absence,
    obsolete: input.obsolete(),
    locate: (place) => input.locate(place) ?? { path, source: document.source },
  };
}

function problemsOf({ problems, crashes }: Analysis): readonly FileProblem[] {
  return [
    ...problems.map(({ message, at, kind }) => ({ message: english(message), at, kind })),
    ...crashes.map(({ rule, error }) => ({
      message: `The rule \`${rule}\` failed, its findings are missing: ${error instanceof Error ? error.message : String(error)}`,
      at: undefined,
      kind: 'crash' as const,
    })),
  ];
}

/** About a file of which nothing was read; the message says why. */
export function unreadableReport(path: string, kind: DocumentKind | undefined, message: string): FileReport {
  return {
    path,
    kind,
    status: 'error',
    problems: [{ message, at: undefined, kind: 'unreadable' }],
    findings: [],
    sections: [],
    absence: 'grouped',
    obsolete: [],
    locate: () => ({ path, source: undefined }),
  };
}

export interface LintRun {
  readonly files: readonly FileReport[];
  /** Those that ran. */
  readonly rules: readonly AnyRule[];
  /** `2026-11-24` */
  readonly today: string;
  readonly summary: Summary;
}

export interface Summary {
  readonly files: number;
  /** Files that were not read to their end. */
  readonly incomplete: number;
  /** Files of which nothing could be read. */
  readonly unreadable: number;
  /** Without the suppressed ones. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  /** Entries of the baseline that accept nothing any more. */
  readonly obsolete: number;
  /** Findings that `fix`, and those that only `fix --unsafe` repairs. */
  readonly fixable: { readonly safe: number; readonly unsafe: number };
}

/** `gone`: entries of the baseline whose file does not exist any more. */
export function summarise(files: readonly FileReport[], gone: number): Summary {
  const findings: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  const fixable = { safe: 0, unsafe: 0 };
  let suppressed = 0;
  for (const { finding, fixes } of files.flatMap((file) => file.findings)) {
    if (finding.suppressed) {
      suppressed++;
      continue;
    }
    findings[finding.severity]++;
    if (fixes.some(({ applicability }) => applicability === 'safe')) fixable.safe++;
    else if (fixes.some(({ applicability }) => applicability === 'unsafe')) fixable.unsafe++;
  }
  const count = (status: FileReport['status']) => files.filter((file) => file.status === status).length;
  return {
    files: files.length,
    incomplete: count('incomplete'),
    unreadable: count('error'),
    findings,
    suppressed,
    obsolete: gone + files.reduce((sum, { obsolete }) => sum + obsolete.length, 0),
    fixable,
  };
}
