/** What every diagnostic and every menu of the light bulb keeps to, shown by all that the fixtures of all rules give. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { WHOLE_SET } from '../../server/src/engine/harden-set.js';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { codeActionsFor } from '../../server/src/features/code-actions.js';
import { diagnosticsOf } from '../../server/src/features/diagnostics.js';
import type { CodeActionInput } from '../../server/src/features/offer.js';
import { rules } from '../../server/src/rules/index.js';
import { english } from '../../server/src/l10n/message.js';
import { analyseAs, type Fixture, listRuleFixtures, TODAY } from '../support/fixtures.js';

const capabilities = {
  ...PLAIN_EDITOR,
  documentChanges: true,
  createFiles: true,
  snippetEdits: true,
  changeAnnotations: true,
  relatedInformation: true,
  codeDescription: true,
  unnecessaryTag: true,
  isPreferred: true,
  resolveEdit: true,
};
const HINT = 4;
const MOST_ACTIONS = 8;

/** All rules together, as in an editor. */
function inputOf(fixture: Fixture): CodeActionInput {
  const reanalyse = (text: string) => analyseAs(fixture, rules, text);
  return {
    uri: `file:///project/${fixture.path}`,
    analysis: reanalyse(fixture.text),
    reanalyse,
    absence: 'grouped',
    harden: WHOLE_SET,
    capabilities,
    version: 1,
    today: TODAY,
    configuration: undefined,
  };
}

const inputs = listRuleFixtures().fixtures.map((fixture) => ({ fixture, input: inputOf(fixture) }));

/** Everything that `complaints` yields about a file is a broken promise. */
function promise(
  name: string,
  complaints: (input: CodeActionInput, found: readonly Diagnostic[]) => Iterable<string>,
) {
  test(name, () => {
    const wrong = inputs.flatMap(({ fixture, input }) =>
      [...complaints(input, diagnosticsOf(input))].map((complaint) => `${fixture.path}: ${complaint}`),
    );
    assert.deepEqual(wrong, []);
  });
}

promise('a diagnostic says who speaks, of what, and where that is explained', function* (_, found) {
  for (const { source, code, codeDescription, message } of found) {
    if (source !== 'bulkhead' || code === undefined) yield `${code}: ${String(message)}`;
    const isRule = code !== 'syntax' && code !== 'incomplete';
    if (isRule && !codeDescription?.href.endsWith(`/docs/rules/${code}.md`)) yield `no page for ${code}`;
  }
});

promise('a diagnostic lies on one line, is never empty, and is shown in lists', function* (_, found) {
  for (const { code, range, severity } of found) {
    const { start, end } = range;
    if (start.line !== end.line || start.character >= end.character)
      yield `${code}: ${JSON.stringify(range)}`;
    if (severity === undefined || severity >= HINT) yield `${code} is a hint`;
  }
});

promise('what explains a diagnostic is at most three places', function* (_, found) {
  for (const { code, relatedInformation = [] } of found)
    if (relatedInformation.length > 3) yield `${code}: ${relatedInformation.length}`;
});

promise(
  'of the fixes of one diagnostic at most one is preferred, and that is a safe one',
  function* (input, found) {
    const safe = new Set(
      input.analysis.findings.flatMap((finding) =>
        finding
          .fixes()
          .filter(({ applicability }) => applicability === 'safe')
          .map(({ title }) => english(title)),
      ),
    );
    for (const diagnostic of found) {
      const preferred = menuOf(input, diagnostic).filter(({ isPreferred }) => isPreferred === true);
      if (preferred.length > 1)
        yield `${diagnostic.code}: ${preferred.map(({ title }) => title).join(' and ')}`;
      for (const { title } of preferred) if (!safe.has(title)) yield `${diagnostic.code}: ${title}`;
    }
  },
);

promise('a menu is short, names nothing twice, and belongs to its diagnostic', function* (input, found) {
  for (const diagnostic of found) {
    const menu = menuOf(input, diagnostic);
    const titles = menu.map(({ title }) => title);
    const fixes = titles.filter((title) => !/^(?:Ignore|Turn|Explain|Fix all|Harden) /.test(title)).length;
    if (titles.length > Math.max(MOST_ACTIONS, fixes)) yield `${diagnostic.code}: ${titles.join(' | ')}`;
    if (new Set(titles).size < titles.length) yield `${diagnostic.code}: ${titles.join(' | ')}`;
    for (const { title, kind, diagnostics } of menu)
      if (kind === 'quickfix' && diagnostics === undefined) yield `${title} is of no diagnostic`;
  }
});

function menuOf(input: CodeActionInput, diagnostic: Diagnostic): readonly CodeAction[] {
  return codeActionsFor(input, diagnostic.range, { diagnostics: [diagnostic], only: ['quickfix'] });
}
