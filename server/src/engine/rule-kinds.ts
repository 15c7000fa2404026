/** Which kinds of files a rule has something to say about. */
import type { DocumentKind } from '../model/document.js';
import type { AnyRule } from '../rules/rule.js';

/** Kinds of files in which the rule can find something. */
export function kindsOf({ check }: AnyRule): readonly DocumentKind[] {
  const kinds: DocumentKind[] = [];
  if (check.stage || check.build || check.ignore) kinds.push('dockerfile');
  if (check.container || check.project || check.ignore) kinds.push('compose');
  return kinds;
}
