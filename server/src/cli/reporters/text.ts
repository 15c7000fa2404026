/** For people at a terminal: grouped by file, then service or stage, each finding with its line of source. */

import type { Finding } from '../../engine/finding.js';
import { type FindingGroup, groupAbsences } from '../../engine/group.js';
import { english } from '../../l10n/message.js';
import type { Section } from '../../model/document.js';
import type { FileProblem, FileReport } from '../../report/lint-run.js';
import { count, displayWidth, pad, printable, type Style, shorten, wrap } from '../../report/plain-text.js';
import type { Reporter, View } from '../../report/reporter.js';
import { summaryLine } from '../../report/summary.js';
import type { Applicability, Fix, Severity } from '../../rules/rule.js';
import type { Place } from '../../text/span.js';
import { excerpt } from './excerpt.js';
import { reportLines } from './lines.js';

export const reportText: Reporter = (run, view) => {
  if (view.quiet) return reportLines(run, view);
  const files = run.files.flatMap((file) => reportFile(file, view));
  return [...files, summaryLine(run, view), ''].join('\n');
};

/** A file full of template marks would otherwise bury its findings. */
const PROBLEMS_SHOWN = 4;

/** Shown without repeating the line of source when one finding follows another at the same place. */
interface Shown {
  at: Place | undefined;
}

function reportFile(file: FileReport, view: View): readonly string[] {
  const active = file.findings.map(({ finding }) => finding).filter(({ suppressed }) => !suppressed);
  const entries = groupAbsences(active, file.absence);
  const problems = file.problems.filter(({ kind }) => kind !== 'unreadable');
  if (entries.length === 0 && problems.length === 0) return [];
  const lines = [view.style.bold(printable(file.path)), ''];
  const shown: Shown = { at: undefined };
  for (const problem of problems.slice(0, PROBLEMS_SHOWN))
    lines.push(...reportProblem(problem, file, view), '');
  const rest = problems.length - PROBLEMS_SHOWN;
  if (rest > 0) lines.push(`${BODY}and ${count(rest, 'more problem')}`, '');
  let section: Section | undefined;
  for (const entry of entries) {
    const own = entry.kind === 'single' ? entry.finding.section : entry.members[0]?.section;
    if (own !== section && own && file.sections.length > 1) lines.push(...heading(own, view.style));
    section = own;
    const body =
      entry.kind === 'single'
        ? reportFinding(entry.finding, file, view, shown)
        : reportGroup(entry, file, view, shown);
    lines.push(...body, '');
  }
  return lines;
}

/** Stages without a name are called `stage 2` already. */
function heading({ kind, name }: Section, style: Style): readonly string[] {
  const word = name.startsWith(`${kind} `) ? '' : `${style.dim(kind)} `;
  return [`  ${word}${style.bold(printable(name))}`];
}

function reportFinding(finding: Finding, file: FileReport, view: View, shown: Shown): readonly string[] {
  return [
    title(finding.at, finding.severity, finding.rule.id, file, view),
    message(english(finding.message), view),
    ...source(finding.at, file, view, shown, painter(finding.severity, view.style)),
    ...finding.related.flatMap((related) =>
      related.background ? [] : note(related.at, english(related.message), file, view),
    ),
    ...fixList(finding.fixes(), view),
  ];
}

