// The walkthrough: what the buttons of its steps do, and that each step ends by what it asks for.
import * as vscode from 'vscode';
import { closeEditors, diagnosticOf } from './support.js';

interface Walkthrough {
  readonly id: string;
  readonly steps: readonly {
    readonly id: string;
    readonly description: string;
    readonly completionEvents: readonly string[];
  }[];
}

function steps(): Walkthrough['steps'] {
  const extension = vscode.extensions.getExtension('bulkhead.bulkhead');
  const [walkthrough]: Walkthrough[] = extension?.packageJSON.contributes.walkthroughs ?? [];
  if (walkthrough === undefined) throw new Error('there is a walkthrough');
  return walkthrough.steps;
}

async function openExample(): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('bulkhead.openExample');
  const document = vscode.window.activeTextEditor?.document;
  if (document?.isUntitled !== true) throw new Error('the example lies nowhere');
  return document;
}

suite('the walkthrough', () => {
  teardown(closeEditors);

  test('has a command behind each button and each event', async () => {
    await vscode.extensions.getExtension('bulkhead.bulkhead')?.activate();
    const there = new Set(await vscode.commands.getCommands(true));
    for (const { id, description, completionEvents } of steps()) {
      const named = [
        ...[...description.matchAll(/\(command:([\w.]+)/g)].map(([, name]) => name),
        ...completionEvents.flatMap((event) => /^onCommand:(.+)$/.exec(event)?.[1] ?? []),
      ];
      if (!/\(command:/.test(description)) throw new Error(`${id} has a button`);
      for (const name of named) if (!there.has(name ?? '')) throw new Error(`${id}: ${name} is no command`);
    }
  });

  test('opens the example once, with findings', async () => {
    const document = await openExample();
    await diagnosticOf(document.uri, 'privileged-container');
    if ((await openExample()) !== document) throw new Error('it is opened again');
  });

  test('goes to the finding to explain and to fix', async () => {
    const document = await openExample();
    await vscode.commands.executeCommand('bulkhead.explainExample');
    const { range } = await diagnosticOf(document.uri, 'privileged-container');
    const at = vscode.window.activeTextEditor?.selection.active;
    if (at === undefined || !range.contains(at)) throw new Error('the cursor stands on the finding');
    await vscode.commands.executeCommand('bulkhead.fixExample');
    await vscode.commands.executeCommand('hideCodeActionWidget');
  });

  test('shows how the example is hardened before anything changes', async () => {
    const document = await openExample();
    await diagnosticOf(document.uri, 'hardening-missing');
    const before = document.getText();
    let waiting = true;
    const shown = vscode.commands.executeCommand('bulkhead.hardenExample').then(() => {
      waiting = false;
    });
    // The command ends with its preview.
    const limit = Date.now() + 30_000;
    while (waiting && Date.now() < limit) await vscode.commands.executeCommand('refactorPreview.discard');
    await shown;
    if (document.getText() !== before) throw new Error(document.getText());
  });
});
