/** Words to choose from while typing: capabilities, security options, users, writable paths and rules to ignore. */
import type { CompletionItem } from 'vscode-languageserver-types';
import { typedWordAt } from '../documents/typed-word.js';
import type { Analysis } from '../engine/analyse.js';
import type { AnyRule } from '../rules/rule.js';
import type { EditorCapabilities } from './capabilities.js';
import type { Choices } from './completion/choice.js';
import { fieldChoices } from './completion/field-choices.js';
import { ignoreChoices } from './completion/ignore-choices.js';
import { wordingFor } from './markup.js';
import { toRange } from './to-lsp.js';

export interface CompletionInput {
  readonly analysis: Analysis;
  readonly rules: readonly AnyRule[];
  readonly capabilities: EditorCapabilities;
}

/** Characters that start a word for us, or a variable or flag of a Dockerfile; letters do so by themselves. */
export const COMPLETION_TRIGGERS = [' ', ',', '[', '"', "'", ':', '/', '$', '-', '='];

/** Empty where there is nothing to propose. */
export function completionsAt(
  { analysis, rules, capabilities }: CompletionInput,
  position: { readonly line: number; readonly character: number },
): CompletionItem[] {
  const { source } = analysis.document;
  const offset = source.offsetAt(position);
  const found = ignoreChoices(analysis, rules, offset) ?? fromField(analysis, offset);
  if (found === undefined) return [];
  const markup = wordingFor(capabilities.markdownCompletion, capabilities.tell);
  const range = toRange(source, found.span);
  const digits = String(found.choices.length).length;
  return found.choices.map((choice, index): CompletionItem => {
    const newText = choice.text ?? choice.label;
    return {
      label: choice.label,
      kind: VALUE,
      detail: capabilities.tell(choice.detail),
      documentation: { kind: markup.kind, value: choice.explain(markup) },
      sortText: String(index).padStart(digits, '0'),
      filterText: choice.filter ?? newText,
      textEdit: { range, newText },
    };
  });
}

/** `CompletionItemKind.Value` */
const VALUE = 12;

function fromField({ document, stageOf }: Analysis, offset: number): Choices | undefined {
  const word = typedWordAt(document, offset);
  if (word === undefined) return undefined;
  const whole = document.containers.find(({ name }) => name === word.container?.name);
  const stage = whole && stageOf(whole);
  return {
    span: word.span,
    choices: fieldChoices(word, document.source.slice(word.span), { whole, stage }),
  };
}
