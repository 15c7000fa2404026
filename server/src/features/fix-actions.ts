/** The fixes of one diagnostic, one action for each. */
import type { Finding } from '../engine/finding.js';
import type { Fix } from '../rules/rule.js';
import { type CodeActionInput, type Offer, QUICK_FIX } from './offer.js';
import { membersOf, type Shown } from './diagnostics.js';
import { fixAnnotation } from './harden-notes.js';
import { editContext } from './edit-actions.js';
import { toWorkspaceEdit } from './workspace-edit.js';

/** A group shows so many of its members' fixes: hardening all, offered beside them, lets the user choose. */
const MOST_OF_GROUP = 3;
/** Missed least. */
const REST_OF_GROUP = 6;
/** From here on a fix has more parts than can be seen at once. */
const MANY_PLACES = 3;

export function fixActions(shown: Shown, input: CodeActionInput): readonly Offer[] {
  const { entry } = shown;
  if (entry.kind === 'single') return singleFixes(entry.finding, shown, input);
  const fixes = membersOf(entry).flatMap((finding) => {
    const [fix] = finding.fixes();
    return fix ? [{ finding, fix }] : [];
  });
  // Without a preview nothing else offers the rest.
  const most = input.capabilities.changeAnnotations ? MOST_OF_GROUP : fixes.length;
  const ordered = [...fixes].sort((a, b) => price(a.fix) - price(b.fix));
  return ordered.flatMap(({ finding, fix }, index) =>
    offer(finding, fix, shown, input, index < most ? 0 : REST_OF_GROUP),
  );
}

/** It changes more than the user looks at: another file, other parts of the project, many places. */
function isWide({ edits, change }: Fix): boolean {
  return (
    edits.length >= MANY_PLACES ||
    edits.some(({ span }) => span.file !== undefined) ||
    change?.changes.some((one) => 'addToProject' in one) === true
  );
}

function price({ applicability }: Fix): number {
  return applicability === 'safe' ? 0 : 1;
}

function singleFixes(finding: Finding, shown: Shown, input: CodeActionInput): readonly Offer[] {
  const fixes = finding.fixes();
  const safe = fixes.filter((fix) => fix.applicability === 'safe');
  return fixes.flatMap((fix) =>
    offer(finding, fix, shown, input, 0).map(({ action, spare }) => ({
      spare,
      action:
        input.capabilities.isPreferred && safe.length === 1 && fix === safe[0]
          ? { ...action, isPreferred: true }
          : action,
    })),
  );
}

function offer(
  finding: Finding,
  fix: Fix,
  shown: Shown,
  input: CodeActionInput,
  spare: number,
): readonly Offer[] {
  // Changes all over the file are shown before they are made.
  const annotation =
    fix.applicability === 'unsafe' && isWide(fix)
      ? fixAnnotation({ finding, fix }, input.capabilities.tell)
      : undefined;
  const edit = toWorkspaceEdit({
    ...editContext(input),
    edits: fix.edits,
    creates: fix.creates ?? [],
    snippets: fix.applicability === 'manual',
    annotationOf: () => annotation,
  });
  if (edit === undefined) return [];
  return [
    {
      spare,
      action: {
        title: input.capabilities.tell(fix.title),
        kind: QUICK_FIX,
        diagnostics: [shown.diagnostic],
        edit,
      },
    },
  ];
}
