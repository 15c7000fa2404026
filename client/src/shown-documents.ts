/** Documents that a tab shows: those are the ones that get diagnostics from the language server. */
import { TabInputText, TabInputTextDiff, type Uri, window, workspace } from 'vscode';

/** URIs of the tabs whose document is loaded. Documents without a tab stay loaded for a while after their tab closed. */
export function shownDocuments(): ReadonlySet<string> {
  const loaded = new Set(workspace.textDocuments.map((document) => document.uri.toString()));
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.flatMap(({ input }) => urisOf(input)).map((uri) => uri.toString());
  return new Set(shown.filter((uri) => loaded.has(uri)));
}

/** Of the texts that a tab shows; none for other tabs. */
export function urisOf(input: unknown): readonly Uri[] {
  if (input instanceof TabInputText) return [input.uri];
  return input instanceof TabInputTextDiff ? [input.original, input.modified] : [];
}
