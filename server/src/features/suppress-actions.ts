/** Which ways to accept findings are offered in the light bulb, from the narrowest to the widest. */
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import { UNUSED_IGNORE } from '../engine/suppress/comments.js';
import { type Message, say } from '../l10n/message.js';
import type { Edit } from '../text/edit.js';
import type { EditorCapabilities } from './capabilities.js';
import { type CodeActionInput, type Offer, QUICK_FIX } from './offer.js';
import { membersOf, type Shown } from './diagnostics.js';
import { editContext } from './edit-actions.js';
import { type SuppressRequest, suppressInFile, suppressInSection, suppressOnLine } from './suppress-edit.js';
import { toWorkspaceEdit } from './workspace-edit.js';

export interface IgnoreOffer {
  readonly title: string;
  /** Where it holds. */
  readonly reach: 'line' | 'section' | 'file';
  readonly change: Edit;
}

export interface IgnoreInput {
  readonly analysis: Analysis;
  readonly capabilities: EditorCapabilities;
  /** `2026-11-24` */
  readonly today: string;
}

/** How much they are missed where the menu is full: the narrowest most. */
const SPARE = { line: 1, section: 4, file: 5 } as const;

export function suppressActions(shown: Shown, input: CodeActionInput): readonly Offer[] {
  return ignoreOffers(membersOf(shown.entry), input).flatMap(({ title, change, reach }) => {
    const edit = toWorkspaceEdit({ ...editContext(input), edits: [change], snippets: true });
    return edit === undefined
      ? []
      : [{ spare: SPARE[reach], action: { title, kind: QUICK_FIX, diagnostics: [shown.diagnostic], edit } }];
  });
}

/** `members`: what one diagnostic stands for. */
export function ignoreOffers(members: readonly Finding[], input: IgnoreInput): readonly IgnoreOffer[] {
  const [first] = members;
  if (first === undefined) return [];
  const rules = members.map((member) => member.rule.id);
  const what = rules.length === 1 ? `'${rules[0]}'` : say`these ${rules.length} missing settings`;
  const request: SuppressRequest = {
    document: input.analysis.document,
    offset: first.at.start,
    rules,
    today: input.today,
    askReason: input.capabilities.snippetEdits,
  };
  const offer = (
    reach: IgnoreOffer['reach'],
    title: Message,
    change: Edit | undefined,
  ): readonly IgnoreOffer[] =>
    change === undefined ? [] : [{ title: input.capabilities.tell(title), reach, change }];
  const inFile = offer('file', say`Ignore ${what} in this file`, suppressInFile(request));
  // A comment about a comment helps nobody, so unused ones are accepted for the file or taken out.
  if (first.rule.id === UNUSED_IGNORE) return inFile;
  const { section } = first;
  return [
    ...offer('line', say`Ignore ${what} on this line`, suppressOnLine(request)),
    ...(section
      ? offer(
          'section',
          section.kind === 'service'
            ? say`Ignore ${what} for this service`
            : say`Ignore ${what} for this stage`,
          suppressInSection(request, section),
        )
      : []),
    ...inFile,
  ];
}
