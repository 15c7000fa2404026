/** Actions that concern the rule itself: turning it off for the project, reading about it. */
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { setRule, smallConfig } from '../engine/config-file/set-rule.js';
import { GROUP_CODE } from '../engine/group.js';
import { rulePage } from '../engine/rule-page.js';
import { say } from '../l10n/message.js';
import { sourceText } from '../text/source-text.js';
import { type CodeActionInput, type Configuration, type Offer, QUICK_FIX } from './offer.js';
import type { Shown } from './diagnostics.js';
import { createFileEdit, toWorkspaceEdit } from './workspace-edit.js';

const TURN_OFF_SPARE = 3;
const EXPLAIN_SPARE = 2;

export function turnOffAction({ entry, diagnostic }: Shown, input: CodeActionInput): readonly Offer[] {
  const { configuration } = input;
  if (entry.kind === 'group' || configuration === undefined) return [];
  const { id } = entry.finding.rule;
  const edit = turnOffEdit(id, configuration, input);
  const name = configuration.uri.slice(configuration.uri.lastIndexOf('/') + 1);
  const title = input.capabilities.tell(
    configuration.text === undefined
      ? say`Turn '${id}' off in ${name} (new file)`
      : say`Turn '${id}' off in ${name}`,
  );
  return edit === undefined
    ? []
    : [{ spare: TURN_OFF_SPARE, action: { title, kind: QUICK_FIX, diagnostics: [diagnostic], edit } }];
}

function turnOffEdit(
  rule: string,
  { uri, text }: Configuration,
  { capabilities }: CodeActionInput,
): WorkspaceEdit | undefined {
  if (text === undefined) return createFileEdit(uri, smallConfig(rule, 'off'), capabilities);
  const edit = setRule(text, rule, 'off');
  const target = { uri, version: null, source: sourceText(text) };
  return edit && toWorkspaceEdit({ target, capabilities, edits: [edit] });
}

export function explainAction({ entry, diagnostic }: Shown, input: CodeActionInput): readonly Offer[] {
  const command = input.capabilities.openRulePage;
  if (command === undefined) return [];
  const rule = entry.kind === 'group' ? GROUP_CODE : entry.finding.rule.id;
  const title = input.capabilities.tell(say`Explain '${rule}'`);
  const action = {
    title,
    kind: QUICK_FIX,
    diagnostics: [diagnostic],
    command: { title, command, arguments: [rule, rulePage(rule)] },
  };
  return [{ spare: EXPLAIN_SPARE, action }];
}
