/** Repairs of quotes and brackets. */
import { say } from '../../l10n/message.js';
import type { Context, Opener } from './context.js';
import type { Cure } from './cure.js';
import { flowEnd, openByLayout, quotedEnd } from './ends.js';
import {
  contentEnd,
  isBlank,
  isFlowIndicator,
  isGap,
  isIdle,
  lineEnd,
  lineStart,
  nextLine,
  skipBlanks,
  skipSpaces,
} from './lines.js';
import type { Repair } from './patch.js';

const CLOSERS = { '[': ']', '{': '}', '"': '"', "'": "'" } as const;
/** A line as blocks have them: an item, or a plain key. */
const BLOCK_LINE = /^(?:-|[^\s"'{}[\],#:][^"'{}[\],#:]*:)(?:\s|$)/;

/**
 * A line inside quotes or brackets that is indented no deeper than the block around them. js-yaml refuses it, Compose
 * does not care; so it is indented without a word, unless it rather shows that the quote or bracket was not closed.
 */
export function cureIndentedFlow(text: string, context: Context, at: number): Cure | undefined {
  const inner = context.open.at(-1);
  if (inner === undefined) return cureTabsBetween(text, at);
  const line = lineStart(text, at);
  if (inner.at >= line) return cureTabsBetween(text, at) ?? unclosed(text, context, inner);
  const end = isQuote(inner) ? proseEnd(text, inner, line) : bracketsEnd(text, context, at);
  if (end < 0) return unclosed(text, context, inner);
  const repairs: Repair[] = [];
  const column = (context.columns.at(-1) ?? -1) + 1;
  for (let start = line; start < end; start = nextLine(text, start)) {
    const missing = column - (skipSpaces(text, start) - start);
    if (missing > 0 && lineEnd(text, start) > start) repairs.push({ at: start, insert: ' '.repeat(missing) });
  }
  return { repairs, problems: [] };
}

/** The end of the text, or of the document, was met inside quotes or brackets. */
export function cureUnclosed(text: string, context: Context, at: number): Cure | undefined {
  const inner = context.open.at(-1);
  if (inner !== undefined)
    return (isQuote(inner) ? undefined : cureLayout(text, context, at)) ?? unclosed(text, context, inner);
  // A quoted string that only seems closed to the scan, since it ends in the next document.
  const string = /["'][^"']*$/.exec(text.slice(0, at));
  return string ? closeQuote(text, [], string.index) : undefined;
}

export function cureMissingComma(text: string, context: Context, at: number): Cure | undefined {
  const { open, last } = context;
  const inner = open.at(-1);
  if (inner === undefined) return undefined;
  const line = lineStart(text, at);
  if (last?.kind === 'quoted' && last.start < line && last.end > line)
    return closeQuote(text, open, last.start);
  const layout = cureLayout(text, context, at);
  if (layout) return layout;
  const code = text.charCodeAt(at);
  const char = text[at];
  if (char === ']' || char === '}') return cureWrongCloser(text, context, at);

  const start = last?.kind === 'plain' && char === ':' && last.end > line ? last.start : at;
  const ownLine = lineStart(text, start) > inner.at || start < line;
  if (ownLine && looksLikeBlock(text, line)) return closeOnItsLine(text, inner, line);
  if (!canStartNode(text, at) && char !== ':') {
    const message = say`No entry can start with \`${char ?? ''}\``;
    return { repairs: [{ at, end: at + 1 }], problems: [{ start: at, end: at + 1, message }] };
  }
  const place = start < line ? (last?.firstEnd ?? at) : context.filled;
  const from = last && last.end <= place && last.start < place ? last.start : Math.max(0, place - 1);
  const message =
    inner.mark === '['
      ? say`A comma is missing between this entry of the list and the next one`
      : say`A comma is missing between this entry of the mapping and the next one`;
  return {
    repairs: [{ at: Math.min(place, at), insert: isGap(code) ? ',' : ', ' }],
    problems: [{ start: from, end: place, message }],
  };
}

/** Closes brackets in front of the line whose indentation asks for it, and of the comma that precedes that line. */
function cureLayout(text: string, { open }: Context, at: number): Cure | undefined {
  const layout = openByLayout(text, open[0]?.at ?? at, at);
  const inner = layout?.open.at(-1);
  if (layout === undefined || inner === undefined) return undefined;
  const end = text[layout.end - 1] === ',' ? layout.end - 1 : layout.end;
  const closers = layout.open.toReversed().map((one) => (text[one] === '[' ? ']' : '}'));
  return {
    repairs: [{ at: end, insert: ` ${closers.join('')}` }],
    problems: [
      {
        start: inner,
        end: contentEnd(text, inner),
        message: say`This \`${text[inner] ?? ''}\` is never closed`,
      },
    ],
  };
}

/** Two commas in a row, or one in front of all entries. */
export function cureComma(at: number): Cure {
  return {
    repairs: [{ at, end: at + 1 }],
    problems: [{ start: at, end: at + 1, message: say`There is no entry in front of this comma` }],
  };
}

/** More brackets, dashes or indentation inside each other than js-yaml follows. */
export function cureDepth(text: string, { open }: Context, at: number): Cure {
  const outer = open[0];
  const start = outer?.at ?? skipBlanks(text, lineStart(text, at));
  const matching = outer === undefined ? -1 : flowEnd(text, outer.at);
  let end = matching < 0 ? Math.max(contentEnd(text, start), at) : matching;
  if (outer === undefined) {
    const indent = skipSpaces(text, lineStart(text, at)) - lineStart(text, at);
    for (let next = nextLine(text, at); next < text.length; next = nextLine(text, next)) {
      if (!isIdle(text, next) && skipSpaces(text, next) - next < indent) break;
      end = lineEnd(text, next);
    }
  }
  const message = say`This is nested too deep to be read`;
  return {
    repairs: [{ at: start, end: Math.max(end, start + 1) }],
    problems: [{ start: at, end: at + 1, message }],
    loss: true,
  };
}

/**
 * Closes a quote at the end of the line it is opened on; inside brackets, in front of the comma or the brackets that
 * end the line.
 */
export function closeQuote(text: string, brackets: readonly Opener[], at: number): Cure {
  const mark = text[at] ?? '"';
  const line = lineStart(text, at);
  let end = lineEnd(text, at);
  while (end > at + 1 && isBlank(text.charCodeAt(end - 1))) end--;
  const contentStop = end;
  const ending = () => text.slice(end - 1, end);
  let closable = brackets.filter((one) => !isQuote(one) && one.at >= line && one.at < at).length;
  if (brackets.length > 0) {
    if (end > at + 1 && ending() === ',') end--;
    while (
      closable > 0 &&
      end > at + 1 &&
      (ending() === ']' || ending() === '}' || isBlank(text.charCodeAt(end - 1)))
    ) {
      if (!isBlank(text.charCodeAt(end - 1))) closable--;
      end--;
    }
  }
  let backslashes = 0;
  while (mark === '"' && text[end - 1 - backslashes] === '\\' && end - 1 - backslashes > at) backslashes++;
  const insert = backslashes % 2 === 1 ? `\\${mark}` : mark;
  return {
    repairs: [{ at: end, insert }],
    problems: [{ start: at, end: contentStop, message: say`This quote is never closed` }],
  };
}

function unclosed(text: string, context: Context, inner: Opener): Cure {
  if (isQuote(inner)) return closeQuote(text, context.open.slice(0, -1), inner.at);
  return closeBrackets(text, context.open, Math.max(context.filled, inner.at + 1));
}

function closeBrackets(text: string, open: readonly Opener[], at: number): Cure {
  const inner = open.at(-1) ?? { at, mark: '[' as const };
  const insert = open
    .toReversed()
    .map(({ mark }) => CLOSERS[mark])
    .join('');
  return {
    repairs: [{ at, insert: ` ${insert}` }],
    problems: [
      {
        start: inner.at,
        end: contentEnd(text, inner.at),
        message: say`This \`${inner.mark}\` is never closed`,
      },
    ],
  };
}

/** A closing bracket of the other kind: the one it fits is further out, or there is none. */
function cureWrongCloser(text: string, { open, filled }: Context, at: number): Cure {
  const fitting = open.findLastIndex(({ mark }) => CLOSERS[mark] === text[at]);
  if (fitting >= 0) return closeBrackets(text, open.slice(fitting + 1), filled);
  const message = say`This \`${text[at] ?? ''}\` closes nothing`;
  return { repairs: [{ at, end: at + 1 }], problems: [{ start: at, end: at + 1, message }] };
}

/** The lines of a block follow an unfinished bracket: it ends where its line does, or goes if they are its value. */
function closeOnItsLine(text: string, { at, mark }: Opener, below: number): Cure {
  const end = contentEnd(text, at);
  const indent = (line: number) => skipSpaces(text, line) - line;
  const message = say`This \`${mark}\` is never closed`;
  const repair: Repair =
    indent(below) > indent(lineStart(text, at)) ? { at, end } : { at: end, insert: ` ${CLOSERS[mark]}` };
  return { repairs: [repair], problems: [{ start: at, end, message }] };
}

function looksLikeBlock(text: string, line: number): boolean {
  const first = skipBlanks(text, line);
  const end = contentEnd(text, first);
  if (!BLOCK_LINE.test(text.slice(first, Math.min(end, first + 200))) || text[end - 1] === ',') return false;
  let next = nextLine(text, end);
  while (next < text.length && isIdle(text, next)) next = nextLine(text, next);
  const char = text[skipBlanks(text, next)];
  return char !== ']' && char !== '}' && char !== ',';
}

/** End of a quoted text of several lines, if none of them looks like a line of a block; else -1. */
function proseEnd(text: string, { at }: Opener, line: number): number {
  const end = quotedEnd(text, at);
  if (end < 0) return -1;
  const behind = skipBlanks(text, end);
  const proper =
    isGap(text.charCodeAt(behind)) || text[behind] === '#' || isFlowIndicator(text.charCodeAt(behind));
  if (!proper && text[behind] !== ':') return -1;
  for (let start = line; start < end; start = nextLine(text, start)) {
    const first = skipBlanks(text, start);
    if (BLOCK_LINE.test(text.slice(first, Math.min(first + 200, lineEnd(text, first))))) return -1;
  }
  return end;
}

/** End of the outermost bracket, if its lines go on as lines inside brackets do; else -1. */
function bracketsEnd(text: string, { open }: Context, at: number): number {
  const end = flowEnd(text, open[0]?.at ?? at);
  if (end >= 0) return end;
  return text[at] === ']' || text[at] === '}' ? at + 1 : -1;
}

/** A tab between the parts of a line with brackets: js-yaml takes it for indentation. */
function cureTabsBetween(text: string, at: number): Cure | undefined {
  const repairs: Repair[] = [];
  for (let i = lineStart(text, at); i < at; i++) {
    if (text[i] === '\t') repairs.push({ at: i, end: i + 1 });
  }
  return repairs.length > 0 ? { repairs, problems: [] } : undefined;
}

function canStartNode(text: string, at: number): boolean {
  const char = text[at] ?? '';
  if (
    (char === '-' || char === '?') &&
    (isGap(text.charCodeAt(at + 1)) || isFlowIndicator(text.charCodeAt(at + 1)))
  )
    return false;
  return !'@`%|>#'.includes(char);
}

function isQuote({ mark }: Opener): boolean {
  return mark === '"' || mark === "'";
}
