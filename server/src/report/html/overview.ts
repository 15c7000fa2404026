/** What leads into the findings: the gravest of them, and the files. */
import type { Finding } from '../../engine/finding.js';
import { english } from '../../l10n/message.js';
import type { Severity } from '../../rules/rule.js';
import type { FileReport } from '../lint-run.js';
import { count } from '../plain-text.js';
import type { FileOutline } from '../shared/outline.js';
import { PROBLEM_WORDS } from '../shared/words.js';
import { findingsOf, ruleLink, where } from './findings.js';
import { type Html, html, prose } from './template.js';

const SHOWN = 10;

/** Nothing when there is no error. */
export function urgentSection(open: readonly FileOutline[]): Html | undefined {
  const errors = open.flatMap(({ file, parts }, index) =>
    parts
      .flatMap(({ entries }) => entries.flatMap(findingsOf))
      .filter(({ severity }) => severity === 'error')
      .map((finding) => ({ file, finding, index })),
  );
  if (errors.length === 0) return undefined;
  const rest = errors.length - SHOWN;
  return html`<section aria-labelledby="urgent">
<h2 id="urgent">First of all</h2>
<ol class="card urgent">${errors.slice(0, SHOWN).map(urgentItem)}</ol>
${rest > 0 ? html`<p class="meta">and ${count(rest, 'more error')} below</p>` : undefined}
</section>
`;
}

interface Urgent {
  readonly file: FileReport;
  readonly finding: Finding;
  readonly index: number;
}

function urgentItem({ file, finding, index }: Urgent): Html {
  const { message, at, rule } = finding;
  return html`<li><p>${prose(english(message))}</p><p class="meta"><a href="#file-${index + 1}">${file.path}</a> ${where(file, at)} · ${ruleLink(rule)}</p></li>
`;
}

/** Worth its place from two files on. */
export function fileTable(open: readonly FileOutline[]): Html | undefined {
  if (open.length < 2) return undefined;
  return html`<div class="card scroll"><table>
<thead><tr><th scope="col">File</th><th scope="col" class="num">Errors</th><th scope="col" class="num">Warnings</th><th scope="col" class="num">Infos</th></tr></thead>
<tbody>${open.map(fileRow)}</tbody></table></div>
`;
}

function fileRow({ file, parts }: FileOutline, index: number): Html {
  const findings = parts.flatMap(({ entries }) => entries.flatMap(findingsOf));
  const number = (...severities: readonly Severity[]) =>
    numberCell(findings.filter(({ severity }) => severities.includes(severity)).length);
  const kinds = [...new Set(file.problems.map(({ kind }) => PROBLEM_WORDS[kind]))].join(', ');
  const caution = kinds === '' ? undefined : html` <span class="badge warning">${kinds}</span>`;
  return html`<tr><th scope="row" class="path"><a href="#file-${index + 1}">${file.path}</a>${caution}</th>${number('error')}${number('warning')}${number('info', 'hint')}</tr>
`;
}

/** Nothing to see is written paler. */
export function numberCell(number: number): Html {
  return number === 0 ? html`<td class="num none">0</td>` : html`<td class="num">${number}</td>`;
}
