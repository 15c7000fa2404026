/** Quick fixes in `.bulkhead.yaml`: the known word in place of one that looks like it. */
import type { CodeAction, CodeActionContext, Diagnostic, Range } from 'vscode-languageserver-types';
import type { ConfigProblem, Instead } from '../../engine/config-file/check.js';
import { readConfigFile } from '../../engine/config-file/read.js';
import { say } from '../../l10n/message.js';
import type { Edit } from '../../text/edit.js';
import { type SourceText, sourceText } from '../../text/source-text.js';
import { touches } from '../../text/span.js';
import type { ConfigFileInput } from '../config-file.js';
import { isWanted, QUICK_FIX } from '../offer.js';
import { toSpan, toVisibleRange } from '../to-lsp.js';
import { toWorkspaceEdit } from '../workspace-edit.js';

/** For the mistakes that the range touches. */
export function configActions(
  { text, rules, capabilities }: ConfigFileInput,
  document: { readonly uri: string; readonly version: number },
  range: Range,
  { diagnostics, only }: Pick<CodeActionContext, 'diagnostics' | 'only'>,
): readonly CodeAction[] {
  if (!isWanted(QUICK_FIX, only)) return [];
  const source = sourceText(text);
  const touched = toSpan(source, range);
  return readConfigFile(text, rules).problems.flatMap(({ at, instead }: ConfigProblem) => {
    const shown = toVisibleRange(source, at);
    if (instead === undefined || !touches(toSpan(source, shown), touched)) return [];
    const about = diagnostics.find((one) => isAt(one, shown));
    return instead.words.flatMap((word, index): CodeAction[] => {
      const edit = toWorkspaceEdit({
        target: { ...document, source },
        capabilities,
        edits: [replacement(instead, word, source)],
      });
      if (edit === undefined) return [];
      const title = capabilities.tell(say`Change to \`${word}\``);
      return [
        {
          title,
          kind: QUICK_FIX,
          ...(about && { diagnostics: [about] }),
          ...(index === 0 && instead.words.length === 1 && { isPreferred: true }),
          edit,
        },
      ];
    });
  });
}

function isAt({ range: { start } }: Diagnostic, { start: wanted }: Range): boolean {
  return start.line === wanted.line && start.character === wanted.character;
}

/** Known words need no quotes, but keep those that are there. */
function replacement({ at }: Instead, word: string, source: SourceText): Edit {
  const quote = /^["']/.exec(source.slice(at))?.[0] ?? '';
  return { span: at, text: quote + word + quote };
}
