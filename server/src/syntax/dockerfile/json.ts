/** The JSON (exec) form: an array of strings, with the place of each string. Offsets are those of the joined text. */
import { type JoinedText, spanIn } from '../joined-text.js';
import type { DockerfileWord } from './tree.js';

export interface JsonForm {
  readonly words: readonly DockerfileWord[];
  /** A number, `true`, `false` or `null` is among them: BuildKit refuses the instruction. */
  readonly mixed: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const OTHER_SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,\]])/y;

/**
 * Reads `["a", "b"]`, which must fill `start`..`end`. Undefined when it is anything else: the instruction is then in
 * shell form, whatever it looks like.
 */
export function readJsonForm(joined: JoinedText, start: number, end: number): JsonForm | undefined {
  const { text } = joined;
  if (text[start] !== '[') return undefined;
  const words: DockerfileWord[] = [];
  let mixed = false;
  let at = skipSpace(text, start + 1, end);
  if (text[at] === ']') return skipSpace(text, at + 1, end) === end ? { words, mixed } : undefined;
  while (at < end) {
    if (text[at] === '"') {
      const string = readString(text, at, end);
      if (!string) return undefined;
      words.push({
        span: spanIn(joined, at, string.end),
        value: string.value,
        raw: text.slice(at, string.end),
      });
      at = string.end;
    } else {
      OTHER_SCALAR.lastIndex = at;
      const other = OTHER_SCALAR.exec(text);
      if (!other) return undefined;
      mixed = true;
      at += other[0].length;
    }
    at = skipSpace(text, at, end);
    if (text[at] === ']') return skipSpace(text, at + 1, end) === end ? { words, mixed } : undefined;
    if (text[at] !== ',') return undefined;
    at = skipSpace(text, at + 1, end);
  }
  return undefined;
}

function readString(text: string, start: number, end: number): { value: string; end: number } | undefined {
  let value = '';
  let from = start + 1;
  for (let at = from; at < end; at++) {
    const char = text[at] ?? '';
    if (char === '"') return { value: value + text.slice(from, at), end: at + 1 };
    if (char < ' ') return undefined;
    if (char !== '\\') continue;
    value += text.slice(from, at);
    const next = text[at + 1] ?? '';
    const hex = next === 'u' ? text.slice(at + 2, at + 6) : '';
    if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(hex)) {
      value += String.fromCharCode(Number.parseInt(hex, 16));
      at += 5;
    } else {
      const plain = ESCAPES[next];
      if (plain === undefined) return undefined;
      value += plain;
      at += 1;
    }
    from = at + 1;
  }
  return undefined;
}

function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text[at] === ' ' || text[at] === '\t' || text[at] === '\r')) at++;
  return at;
}
