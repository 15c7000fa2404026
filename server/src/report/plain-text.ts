/** Text for people: colours, widths, wrapping, and making foreign text harmless. */
export interface Style {
  readonly color: boolean;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  green(text: string): string;
  /** Backquoted parts: bold and without their quotes in colour, as they are otherwise. */
  code(text: string): string;
}

export function makeStyle(color: boolean): Style {
  const paint = (start: number, end: number) => (text: string) =>
    color && text !== '' ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  const bold = paint(1, 22);
  return {
    color,
    bold,
    dim: paint(2, 22),
    red: paint(31, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
    green: paint(32, 39),
    code: (text) => (color ? text.replace(/`([^`]+)`/g, (_, inner: string) => bold(inner)) : text),
  };
}

const TAB = 4;
const CONTROL = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Replaces control characters and direction marks: text of a file must not steer the terminal that shows it. */
export function printable(text: string): string {
  return text.replace(CONTROL, (found) => (found === '\n' || found === '\t' ? found : '\ufffd'));
}

/** Replaces tabs by spaces up to the next stop. */
export function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let column = 0;
  let result = '';
  for (const character of text) {
    const piece = character === '\t' ? ' '.repeat(TAB - (column % TAB)) : character;
    result += piece;
    column += displayWidth(piece);
  }
  return result;
}

const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;

const PAINT = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

/** Most lines are nothing else: one column each. */
const PLAIN = /^[ -~]*$/;

/** Columns that a text without tabs takes on a terminal; colours take none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(PAINT, '')) {
    const ascii = character < '\u007f';
    width += ascii ? 1 : ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Breaks text at spaces into lines of `width`; words that are longer stay whole. Lines after the first get `indent` in front. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n]+/)) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}

/** Cuts the end of a text that is too wide. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let result = '';
  for (const character of text) {
    if (displayWidth(result + character) >= width) break;
    result += character;
  }
  return `${result.trimEnd()}…`;
}

/** Pads on the right to a width in columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** "1 file", "3 files". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