function reportGroup(group: FindingGroup, file: FileReport, view: View, shown: Shown): readonly string[] {
  const name = group.members[0]?.section?.name;
  return [
    title(group.at, group.severity, 'hardening-missing', file, view),
    message(
      `${name === undefined ? '' : `\`${name}\` lacks `}${count(group.members.length, 'hardening setting')}`,
      view,
    ),
    ...source(group.at, file, view, shown, painter(group.severity, view.style)),
    ...memberTable(group.members, view),
    ...group.members
      .flatMap(({ expired }) =>
        expired ? note(expired.at, `an exception expired on ${expired.until}`, file, view) : [],
      )
      .slice(0, 1),
  ];
}

/** What is missing, the rule, and the fix without its price, which `explain` and the separate form tell. */
function memberTable(members: readonly Finding[], { style, columns }: View): readonly string[] {
  const widest = (words: readonly string[]) => Math.max(...words.map(displayWidth));
  const missing = members.map((member) => printable(member.missing ? english(member.missing) : ''));
  const first = widest(missing);
  const second = widest(members.map(({ rule }) => rule.id));
  const room = columns - BODY.length - first - second - 4;
  return members.map((member, i) => {
    const fix = member.fixes()[0];
    const words = fix
      ? `${fix.applicability}: ${printable(english(fix.title)).replace(/ \([^()]*\)$/, '')}`
      : '';
    const left = `${BODY}${pad(missing[i] ?? '', first)}  ${style.dim(pad(member.rule.id, second))}`;
    return room < 20 || words === '' ? left.trimEnd() : `${left}  ${style.code(shorten(words, room))}`;
  });
}

function reportProblem(problem: FileProblem, file: FileReport, view: View): readonly string[] {
  const word = problem.kind === 'syntax' ? view.style.red('syntax') : view.style.yellow('not read');
  const where = problem.at ? location(problem.at, file) : '';
  return [
    `  ${pad(where, WHERE)}${word}`,
    message(problem.message, view),
    ...(problem.at ? source(problem.at, file, view, { at: undefined }, view.style.yellow) : []),
  ];
}

const WHERE = 8;
const BODY = ' '.repeat(2 + WHERE);

function title(at: Place, severity: Severity, id: string, file: FileReport, view: View): string {
  return `  ${pad(location(at, file), WHERE - 1)} ${severityWord(severity, view.style)}  ${view.style.dim(id)}`;
}

/** `12:5`, with the path in front when it lies in another file. */
function location(at: Place, file: FileReport): string {
  const { path, source } = file.locate(at);
  const position = source?.positionAt(at.start);
  const where = position ? `${position.line + 1}:${position.character + 1}` : '';
  return path === file.path ? where : `${printable(path)}:${where}`;
}

export function severityWord(severity: Severity, style: Style): string {
  const word = painter(severity, style)(severity);
  return severity === 'error' || severity === 'warning' ? style.bold(word) : word;
}

function painter(severity: Severity, style: Style): (text: string) => string {
  switch (severity) {
    case 'error':
      return style.red;
    case 'warning':
      return style.yellow;
    default:
      return style.cyan;
  }
}

function message(text: string, { style, columns }: View): string {
  return BODY + style.code(wrap(printable(text), columns - BODY.length, BODY));
}

function source(
  at: Place,
  file: FileReport,
  view: View,
  shown: Shown,
  paint: (text: string) => string,
): readonly string[] {
  if (shown.at && shown.at.start === at.start && shown.at.end === at.end && shown.at.file === at.file)
    return [];
  shown.at = at;
  const { source: text } = file.locate(at);
  if (text === undefined) return [];
  const gutter = Math.max(3, String(text.lineStarts.length).length);
  const { line, text: code, underline } = excerpt(text, at, view.columns - BODY.length - gutter - 3);
  const { dim } = view.style;
  return [
    `${BODY}${dim(`${String(line).padStart(gutter)} |`)} ${code}`,
    `${BODY}${dim(`${' '.repeat(gutter)} |`)} ${paint(underline)}`,
  ];
}

function note(at: Place, text: string, file: FileReport, view: View): readonly string[] {
  const label = `note ${location(at, file)}: `;
  const body = wrap(label + printable(text), view.columns - BODY.length - 2, `${BODY}  `);
  return [BODY + view.style.code(body)];
}

const GRADE: Readonly<Record<Applicability, string>> = {
  safe: 'safe fix:',
  unsafe: 'unsafe fix:',
  manual: 'manual fix:',
};
const FIXES_SHOWN = 3;

function fixList(fixes: readonly Fix[], { style, columns }: View): readonly string[] {
  const lines = fixes.slice(0, FIXES_SHOWN).map(({ title: name, applicability }) => {
    const grade = GRADE[applicability];
    const text = wrap(`${grade} ${printable(english(name))}`, columns - BODY.length - 2, `${BODY}  `);
    return BODY + style.green(grade) + style.code(text.slice(grade.length));
  });
  const rest = fixes.length - FIXES_SHOWN;
  return rest > 0 ? [...lines, `${BODY}and ${rest} more`] : lines;
}
