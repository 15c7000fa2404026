// What the tests in a real VS Code share: opening text, waiting for diagnostics, choosing a quick fix.
// Every wait ends with an event of VS Code; the limits below only turn a hanging test into a readable message.
import * as vscode from 'vscode';

/** Milliseconds after which a wait gives up. */
const LIMIT = 30_000;

/** A file of the test workspace, whether it exists or not. */
export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('the test needs an open folder');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Shows a file of the workspace, with `content` written to it first when given. The name decides the language. */
export async function openText(name: string, content?: string): Promise<vscode.TextDocument> {
  const uri = workspaceFile(name);
  if (content !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  // VS Code may still hold what an earlier test left under this name; it reads the file again by itself.
  if (content !== undefined)
    await waitFor(
      vscode.workspace.onDidChangeTextDocument,
      () => document.getText(),
      (text) => text === content,
      `the written text of ${name}`,
    );
  return document;
}

/** Closes all editors without saving; for teardown. */
export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    // Settings that are being written are dirty for a moment, too: those are VS Code's own affair.
    const isOurs = document.uri.scheme === 'untitled' || document.uri.scheme === workspaceFile('').scheme;
    if (!document.isDirty || !isOurs || document.uri.path.endsWith('/settings.json')) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * Waits until what `read` returns satisfies `accept`. Asks at once and after each `event`.
 * @param what for the message when it never happens
 */
export function waitFor<T>(
  event: vscode.Event<unknown>,
  read: () => T,
  accept: (value: T) => boolean,
  what: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(timer);
      listener.dispose();
      settle();
    };
    const ask = () => {
      const value = read();
      if (accept(value)) done(() => resolve(value));
    };
    const timer = setTimeout(() => {
      done(() => reject(new Error(`waited ${LIMIT / 1000} s for ${what}; it is: ${JSON.stringify(read())}`)));
    }, LIMIT);
    const listener = event(ask);
    ask();
  });
}

/** The same for what no event announces: asked again and again. */
export async function waitUntil<T>(read: () => T, accept: (value: T) => boolean, what: string): Promise<T> {
  const tick = new vscode.EventEmitter<void>();
  const timer = setInterval(() => tick.fire(), 20);
  try {
    return await waitFor(tick.event, read, accept, what);
  } finally {
    clearInterval(timer);
    tick.dispose();
  }
}

/** Waits until the diagnostics of Bulkhead for a file satisfy `accept`; by default until there is one. */
export async function diagnosticsOf(
  uri: vscode.Uri,
  accept: (found: readonly vscode.Diagnostic[]) => boolean = (found) => found.length > 0,
): Promise<readonly vscode.Diagnostic[]> {
  return waitFor(
    vscode.languages.onDidChangeDiagnostics,
    () => vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'bulkhead'),
    accept,
    `the diagnostics of ${uri.path}`,
  );
}

/** Waits for a diagnostic of the rule. */
export async function diagnosticOf(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  const found = await diagnosticsOf(uri, (all) => all.some((one) => ruleOf(one) === rule));
  const wanted = found.find((one) => ruleOf(one) === rule);
  if (wanted === undefined) throw new Error(`no ${rule}`);
  return wanted;
}

/** The rule id of a diagnostic: its code, with or without a link. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** The quick fixes offered for a range, resolved. */
export async function quickFixes(
  uri: vscode.Uri,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  return codeActions(uri, range, vscode.CodeActionKind.QuickFix);
}

/** The code actions of a kind offered for a range, resolved. */
export async function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<readonly vscode.CodeAction[]> {
  const resolveAll = 1000;
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    resolveAll,
  );
}

/** Does what choosing the quick fix would do. A title that is not offered fails with the list of those that are. */
export async function applyQuickFix(
  uri: vscode.Uri,
  range: vscode.Range,
  title: string | RegExp,
): Promise<void> {
  const offered = await quickFixes(uri, range);
  const wanted = offered.find((one) =>
    typeof title === 'string' ? one.title === title : title.test(one.title),
  );
  if (wanted === undefined) {
    throw new Error(`no quick fix ${title}; offered: ${JSON.stringify(offered.map((one) => one.title))}`);
  }
  await applyAction(wanted);
}

/** Applies the edit of a code action, then runs its command. */
export async function applyAction(action: vscode.CodeAction): Promise<void> {
  if (action.edit !== undefined && !(await vscode.workspace.applyEdit(action.edit))) {
    throw new Error(`VS Code refused the edit of "${action.title}"`);
  }
  if (action.command !== undefined) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}

/** The hovers at a position, as Markdown. */
export async function hoversAt(
  uri: vscode.Uri,
  position: vscode.Position,
): Promise<readonly vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) =>
      content instanceof vscode.MarkdownString
        ? content
        : new vscode.MarkdownString(typeof content === 'string' ? content : content.value),
    );
}

/** Their text. */
export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  return (await hoversAt(uri, position)).map(({ value }) => value).join('\n\n');
}

/** What is proposed at a position. */
export async function completionsAt(
  uri: vscode.Uri,
  position: vscode.Position,
): Promise<readonly vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return items;
}

/** Where a part of the text begins. */
export function positionOf(document: vscode.TextDocument, part: string): vscode.Position {
  const offset = document.getText().indexOf(part);
  if (offset < 0) throw new Error(`"${part}" is not in the text`);
  return document.positionAt(offset);
}

/** Answers in place of VS Code until the returned function is called: for what only a person could choose. */
export function replaceInWindow(
  name: 'showErrorMessage' | 'showInformationMessage' | 'withProgress',
  answer: unknown,
): () => void {
  const before = Object.getOwnPropertyDescriptor(vscode.window, name);
  if (before === undefined) throw new Error(`vscode.window has no ${name} of its own`);
  Object.defineProperty(vscode.window, name, { ...before, value: answer });
  return () => Object.defineProperty(vscode.window, name, before);
}

/** Runs `use` while a workspace setting has another value. */
export async function withSetting(name: string, value: unknown, use: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const before = settings.inspect(name)?.workspaceValue;
  await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await use();
  } finally {
    await settings.update(name, before, vscode.ConfigurationTarget.Workspace);
  }
}
