/** The `--name=value` words directly after a keyword. Offsets are those of the joined text. */
import { isBlank, skipBlanks } from '../continuation.js';
import { type JoinedText, joiner, spanIn } from '../joined-text.js';
import type { DockerfileFlag } from './tree.js';

/** Reads flags from `start` on. `rest` is where the arguments start; a lone `--` ends the flags and belongs to none. */
export function readFlags(
  joined: JoinedText,
  start: number,
  end: number,
): { flags: readonly DockerfileFlag[]; rest: number } {
  const { text } = joined;
  let at = skipBlanks(text, start, end);
  if (!text.startsWith('--', at) || at >= end) return { flags: [], rest: at };
  const flags: DockerfileFlag[] = [];
  while (at < end && text.startsWith('--', at)) {
    const word = readFlagWord(joined, at, end);
    at = skipBlanks(text, word.end, end);
    if (word.value.text === '--') break;
    flags.push(flagOf(joined, word));
  }
  return { flags, rest: at };
}

interface FlagWord {
  readonly start: number;
  readonly end: number;
  /** The word without its quotes and backslashes. */
  readonly value: JoinedText;
}

/** BuildKit takes a backslash for the escape character here, whatever the escape directive says. */
function readFlagWord(joined: JoinedText, start: number, end: number): FlagWord {
  const { text } = joined;
  const value = joiner();
  let quote = '';
  let from = start;
  let at = start;
  for (; at < end; at++) {
    const char = text[at] ?? '';
    if (quote === '' && isBlank(char.charCodeAt(0))) break;
    const opens = quote === '' && (char === '"' || char === "'");
    const closes = quote !== '' && char === quote;
    if (!opens && !closes && char !== '\\') continue;
    value.add(joined, from, at);
    from = at + 1;
    if (opens) quote = char;
    else if (closes) quote = '';
    else at++;
  }
  const stop = Math.min(at, end);
  value.add(joined, Math.min(from, stop), stop);
  return { start, end: stop, value: value.done() };
}

function flagOf(joined: JoinedText, { start, end, value: word }: FlagWord): DockerfileFlag {
  const span = spanIn(joined, start, end);
  const equals = word.text.indexOf('=');
  const nameEnd = equals < 0 ? word.text.length : equals;
  const name = word.text.slice(2, nameEnd).toLowerCase();
  const nameSpan = spanIn(word, 2, nameEnd);
  if (equals < 0) {
    return {
      name,
      span,
      nameSpan,
      value: undefined,
      valueSpan: { start: span.end, end: span.end },
      parts: [],
    };
  }
  const from = spanIn(word, equals, equals + 1).end;
  return {
    name,
    span,
    nameSpan,
    value: word.text.slice(equals + 1),
    valueSpan: { start: Math.min(from, span.end), end: span.end },
    parts: name === 'mount' ? partsOf(word, equals + 1) : [],
  };
}

function partsOf(word: JoinedText, start: number): DockerfileFlag['parts'] {
  const { text } = word;
  const parts: DockerfileFlag['parts'][number][] = [];
  for (let at = start; at < text.length; ) {
    const comma = text.indexOf(',', at);
    const end = comma < 0 ? text.length : comma;
    const part = text.slice(at, end);
    const equals = part.indexOf('=');
    parts.push({
      name: (equals < 0 ? part : part.slice(0, equals)).toLowerCase(),
      value: equals < 0 ? undefined : part.slice(equals + 1),
      span: spanIn(word, at, end),
    });
    at = end + 1;
  }
  return parts;
}
