/**
 * One page for people who were not there: how the project stands, what was found, what to do. It needs nothing else:
 * no script, no font, no address is loaded, and its own security policy forbids it.
 */
import { rulePage } from '../engine/rule-page.js';
import type { PracticeScore, PracticeState } from '../engine/score.js';
import { english } from '../l10n/message.js';
import { practices } from '../rules/practices.js';
import type { RuleMeta } from '../rules/rule.js';
import { bar, hullChart } from './html/chart.js';
import { fileCard, where } from './html/findings.js';
import { fileTable, numberCell, urgentSection } from './html/overview.js';
import { STYLE } from './html/style.js';
import { type Html, html, prose } from './html/template.js';
import { count, makeStyle } from './plain-text.js';
import type { Reporter } from './reporter.js';
import { type Outline, outlineOf } from './shared/outline.js';
import { rulesFound, scoresOf } from './shared/rules.js';
import { STATE_WORDS } from './shared/words.js';
import { summaryLine } from './summary.js';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const reportHtml: Reporter = (run, view) => {
  const scores = scoresOf(run);
  const outline = outlineOf(run);
  const rules = rulesFound(run);
  const plain = { ...view, style: makeStyle(false), columns: Number.POSITIVE_INFINITY };
  const [summary = '', ...cautions] = summaryLine(run, plain).split('\n');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Container security report, ${run.today}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="page">
<div class="mast">${LOGO}<div><h1>Container security report</h1>
<p class="meta">${run.today} · ${count(run.files.length, 'file')} · Bulkhead ${view.version}</p></div></div>
<p class="verdict">${verdict(scores)}</p>
<p class="summary">${prose(summary)}</p>
${cautions.map((line) => html`<p class="caution">${prose(line)}</p>`)}
${contents(outline, rules)}
</header>
<main id="main">
${practiceSection(scores)}
${urgentSection(outline.open)}
${findingSection(outline)}
${adviceSection(rules)}
${acceptedSection(outline)}
</main>
<footer><p>Made by Bulkhead from the files alone: no image was pulled, no container was asked, nothing was sent anywhere. It judges how containers are built and started; known vulnerabilities inside images are the work of an image scanner.</p></footer>
</body>
</html>
`.markup;
};

const LOGO = html`<svg viewBox="0 0 256 256" aria-hidden="true"><rect width="256" height="256" rx="56" fill="#12324a"/><path fill="#1e4a6b" d="M28 120h200v16H28z"/><rect x="72" y="32" width="112" height="192" rx="56" fill="#e8eef3"/><rect x="86" y="46" width="84" height="164" rx="42" fill="#2d7dd2"/><g stroke="#e8eef3" stroke-width="10" fill="none" stroke-linecap="round"><circle cx="128" cy="128" r="27"/><path d="M128 89v78M94 108.500l68 39M162 108.500l-68 39"/></g><circle cx="128" cy="128" r="9" fill="#12324a"/></svg>`;

const VERDICTS: readonly (readonly [PracticeState, string, string])[] = [
  ['danger', 'opens a direct way to the host', 'open a direct way to the host'],
  ['attention', 'needs attention', 'need attention'],
  ['ok', 'holds', 'hold'],
  ['unknown', 'could not be judged', 'could not be judged'],
];

/** One sentence: how many of the ten practices are how. */
function verdict(scores: readonly PracticeScore[]): Html {
  const number = (state: PracticeState) => scores.filter((score) => score.state === state).length;
  const parts = VERDICTS.flatMap(([state, one, many]) => {
    const found = number(state);
    return found === 0 ? [] : [html`<strong>${found}</strong> ${found === 1 ? one : many}`];
  });
  const joined = parts.map(
    (part, i) => html`${i === 0 ? '' : i === parts.length - 1 ? ' and ' : ', '}${part}`,
  );
  return html`Of the ten practices ${joined}.`;
}

function contents({ open, clean, accepted, inBaseline }: Outline, rules: readonly RuleMeta[]): Html {
  const links = [
    html`<li><a href="#practices">Practices</a></li>`,
    open.length + clean.length > 0 ? html`<li><a href="#findings">Findings</a></li>` : undefined,
    rules.length > 0 ? html`<li><a href="#advice">What to do</a></li>` : undefined,
    accepted.length + inBaseline > 0 ? html`<li><a href="#accepted">Accepted</a></li>` : undefined,
  ];
  return html`<nav aria-label="Contents"><ul>${links}</ul></nav>`;
}

function practiceSection(scores: readonly PracticeScore[]): Html {
  const totals = scores.map(({ counts }) => counts.error + counts.warning + counts.info + counts.hint);
  const longest = Math.max(...totals);
  return html`<section aria-labelledby="practices">
<h2 id="practices">The ten practices</h2>
<div class="card chart"><div class="scroll">${hullChart(scores)}</div>
<ul class="legend"><li><i class="danger"></i>danger: a direct way to the host</li><li><i class="attention"></i>attention: something to do</li><li><i></i>nothing found</li><li><i class="unknown"></i>not fully checked</li></ul></div>
<div class="card scroll"><table>
<thead><tr><th scope="col" class="num">#</th><th scope="col">Practice</th><th scope="col">State</th><th scope="col" class="bar-cell">Findings</th><th scope="col" class="num">Errors</th><th scope="col" class="num">Warnings</th><th scope="col" class="num">Infos</th></tr></thead>
<tbody>${scores.map((score) => practiceRow(score, longest))}</tbody></table></div>
</section>
`;
}

function practiceRow(score: PracticeScore, longest: number): Html {
  const { practice, state, counts } = score;
  return html`<tr><td class="num">${practice.number}</td><th scope="row">${practice.title}<span class="what">${practice.summary}</span></th><td><span class="badge ${state}">${STATE_WORDS[state]}</span></td><td class="bar-cell">${bar(score, longest)}</td>${numberCell(counts.error)}${numberCell(counts.warning)}${numberCell(counts.info + counts.hint)}</tr>
`;
}

function findingSection({ open, clean }: Outline): Html | undefined {
  if (open.length + clean.length === 0) return undefined;
  return html`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${fileTable(open)}
${open.map(fileCard)}
${clean.length > 0 ? html`<p>Nothing found in ${clean.map(({ path }, i) => html`${i === 0 ? '' : ', '}<code>${path}</code>`)}.</p>` : undefined}
</section>
`;
}

function adviceSection(rules: readonly RuleMeta[]): Html | undefined {
  if (rules.length === 0) return undefined;
  return html`<section aria-labelledby="advice">
<h2 id="advice">What to do</h2>
<div class="card advice">${rules.map(advice)}</div>
</section>
`;
}

function advice({ id, title, why, advice: what, practice, references }: RuleMeta): Html {
  const own = practices.find(({ slug }) => slug === practice);
  const sources = references.map(
    ({ title: name, url }) => html` · ${url === undefined ? name : html`<a href="${url}">${name}</a>`}`,
  );
  return html`<article id="rule-${id}">
<h3>${prose(title)}<span class="id">${id}</span></h3>
<p>${prose(why)}</p>
<p><strong>What to do.</strong> ${prose(what)}</p>
<p class="refs">Practice ${own?.number}: ${own?.title} · <a href="${rulePage(id)}">More about this rule</a>${sources}</p>
</article>
`;
}

function acceptedSection({ accepted, inBaseline }: Outline): Html | undefined {
  if (accepted.length + inBaseline === 0) return undefined;
  const rows = accepted.map(
    ({
      file,
      finding: { rule, at, message, suppressed },
    }) => html`<tr><td>${prose(english(message))}<span class="what">${file.path}, ${where(file, at)} · ${rule.id}</span></td><td>${suppressed?.reason ?? html`<em>no reason given</em>`}</td><td class="date">${suppressed?.until ?? '–'}</td><td><code>${suppressed?.by}</code></td></tr>
`,
  );
  const table = html`<div class="card scroll"><table>
<thead><tr><th scope="col">Finding</th><th scope="col">Reason</th><th scope="col">Until</th><th scope="col">By</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  return html`<section aria-labelledby="accepted">
<h2 id="accepted">Accepted</h2>
${accepted.length > 0 ? table : undefined}
${inBaseline > 0 ? html`<p>${count(inBaseline, 'finding')} of the baseline, present when the project began to look.</p>` : undefined}
</section>
`;
}
