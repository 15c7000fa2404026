/**
 * What the buttons of the walkthrough do: an example with mistakes in it, to look at, to mend and to harden. It is a document
 * that lies nowhere, so that nothing is written into the workspace, and works with no folder open.
 */
import {
  commands,
  type Diagnostic,
  Disposable,
  languages,
  Selection,
  type TextDocument,
  type TextEditor,
  window,
  workspace,
} from 'vscode';

const EXAMPLE = `# A small shop, as many are found. This text lies nowhere: change what you like.
services:
  shop:
    image: nginx:1.31
    privileged: true
    ports:
      - "80:80"
  db:
    image: postgres:17
    ports:
      - "5432:5432"
`;
/** The mistake that the steps are about. */
const RULE = 'privileged-container';
/** By these keys the walkthrough knows that a step was really done. */
const FIXED = 'bulkhead.exampleFixed';
const HARDENED = 'bulkhead.exampleHardened';
/** What hardening adds, whichever of its changes are accepted. */
const HARDENING =
  /\b(?:max-size|mem_limit|cpus|pids_limit|cap_drop|no-new-privileges|read_only|x-hardening)\b/;
/** Milliseconds after which a step goes on without findings: the server may be down, the rule may be off. */
const PATIENCE = 10_000;

export function registerWalkthrough(): Disposable {
  let example: TextDocument | undefined;

  async function show(): Promise<TextEditor> {
    if (example === undefined || example.isClosed)
      example = await workspace.openTextDocument({ language: 'dockercompose', content: EXAMPLE });
    const tab = window.visibleTextEditors.find(({ document }) => document === example);
    return window.showTextDocument(example, tab?.viewColumn);
  }

  async function showFinding(): Promise<void> {
    const { document } = await show();
    const found = await findingIn(document);
    const editor = await show();
    if (found === undefined) return;
    editor.selection = new Selection(found.range.start, found.range.start);
    editor.revealRange(found.range);
  }

  return Disposable.from(
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document !== example) return;
      const text = document.getText();
      void commands.executeCommand('setContext', FIXED, !text.includes('privileged: true'));
      void commands.executeCommand('setContext', HARDENED, HARDENING.test(text));
    }),
    commands.registerCommand('bulkhead.openExample', async () => void (await show())),
    commands.registerCommand('bulkhead.explainExample', async () => {
      await showFinding();
      await commands.executeCommand('editor.action.showHover');
    }),
    commands.registerCommand('bulkhead.fixExample', async () => {
      await showFinding();
      await commands.executeCommand('editor.action.quickFix');
    }),
    commands.registerCommand('bulkhead.hardenExample', async () => {
      await findingIn((await show()).document);
      await show();
      await commands.executeCommand('bulkhead.hardenAll');
    }),
  );
}

/** The finding of the rule, or another one; waits for the first findings of the document. */
function findingIn(document: TextDocument): Promise<Diagnostic | undefined> {
  return new Promise((resolve) => {
    const look = () => {
      const found = languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === 'bulkhead')
        .sort((a, b) => a.severity - b.severity);
      const wanted = found.find((one) => typeof one.code === 'object' && one.code.value === RULE) ?? found[0];
      if (wanted) done(wanted);
    };
    const done = (found: Diagnostic | undefined) => {
      clearTimeout(timer);
      listener.dispose();
      resolve(found);
    };
    const listener = languages.onDidChangeDiagnostics(look);
    const timer = setTimeout(() => done(undefined), PATIENCE);
    look();
  });
}
