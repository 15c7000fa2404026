/** `.bulkhead.yaml` in the editor: its mistakes, what can be written, what it means. */
import type { CompletionItem, Diagnostic, Hover } from 'vscode-languageserver-types';
import { readConfigFile } from '../engine/config-file/read.js';
import { configShape, type Entry, type Shape } from '../engine/config-file/shape.js';
import { rulePage } from '../engine/rule-page.js';
import { type Message, say, words } from '../l10n/message.js';
import type { AnyRule } from '../rules/rule.js';
import { type SourceText, sourceText } from '../text/source-text.js';
import type { EditorCapabilities } from './capabilities.js';
import { settingAt, typedAt } from './config-file/place.js';
import { SOURCE } from './diagnostics.js';
import { type Wording, wordingFor } from './markup.js';
import { toRange, toSeverity, toVisibleRange } from './to-lsp.js';

/** Code of what is wrong in the configuration; not a rule, so it has no page. */
export const CONFIG_CODE = 'configuration';

export interface ConfigFileInput {
  readonly text: string;
  readonly rules: readonly AnyRule[];
  readonly capabilities: EditorCapabilities;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Errors: the command line does nothing with such a file. */
export function configDiagnostics({ text, rules, capabilities }: ConfigFileInput): Diagnostic[] {
  const source = sourceText(text);
  return readConfigFile(text, rules).problems.map(({ at, message }) => ({
    range: toVisibleRange(source, at),
    severity: toSeverity('error'),
    source: SOURCE,
    code: CONFIG_CODE,
    message: capabilities.tell(message),
  }));
}

export function configHover(
  { text, rules, capabilities }: ConfigFileInput,
  position: Position,
): Hover | undefined {
  const source = sourceText(text);
  const { tree } = readConfigFile(text, rules);
  const setting = settingAt(tree.documents[0]?.root, configShape(rules), source.offsetAt(position));
  if (setting === undefined) return undefined;
  const markup = wordingFor(capabilities.markdownHover, capabilities.tell);
  const { name, entry, span, word } = setting;
  const meaning =
    word === undefined ? undefined : wordsOf(entry.shape).find((one) => one.word === word)?.meaning;
  const parts = [
    ...(word !== undefined && meaning !== undefined
      ? [`${markup.code(word)}: ${markup.text(markup.tell(meaning))}`]
      : []),
    explain(name, entry, markup),
  ];
  return { contents: { kind: markup.kind, value: markup.parts(parts) }, range: toRange(source, span) };
}

/** `CompletionItemKind` */
const PROPERTY = 10;
const VALUE = 12;

/** Empty where there is nothing to propose. */
export function configCompletions(
  { text, rules, capabilities }: ConfigFileInput,
  position: Position,
): CompletionItem[] {
  const source = sourceText(text);
  const typed = typedAt(text, configShape(rules), source.offsetAt(position));
  if (typed === undefined) return [];
  const markup = wordingFor(capabilities.markdownCompletion, capabilities.tell);
  const { beside, shape, needsColon } = typed;
  const range = toRange(source, typed.span);
  if (beside === undefined)
    return wordsOf(shape).map(
      ({ word, meaning }, index): CompletionItem => ({
        label: word,
        kind: VALUE,
        ...(meaning && { detail: capabilities.tell(meaning) }),
        sortText: String(index),
        textEdit: { range, newText: word },
      }),
    );
  if (shape.kind !== 'map') return [];
  return [...shape.keys]
    .filter(([name]) => !beside.includes(name))
    .map(
      ([name, entry]): CompletionItem => ({
        label: name,
        kind: PROPERTY,
        // Beside the id of a rule, which is long, an editor would cut both; the documentation begins with the title.
        ...(entry.rule === undefined && { detail: capabilities.tell(entry.title) }),
        documentation: { kind: markup.kind, value: explain(name, entry, markup) },
        textEdit: { range, newText: needsColon ? name + colonFor(entry.shape, source, position) : name },
      }),
    );
}

/** Behind the name of a single value the cursor goes on; a map or list starts on the next line. */
function colonFor(shape: Shape, source: SourceText, position: Position): string {
  const isBlock = (shape.kind === 'map' && shape.short === undefined) || shape.kind === 'list';
  if (!isBlock) return ': ';
  const line = source.slice(source.lineSpan(position.line));
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return `:${source.eol}${indent}  ${shape.kind === 'list' ? '- ' : ''}`;
}

function wordsOf(shape: Shape): readonly { readonly word: string; readonly meaning?: Message }[] {
  if (shape.kind === 'words') return shape.words;
  if (shape.kind === 'map') return shape.short?.words ?? [];
  return shape.kind === 'boolean' ? [{ word: 'true' }, { word: 'false' }] : [];
}

function explain(name: string, { title, about, rule }: Entry, markup: Wording): string {
  const { tell } = markup;
  const head = markup.bold(markup.text(tell(title)));
  if (rule === undefined) return markup.paragraphs([head, ...(about === undefined ? [] : [tell(about)])]);
  return markup.paragraphs([
    head,
    tell(words(rule.meta.why)),
    tell(words(rule.meta.advice)),
    markup.link(tell(say`Rule ${name}`), rulePage(rule.meta.id)),
  ]);
}
