/** The rules of a run as SARIF descriptors: what a platform shows beside a finding. All of it is said in the rule's meta. */
import { rulePage } from '../../engine/rule-page.js';
import type { LintRun } from '../../report/lint-run.js';
import { practices } from '../../rules/practices.js';
import type { RuleMeta, Severity } from '../../rules/rule.js';

export type Level = 'error' | 'warning' | 'note';

export const LEVELS: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** On the scale of CVSS, which platforms cut into critical (from 9), high (from 7), medium (from 4) and low. */
const SECURITY_SEVERITY: Readonly<Record<RuleMeta['severity'], string>> = {
  error: '9.0',
  warning: '6.0',
  info: '2.0',
};

const PROBLEM_SEVERITY: Readonly<Record<RuleMeta['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};

/** Each rule that ran or that a finding names, once. */
export function ruleDescriptors({ rules, files }: LintRun) {
  const found = files.flatMap((file) => file.findings.map(({ finding }) => finding.rule));
  const metas = new Map([...rules.map(({ meta }) => meta), ...found].map((meta) => [meta.id, meta]));
  return [...metas.values()].map(toDescriptor);
}

function toDescriptor(meta: RuleMeta) {
  const { id, severity, title, why, practice } = meta;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: title },
    fullDescription: { text: why },
    helpUri: rulePage(id),
    help: { text: helpText(meta), markdown: helpMarkdown(meta) },
    defaultConfiguration: { enabled: true, level: LEVELS[severity] },
    properties: {
      // Platforms read the numeric severity only of rules that carry the tag `security`.
      tags: ['security', 'docker', `practice/${practice}`],
      practice,
      'security-severity': SECURITY_SEVERITY[severity],
      'problem.severity': PROBLEM_SEVERITY[severity],
      equivalents: meta.equivalents,
    },
  };
}

function helpText({ why, advice, references, practice }: RuleMeta): string {
  const sources = references.map(({ title, url }) => (url === undefined ? title : `${title}: ${url}`));
  return [`Practice: ${practiceTitle(practice)}`, why, `What to do: ${advice}`, ...sources].join('\n');
}

/** The words come from the rule itself, which is written as Markdown with code in backquotes. */
function helpMarkdown({ why, advice, references, practice, id }: RuleMeta): string {
  const sources = references.map(({ title, url }) =>
    url === undefined ? `- ${title}` : `- [${title}](${url})`,
  );
  return [
    `*${practiceTitle(practice)}*`,
    `**Why.** ${why}`,
    `**What to do.** ${advice}`,
    [...sources, `- [The page of this rule](${rulePage(id)})`].join('\n'),
  ].join('\n\n');
}

function practiceTitle(slug: string): string {
  const practice = practices.find((one) => one.slug === slug);
  return practice ? `${practice.number}. ${practice.title}` : slug;
}

/** `user-missing` -> `UserMissing`: the readable name that the standard asks for. */
function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
