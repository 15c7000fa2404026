/**
 * What there is to say about the place under the pointer: first the findings, then what is known of the word, at the end
 * what takes long to read.
 */
import type { Hover } from 'vscode-languageserver-types';
import { say } from '../l10n/message.js';
import { termAt } from '../model/terms.js';
import { type DiagnosticInput, membersOf, shownFindings } from './diagnostics.js';
import { effectiveHover, effectiveLink } from './hover/effective.js';
import { findingHover, groupReasons } from './hover/finding.js';
import { wordingFor } from './markup.js';
import { termHover } from './hover/term.js';
import { toRange, toSpan } from './to-lsp.js';

const MOST_SHOWN = 3;

export interface HoverInput extends DiagnosticInput {
  /** `2026-11-24` */
  readonly today: string;
}

/** `general`: what is to be said last. Undefined where there is nothing to say. */
export function hoverAt(
  input: HoverInput,
  position: { readonly line: number; readonly character: number },
  general?: string,
): Hover | undefined {
  const { document } = input.analysis;
  const { source } = document;
  const markup = wordingFor(input.capabilities.markdownHover, input.capabilities.tell);
  const offset = source.offsetAt(position);
  const here = shownFindings(input).filter(({ diagnostic }) => {
    const { start, end } = toSpan(source, diagnostic.range);
    return start <= offset && offset <= end;
  });
  const shown = here.slice(0, MOST_SHOWN).map(({ entry }) => membersOf(entry));
  const parts = shown.map((members) => findingHover(members, markup, shown.length > 1));
  const more = here.length - MOST_SHOWN;
  if (more > 0)
    parts.push(
      markup.tell(more === 1 ? say`1 more finding at this place` : say`${more} more findings at this place`),
    );
  const term = termAt(document, offset);
  const said = term && termHover(term, input.today, markup);
  if (said !== undefined) parts.push(said);
  if (general !== undefined) parts.push(general);
  const effective = document.effectiveAt?.(offset);
  const link = effectiveLink(
    markup.kind === 'markdown' ? input.capabilities.showEffective : undefined,
    input.uri,
  );
  if (effective && !effective.asWritten) parts.push(effectiveHover(effective, markup, link));
  parts.push(...shown.flatMap((members) => groupReasons(members, markup) ?? []));
  const at = term?.place ?? (effective?.asWritten ? undefined : effective?.at);
  const range = here[0]?.diagnostic.range ?? (at && toRange(source, at));
  if (parts.length === 0) return undefined;
  const contents = { kind: markup.kind, value: markup.parts(parts) };
  return range === undefined ? { contents } : { contents, range };
}
