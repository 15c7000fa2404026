/** Numbers and durations as Compose, a Go program, writes them. */

/** `1.5`, `1e+06`: the shortest text, with an exponent from a million on. */
export function goFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return '0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  const sign = exponent < 0 ? '-' : '+';
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** Seconds; undefined for what is no duration. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^[+-]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h|d|w))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h|d|w)/g))
    seconds += Number(number) * (UNITS[unit ?? ''] ?? 0);
  return text.startsWith('-') ? -seconds : seconds;
}

/** `90s` is `1m30s`. */
export function goDuration(text: string): string | undefined {
  const total = parseDuration(text);
  if (total === undefined) return undefined;
  if (total === 0) return '0s';
  const sign = total < 0 ? '-' : '';
  const size = Math.abs(total);
  if (size < 1) {
    const micro = Math.round(size * 1e6);
    return micro >= 1000 ? `${sign}${trim(micro / 1000)}ms` : `${sign}${micro}µs`;
  }
  const hours = Math.floor(size / 3600);
  const minutes = Math.floor((size % 3600) / 60);
  const seconds = trim(size % 60);
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`;
}

function trim(number: number): string {
  return String(Math.round(number * 1e6) / 1e6);
}

/** The words of a command written as one text, as a shell would split them without running anything. */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === "'" || c === '"') {
      const end = closing(text, i);
      if (end < 0) return undefined;
      const inner = text.slice(i + 1, end);
      word = (word ?? '') + (c === '"' ? inner.replace(/\\([$`"\\])/g, '$1') : inner);
      i = end;
    } else if (c === '\\') {
      i++;
      if (text[i] !== '\n') word = (word ?? '') + (text[i] ?? '');
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function closing(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\' && text[open] === '"') i++;
    else if (text[i] === text[open]) return i;
  }
  return -1;
}
