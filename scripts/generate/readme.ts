/** The generated parts of README.md. */
import { practices } from '../../server/src/rules/practices.js';
import type { AnyRule } from '../../server/src/rules/rule.js';
import type { ConfigurationSection } from './settings.js';
import { code, table } from './wording.js';

const PRACTICES = 'bulkhead.practices.';

/** The README with its generated parts replaced; a part whose markers are not there is left out. */
export function readmeText(
  readme: string,
  rules: readonly AnyRule[],
  sections: readonly ConfigurationSection[],
): string {
  return replacePart(replacePart(readme, 'rules', rulesPart(rules)), 'settings', settingsPart(sections));
}

function replacePart(text: string, name: string, lines: readonly string[]): string {
  const [open, close] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) return text;
  return `${text.slice(0, start + open.length)}\n\n${lines.join('\n')}\n\n${text.slice(end)}`;
}

/** One row for each practice: a table of all rules, with what they find and fix, is on a page of its own. */
function rulesPart(rules: readonly AnyRule[]): readonly string[] {
  const intro = `${rules.length} rules in ten practices. A * marks those that only the profile \`strict\` runs.`;
  const rows = practices.flatMap(({ number, slug, title }) => {
    const own = rules.filter(({ meta }) => meta.practice === slug);
    if (own.length === 0) return [];
    const links = own.map(
      ({ meta: { id, profile } }) => `[${id}](docs/rules/${id}.md)${profile === 'strict' ? '\u00a0\\*' : ''}`,
    );
    return [[`**${number}. ${title}**`, links.join(', ')]];
  });
  return [intro, '', ...table(['Practice', 'Rules'], rows)];
}

function settingsPart(sections: readonly ConfigurationSection[]): readonly string[] {
  const properties = sections.flatMap((section) => Object.entries(section.properties ?? {}));
  const rows = properties
    .filter(([name]) => !name.startsWith(PRACTICES))
    .map(([name, property]) => [
      `\`${name}\``,
      property.default === undefined ? '' : isAll(property) ? 'all' : code(property.default),
      firstSentence(property.markdownDescription ?? property.description ?? ''),
    ]);
  // Ten rows that say the same would hide the others.
  const slugs = practices.map(({ slug }) => `\`${slug}\``).join(', ');
  const all = `How grave findings of a practice are: \`off\`, a severity, or \`default\` for that of each rule. PRACTICE is one of ${slugs}.`;
  return table(
    ['Setting', 'Default', 'Meaning'],
    [...rows, [`\`${PRACTICES}PRACTICE\``, code('default'), all]],
  );
}

/** A list that holds everything that may stand in it would make the column of defaults the widest. */
function isAll({ default: value, items }: { readonly default?: unknown; readonly items?: unknown }): boolean {
  const { enum: choices } = (items ?? {}) as { readonly enum?: readonly unknown[] };
  return Array.isArray(value) && value.length > 0 && value.length === choices?.length;
}

/** Settings pages have room for more than a table. */
function firstSentence(text: string): string {
  return /^[\s\S]*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
