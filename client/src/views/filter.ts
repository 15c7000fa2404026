/** Which findings the score card shows. Kept with the workspace. */
import { l10n, type Memento, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { CardFinding, CardPractice } from '../../../server/src/lsp/protocol.js';

type Severity = CardFinding['severity'];

/** What is hidden rather than what is shown: whatever is added later is visible. */
export interface Filter {
  readonly severities: readonly Severity[];
  readonly practices: readonly string[];
}

const KEY = 'bulkhead.scoreCardFilter';
const NOTHING: Filter = { severities: [], practices: [] };
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

const severityWords = (): Readonly<Record<Severity, string>> => ({
  error: l10n.t('Errors'),
  warning: l10n.t('Warnings'),
  info: l10n.t('Infos'),
  hint: l10n.t('Hints'),
});

export function readFilter(memento: Memento): Filter {
  return memento.get<Filter>(KEY, NOTHING);
}

export async function writeFilter(memento: Memento, filter: Filter): Promise<void> {
  await memento.update(KEY, isActive(filter) ? filter : undefined);
}

export const isActive = ({ severities, practices }: Filter) => severities.length + practices.length > 0;

export function passes(filter: Filter, { severity, practice }: CardFinding): boolean {
  return !filter.severities.includes(severity) && !filter.practices.includes(practice);
}

/** In a few words, for the title of the view. */
export function describeFilter({ severities, practices }: Filter): string {
  const words = severityWords();
  const shown = SEVERITIES.filter((severity) => !severities.includes(severity));
  return [
    ...(severities.length > 0 ? [shown.map((severity) => words[severity]).join(', ')] : []),
    ...(practices.length > 0 ? [l10n.t('{0} practices hidden', practices.length)] : []),
  ].join(' · ');
}

interface Choice extends QuickPickItem {
  readonly severity?: Severity;
  readonly practice?: string;
}

/** Undefined when the user changed their mind. */
export async function askForFilter(
  filter: Filter,
  practices: readonly CardPractice[],
): Promise<Filter | undefined> {
  const words = severityWords();
  const choices: readonly Choice[] = [
    { label: l10n.t('Severity'), kind: QuickPickItemKind.Separator },
    ...SEVERITIES.filter((severity) => severity !== 'hint').map((severity) => ({
      label: words[severity],
      severity,
      picked: !filter.severities.includes(severity),
    })),
    { label: l10n.t('Practice'), kind: QuickPickItemKind.Separator },
    ...practices.map(({ slug, number, title, short }) => ({
      label: `${number}. ${short}`,
      description: title,
      practice: slug,
      picked: !filter.practices.includes(slug),
    })),
  ];
  const picked = await window.showQuickPick(choices, {
    canPickMany: true,
    title: l10n.t('Findings to show on the score card'),
  });
  if (picked === undefined) return undefined;
  const hidden = choices.filter((choice) => !picked.includes(choice));
  return {
    severities: hidden.flatMap(({ severity = undefined }) => (severity ? [severity] : [])),
    practices: hidden.flatMap(({ practice = undefined }) => (practice ? [practice] : [])),
  };
}

/** What a key binding passes: the findings to show. Undefined for anything else. */
export function toFilter(value: unknown, practices: readonly CardPractice[]): Filter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const listOf = (list: unknown): readonly unknown[] | undefined => (Array.isArray(list) ? list : undefined);
  const severities = listOf('severities' in value ? value.severities : undefined);
  const slugs = listOf('practices' in value ? value.practices : undefined);
  if (severities === undefined && slugs === undefined) return undefined;
  return {
    severities: SEVERITIES.filter((one) => severities !== undefined && !severities.includes(one)),
    practices: practices
      .map(({ slug }) => slug)
      .filter((slug) => slugs !== undefined && !slugs.includes(slug)),
  };
}
