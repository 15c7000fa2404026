import { english } from '../l10n/message.js';
import type { Tell } from '../l10n/translate.js';

/** What the editor at the other end can show and apply; everything else has a plainer form. */
export interface EditorCapabilities {
  /** Workspace edits that say which version of a document they are for. */
  readonly documentChanges: boolean;
  /** Workspace edits that create files. */
  readonly createFiles: boolean;
  /** Edits with tab stops. */
  readonly snippetEdits: boolean;
  /** Labels and confirmation for parts of a workspace edit. */
  readonly changeAnnotations: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Places can be shown as not needed, greyed out. */
  readonly unnecessaryTag: boolean;
  readonly isPreferred: boolean;
  /** The edit of a code action may be computed when the user chooses it. */
  readonly resolveEdit: boolean;
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  /** Puts messages into the language of its user. */
  readonly tell: Tell;
  /** The command that opens a rule's page; undefined when nobody could run it. Its arguments are the rule's id and its URL. */
  readonly openRulePage: string | undefined;
  /** The command that offers to harden a service or stage; its arguments are a URI and a position. */
  readonly harden: string | undefined;
  /** The command that shows what a project comes to, for links in hovers; its argument is a URI. */
  readonly showEffective: string | undefined;
}

/** An editor that announced nothing. */
export const PLAIN_EDITOR: EditorCapabilities = {
  documentChanges: false,
  createFiles: false,
  snippetEdits: false,
  changeAnnotations: false,
  relatedInformation: false,
  codeDescription: false,
  unnecessaryTag: false,
  isPreferred: false,
  resolveEdit: false,
  markdownHover: false,
  markdownCompletion: false,
  tell: english,
  openRulePage: undefined,
  harden: undefined,
  showEffective: undefined,
};
