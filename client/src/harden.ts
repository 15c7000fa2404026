/** Hardening by command: the server offers it as code actions, VS Code shows its changes before they are made. */
import { type CodeAction, commands, Position, Range, Selection, Uri, window } from 'vscode';

/** Kinds of code actions; the server has them too. */
const HARDEN = 'refactor.rewrite.bulkhead.harden';
const HARDEN_ALL = 'refactor.rewrite.bulkhead.hardenAll';

/** For the palette: the service or stage in which the cursor stands. */
export async function hardenHere(): Promise<void> {
  await commands.executeCommand('editor.action.codeAction', { kind: HARDEN, apply: 'ifSingle' });
}

/** For the palette: all services of the active file. */
export async function hardenAll(): Promise<void> {
  await commands.executeCommand('editor.action.codeAction', { kind: HARDEN_ALL, apply: 'ifSingle' });
}

/** What a click on a code lens does. Does nothing for arguments that are no place: the command can be called by anybody. */
export async function offerHardening(uri: unknown, position: unknown): Promise<void> {
  const at = toPosition(position);
  if (typeof uri !== 'string' || at === undefined) return;
  const target = Uri.parse(uri);
  const editor = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === target.toString(),
  );
  const column = editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn };
  const shown = await window.showTextDocument(target, column);
  shown.selection = new Selection(at, at);
  shown.revealRange(new Range(at, at));
  const found = await unlessGivenUp(() =>
    commands.executeCommand<readonly CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      shown.document.uri,
      new Range(at, at),
      HARDEN,
    ),
  );
  // Where nothing is left to harden, the menu has what can be said about the place.
  if (found.length === 0) await commands.executeCommand('editor.action.quickFix');
  else await commands.executeCommand('editor.action.codeAction', { kind: HARDEN, apply: 'ifSingle' });
}

/** How often to ask; a window that starts on a busy machine needed two. */
const TRIES = 5;
/** How many empty answers are believed. */
const EMPTY = 2;

/**
 * What is asked of all extensions together fails as "Canceled", or is answered with nothing, when one of them gives up or
 * arrives meanwhile, as happens while a window starts; the user would read that word and nothing else.
 */
async function unlessGivenUp<T>(ask: () => Thenable<readonly T[] | undefined>): Promise<readonly T[]> {
  for (let tries = TRIES, empty = 0; tries > 0 && empty < EMPTY; tries--) {
    try {
      const found = (await ask()) ?? [];
      if (found.length > 0) return found;
      empty++;
    } catch (error) {
      if (!(error instanceof Error) || !/^Cancel/.test(error.message)) throw error;
    }
  }
  return [];
}

/** The client's converter is not at hand: positions of LSP and of VS Code count alike. */
function toPosition(value: unknown): Position | undefined {
  if (typeof value !== 'object' || value === null || !('line' in value) || !('character' in value))
    return undefined;
  const { line, character } = value;
  const isCount = (number: unknown): number is number =>
    typeof number === 'number' && Number.isInteger(number) && number >= 0;
  return isCount(line) && isCount(character) ? new Position(line, character) : undefined;
}
