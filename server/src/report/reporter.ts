/** What a report format is. One file beside this one makes one format; `index.ts` names them. */
import type { LintRun } from './lint-run.js';
import type { Style } from './plain-text.js';

export interface View {
  readonly style: Style;
  /** Width to fill, in characters. */
  readonly columns: number;
  /** One line per finding and no summary. */
  readonly quiet: boolean;
  readonly version: string;
}

/** The whole report, ready to be written. Formats for machines take no notice of most of the view. */
export type Reporter = (run: LintRun, view: View) => string;
