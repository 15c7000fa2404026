/**
 * The `.env` beside a Compose file -> its variables. Follows compose-go's dotenv: `K=V` and `K: V`, `export`, quotes
 * over several lines, comments behind a blank, variables set earlier in the file. Lines that are nothing of the kind
 * are skipped.
 */
import { interpolate, type Lookup } from './interpolate.js';

const KEY = /[ \t]*(?:export[ \t]+)?([A-Za-z0-9_.[\]-]+)[ \t]*[=:][ \t]*/y;
const BARE_KEY = /^[ \t]*(?:export[ \t]+)?([A-Za-z0-9_.[\]-]+)[ \t]*$/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/**
 * UTF-16 units that the values may have beyond what is written, since each may hold several of those before it: a few
 * lines could stand for more text than there is memory.
 */
const MAX_EXPANSION = 1_000_000;

const NOTHING: Lookup = () => undefined;

/**
 * Never fails. `outer` answers for variables in the values; what it knows beats what the file itself sets. A key
 * without `=` takes its value from there, or stays unset.
 */
export function readEnvFile(text: string, outer: Lookup = NOTHING): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lookup: Lookup = (name) => outer(name) ?? values.get(name);
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  let room = source.length + MAX_EXPANSION;
  for (let i = 0; i < source.length; ) {
    const end = lineEnd(source, i);
    KEY.lastIndex = i;
    const key = KEY.exec(source);
    const bare = BARE_KEY.exec(source.slice(i, end))?.[1];
    const given = bare === undefined ? undefined : outer(bare);
    if (bare !== undefined && given !== undefined) values.set(bare, given);
    if (key === null || KEY.lastIndex > end || source.slice(i, end).trimStart().startsWith('#')) {
      i = end + 1;
      continue;
    }
    const value = readValue(source, KEY.lastIndex, lookup);
    room -= value.text.length;
    // What is left out has no value here, as a variable of the shell has none.
    if (room > 0) values.set(key[1] ?? '', value.text);
    else values.delete(key[1] ?? '');
    i = lineEnd(source, value.end) + 1;
  }
  return values;
}

/** `format: raw`: each line as it stands, without quotes and variables. Never fails. */
export function readRawEnvFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
    const split = line.indexOf('=');
    if (split > 0 && !line.trimStart().startsWith('#'))
      values.set(line.slice(0, split).trim(), line.slice(split + 1));
  }
  return values;
}

function readValue(
  source: string,
  start: number,
  lookup: Lookup,
): { readonly text: string; readonly end: number } {
  const quote = source[start];
  const close = quote === '"' || quote === "'" ? closingQuote(source, start) : -1;
  if (close < 0) {
    const end = lineEnd(source, start);
    const text = source
      .slice(start, end)
      .replace(/(?:^|[ \t])#.*$/, '')
      .trim();
    return { text: interpolate(text, lookup).text, end };
  }
  const inner = source.slice(start + 1, close);
  return { text: quote === "'" ? inner : interpolate(withoutEscapes(inner), lookup).text, end: close + 1 };
}

/** Offset of the quote that ends what starts at `start`; -1 when it is missing. */
function closingQuote(source: string, start: number): number {
  const quote = source[start];
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === '\\' && quote === '"') i++;
    else if (source[i] === quote) return i;
  }
  return -1;
}

/** `\$` becomes `$$`, which interpolation turns into a dollar sign. */
function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/g, (whole, character: string) =>
    character === '$' ? '$$' : (ESCAPES[character] ?? whole),
  );
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}
