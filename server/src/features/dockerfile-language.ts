/**
 * Language features for Dockerfiles that have nothing to do with security, for editors where nobody else gives them.
 * Each answer parses the text again, so they are for single requests only. Semantic tokens are left out: their cost
 * grows with the square of the text. So are look-ups of tags: Bulkhead asks no registry.
 *
 * The parts of the library are imported one by one, because its front door loads the registry client and the rest. This
 * file is to be loaded when it is first needed.
 */
import { DockerAssist } from 'dockerfile-language-service/lib/dockerAssist.js';
import { DockerCompletion } from 'dockerfile-language-service/lib/dockerCompletion.js';
import { DockerDefinition } from 'dockerfile-language-service/lib/dockerDefinition.js';
import { DockerFolding } from 'dockerfile-language-service/lib/dockerFolding.js';
import { DockerHighlight } from 'dockerfile-language-service/lib/dockerHighlight.js';
import { DockerHover } from 'dockerfile-language-service/lib/dockerHover.js';
import { DockerLinks } from 'dockerfile-language-service/lib/dockerLinks.js';
import { MarkdownDocumentation } from 'dockerfile-language-service/lib/dockerMarkdown.js';
import { PlainTextDocumentation } from 'dockerfile-language-service/lib/dockerPlainText.js';
import { DockerRename } from 'dockerfile-language-service/lib/dockerRename.js';
import { DockerSignatures } from 'dockerfile-language-service/lib/dockerSignatures.js';
import { DockerSymbols } from 'dockerfile-language-service/lib/dockerSymbols.js';
import { DockerFormatter } from 'dockerfile-utils/lib/dockerFormatter.js';
import type {
  CompletionItem,
  CompletionItemTag,
  DocumentHighlight,
  DocumentLink,
  FoldingRange,
  FormattingOptions,
  Location,
  MarkupKind,
  Position,
  Range,
  SignatureHelp,
  SymbolInformation,
  TextEdit,
} from 'vscode-languageserver-types';
import type { SourceText } from '../text/source-text.js';
import type { Markup } from './markup.js';
import { toRange } from './to-lsp.js';

/** What an editor says about completion, as in its `textDocument.completion.completionItem`. */
export interface CompletionSupport {
  readonly snippetSupport?: boolean;
  readonly deprecatedSupport?: boolean;
  readonly documentationFormat?: MarkupKind[];
  readonly tagSupport?: { readonly valueSet: CompletionItemTag[] };
}

/** Instructions, flags, variables, stages and folders; with their explanation. Never tags of an image. */
export async function complete(
  source: SourceText,
  position: Position,
  support: CompletionSupport,
): Promise<CompletionItem[]> {
  const { snippetSupport = false, deprecatedSupport = false, documentationFormat = [], tagSupport } = support;
  const assist = new DockerAssist(documentOf(source), NO_REGISTRY, {
    snippetSupport,
    deprecatedSupport,
    documentationFormat,
    ...(tagSupport ? { tagSupport } : {}),
  });
  const items = await assist.computeProposals(position);
  const documentation = new DockerCompletion();
  return items.map((item) => {
    const { data: _, ...explained } = documentation.resolveCompletionItem(item, documentationFormat);
    return explained;
  });
}

/** Has the shape of the library's client, and knows no tags. */
const NO_REGISTRY: ConstructorParameters<typeof DockerAssist>[1] = Object.create({
  getTags: () => Promise.resolve([]),
});

/** What an instruction or flag is for, or the value of a variable; undefined elsewhere. */
export function explain(source: SourceText, position: Position, markup: Markup): string | undefined {
  const hover = new DockerHover(new MarkdownDocumentation(), new PlainTextDocumentation());
  const { contents } = hover.onHover(source.text, position, [markup.kind]) ?? {};
  if (contents === undefined || Array.isArray(contents)) return undefined;
  // A bare text is a value from the file.
  if (typeof contents === 'string') return contents === '' ? undefined : markup.code(contents);
  return 'kind' in contents ? contents.value : markup.code(contents.value);
}

export function signatureHelp(source: SourceText, position: Position): SignatureHelp | undefined {
  const help = new DockerSignatures().computeSignatures(source.text, position);
  return help.signatures.length === 0 ? undefined : help;
}

/** The range of the name that would be changed. */
export function renameable(source: SourceText, position: Position): Range | undefined {
  return new DockerRename().prepareRename(source.text, position) ?? undefined;
}

/** Changes the name of a stage or variable wherever it stands; empty when there is none at the position. */
export function rename(source: SourceText, position: Position, newName: string): readonly TextEdit[] {
  return new DockerRename().rename({ uri: '' }, source.text, position, newName);
}

export function highlights(source: SourceText, position: Position): DocumentHighlight[] {
  return new DockerHighlight().computeHighlightRanges(source.text, position);
}

export function definition(source: SourceText, position: Position, uri: string): Location | undefined {
  return new DockerDefinition().computeDefinition({ uri }, source.text, position) ?? undefined;
}

/** The whole text, or the lines of a range. Only indentation changes. */
export function format(source: SourceText, options: FormattingOptions, range?: Range): TextEdit[] {
  const formatter = new DockerFormatter();
  const document = documentOf(source);
  return range === undefined
    ? formatter.formatDocument(document, options)
    : formatter.formatRange(document, range, options);
}

export function foldingRanges(
  source: SourceText,
  { lineFoldingOnly = false, rangeLimit = Number.MAX_VALUE },
): FoldingRange[] {
  return new DockerFolding().computeFoldingRanges(source.text, lineFoldingOnly, rangeLimit);
}

/** From images to their pages; opened only by the user. */
export function links(source: SourceText): DocumentLink[] {
  const finder = new DockerLinks();
  return finder.getLinks(source.text).map((link) => {
    const { data: _, ...resolved } = finder.resolveLink(link);
    return resolved;
  });
}

export function symbols(source: SourceText, uri: string): SymbolInformation[] {
  return new DockerSymbols().parseSymbolInformation({ uri }, source.text);
}

/** The library's idea of a document. */
function documentOf(source: SourceText): Parameters<DockerFormatter['formatDocument']>[0] {
  return {
    uri: '',
    languageId: 'dockerfile',
    version: 0,
    lineCount: source.lineStarts.length,
    getText: (range) =>
      range === undefined
        ? source.text
        : source.text.slice(source.offsetAt(range.start), source.offsetAt(range.end)),
    getLineRange: (line) => toRange(source, source.lineSpan(line)),
    getEOLCharacters: (line) => {
      const { end } = source.lineSpan(line);
      return source.text.slice(end, source.lineStarts[line + 1] ?? end);
    },
    positionAt: (offset) => source.positionAt(offset),
    offsetAt: (position) => source.offsetAt(position),
  };
}
