/** Edits of the engine -> one workspace edit in the richest form that the editor can apply. */
import type {
  ChangeAnnotation,
  CreateFile,
  Position,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { URI, Utils } from 'vscode-uri';
import type { Edit, NewFile } from '../text/edit.js';
import type { SourceText } from '../text/source-text.js';
import type { EditorCapabilities } from './capabilities.js';
import { toRange } from './to-lsp.js';

/** The version of a text that edits were made for. */
export interface TargetDocument {
  readonly uri: string;
  /** Null for a file that is not open: it is taken as it lies on the disk. */
  readonly version: number | null;
  readonly source: SourceText;
}

export interface EditRequest {
  /** The document whose edits name no file. */
  readonly target: TargetDocument;
  /** The other files of its project, by URI. */
  other?(uri: string): TargetDocument | undefined;
  readonly capabilities: EditorCapabilities;
  readonly edits: readonly Edit[];
  readonly creates?: readonly NewFile[];
  /** Turn placeholders into tab stops where the editor can. */
  readonly snippets?: boolean;
  /** Said beside a change where the editor shows such labels. Changes with the same object belong together. */
  annotationOf?(change: Edit | NewFile): ChangeAnnotation | undefined;
}

/**
 * Undefined when the editor or the place cannot take it: a new file beside a document without a folder, edits of a
 * file whose text is not at hand.
 */
export function toWorkspaceEdit(request: EditRequest): WorkspaceEdit | undefined {
  const { target, capabilities, edits, creates = [] } = request;
  if (edits.length === 0 && creates.length === 0) return undefined;
  const files = byFile(request);
  if (files === undefined) return undefined;
  const makesFiles = creates.some(({ existing }) => existing === undefined);
  if (makesFiles && !capabilities.createFiles) return undefined;
  if (creates.length > 0 && !capabilities.documentChanges) return undefined;
  const notes = new Notes(capabilities.changeAnnotations ? request : {});
  const companions = creates.map((file) => withFile(target.uri, file, notes));
  if (companions.some((changes) => changes.length === 0)) return undefined;
  if (!capabilities.documentChanges) {
    const changes = files.map(({ document: { uri, source }, edits: own }) => [
      uri,
      own.map((edit) => toTextEdit(edit, source)),
    ]);
    return { changes: Object.fromEntries(changes) as Record<string, TextEdit[]> };
  }
  const changed = files.map(
    ({ document, edits: own }): TextDocumentEdit => ({
      textDocument: { uri: document.uri, version: document.version },
      edits: own.map((edit) => ({ ...toChange(edit, document.source, request), ...notes.idOf(edit) })),
    }),
  );
  return {
    documentChanges: [...companions.flat(), ...changed],
    ...notes.all(),
  };
}

interface FileEdits {
  readonly document: TargetDocument;
  readonly edits: readonly Edit[];
}

/** The edits of each file, those of the target first; undefined when one of the files is not known. */
function byFile({ target, other, edits }: EditRequest): readonly FileEdits[] | undefined {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) {
    const uri = edit.span.file ?? target.uri;
    files.set(uri, [...(files.get(uri) ?? []), edit]);
  }
  const result: FileEdits[] = [];
  for (const [uri, own] of files) {
    const document = uri === target.uri ? target : other?.(uri);
    if (document === undefined) return undefined;
    if (document === target) result.unshift({ document, edits: own });
    else result.push({ document, edits: own });
  }
  return result;
}

/** The annotations of one workspace edit, each under an id of its own. */
class Notes {
  readonly #request: Pick<EditRequest, 'annotationOf'>;
  readonly #ids = new Map<ChangeAnnotation, string>();

  constructor(request: Pick<EditRequest, 'annotationOf'>) {
    this.#request = request;
  }

  idOf(change: Edit | NewFile): { readonly annotationId?: string } {
    const note = this.#request.annotationOf?.(change);
    if (note === undefined) return {};
    const annotationId = this.#ids.get(note) ?? `bulkhead-${this.#ids.size + 1}`;
    this.#ids.set(note, annotationId);
    return { annotationId };
  }

  all(): Pick<WorkspaceEdit, 'changeAnnotations'> {
    if (this.#ids.size === 0) return {};
    return { changeAnnotations: Object.fromEntries([...this.#ids].map(([note, id]) => [id, note])) };
  }
}

/** The file, then its content, or what goes behind it; nothing for a document that lies in no folder. */
function withFile(beside: string, file: NewFile, notes: Notes): readonly (CreateFile | TextDocumentEdit)[] {
  const document = URI.parse(beside);
  if (document.scheme === 'untitled' || !document.path.startsWith('/')) return [];
  const uri = Utils.joinPath(Utils.dirname(document), file.path).toString();
  const at = endOf(file.existing ?? '');
  const content: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: [{ range: { start: at, end: at }, newText: file.text, ...notes.idOf(file) }],
  };
  if (file.existing !== undefined) return [content];
  return [{ kind: 'create', uri, options: { ignoreIfExists: true }, ...notes.idOf(file) }, content];
}

function endOf(text: string): Position {
  const lines = text.split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: (lines.at(-1) ?? '').length };
}

/** A workspace edit that makes a file with this text, at a place of its own. */
export function createFileEdit(
  uri: string,
  text: string,
  { createFiles, documentChanges }: EditorCapabilities,
): WorkspaceEdit | undefined {
  if (!createFiles || !documentChanges) return undefined;
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
    ],
  };
}

export function toTextEdit(edit: Edit, source: SourceText): TextEdit {
  return { range: toRange(source, edit.span), newText: edit.text };
}

function toChange(edit: Edit, source: SourceText, request: EditRequest): TextEdit | SnippetTextEdit {
  const value = request.snippets && request.capabilities.snippetEdits ? snippetOf(edit, source) : undefined;
  return value === undefined
    ? toTextEdit(edit, source)
    : { range: toRange(source, edit.span), snippet: { kind: 'snippet', value } };
}

/**
 * The edit with its placeholder as tab stop; undefined when there is none or it would not arrive as meant. Editors
 * indent the further lines of a snippet like the line it is inserted in, so that indentation is taken off here.
 */
function snippetOf({ text, placeholder, span }: Edit, source: SourceText): string | undefined {
  if (placeholder === undefined) return undefined;
  const marked =
    escaped(text.slice(0, placeholder.start)) +
    `\${1:${escaped(text.slice(placeholder.start, placeholder.end))}}` +
    escaped(text.slice(placeholder.end));
  const line = source.lineSpan(source.lineAt(span.start));
  const indent = /^[ \t]*/.exec(source.text.slice(line.start, span.start))?.[0] ?? '';
  const [first = '', ...rest] = marked.split('\n');
  if (rest.some((next) => !next.startsWith(indent))) return undefined;
  return [first, ...rest.map((next) => next.slice(indent.length))].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
