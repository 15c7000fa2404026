/** What the light bulb and the source action menu offer for a range. */
import type { CodeAction, CodeActionContext, Range } from 'vscode-languageserver-types';
import { explainAction, turnOffAction } from './config-actions.js';
import { type Shown, SOURCE, shownFindings } from './diagnostics.js';
import { fixAllAction, fixRuleActions, hardenFileAction, hardenActions, withEdit } from './edit-actions.js';
import { fixActions } from './fix-actions.js';
import { HARDEN, HARDEN_ALL, hardenable, hardenTitle } from './harden.js';
import { type CodeActionInput, FIX_ALL, isWanted, type Offer, QUICK_FIX } from './offer.js';
import { suppressActions } from './suppress-actions.js';
import { touches } from '../text/span.js';
import { toSpan } from './to-lsp.js';

/** A longer menu is searched, not read. */
const MOST_ACTIONS = 8;

/** In the order in which they are to be shown. Nothing outside the kinds that `context.only` asks for is computed. */
export function codeActionsFor(
  input: CodeActionInput,
  range: Range,
  context: Pick<CodeActionContext, 'diagnostics' | 'only'>,
): readonly CodeAction[] {
  const { only } = context;
  const quick = isWanted(QUICK_FIX, only) ? quickFixes(input, range, context) : [];
  const actions: CodeAction[] = [...quick];
  // In the whole menu the quick fix stands for the refactoring, which would only repeat it.
  const hasHarden = quick.some(({ data }) => data?.harden !== undefined);
  if (isWanted(HARDEN, only) && !(only === undefined && hasHarden))
    actions.push(...hardenRefactorings(input, range, only));
  if (isWanted(HARDEN_ALL, only))
    actions.push(...hardenFileAction(input, range, only?.includes(HARDEN_ALL) === true));
  if (isWanted(FIX_ALL, only)) actions.push(...fixAllAction(input, only !== undefined));
  return actions;
}

function quickFixes(
  input: CodeActionInput,
  range: Range,
  context: Pick<CodeActionContext, 'diagnostics'>,
): readonly CodeAction[] {
  const here = chosen(input, range, context);
  if (here.length === 0) return [];
  return withinMenu([
    ...hardenActions(here, input),
    ...here.flatMap((one) => fixActions(one, input)),
    ...fixRuleActions(here, input),
    ...(input.leftOut?.ignore ? [] : here.flatMap((one) => waysToAccept(one, input))),
    ...(input.leftOut?.explain ? [] : here.flatMap((one) => explainAction(one, input))),
  ]);
}

function waysToAccept(shown: Shown, input: CodeActionInput): readonly Offer[] {
  return [...suppressActions(shown, input), ...turnOffAction(shown, input)];
}

/** Leaves out what does the same as another, then what is missed least, until the menu can be read at a glance. */
function withinMenu(offers: readonly Offer[]): readonly CodeAction[] {
  let kept = withoutRepeats(offers);
  while (kept.length > MOST_ACTIONS) {
    const most = Math.max(...kept.map(({ spare }) => spare));
    if (most === 0) break;
    kept = kept.filter(({ spare }) => spare < most);
  }
  return kept.map(({ action }) => action);
}

/** What several services take from one place is found for each of them, with the same ways to mend and to accept it. */
function withoutRepeats(offers: readonly Offer[]): readonly Offer[] {
  const seen = new Set<string>();
  return offers.filter(({ action: { title, edit, data, command } }) => {
    const does = JSON.stringify(edit ?? command ?? data ?? title);
    const isNew = !seen.has(does);
    seen.add(does);
    return isNew;
  });
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

/** For the service or stage whose name is touched; who asks for this alone may be anywhere inside it. */
function hardenRefactorings(
  input: CodeActionInput,
  range: Range,
  only: readonly string[] | undefined,
): readonly CodeAction[] {
  const touched = toSpan(input.analysis.document.source, range);
  return hardenable(input, touched, only?.includes(HARDEN)).flatMap((harden) =>
    withEdit({ title: hardenTitle(input, harden), kind: HARDEN }, input, { harden }),
  );
}
