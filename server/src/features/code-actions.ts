/** What the light bulb and the source action menu offer for a range. */
import type { CodeAction, CodeActionContext, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import { combineFixes, preferredFix } from '../engine/fix.js';
import { rulePage } from '../engine/rule-page.js';
import { say } from '../l10n/message.js';
import type { Section } from '../model/document.js';
import type { Applicability, Fix } from '../rules/rule.js';
import { touches } from '../text/span.js';
import { type DiagnosticInput, membersOf, type Shown, SOURCE, shownFindings } from './diagnostics.js';
import { fixAll, mayFixAll } from './fix-all.js';
import { HARDEN, hardenable, hardenEdit, hardenTitle, type Subject } from './harden.js';
import { ignoreOffers } from './suppress-actions.js';
import { toSpan } from './to-lsp.js';
import { type TargetDocument, toWorkspaceEdit } from './workspace-edit.js';

export const QUICK_FIX = 'quickfix';
export const FIX_ALL = 'source.fixAll.bulkhead';

export interface CodeActionInput extends DiagnosticInput {
  readonly version: number;
  readonly today: string;
  /** Opens and analyses a changed text as the same file. */
  reanalyse(text: string): Analysis;
}

/** Names an action whose edit is computed when it is chosen. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
  /** The one rule to fix; all safe fixes when left out. */
  readonly rule?: string;
  /** The service or stage to harden. */
  readonly harden?: Subject;
}

const UP_TO_UNSAFE: ReadonlySet<Applicability> = new Set(['safe', 'unsafe']);

/** In the order in which they are to be shown. Nothing outside the kinds that `context.only` asks for is computed. */
export function codeActionsFor(
  input: CodeActionInput,
  range: Range,
  context: Pick<CodeActionContext, 'diagnostics' | 'only'>,
): readonly CodeAction[] {
  const actions: CodeAction[] = [];
  if (isWanted(QUICK_FIX, context.only)) actions.push(...quickFixes(input, range, context));
  if (isWanted(HARDEN, context.only)) actions.push(...hardenRefactorings(input, range));
  if (isWanted(FIX_ALL, context.only)) actions.push(...fixAllAction(input, context.only !== undefined));
  return actions;
}

/** Whether a kind is one of the wanted ones or below one of them: `source` asks for `source.fixAll.bulkhead`. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return (
    only === undefined ||
    only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`))
  );
}

function quickFixes(
  input: CodeActionInput,
  range: Range,
  context: Pick<CodeActionContext, 'diagnostics'>,
): readonly CodeAction[] {
  const here = chosen(input, range, context);
  if (here.length === 0) return [];
  return [
    ...here.flatMap((one) => fixActions(one, input)),
    ...hardenActions(here, input),
    ...fixRuleActions(here, input),
    ...here.flatMap((one) => suppressActions(one, input)),
    ...here.flatMap((one) => pageAction(one, input)),
  ];
}

/** What the range touches. When the editor says which of our diagnostics it asks about, only those. */
function chosen(
  input: CodeActionInput,
  range: Range,
  { diagnostics }: Pick<CodeActionContext, 'diagnostics'>,
): readonly Shown[] {
  const { source } = input.analysis.document;
  const wanted = toSpan(source, range);
  const asked = diagnostics.filter((diagnostic) => diagnostic.source === SOURCE);
  return shownFindings(input)
    .filter(({ diagnostic }) => touches(toSpan(source, diagnostic.range), wanted))
    .flatMap((one) => {
      if (asked.length === 0) return [one];
      const same = asked.find(
        ({ code, range: at }) =>
          code === one.diagnostic.code && at.start.line === one.diagnostic.range.start.line,
      );
      // The editor's own object: that is how it knows which of its diagnostics an action belongs to.
      return same ? [{ ...one, diagnostic: same }] : [];
    });
}

function fixActions(shown: Shown, input: CodeActionInput): readonly CodeAction[] {
  const { entry } = shown;
  return membersOf(entry).flatMap((finding) => {
    const fixes = entry.kind === 'group' ? finding.fixes().slice(0, 1) : finding.fixes();
    const safe = fixes.filter((fix) => fix.applicability === 'safe');
    return fixes.flatMap((fix) => {
      const edit = toWorkspaceEdit({
        ...editContext(input),
        ...fix,
        snippets: fix.applicability === 'manual',
      });
      if (edit === undefined) return [];
      const preferred = entry.kind === 'single' && safe.length === 1 && fix === safe[0];
      return [
        {
          title: input.capabilities.tell(fix.title),
          kind: QUICK_FIX,
          diagnostics: [shown.diagnostic],
          edit,
          ...(preferred && input.capabilities.isPreferred ? { isPreferred: true } : {}),
        },
      ];
    });
  });
}

/** For each service in question: the first fix of everything that is missing in it, as one step. */
function hardenActions(here: readonly Shown[], input: CodeActionInput): readonly CodeAction[] {
  const sections = new Map<Section, Shown>();
  for (const shown of here) {
    const [first] = membersOf(shown.entry);
    if (first?.section && first.rule.presence === 'absence' && !sections.has(first.section))
      sections.set(first.section, shown);
  }
  return [...sections].flatMap(([section, shown]) => {
    const missing = input.analysis.findings.filter(
      (finding) =>
        finding.section === section &&
        finding.rule.presence === 'absence' &&
        finding.suppressed === undefined,
    );
    const combined = combineFixes(firstFixes(missing));
    if (combined.applied.length < 2) return [];
    const { tell } = input.capabilities;
    const title = tell(
      say`Harden '${section.name}' (${combined.applied.length} settings, may change how it runs)`,
    );
    const annotation = {
      label: tell(say`Harden '${section.name}'`),
      description: combined.applied.map((fix) => tell(fix.title)).join('; '),
    };
    const edit = toWorkspaceEdit({ ...editContext(input), ...combined, annotationOf: () => annotation });
    return edit === undefined ? [] : [{ title, kind: QUICK_FIX, diagnostics: [shown.diagnostic], edit }];
  });
}

