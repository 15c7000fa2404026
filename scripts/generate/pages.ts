/** The page of each rule and their index. Everything on them is metadata or the rule's own doc fixture. */
import { practices } from '../../server/src/rules/practices.js';
import { GROUP_CODE } from '../../server/src/engine/group.js';
import { english } from '../../server/src/l10n/message.js';
import type { AnyRule, OptionSpecs, RuleMeta } from '../../server/src/rules/rule.js';
import { analyseAs, type Fixture } from '../../test/support/fixtures.js';
import { markersOf, type ReportedMarker } from '../../test/support/marker-report.js';
import { code, codeBlock, GENERATED, GRADES, KIND_LANGUAGES, kindNames, table } from './wording.js';

/** The text of docs/rules/<id>.md. `fixtures` are the rule's own. */
export function rulePageText(rule: AnyRule, fixtures: readonly Fixture[]): string {
  const { meta } = rule;
  const practice = practices.find(({ slug }) => slug === meta.practice);
  const docs = fixtures.filter((fixture) => fixture.idea === 'doc');
  const lines = [
    GENERATED,
    '',
    `# ${meta.title}`,
    '',
    ...table(
      ['Rule', 'Practice', 'Severity', 'Files', 'Profile', 'Since'],
      [
        [
          `\`${meta.id}\``,
          `[${practice?.title ?? meta.practice}](README.md#${meta.practice})`,
          meta.severity,
          kindNames(rule),
          meta.profile,
          meta.since,
        ],
      ],
    ),
    ...section('Why', [meta.why]),
    ...section('What to do', [meta.advice]),
    ...docs.flatMap((fixture) => example(rule, fixture)),
    ...section('Fixes', fixLines(rule, fixtures)),
    ...section('Options', optionLines(meta)),
    ...section('Accept or switch off', suppressLines(rule, docs[0])),
    ...section('References', referenceLines(meta)),
    ...section('The same check elsewhere', equivalentLines(meta)),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function example(rule: AnyRule, fixture: Fixture): readonly string[] {
  const { document, findings } = analyseAs(fixture, [rule], fixture.text);
  const before = withSquiggles(fixture.text, markersOf(findings, document.source));
  const after =
    fixture.fixed === undefined
      ? []
      : ['', 'Fixed:', '', ...codeBlock(KIND_LANGUAGES[fixture.kind], fixture.fixed)];
  return section(`Example: ${fixture.kind === 'compose' ? 'Compose' : 'Dockerfile'}`, [
    ...codeBlock('text', before),
    ...after,
  ]);
}

function withSquiggles(text: string, markers: readonly ReportedMarker[]): string {
  return text
    .split('\n')
    .flatMap((content, line) => [
      content,
      ...markers
        .filter((marker) => marker.line === line)
        .map(
          ({ start, end, message = '' }) =>
            `${' '.repeat(start)}${'^'.repeat(Math.max(1, end - start))} ${message}`,
        ),
    ])
    .join('\n');
}

/** The titles that the fixtures show, with their grade; each title once. */
function fixLines(rule: AnyRule, fixtures: readonly Fixture[]): readonly string[] {
  if (rule.meta.fixes.length === 0) return ['None: what is right here only you can tell.'];
  const titles = new Map<string, string>();
  for (const fixture of fixtures.filter(({ idea }) => idea === 'doc')) {
    for (const finding of analyseAs(fixture, [rule], fixture.text).findings)
      for (const fix of finding.fixes()) {
        const title = english(fix.title);
        titles.set(title, `- ${title}. *${capital(fix.applicability)}.* ${GRADES[fix.applicability]}`);
      }
  }
  const shown = [...titles.values()];
  return shown.length > 0 ? shown : rule.meta.fixes.map((grade) => `- *${capital(grade)}.* ${GRADES[grade]}`);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function optionLines(meta: RuleMeta): readonly string[] {
  const specs: OptionSpecs = meta.options ?? {};
  const rows = Object.entries(specs).map(([name, spec]) => [
    `\`${name}\``,
    code(spec.default),
    spec.description,
  ]);
  return rows.length === 0 ? [] : table(['Option', 'Default', 'Meaning'], rows);
}

/** From docs/rules. */
export const IGNORING = '../ignoring.md';

function suppressLines(rule: AnyRule, doc: Fixture | undefined): readonly string[] {
  const { id } = rule.meta;
  const [name, spec] = Object.entries((rule.meta.options ?? {}) as OptionSpecs)[0] ?? [];
  const setting = (value: unknown) => codeBlock('json', `"bulkhead.rules": ${inline({ [id]: value })}`);
  const lines = [
    `For one place, by a comment on the line above it; [there is more](${IGNORING}) for services, stages and files:`,
    '',
    ...codeBlock(
      KIND_LANGUAGES[doc?.kind ?? 'compose'],
      `# bulkhead-ignore ${id} until 2027-03-31: why it is accepted`,
    ),
    '',
    'Everywhere, in the settings of the editor:',
    '',
    ...setting('off'),
  ];
  if (name === undefined) return lines;
  return [...lines, '', 'With an option:', '', ...setting({ options: { [name]: spec?.default } })];
}

/** JSON on one line as people write it. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${inline(one)}`);
  return `{ ${parts.join(', ')} }`;
}

function referenceLines(meta: RuleMeta): readonly string[] {
  return meta.references.map(({ title, url }) => (url === undefined ? `- ${title}` : `- [${title}](${url})`));
}

function equivalentLines(meta: RuleMeta): readonly string[] {
  const byPeer = new Map<string, string[]>();
  for (const equivalent of meta.equivalents) {
    const split = equivalent.indexOf(':');
    const peer = equivalent.slice(0, split);
    byPeer.set(peer, [...(byPeer.get(peer) ?? []), `\`${equivalent.slice(split + 1)}\``]);
  }
  return [...byPeer].map(([peer, names]) => `- ${peer}: ${names.join(', ')}`);
}

/** The text of docs/rules/README.md. */
export function rulesIndex(rules: readonly AnyRule[]): string {
  const parts = practices.flatMap(({ number, slug, title, summary }) => {
    const own = rules.filter(({ meta }) => meta.practice === slug);
    if (own.length === 0) return [];
    return ['', `<a id="${slug}"></a>`, '', `## ${number}. ${title}`, '', summary, '', ...ruleTable(own, '')];
  });
  return `${[GENERATED, '', '# Rules', '', ...legend(), ...parts].join('\n')}\n`;
}

function legend(): readonly string[] {
  return [
    '*Severity*: an error is a direct way to root on the host or to the daemon, a warning is one more flaw away from that or',
    'a credential in plain sight, an info is hardening that is absent, or hygiene. *Fix*: how safe the offered fixes are.',
    'Rules with a * run in the profile `strict` only. What one service lacks is shown as one entry:',
    `[\`${GROUP_CODE}\`](${GROUP_CODE}.md).`,
  ];
}

/** Rows of rules with links to their pages in `folder`. */
export function ruleTable(rules: readonly AnyRule[], folder: string): readonly string[] {
  return table(
    ['Rule', 'Finds', 'Severity', 'Files', 'Fix'],
    rules.map((rule) => {
      const { id, title, severity, fixes, profile } = rule.meta;
      return [
        `[\`${id}\`](${folder}${id}.md)${profile === 'strict' ? ' *' : ''}`,
        title,
        severity,
        kindNames(rule),
        fixes.length === 0 ? '–' : fixes.join(', '),
      ];
    }),
  );
}
