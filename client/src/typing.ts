/**
 * When to ask what is wrong, while somebody types. Half a word has other faults than the whole one, so all findings stay
 * as they are until the typing rests; VS Code moves them along with the text. A line that is finished, the cursor that
 * leaves it, a saved file and every change that is no typing end the wait at once.
 */
import {
  type CancellationToken,
  CancellationError,
  Disposable,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextDocumentContentChangeEvent,
  window,
  workspace,
} from 'vscode';

export interface Typing extends Disposable {
  /** Resolves when nothing is being typed. Rejects when nobody waits for the answer any more. */
  rest(token: CancellationToken): Promise<void>;
}

const SECTION = 'bulkhead';
const SETTING = 'typingDelay';
const USUAL_DELAY = 300;

/** A line that is being typed. */
interface Typed {
  readonly document: TextDocument;
  readonly line: number;
  readonly end: () => void;
  readonly over: Promise<void>;
}

export function createTyping(): Typing {
  let typed: Typed | undefined;

  function wait(document: TextDocument, line: number, milliseconds: number): void {
    const before = typed;
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), milliseconds);
      end = () => {
        clearTimeout(timer);
        if (typed?.over === over) typed = undefined;
        resolve();
      };
    });
    typed = { document, line, end, over };
    // Whoever waited for the key before asks again, and waits for this one.
    before?.end();
  }

  function changed({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    const [first] = contentChanges;
    if (first === undefined) return;
    const delay = workspace.getConfiguration(SECTION, document).get(SETTING, USUAL_DELAY);
    if (delay > 0 && reason === undefined && contentChanges.every(isKey))
      wait(document, first.range.start.line, delay);
    else if (typed?.document === document) typed.end();
  }

  const endIn = (document: TextDocument) => {
    if (typed?.document === document) typed.end();
  };
  const listeners = Disposable.from(
    workspace.onDidChangeTextDocument(changed),
    workspace.onDidSaveTextDocument(endIn),
    workspace.onDidCloseTextDocument(endIn),
    window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document !== typed?.document) typed?.end();
    }),
    window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections }) => {
      if (!selections.some(({ active }) => active.line === typed?.line)) endIn(document);
    }),
  );
  return {
    async rest(token) {
      const cancelled = new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
      while (typed && !token.isCancellationRequested) await Promise.race([typed.over, cancelled]);
      if (token.isCancellationRequested) throw new CancellationError();
    },
    dispose() {
      listeners.dispose();
      typed?.end();
    },
  };
}

/** A bracket or quote may bring its other half, Tab some blanks. A line break ends a line; more is pasted, proposed or a fix. */
const LONGEST_KEY = 2;

function isKey({ range, rangeLength, text }: TextDocumentContentChangeEvent): boolean {
  return (
    range.isSingleLine &&
    !/[\r\n]/.test(text) &&
    (text.length <= LONGEST_KEY || /^[ \t]*$/.test(text)) &&
    (text !== '' || rangeLength <= LONGEST_KEY)
  );
}