function firstFixes(findings: readonly Finding[]): readonly Fix[] {
  return findings.flatMap((finding) => preferredFix(finding, UP_TO_UNSAFE) ?? []);
}

/** Where a rule has two findings or more that can be fixed. */
function fixRuleActions(here: readonly Shown[], input: CodeActionInput): readonly CodeAction[] {
  const rules = new Map<string, Shown>();
  for (const shown of here) if (shown.entry.kind === 'single') rules.set(shown.entry.finding.rule.id, shown);
  return [...rules].flatMap(([rule, shown]) => {
    const same = input.analysis.findings.filter(
      (finding) => finding.rule.id === rule && finding.suppressed === undefined,
    );
    const fixes = same.length < 2 ? [] : firstFixes(same);
    if (fixes.length < 2) return [];
    const all = say`Fix all ${fixes.length} '${rule}' in this file`;
    const unsafe = fixes.some((fix) => fix.applicability === 'unsafe');
    const title = input.capabilities.tell(unsafe ? say`${all} (may change behaviour)` : all);
    return withEdit({ title, kind: QUICK_FIX, diagnostics: [shown.diagnostic] }, input, { rule });
  });
}

function suppressActions(shown: Shown, input: CodeActionInput): readonly CodeAction[] {
  return ignoreOffers(membersOf(shown.entry), input).flatMap(({ title, change }) => {
    const edit = toWorkspaceEdit({ ...editContext(input), edits: [change], snippets: true });
    return edit === undefined ? [] : [{ title, kind: QUICK_FIX, diagnostics: [shown.diagnostic], edit }];
  });
}

function pageAction(shown: Shown, input: CodeActionInput): readonly CodeAction[] {
  const { entry, diagnostic } = shown;
  const command = input.capabilities.openRulePage;
  if (command === undefined || entry.kind === 'group') return [];
  const rule = entry.finding.rule.id;
  const title = input.capabilities.tell(say`Explain '${rule}'`);
  return [
    {
      title,
      kind: QUICK_FIX,
      diagnostics: [diagnostic],
      command: { title, command, arguments: [rule, rulePage(rule)] },
    },
  ];
}

/** All safe fixes. What the editor asks for by its kind, as on save, it gets at once. */
function fixAllAction(input: CodeActionInput, asked: boolean): readonly CodeAction[] {
  if (!mayFixAll(input.analysis)) return [];
  const action: CodeAction = {
    title: input.capabilities.tell(say`Fix all safe Bulkhead findings`),
    kind: FIX_ALL,
  };
  if (asked) return withEditNow(action, input, {});
  return input.capabilities.resolveEdit ? withEdit(action, input, {}) : [];
}

/** Everything that can be done for the service or stage whose name is touched, change by change. */
function hardenRefactorings(input: CodeActionInput, range: Range): readonly CodeAction[] {
  const touched = toSpan(input.analysis.document.source, range);
  return hardenable(input, touched).flatMap((harden) =>
    withEdit({ title: hardenTitle(input, harden), kind: HARDEN }, input, { harden }),
  );
}

/** What is fixed: one rule up to unsafe fixes, one service or stage up to unsafe fixes, or all rules safely. */
type FileFix = Pick<ActionData, 'rule' | 'harden'>;

/** Fixing a whole file takes several rounds of analysis: it is left for later when the editor comes back for the edit. */
function withEdit(action: CodeAction, input: CodeActionInput, what: FileFix): readonly CodeAction[] {
  if (!input.capabilities.resolveEdit) return withEditNow(action, input, what);
  const data: ActionData = { uri: input.uri, version: input.version, ...what };
  return [{ ...action, data }];
}

function withEditNow(action: CodeAction, input: CodeActionInput, what: FileFix): readonly CodeAction[] {
  const edit = fileFixEdit(input, what);
  return edit === undefined ? [] : [{ ...action, edit }];
}

/** The edit of an action that was left for later; undefined when there is nothing to fix. */
export function fileFixEdit(input: CodeActionInput, { rule, harden }: FileFix): WorkspaceEdit | undefined {
  if (harden) return toWorkspaceEdit({ ...editContext(input), ...hardenEdit(input, harden) });
  const result = fixAll({
    analysis: input.analysis,
    reanalyse: input.reanalyse,
    createFiles: input.capabilities.createFiles,
    ...(rule === undefined ? {} : { rule, allowed: UP_TO_UNSAFE }),
  });
  return toWorkspaceEdit({ ...editContext(input), ...result });
}

function editContext(input: CodeActionInput) {
  const target: TargetDocument = {
    uri: input.uri,
    version: input.version,
    source: input.analysis.document.source,
  };
  return { target, capabilities: input.capabilities, other: (uri: string) => input.other?.(uri) };
}

/** Reads what an action carried to the editor and back; whatever came back, it is something that can be done. */
export function readFileFix(data: Readonly<Record<string, unknown>>): FileFix {
  const { rule, harden } = data;
  if (typeof rule === 'string') return { rule };
  if (typeof harden !== 'object' || harden === null || !('kind' in harden) || !('name' in harden)) return {};
  const { kind, name } = harden;
  if ((kind !== 'service' && kind !== 'stage') || typeof name !== 'string') return {};
  return { harden: { kind, name } };
}
