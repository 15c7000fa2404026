/** Opening the page of a rule: the packaged one if there is one, otherwise the published one. */
import { commands, type Diagnostic, env, l10n, languages, Uri, window, workspace } from 'vscode';

const RULE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Does nothing for arguments that are no rule and no https address: the command can be called by anybody. */
export async function openRulePage(extension: Uri, rule: unknown, href: unknown): Promise<void> {
  if (typeof rule !== 'string' || !RULE_ID.test(rule)) return;
  const packaged = Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`);
  if (await exists(packaged)) {
    await commands.executeCommand('markdown.showPreview', packaged);
    return;
  }
  if (typeof href === 'string' && href.startsWith('https://')) await env.openExternal(Uri.parse(href));
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** For the palette: the finding at the cursor, or one of the file's to choose from. */
export async function openRulePageHere(extension: Uri): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const pages = languages.getDiagnostics(editor.document.uri).flatMap(pageOf);
  const here = pages.filter(({ diagnostic }) => diagnostic.range.contains(editor.selection.active));
  const choice = unique(here.length > 0 ? here : pages);
  const [only, second] = choice;
  if (only === undefined) {
    void window.showInformationMessage(l10n.t('Bulkhead has no finding in this file.'));
    return;
  }
  const chosen =
    second === undefined ? only : await window.showQuickPick(choice, { placeHolder: l10n.t('Which rule?') });
  if (chosen) await openRulePage(extension, chosen.label, chosen.href);
}

interface Page {
  readonly label: string;
  readonly description: string;
  readonly href: string;
  readonly diagnostic: Diagnostic;
}

function pageOf(diagnostic: Diagnostic): readonly Page[] {
  const { source, code, message } = diagnostic;
  if (source !== 'bulkhead' || typeof code !== 'object') return [];
  return [{ label: String(code.value), description: message, href: code.target.toString(), diagnostic }];
}

function unique(pages: readonly Page[]): readonly Page[] {
  return pages.filter((page, index) => pages.findIndex((one) => one.label === page.label) === index);
}
