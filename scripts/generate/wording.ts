/** Words and Markdown that pages, README and settings share. */
import { kindsOf } from '../../server/src/engine/rule-kinds.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import type { AnyRule, Applicability } from '../../server/src/rules/rule.js';

export const GENERATED =
  '<!-- Generated from the metadata of the rules by `npm run generate`; do not edit. -->';

export const KIND_NAMES: Readonly<Record<DocumentKind, string>> = {
  dockerfile: 'Dockerfile',
  compose: 'Compose',
};

export const KIND_LANGUAGES: Readonly<Record<DocumentKind, string>> = {
  dockerfile: 'dockerfile',
  compose: 'yaml',
};

/** What a fix of this grade means, as a sentence that goes on behind its title. */
export const GRADES: Readonly<Record<Applicability, string>> = {
  safe: 'A working container keeps working the same way. Part of "fix all" and of `bulkhead fix`.',
  unsafe: 'The behaviour may change. One light bulb at a time, or `bulkhead fix --unsafe`.',
  manual: 'Holds a value that only you know. In the editor only, with a place to type.',
};

export function kindNames(rule: AnyRule): string {
  return kindsOf(rule)
    .map((kind) => KIND_NAMES[kind])
    .join(', ');
}

/** A table whose cells may hold any text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}

/** A fence longer than any in the text. */
export function codeBlock(language: string, text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/^\s*(`{3,})/gm)].map((match) => match[1]?.length ?? 0));
  const fence = '`'.repeat(longest + 1);
  return [fence + language, text.replace(/\n+$/, ''), fence];
}

/** A value of an option as JSON, in code. */
export function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
