/** What actions are made from, and what they are before a menu is made of them. */
import type { CodeAction } from 'vscode-languageserver-types';
import type { DiagnosticInput } from './diagnostics.js';
import type { HardenInput } from './harden.js';

export const QUICK_FIX = 'quickfix';
export const FIX_ALL = 'source.fixAll.bulkhead';

export interface CodeActionInput extends DiagnosticInput, HardenInput {
  readonly version: number;
  /** `2026-11-24` */
  readonly today: string;
  /** Entries that the user does not want in the menu of the light bulb; all are there when left out. */
  readonly leftOut?: { readonly ignore: boolean; readonly explain: boolean };
  /** Undefined where no file of configuration can be. */
  readonly configuration: Configuration | undefined;
}

/** The file of configuration that holds for a document, or without a text, the one that could be made for it. */
export interface Configuration {
  readonly uri: string;
  readonly text: string | undefined;
}

/** An action with how little it is missed where there is no room for all: what has 0 is always shown. */
export interface Offer {
  readonly action: CodeAction;
  readonly spare: number;
}

/** Whether a kind is one of the wanted ones or below one of them: `source` asks for `source.fixAll.bulkhead`. */
export function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return (
    only === undefined ||
    only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`))
  );
}
