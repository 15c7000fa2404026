/** Splitting the arguments of an instruction into words, and quote removal. Offsets are those of the joined text. */
import type { Span } from '../../text/span.js';
import { type Escape, isBlank, skipBlanks } from '../continuation.js';
import { type JoinedText, spanIn } from '../joined-text.js';
import type { DockerfileWord } from './tree.js';

/** Words between blanks; quotes mean nothing. So BuildKit splits FROM, COPY, EXPOSE and most others. */
export function splitAtBlanks(text: string, start: number, end: number): Span[] {
  const words: Span[] = [];
  let at = skipBlanks(text, start, end);
  while (at < end) {
    const from = at;
    while (at < end && !isBlank(text.charCodeAt(at))) at++;
    words.push({ start: from, end: at });
    at = skipBlanks(text, at, end);
  }
  return words;
}

/** Words between blanks outside quotes, as ENV, LABEL and ARG have them. An open quote reaches to the end. */
export function splitQuoted(text: string, start: number, end: number, escapeChar: Escape): Span[] {
  const words: Span[] = [];
  let at = skipBlanks(text, start, end);
  while (at < end) {
    const from = at;
    at = quotedWordEnd(text, at, end, escapeChar).end;
    words.push({ start: from, end: at });
    at = skipBlanks(text, at, end);
  }
  return words;
}

/** End of the word that starts at `start`; `open` when it ends inside a quote. */
export function quotedWordEnd(
  text: string,
  start: number,
  end: number,
  escapeChar: Escape,
): { end: number; open: boolean } {
  let quote = '';
  let at = start;
  while (at < end) {
    const char = text[at] ?? '';
    if (quote === '' && isBlank(char.charCodeAt(0))) break;
    if (char === escapeChar && quote !== "'") at++;
    else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    at++;
  }
  return { end: Math.min(at, end), open: quote !== '' };
}

export function wordAt(joined: JoinedText, at: Span, escapeChar: Escape): DockerfileWord {
  const raw = joined.text.slice(at.start, at.end);
  return { span: spanIn(joined, at.start, at.end), value: unquote(raw, escapeChar), raw };
}

/** Removes quotes and escapes; variable references stay as written, also `${A:-"b"}`. An open quote is dropped. */
export function unquote(raw: string, escapeChar: Escape): string {
  if (!raw.includes('"') && !raw.includes("'") && !raw.includes(escapeChar)) return raw;
  let result = '';
  let quote = '';
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at] ?? '';
    if (quote === "'") {
      if (char === "'") quote = '';
      else result += char;
    } else if (char === escapeChar) {
      const next = raw[at + 1];
      const literal = quote === '"' && next !== '"' && next !== '$' && next !== escapeChar;
      if (literal) result += char;
      else if (next !== undefined) {
        result += next;
        at++;
      }
    } else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === '$' && raw[at + 1] === '{') {
      const end = bracesEnd(raw, at + 2, escapeChar);
      result += raw.slice(at, end);
      at = end - 1;
    } else result += char;
  }
  return result;
}

/** Behind the `}` that closes the `${` before `start`; the end of the text when it is missing. */
function bracesEnd(text: string, start: number, escapeChar: Escape): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === escapeChar) at++;
    else if (char === '$' && text[at + 1] === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}
