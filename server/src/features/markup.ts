/** Text of a hover in the form that the editor can show. What comes from a file is never taken for markup. */
import { words } from '../l10n/message.js';
import type { Tell } from '../l10n/translate.js';

export interface Markup {
  readonly kind: 'markdown' | 'plaintext';
  /** Text without markup of its own. */
  text(text: string): string;
  bold(marked: string): string;
  code(text: string): string;
  /** Several lines of code, in a language that the editor may colour. */
  block(text: string, language: string): string;
  /** `hint`: what editors tell when the pointer rests on the link. */
  link(title: string, url: string, hint?: string): string;
  items(marked: readonly string[]): string;
  paragraphs(marked: readonly string[]): string;
  /** Between the parts of a hover that speak of different things. */
  parts(marked: readonly string[]): string;
}

/** The same together with the user's language. */
export interface Wording extends Markup {
  /** Words of our own. Arguments are marked already. */
  readonly tell: Tell;
  /** A fact, which is text without markup. */
  fact(text: string): string;
}

export const markdown: Markup = {
  kind: 'markdown',
  text: (text) => text.replace(/[\\`*_[\]<>]/g, '\\$&'),
  bold: (marked) => `**${marked}**`,
  code: codeSpan,
  block: codeBlock,
  link: (title, url, hint) =>
    hint === undefined
      ? `[${markdown.text(title)}](${url})`
      : `[${markdown.text(title)}](${url} "${hint.replace(/["\\\s]+/g, ' ')}")`,
  items: (marked) => marked.map((item) => `- ${item}`).join('\n'),
  paragraphs: (marked) => marked.join('\n\n'),
  parts: (marked) => marked.join('\n\n---\n\n'),
};

export const plainText: Markup = {
  kind: 'plaintext',
  text: (text) => text,
  bold: (marked) => marked,
  code: (text) => text,
  block: (text) => text,
  link: (title, url) => (title === url ? url : `${title} (${url})`),
  items: (marked) => marked.map((item) => `- ${item}`).join('\n'),
  paragraphs: (marked) => marked.join('\n'),
  parts: (marked) => marked.join('\n\n'),
};

function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** The form that an editor shows, in its user's language. */
export function wordingFor(isMarkdown: boolean, tell: Tell): Wording {
  const form = isMarkdown ? markdown : plainText;
  return { ...form, tell, fact: (text) => form.text(tell(words(text))) };
}

/** The fence is longer than any run of backticks inside; line breaks would end the span. */
function codeSpan(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(oneLine.match(/`+/g) ?? []).map((run) => run.length));
  if (longest === 0) return `\`${oneLine}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${oneLine} ${fence}`;
}
