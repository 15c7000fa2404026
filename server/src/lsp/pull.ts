/** What an editor was told about a document, and how that becomes the answer when it asks again. */
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import type { View } from './views.js';

export interface Told {
  readonly view: View;
  /** Its diagnostics, for comparing. */
  readonly text: string;
  /** Grows when the diagnostics change; stays when typing elsewhere left them as they are. */
  readonly result: number;
}

export function nextTold(before: Told | undefined, view: View, newResult: number): Told {
  const text = JSON.stringify(view.diagnostics());
  return { view, text, result: before?.text === text ? before.result : newResult };
}

export function reportOf({ view, result }: Told, previous: string | undefined): DocumentDiagnosticReport {
  const resultId = String(result);
  return previous === resultId
    ? { kind: 'unchanged', resultId }
    : { kind: 'full', resultId, items: view.diagnostics() };
}
