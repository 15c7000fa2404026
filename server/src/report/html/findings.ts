/** The findings of one file on the page, by service or stage. */

import { type Finding, ownRelated } from '../../engine/finding.js';
import type { FindingGroup } from '../../engine/group.js';
import { english } from '../../l10n/message.js';
import type { Section } from '../../model/document.js';
import type { Fix, RuleMeta, Severity } from '../../rules/rule.js';
import type { Place } from '../../text/span.js';
import type { FileProblem, FileReport } from '../lint-run.js';
import { count } from '../plain-text.js';
import { markedLine } from '../shared/marked-line.js';
import { type Entry, type FileOutline, groupTitle, isNumbered, type Part } from '../shared/outline.js';
import { shownPlace } from '../shared/place.js';
import { standsOnCredential } from '../shared/rules.js';
import { PROBLEM_WORDS } from '../shared/words.js';
import { type Html, html, prose } from './template.js';

export function fileCard({ file, parts }: FileOutline, index: number): Html {
  const credentials = credentialLines(file);
  const total = parts.flatMap(({ entries }) => entries.flatMap(findingsOf)).length;
  const problems = file.problems.filter(({ kind }) => kind !== 'unreadable');
  return html`<section class="card file" id="file-${index + 1}" aria-labelledby="file-${index + 1}-name">
<header><h3 class="path" id="file-${index + 1}-name">${file.path}</h3><p>${fileSummary(file, total)}</p></header>
${problems.length > 0 ? html`<ul class="findings">${problems.map((one) => problemItem(file, one))}</ul>` : undefined}
${parts.map((part) => partBlock(file, part, credentials))}
</section>
`;
}

export const findingsOf = (entry: Entry): readonly Finding[] =>
  entry.kind === 'single' ? [entry.finding] : entry.members;

function fileSummary({ status, problems }: FileReport, findings: number): string {
  if (status === 'error') return problems[0]?.message ?? 'could not be read';
  const read = status === 'incomplete' ? ', not read completely' : '';
  return `${count(findings, 'finding')}${read}`;
}

function partBlock(file: FileReport, { section, entries }: Part, credentials: ReadonlySet<string>): Html {
  const word = section && !isNumbered(section) ? html`<small>${section.kind}</small> ` : undefined;
  return html`${section && html`<h4>${word}${section.name}${usesText(file, section)}</h4>`}
<ul class="findings">${entries.map((entry) => entryItem(file, entry, credentials))}</ul>
`;
}

/** For whom a stage is built, once for all of its findings. */
function usesText(file: FileReport, { usedBy = [] }: Section): Html | undefined {
  if (usedBy.length === 0) return undefined;
  const uses = usedBy.map(
    ({ service, at }, index) => html`${index === 0 ? '' : ', '}<code>${service}</code> (${where(file, at)})`,
  );
  return html` <small>· image of ${uses}</small>`;
}

function entryItem(file: FileReport, entry: Entry, credentials: ReadonlySet<string>): Html {
  return entry.kind === 'single' ? findingItem(file, entry.finding, credentials) : groupItem(file, entry);
}

function findingItem(file: FileReport, finding: Finding, credentials: ReadonlySet<string>): Html {
  const { severity, rule, at, message } = finding;
  const fixes = finding.fixes();
  const notes = [
    ...ownRelated(finding).map(
      (one) =>
        html`<li>${prose(english(one.message))} <span class="grade">(${where(file, one.at)})</span></li>`,
    ),
    ...fixes.map((fix) => html`<li>${fixText(fix)}</li>`),
  ];
  return html`<li>
${top(severity, where(file, at), ruleLink(rule))}
<p class="message">${prose(english(message))}</p>
${excerpt(file, at, credentials)}
${notes.length > 0 ? html`<ul class="notes">${notes}</ul>` : undefined}
</li>
`;
}

/** Without the line: it would hold the name that stands above. */
function groupItem(file: FileReport, group: FindingGroup): Html {
  const rows = group.members.map((member) => {
    const [fix] = member.fixes();
    return html`<tr><th scope="row">${member.missing && english(member.missing)}</th><td>${fix && fixText(fix)}</td><td>${ruleLink(member.rule)}</td></tr>
`;
  });
  return html`<li>
${top(group.severity, where(file, group.at), undefined)}
<p class="message">${prose(groupTitle(group))}</p>
<div class="scroll"><table class="lacks"><thead class="skip"><tr><th scope="col">Missing</th><th scope="col">Fix</th><th scope="col">Rule</th></tr></thead>
<tbody>${rows}</tbody></table></div>
</li>
`;
}

function problemItem(file: FileReport, { kind, message, at }: FileProblem): Html {
  const head = html`<div class="top"><span class="badge warning">${PROBLEM_WORDS[kind]}</span><span>${at && where(file, at)}</span></div>`;
  return html`<li>${head}<p class="message">${prose(message)}</p></li>
`;
}

function top(severity: Severity, place: string, rule: Html | undefined): Html {
  return html`<div class="top"><span><span class="badge ${severity}">${severity}</span> ${place}</span>${rule}</div>`;
}

/** To the advice further down the page. */
export function ruleLink({ id }: RuleMeta): Html {
  return html`<a href="#rule-${id}">${id}</a>`;
}

const GRADES: Readonly<Record<Fix['applicability'], string>> = {
  safe: 'safe fix',
  unsafe: 'fix, behaviour may change',
  manual: 'to be filled in',
};

function fixText({ title, applicability }: Fix): Html {
  return html`${prose(english(title))} <span class="grade">(${GRADES[applicability]})</span>`;
}

/** `line 4`, with the path in front when it lies in another file. */
export function where(file: FileReport, at: Place): string {
  const { path, range } = shownPlace(file, at);
  const line = range ? `line ${range.start.line}` : '';
  return path === file.path ? line : `${path} ${line}`.trimEnd();
}

function excerpt(file: FileReport, at: Place, credentials: ReadonlySet<string>): Html | undefined {
  const { path, source } = file.locate(at);
  if (source === undefined) return undefined;
  const { line, before, marked, after } = markedLine(source, at);
  const text = credentials.has(`${path}:${line}`)
    ? html`<span class="hidden">not shown: a credential stands in this line</span>`
    : html`${before}<mark>${marked}</mark>${after}`;
  return html`<pre class="excerpt"><b>${line}</b>${text}</pre>`;
}

/** Such a page is passed around; what opens the database must not be. */
function credentialLines(file: FileReport): ReadonlySet<string> {
  return new Set(
    file.findings
      .filter(({ finding }) => standsOnCredential(finding.rule))
      .map(({ finding }) => {
        const { path, range } = shownPlace(file, finding.at);
        return `${path}:${range?.start.line}`;
      }),
  );
}
