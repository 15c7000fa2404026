/** HTML in which every value is escaped unless this file made it: forgetting it is not possible. */
import { printable } from '../plain-text.js';
import { segments } from '../shared/words.js';

export interface Html {
  readonly markup: string;
}

export type Value = Html | string | number | undefined | readonly Value[];

/** Values may stand in text and in quoted attributes, nowhere else. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: strings.reduce((text, part, i) => text + render(values[i - 1]) + part) };
}

function render(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(value);
  return 'markup' in value ? value.markup : value.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters and direction marks become visible, as on a terminal. */
function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
}

/** A sentence with code in backquotes. */
export function prose(text: string): Html {
  return html`${segments(text).map(({ text: part, isCode }) => (isCode ? html`<code>${part}</code>` : part))}`;
}
