/** Analysis -> diagnostics, as users and other tools see them. */
import type { Diagnostic, DiagnosticRelatedInformation, DiagnosticTag } from 'vscode-languageserver-types';
import { URI, Utils } from 'vscode-uri';
import type { Analysis } from '../engine/analyse.js';
import { fingerprintsOf } from '../engine/baseline.js';
import { type Finding, ownRelated } from '../engine/finding.js';
import {
  type AbsenceMode,
  type FindingGroup,
  GROUP_CODE,
  groupAbsences,
  type SingleFinding,
} from '../engine/group.js';
import { rulePage } from '../engine/rule-page.js';
import { UNUSED_IGNORE } from '../engine/suppress/comments.js';
import { type Message, isSame, say } from '../l10n/message.js';
import type { DocumentProblem } from '../model/document.js';
import type { Related, Severity } from '../rules/rule.js';
import type { EditorCapabilities } from './capabilities.js';
import type { TargetDocument } from './workspace-edit.js';
import { toRange, toSeverity, toVisibleRange } from './to-lsp.js';

const GRAVITY: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export const SOURCE = 'bulkhead';
/** Code of what keeps a part of the file from being read; not a rule, so it has no page. */
export const SYNTAX_CODE = 'syntax';
/** Code of the one note that says what was not analysed. */
export const INCOMPLETE_CODE = 'incomplete';

const MOST_RELATED = 3;
const UNNECESSARY: DiagnosticTag = 1;

export interface DiagnosticInput {
  readonly uri: string;
  readonly analysis: Analysis;
  readonly absence: AbsenceMode;
  readonly capabilities: EditorCapabilities;
  /** Milder findings are not shown. */
  readonly minimumSeverity?: Severity;
  /** Fingerprints of findings that another extension shows on the same line: ours stay in the background. */
  readonly covered?: ReadonlySet<string>;
  /** Another file of the project, as it was when the document was looked at; undefined when it is not at hand. */
  other?(uri: string): TargetDocument | undefined;
}

/** What a diagnostic carries for code actions and other tools: the rules that it speaks for. */
export interface DiagnosticData {
  readonly rules: readonly string[];
}

/** One entry as it is shown, with its diagnostic. */
export interface Shown {
  readonly entry: SingleFinding | FindingGroup;
  readonly diagnostic: Diagnostic;
}

export function diagnosticsOf(input: DiagnosticInput): Diagnostic[] {
  return [...problemDiagnostics(input), ...shownFindings(input).map((one) => one.diagnostic)];
}

/** Findings that are neither accepted by a comment nor in another file, grouped as the setting says. */
export function shownFindings(input: DiagnosticInput): readonly Shown[] {
  const least = GRAVITY.indexOf(input.minimumSeverity ?? 'hint');
  const open = input.analysis.findings.filter(
    (finding) =>
      finding.suppressed === undefined &&
      finding.at.file === undefined &&
      GRAVITY.indexOf(finding.severity) <= least,
  );
  const isCovered = coverage(input);
  const entries = groupAbsences(open, input.absence);
  const speakers = speakersOf(entries.flatMap(membersOf));
  return entries.map((entry) => {
    const diagnostic =
      entry.kind === 'group' ? ofGroup(entry, input) : ofFinding(entry.finding, input, speakers);
    const stepsBack = membersOf(entry).every(isCovered);
    return { entry, diagnostic: stepsBack ? { ...diagnostic, severity: toSeverity('hint') } : diagnostic };
  });
}

/** Of each section the first of the gravest findings: it alone says for whom the section is built. */
function speakersOf(findings: readonly Finding[]): ReadonlySet<Finding> {
  const gravest = new Map<Finding['section'], Finding>();
  for (const finding of findings) {
    const known = gravest.get(finding.section);
    if (known === undefined || GRAVITY.indexOf(finding.severity) < GRAVITY.indexOf(known.severity))
      gravest.set(finding.section, finding);
  }
  return new Set(gravest.values());
}

/** Whether another extension shows a finding. */
function coverage({ analysis, covered }: DiagnosticInput): (finding: Finding) => boolean {
  if (covered === undefined || covered.size === 0) return () => false;
  const { findings, document } = analysis;
  const prints = fingerprintsOf(findings, document.source);
  const known = new Set(findings.filter((_, index) => covered.has(prints[index] ?? '')));
  return (finding) => known.has(finding);
}

/** The findings that an entry stands for. */
export function membersOf(entry: SingleFinding | FindingGroup): readonly Finding[] {
  return entry.kind === 'group' ? entry.members : [entry.finding];
}

