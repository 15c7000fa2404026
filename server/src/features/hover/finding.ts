/** What a finding means and what to do about it. Works without a network. */
import type { Finding } from '../../engine/finding.js';
import { rulePage } from '../../engine/rule-page.js';
import { practices } from '../../rules/practices.js';
import type { RuleMeta } from '../../rules/rule.js';
import type { Markup } from '../markup.js';

/** For one finding, or for the members of a group. */
export function findingHover(members: readonly Finding[], markup: Markup): string {
  const text = markup.kind === 'markdown' ? markdown : plainText;
  return text(members);
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
