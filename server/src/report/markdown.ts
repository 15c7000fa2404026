/** A report for a pull request, a job summary or a wiki: practices first, then findings, then what to do about each rule. */

import type { Finding } from '../engine/finding.js';
import type { FindingGroup } from '../engine/group.js';
import { rulePage } from '../engine/rule-page.js';
import type { PracticeScore, PracticeState } from '../engine/score.js';
import { english } from '../l10n/message.js';
import type { Section } from '../model/document.js';
import type { Fix, RuleMeta, Severity } from '../rules/rule.js';
import type { Place } from '../text/span.js';
import type { FileProblem, FileReport, LintRun } from './lint-run.js';
import { count, makeStyle } from './plain-text.js';
import type { Reporter } from './reporter.js';
import { code, plain, prose } from './shared/markdown.js';
import {
  type Entry,
  type FileOutline,
  groupTitle,
  isNumbered,
  outlineOf,
  type Part,
} from './shared/outline.js';
import { shownPlace } from './shared/place.js';
import { rulesFound, scoresOf } from './shared/rules.js';
import { PROBLEM_WORDS, STATE_WORDS } from './shared/words.js';
import { summaryLine } from './summary.js';

export const reportMarkdown: Reporter = (run, view) => {
  const { open, clean, accepted, inBaseline } = outlineOf(run);
  const acceptedItems = [
    ...accepted.map(({ file, finding }) => acceptedItem(file, finding)),
    ...(inBaseline > 0 ? [`- ${count(inBaseline, 'finding')} of the baseline`] : []),
  ];
  const blocks = [
    '# Bulkhead report',
    ...summaryLine(run, { ...view, style: makeStyle(false), columns: Number.POSITIVE_INFINITY }).split('\n'),
    '## Practices',
    practiceTable(run),
    ...(open.length > 0 ? ['## Findings', ...open.flatMap((one) => fileBlocks(one))] : []),
    ...(clean.length > 0
      ? ['## Nothing found in', clean.map(({ path }) => `- ${code(path)}`).join('\n')]
      : []),
    ...(acceptedItems.length > 0 ? ['## Accepted', acceptedItems.join('\n')] : []),
    ...adviceBlocks(rulesFound(run)),
    '---',
    `Bulkhead ${plain(view.version)}, ${run.today}`,
  ];
  return `${blocks.join('\n\n')}\n`;
};

const STATE_MARKS: Readonly<Record<PracticeState, string>> = {
  danger: '🔴',
  attention: '🟡',
  ok: '🟢',
  unknown: '⚪',
};

const SEVERITY_MARKS: Readonly<Record<Severity, string>> = {
  error: '🔴',
  warning: '🟡',
  info: '🔵',
  hint: '🔵',
};

/** No word of a file stands in it: cells and lines of a table are easily broken. */
function practiceTable(run: LintRun): string {
  return [
    '| # | Practice | State | Errors | Warnings | Infos | Accepted |',
    '|--:|---|---|--:|--:|--:|--:|',
    ...scoresOf(run).map(practiceRow),
  ].join('\n');
}

function practiceRow({ practice, state, counts, accepted }: PracticeScore): string {
  const numbers = [counts.error, counts.warning, counts.info + counts.hint, accepted];
  const cells = [
    String(practice.number),
    plain(practice.title),
    `${STATE_MARKS[state]} ${STATE_WORDS[state]}`,
    ...numbers.map((number) => (number === 0 ? '' : String(number))),
  ];
  return `| ${cells.join(' | ')} |`;
}

function fileBlocks({ file, parts }: FileOutline): readonly string[] {
  return [
    `### ${code(file.path)}`,
    ...(file.problems.length > 0 ? [file.problems.map((one) => problemItem(file, one)).join('\n')] : []),
    ...parts.flatMap((part) => partBlocks(file, part)),
  ];
}

function problemItem(file: FileReport, { kind, message, at }: FileProblem): string {
  return item('⚠️', PROBLEM_WORDS[kind], message, at ? where(file, at) : '', []);
}

function partBlocks(file: FileReport, { section, entries }: Part): readonly string[] {
  return [
    ...(section ? [`#### ${sectionName(section)}`] : []),
    entries.map((entry) => entryItem(file, entry)).join('\n'),
  ];
}

function sectionName(section: Section): string {
  return isNumbered(section) ? plain(section.name) : `${section.kind} ${code(section.name)}`;
}

function entryItem(file: FileReport, entry: Entry): string {
  return entry.kind === 'single' ? findingItem(file, entry.finding) : groupItem(file, entry);
}

function findingItem(file: FileReport, { severity, message, rule, at, related, fixes }: Finding): string {
  return item(SEVERITY_MARKS[severity], severity, english(message), `${where(file, at)}, ${ruleLink(rule)}`, [
    ...related
      .filter(({ background }) => !background)
      .map((one) => `${where(file, one.at)}: ${prose(english(one.message))}`),
    ...fixes().map(fixText),
  ]);
}

function groupItem(file: FileReport, group: FindingGroup): string {
  const { severity, members, at } = group;
  return item(
    SEVERITY_MARKS[severity],
    severity,
    groupTitle(group),
    where(file, at),
    members.map((member) => {
      const [fix] = member.fixes();
      return `${plain(member.missing ? english(member.missing) : '')} (${ruleLink(member.rule)})${fix ? `: ${fixText(fix)}` : ''}`;
    }),
  );
}

function item(mark: string, word: string, message: string, behind: string, below: readonly string[]): string {
  const first = `- ${mark} **${word}** ${prose(message)}${behind === '' ? '' : ` (${behind})`}`;
  return [first, ...below.map((line) => `  - ${line}`)].join('\n');
}

function fixText({ applicability, title }: Fix): string {
  return `${prose(english(title))} *(${applicability} fix)*`;
}

function acceptedItem(file: FileReport, finding: Finding): string {
  const { reason, until, by } = finding.suppressed ?? { reason: undefined, until: undefined, by: '' };
  const details = [
    `${code(file.path)} ${where(file, finding.at)}`,
    code(finding.rule.id),
    `accepted by ${code(by)}${until === undefined ? '' : ` until ${plain(until)}`}`,
  ].join(', ');
  return `- ${prose(english(finding.message))} (${details}): ${reason === undefined ? '*no reason given*' : plain(reason)}`;
}

/** Headings below are called like the rules. */
function ruleLink({ id }: RuleMeta): string {
  return `[${code(id)}](#${id})`;
}

/** `line 4`, with the path in front when it lies in another file. */
function where(file: FileReport, at: Place): string {
  const { path, range } = shownPlace(file, at);
  const line = range ? `line ${range.start.line}` : '';
  return path === file.path ? line : `${code(path)} ${line}`.trimEnd();
}

function adviceBlocks(rules: readonly RuleMeta[]): readonly string[] {
  if (rules.length === 0) return [];
  return [
    '## What to do',
    ...rules.flatMap(({ id, title, why, advice }) => [
      `### ${id}`,
      `**${prose(title)}.** ${prose(why)}`,
      `${prose(advice)} [More about this rule](${rulePage(id)})`,
    ]),
  ];
}