function ofFinding(finding: Finding, input: DiagnosticInput, speakers: ReadonlySet<Finding>): Diagnostic {
  const related = speakers.has(finding) ? finding.related : ownRelated(finding);
  const data: DiagnosticData = { rules: [finding.rule.id] };
  return {
    range: toVisibleRange(input.analysis.document.source, finding.at),
    severity: toSeverity(finding.severity),
    source: SOURCE,
    code: finding.rule.id,
    ...pageOf(finding.rule.id, input.capabilities),
    ...tagsOf(finding, input.capabilities),
    ...withRelated(finding.message, related, input),
    data,
  };
}

function ofGroup(group: FindingGroup, input: DiagnosticInput): Diagnostic {
  const data: DiagnosticData = { rules: group.members.map((member) => member.rule.id) };
  return {
    range: toVisibleRange(input.analysis.document.source, group.at),
    severity: toSeverity(group.severity),
    source: SOURCE,
    code: GROUP_CODE,
    ...pageOf(GROUP_CODE, input.capabilities),
    message: input.capabilities.tell(group.message),
    data,
  };
}

function pageOf(rule: string, { codeDescription }: EditorCapabilities): Pick<Diagnostic, 'codeDescription'> {
  return codeDescription ? { codeDescription: { href: rulePage(rule) } } : {};
}

/** What can simply go is greyed out; a comment with a mistake is not. */
function tagsOf(finding: Finding, { unnecessaryTag }: EditorCapabilities): Pick<Diagnostic, 'tags'> {
  const isNeedless = finding.rule.id === UNUSED_IGNORE && finding.fixes()[0]?.applicability === 'safe';
  return unnecessaryTag && isNeedless ? { tags: [UNNECESSARY] } : {};
}

/** The message and the places that explain it; an editor without such places gets the first one's line in words. */
function withRelated(
  message: Message,
  related: readonly Related[],
  input: DiagnosticInput,
): Pick<Diagnostic, 'message' | 'relatedInformation'> {
  const { relatedInformation, tell } = input.capabilities;
  const needed = relatedInformation ? related : related.filter(({ background }) => !background);
  const here = needed.flatMap((one) => locate(one, input) ?? []);
  const [first] = here;
  if (first === undefined) return { message: tell(message) };
  if (!relatedInformation) {
    const { uri, range } = first.location;
    const line = range.start.line + 1;
    return {
      message: tell(
        uri === input.uri
          ? say`${message} (see line ${line})`
          : say`${message} (see ${fileName(uri)}, line ${line})`,
      ),
    };
  }
  return { message: tell(message), relatedInformation: here.slice(0, MOST_RELATED) };
}

/** Undefined for a place in a file that is not at hand. */
function locate({ at, message }: Related, input: DiagnosticInput): DiagnosticRelatedInformation | undefined {
  const { uri, source } =
    at.file === undefined
      ? { uri: input.uri, source: input.analysis.document.source }
      : (input.other?.(at.file) ?? {});
  if (uri === undefined || source === undefined) return undefined;
  return { location: { uri, range: toRange(source, at) }, message: input.capabilities.tell(message) };
}

function fileName(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/**
 * Syntax problems are warnings: a file is broken most of the time it is being typed, and other extensions report the
 * errors. Everything that was left out is one note, however many places it concerns.
 */
function problemDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  const { source } = input.analysis.document;
  const problems = withoutRepeats(input.analysis.problems);
  const syntax = problems
    .filter((problem) => problem.kind === 'syntax')
    .map(
      (problem): Diagnostic => ({
        range: toVisibleRange(source, problem.at),
        severity: toSeverity('warning'),
        source: SOURCE,
        code: SYNTAX_CODE,
        message: input.capabilities.tell(problem.message),
      }),
    );
  return [...syntax, ...incompleteNote(problems, input)];
}

/** Those of this file; a reader that tries again may come upon the same problem twice. */
function withoutRepeats(problems: readonly DocumentProblem[]): readonly DocumentProblem[] {
  const here = problems.filter((problem) => problem.at.file === undefined);
  return here.filter(
    (problem, index) =>
      index ===
      here.findIndex((one) => one.at.start === problem.at.start && isSame(one.message, problem.message)),
  );
}

function incompleteNote(problems: readonly DocumentProblem[], input: DiagnosticInput): readonly Diagnostic[] {
  const { source } = input.analysis.document;
  const [first, ...others] = problems.filter((problem) => problem.kind === 'incomplete');
  if (first === undefined) return [];
  const message = others.length === 0 ? first.message : say`${first.message} (and ${others.length} more)`;
  return [
    {
      range: toVisibleRange(source, first.at),
      severity: toSeverity('info'),
      source: SOURCE,
      code: INCOMPLETE_CODE,
      ...withRelated(message, others, input),
    },
  ];
}
