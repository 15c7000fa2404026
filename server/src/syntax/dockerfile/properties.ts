/** `NAME=value` pairs of ENV, ARG and LABEL. Offsets are those of the joined text. */
import type { Span } from '../../text/span.js';
import { type Escape, skipBlanks } from '../continuation.js';
import { type JoinedText, spanIn } from '../joined-text.js';
import type { DockerfileProperty, DockerfileWord } from './tree.js';
import { splitAtBlanks, splitQuoted, unquote, wordAt } from './words.js';

/** The pairs in `at`; `ENV a b c`, the old form, is one pair whose value is the rest of the line. */
export function readPairs(
  joined: JoinedText,
  at: Span,
  keyword: string,
  escapeChar: Escape,
): { words: DockerfileWord[]; properties: DockerfileProperty[] } {
  const words = splitQuoted(joined.text, at.start, at.end, escapeChar);
  const [first] = words;
  const isOldForm = keyword !== 'ARG' && first !== undefined && equalsIn(joined, first) < 0;
  if (!isOldForm) {
    return {
      words: words.map((word) => wordAt(joined, word, escapeChar)),
      properties: words.map((word) => propertyOf(joined, word, escapeChar)),
    };
  }
  const nameEnd = splitAtBlanks(joined.text, at.start, first.end)[0]?.end ?? first.end;
  const value = { start: skipBlanks(joined.text, nameEnd, at.end), end: at.end };
  return {
    words: [wordAt(joined, at, escapeChar)],
    properties: [pairOf(joined, at, nameEnd, value, escapeChar)],
  };
}

function propertyOf(joined: JoinedText, word: Span, escapeChar: Escape): DockerfileProperty {
  const equals = equalsIn(joined, word);
  if (equals < 0) return pairOf(joined, word, word.end, { start: word.end, end: word.end }, escapeChar);
  return pairOf(joined, word, equals, { start: equals + 1, end: word.end }, escapeChar);
}

function pairOf(
  joined: JoinedText,
  word: Span,
  nameEnd: number,
  value: Span,
  escapeChar: Escape,
): DockerfileProperty {
  const span = spanIn(joined, word.start, word.end);
  const isSet = nameEnd < word.end;
  const raw = isSet ? joined.text.slice(value.start, value.end) : undefined;
  const isEmpty = value.start === value.end;
  return {
    name: unquote(joined.text.slice(word.start, nameEnd), escapeChar),
    nameSpan: spanIn(joined, word.start, nameEnd),
    value: raw === undefined ? undefined : unquote(raw, escapeChar),
    raw,
    valueSpan: isEmpty ? { start: span.end, end: span.end } : spanIn(joined, value.start, value.end),
    span,
  };
}

/** Offset of the first `=` in the word, or -1; quotes mean nothing to it. */
function equalsIn({ text }: JoinedText, word: Span): number {
  const found = text.slice(word.start, word.end).indexOf('=');
  return found < 0 ? found : found + word.start;
}
