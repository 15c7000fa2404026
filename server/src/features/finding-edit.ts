/** What a list of findings can do for one of them without a cursor: the best safe fix, the narrowest ignore comment. */
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { fingerprintsOf } from '../engine/baseline.js';
import { editContext } from './edit-actions.js';
import type { CodeActionInput } from './offer.js';
import { ignoreOffers } from './suppress-actions.js';
import { toWorkspaceEdit } from './workspace-edit.js';

export type FindingWish = 'fix' | 'ignore';

/** `id` as `cardFile` gives it. Undefined when the finding is not there any more or there is no such edit. */
export function findingEdit(
  input: CodeActionInput,
  id: string,
  wish: FindingWish,
): WorkspaceEdit | undefined {
  const { findings, document } = input.analysis;
  const finding = findings[fingerprintsOf(findings, document.source).indexOf(id)];
  if (finding === undefined || finding.suppressed !== undefined) return undefined;
  if (wish === 'fix') {
    const fix = finding.fixes().find(({ applicability }) => applicability === 'safe');
    return fix && toWorkspaceEdit({ ...editContext(input), ...fix });
  }
  const [offer] = ignoreOffers([finding], input);
  return offer && toWorkspaceEdit({ ...editContext(input), edits: [offer.change], snippets: true });
}
