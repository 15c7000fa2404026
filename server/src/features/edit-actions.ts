/** Actions for more than one finding. Their edits take several rounds of analysis, so they wait until one is chosen. */
import type { CodeAction, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { isToMend, preferredFix } from '../engine/fix.js';
import type { Subject } from '../engine/harden.js';
import { say } from '../l10n/message.js';
import type { Section } from '../model/document.js';
import { touches } from '../text/span.js';
import { membersOf, type Shown } from './diagnostics.js';
import { fixAll, mayFixAll } from './fix-all.js';
import {
  allowedIn,
  fixRuleEdit,
  HARDEN_ALL,
  hardenable,
  hardenEdit,
  hardenFileTitle,
  hardenTitle,
} from './harden.js';
import { type CodeActionInput, FIX_ALL, type Offer, QUICK_FIX } from './offer.js';
import { toSpan } from './to-lsp.js';
import { type TargetDocument, toWorkspaceEdit } from './workspace-edit.js';

/** Names an action whose edit is computed when it is chosen. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
  /** The one rule to fix; all safe fixes when left out. */
  readonly rule?: string;
  /** The service or stage to harden, or the whole file. */
  readonly harden?: Subject | 'file';
}

/** What is fixed: one rule up to unsafe fixes, one subject or the whole file up to unsafe fixes, or all rules safely. */
type FileFix = Pick<ActionData, 'rule' | 'harden'>;

/** For each service that lacks settings: hardening it, as its first quick fix. */
export function hardenActions(here: readonly Shown[], input: CodeActionInput): readonly Offer[] {
  const sections = new Map<Section, Shown>();
  for (const shown of here) {
    const [first] = membersOf(shown.entry);
    if (shown.entry.kind === 'group' && first?.section && !sections.has(first.section))
      sections.set(first.section, shown);
  }
  return [...sections].flatMap(([{ kind, name }, { diagnostic, entry }]) => {
    const harden = { kind, name };
    const start = membersOf(entry)[0]?.at.start ?? 0;
    const isOpen = hardenable(input, { start, end: start }).some((one) => one.name === name);
    const action = { title: hardenTitle(input, harden), kind: QUICK_FIX, diagnostics: [diagnostic] };
    return isOpen ? withEdit(action, input, { harden }).map((one) => ({ action: one, spare: 0 })) : [];
  });
}

/** Where a rule has two findings or more that can be fixed. */
export function fixRuleActions(here: readonly Shown[], input: CodeActionInput): readonly Offer[] {
  const rules = new Map<string, Shown>();
  for (const shown of here) if (shown.entry.kind === 'single') rules.set(shown.entry.finding.rule.id, shown);
  return [...rules].flatMap(([rule, shown]) => {
    const fixes = input.analysis.findings
      .filter((finding) => finding.rule.id === rule && isToMend(finding))
      .flatMap((finding) => preferredFix(finding, allowedIn(input)) ?? []);
    if (fixes.length < 2) return [];
    const isUnsafe = fixes.some((fix) => fix.applicability === 'unsafe');
    const all = say`Fix all ${fixes.length} '${rule}' in this file`;
    const title = input.capabilities.tell(isUnsafe ? say`${all} (may change behaviour)` : all);
    const action = { title, kind: QUICK_FIX, diagnostics: [shown.diagnostic] };
    return withEdit(action, input, { rule }).map((one) => ({ action: one, spare: 1 }));
  });
}

/** All safe fixes. What the editor asks for by its kind, as on save, it gets at once. */
export function fixAllAction(input: CodeActionInput, asked: boolean): readonly CodeAction[] {
  if (!mayFixAll(input.analysis)) return [];
  const title = input.capabilities.tell(say`Fix all safe Bulkhead findings`);
  const action: CodeAction = { title, kind: FIX_ALL };
  if (asked) return withEditNow(action, input, {});
  return input.capabilities.resolveEdit ? withEdit(action, input, {}) : [];
}

/** On the name of a service or of the section of all, on a FROM; `anywhere` when the editor asks for this alone. */
export function hardenFileAction(
  input: CodeActionInput,
  range: Range,
  anywhere: boolean,
): readonly CodeAction[] {
  const { document } = input.analysis;
  const touched = toSpan(document.source, range);
  const { servicesKey } = document.project ?? {};
  const isHere =
    anywhere ||
    document.sections.some(({ namePlace }) => touches(namePlace, touched)) ||
    (servicesKey !== undefined && touches(servicesKey, touched));
  const title = isHere ? hardenFileTitle(input, anywhere) : undefined;
  if (title === undefined) return [];
  return withEdit({ title, kind: HARDEN_ALL }, input, { harden: 'file' });
}

/** Fixing a whole file takes several rounds of analysis: it is left for later when the editor comes back for the edit. */
export function withEdit(action: CodeAction, input: CodeActionInput, what: FileFix): readonly CodeAction[] {
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
  if (harden !== undefined) {
    const hardening = harden === 'file' ? hardenEdit(input) : hardenEdit(input, harden);
    return toWorkspaceEdit({ ...editContext(input), ...hardening });
  }
  if (rule !== undefined) return toWorkspaceEdit({ ...editContext(input), ...fixRuleEdit(input, rule) });
  const result = fixAll({
    analysis: input.analysis,
    reanalyse: input.reanalyse,
    createFiles: input.capabilities.createFiles,
  });
  return toWorkspaceEdit({ ...editContext(input), ...result });
}

export function editContext(input: CodeActionInput) {
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
  if (harden === 'file') return { harden };
  if (typeof harden !== 'object' || harden === null || !('kind' in harden) || !('name' in harden)) return {};
  const { kind, name } = harden;
  if ((kind !== 'service' && kind !== 'stage') || typeof name !== 'string') return {};
  return { harden: { kind, name } };
}
