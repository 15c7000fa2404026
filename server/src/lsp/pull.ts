/** What an editor was told about a document, and how that becomes the answer when it asks again. */
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import type { View } from './views.js';

export interface Told {
  readonly view: View;
  /** Grows when the diagnostics change; stays when typing elsewhere left them as they are. */
  readonly result: number;
}

export function nextTold(before: Told | undefined, view: View, newResult: number): Told {
  const isSame = before !== undefined && equals(before.view.diagnostics(), view.diagnostics());
  return { view, result: isSame ? before.result : newResult };
}

/**
 * Whether two values of JSON say the same. Behind what is typed all lines move, so most lists differ early; to compare
 * their texts would write all of both.
 */
function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => equals(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}

export function reportOf({ view, result }: Told, previous: string | undefined): DocumentDiagnosticReport {
  const resultId = String(result);
  return previous === resultId
    ? { kind: 'unchanged', resultId }
    : { kind: 'full', resultId, items: view.diagnostics() };
}
