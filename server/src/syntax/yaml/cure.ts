/** Which repair a syntax error calls for, by the words of js-yaml 5.5.0; a test knows when these change. */
import { type Message, say } from '../../l10n/message.js';
import { contextAt } from './context.js';
import { cureBlockScalar, cureColonMissing, cureIndentation, cureLine, cureTabs } from './cure-block.js';
import { cureComma, cureDepth, cureIndentedFlow, cureMissingComma, cureUnclosed } from './cure-flow.js';
import type { Failure } from './events.js';
import { contentEnd, isFlowIndicator, isGap, isIdle, lineEnd, lineStart, skipBlanks } from './lines.js';
import type { Repair } from './patch.js';

export interface Cure {
  /** In order of place, not overlapping. */
  readonly repairs: readonly Repair[];
  /** None for what js-yaml alone finds wrong and Compose accepts. */
  readonly problems: readonly { readonly start: number; readonly end: number; readonly message: Message }[];
  /** More is lost than what is broken. */
  readonly loss?: boolean;
}

const UNREADABLE = say`This line cannot be read`;
const KNOWN_ESCAPE = /^\\(?:[0abtnvfre "/\\N_LP\t\r\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/;

/** The repair to try; undefined when there is none. Offsets are those of `text`. */
export function cureFor(text: string, { reason, at }: Failure): Cure | undefined {
  switch (reason) {
    case 'deficient indentation':
      return cureIndentedFlow(text, contextAt(text, at), at);
    case 'missed comma between flow collection entries':
      return cureMissingComma(text, contextAt(text, at), at);
    case "expected the node content, but found ','":
      return cureComma(at);
    case "expected ':' after a mapping key":
    case 'can not read a block mapping entry; a multiline key may not be an implicit key':
      return cureColonMissing(text, contextAt(text, at), at);
    case 'bad indentation of a mapping entry':
    case 'bad indentation of a sequence entry':
    case 'end of the stream or a document separator is expected':
      return cureIndentation(text, contextAt(text, at), at);
    case 'tab characters must not be used in indentation':
      return cureTabs(text, at);
    case 'a whitespace character is expected after the key-value separator within a block mapping':
      return {
        repairs: [{ at, insert: ' ' }],
        problems: [{ start: at - 1, end: at, message: say`A blank is missing behind this colon` }],
      };
    case 'unknown escape sequence':
    case 'expected hexadecimal character':
      return cureEscape(text, at);
    case 'the stream contains non-printable characters':
    case 'expected valid JSON character':
    case 'null byte is not allowed in input':
      return cureControlCharacters(text);
    case 'a line break is expected':
    case 'repeat of a chomping mode identifier':
    case 'repeat of an indentation width identifier':
    case 'bad explicit indentation width of a block scalar; it cannot be less than one':
      return cureBlockScalar(text, at);
    case 'name of an anchor node must contain at least one character':
      return blankToken(text, at, say`This anchor has no name`);
    case 'name of an alias node must contain at least one character':
      return blankToken(text, at, say`This alias has no name`);
    case 'alias node should not have any properties':
      return blankToken(text, at + 1, say`An alias can have neither a tag nor an anchor`);
    case 'duplication of a tag property':
      return blankToken(text, at + 1, say`There is a second tag here`);
    case 'duplication of an anchor property':
      return blankToken(text, at + 1, say`There is a second anchor here`);
  }
  if (reason.endsWith('verbatim tag')) return cureVerbatimTag(text, at);
  if (reason.startsWith('unexpected end of the')) return cureUnclosed(text, contextAt(text, at), at);
  if (reason.startsWith('nesting exceeded')) return cureDepth(text, contextAt(text, at), at);
  if (/directive/i.test(reason)) return cureDirective(text, at);
  if (/\btag\b/.test(reason)) return blankToken(text, at, say`This tag is not well-formed`);
  return cureLine(text, at, UNREADABLE);
}

/** For an error that outlives its repairs: blanks its line, or the next line above that holds anything. */
export function cureBluntly(text: string, at: number): Cure | undefined {
  let start = lineStart(text, at);
  while (start > 0 && isIdle(text, start)) start = lineStart(text, start - 1);
  const cure = cureLine(text, skipBlanks(text, start), UNREADABLE);
  return cure && { ...cure, loss: lineEnd(text, start) - start > LONG_LINE };
}

const LONG_LINE = 500;

/** Conflict markers of Git: they would look like keys without a colon. What stands between them stays. */
export function cureMarks(text: string): Cure {
  const lines = /^(?:<{7}|>{7})(?:\s|$)/m.test(text)
    ? [...text.matchAll(/^(?:<{7}|>{7}|={7}|\|{7})(?=\s|$)[^\r\n]*/gm)]
    : [];
  const marks = lines.map((line) => ({ at: line.index, end: line.index + line[0].length }));
  const message = say`A merge conflict is not resolved here`;
  return { repairs: marks, problems: marks.map(({ at, end }) => ({ start: at, end, message })) };
}

/** Doubles the backslash of every escape in this line of a string that YAML does not know. */
function cureEscape(text: string, at: number): Cure {
  const string = contextAt(text, at).open.at(-1)?.at ?? at;
  const repairs: Repair[] = [];
  let first: number | undefined;
  const end = lineEnd(text, at);
  for (let i = Math.max(string + 1, lineStart(text, at)); i < end && text[i] !== '"'; i++) {
    if (text[i] !== '\\') continue;
    const known = KNOWN_ESCAPE.exec(text.slice(i, i + 10));
    if (known) {
      i += known[0].length - 1;
      continue;
    }
    first ??= i;
    repairs.push({ at: i, insert: '\\' });
  }
  const start = first ?? at;
  const message = say`YAML knows no such escape; a backslash itself is written twice`;
  return { repairs, problems: [{ start, end: start + 2, message }] };
}

/** All of them at once: a binary file has many. */
function cureControlCharacters(text: string): Cure {
  const places = [...text].reduce<{ at: number; bad: number[] }>(
    (found, char) => {
      if (isControl(char.codePointAt(0) ?? 0)) found.bad.push(found.at);
      found.at += char.length;
      return found;
    },
    { at: 0, bad: [] },
  ).bad;
  return {
    repairs: places.map((at) => ({ at, end: at + 1, fill: '\uFFFD' })),
    problems: places.map((at) => ({
      start: at,
      end: at + 1,
      message: say`A control character cannot stand in YAML`,
    })),
  };
}

function isControl(code: number): boolean {
  if (code < 32) return code !== 9 && code !== 10 && code !== 13;
  if (code >= 0x7f && code <= 0x9f) return code !== 0x85;
  return code === 0xfffe || code === 0xffff || (code >= 0xd800 && code <= 0xdfff);
}

/** Blanks the tag, anchor or alias that ends at `at` or holds it. */
function blankToken(text: string, at: number, message: Message): Cure {
  let start = Math.max(0, Math.min(at, text.length) - 1);
  while (start > 0 && !isGap(text.charCodeAt(start - 1)) && !startsToken(text, start)) start--;
  let end = Math.max(at, start + 1);
  while (!isGap(text.charCodeAt(end)) && !isFlowIndicator(text.charCodeAt(end))) end++;
  return { repairs: [{ at: start, end }], problems: [{ start, end, message }] };
}

function startsToken(text: string, at: number): boolean {
  return '!&*'.includes(text.charAt(at)) && isFlowIndicator(text.charCodeAt(at - 1));
}

/** `!<` without `>`: js-yaml looks for it up to the end of the text. */
function cureVerbatimTag(text: string, at: number): Cure | undefined {
  const start = text.lastIndexOf('!<', at);
  if (start < 0) return undefined;
  const end = Math.max(start + 2, contentEnd(text, start));
  return {
    repairs: [{ at: start, end }],
    problems: [{ start, end, message: say`This tag is never closed` }],
  };
}

/** Blanks the `%` line at or above the place. */
function cureDirective(text: string, at: number): Cure | undefined {
  for (let start = lineStart(text, at); ; start = lineStart(text, start - 1)) {
    if (text[start] === '%') {
      const end = lineEnd(text, start);
      const message = say`This directive is not well-formed, or \`---\` is missing behind it`;
      return { repairs: [{ at: start, end }], problems: [{ start, end, message }] };
    }
    if (start === 0) return cureLine(text, at, UNREADABLE);
  }
}
