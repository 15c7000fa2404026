/** What a finding means and what to do about it, for the place under the pointer. Works without a network. */
import type { Hover } from 'vscode-languageserver-types';
import type { Finding } from '../engine/finding.js';
import { rulePage } from '../engine/rule-page.js';
import { practices } from '../rules/practices.js';
import type { RuleMeta } from '../rules/rule.js';
import { type DiagnosticInput, membersOf, shownFindings } from './diagnostics.js';
import { toSpan } from './to-lsp.js';

const MOST_SHOWN = 3;

/** Undefined where nothing was found. */
export function hoverAt(
  input: DiagnosticInput,
  position: { readonly line: number; readonly character: number },
): Hover | undefined {
  const { source } = input.analysis.document;
  const offset = source.offsetAt(position);
  const here = shownFindings(input).filter(({ diagnostic }) => {
    const { start, end } = toSpan(source, diagnostic.range);
    return start <= offset && offset <= end;
  });
  const [first] = here;
  if (first === undefined) return undefined;
  const text = input.capabilities.markdownHover ? markdown : plainText;
  const parts = here.slice(0, MOST_SHOWN).map(({ entry }) => text(membersOf(entry)));
  if (here.length > MOST_SHOWN) parts.push(`${here.length - MOST_SHOWN} more findings at this place`);
  const { markdownHover } = input.capabilities;
  return {
    contents: {
      kind: markdownHover ? 'markdown' : 'plaintext',
      value: parts.join(markdownHover ? '\n\n---\n\n' : '\n\n'),
    },
    range: first.diagnostic.range,
  };
}

function markdown(members: readonly Finding[]): string {
  const [only, second] = members;
  if (only === undefined) return '';
  if (second !== undefined) {
    const rows = members.map(({ rule }) => `- [${rule.title}](${rulePage(rule.id)}): ${rule.why}`);
    return `**Hardening settings missing**\n\n${rows.join('\n')}`;
  }
  const { rule } = only;
  const references = rule.references.map(({ title, url }) =>
    url === undefined ? title : `[${title}](${url})`,
  );
  return [
    `**${rule.title}** · ${practiceOf(rule)}`,
    rule.why,
    `**What to do:** ${rule.advice}`,
    [`[Rule \`${rule.id}\`](${rulePage(rule.id)})`, ...references].join(' · '),
  ].join('\n\n');
}

function plainText(members: readonly Finding[]): string {
  const [only, second] = members;
  if (only === undefined) return '';
  if (second !== undefined) {
    const rows = members.map(({ rule }) => `- ${rule.title} (${rule.id})`);
    return `Hardening settings missing:\n${rows.join('\n')}`;
  }
  const { rule } = only;
  return [`${rule.title} (${practiceOf(rule)})`, rule.why, rule.advice, rulePage(rule.id)].join('\n');
}

function practiceOf(rule: RuleMeta): string {
  return practices.find((practice) => practice.slug === rule.practice)?.title ?? rule.practice;
}
