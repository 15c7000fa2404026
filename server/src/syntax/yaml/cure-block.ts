/** Repairs of keys, items and their indentation. */
import { type Message, say } from '../../l10n/message.js';
import type { Context, Token } from './context.js';
import { blockEnd, blockStart, indentOf, isBelowBlank, isItem, lineAbove, lineBelow } from './block-lines.js';
import type { Cure } from './cure.js';
import { closeQuote } from './cure-flow.js';
import { contentEnd, isIdle, lineEnd, lineStart, nextLine, skipBlanks, skipSpaces } from './lines.js';
import type { Repair } from './patch.js';

/** Blanks the line of `at`, from its indentation to its comment, with the deeper lines below if they would hang in the air. */
export function cureLine(text: string, at: number, message: Message, withBlock = false): Cure | undefined {
  const line = lineStart(text, at);
  const start = skipBlanks(text, line);
  const end = contentEnd(text, start);
  if (end === start) return undefined;
  if (!withBlock) return { repairs: [{ at: start, end }], problems: [{ start, end, message }] };
  return blankLines(text, line, blockEnd(text, line, indentOf(text, line) + 1), message);
}

/** Text where a key should stand: it becomes a key, so that what is indented below it keeps its place. */
export function cureColonMissing(text: string, { last }: Context, at: number): Cure | undefined {
  const between = last && text.slice(last.end, at).replace(/#.*/g, '');
  if (last === undefined || between?.trim() !== '')
    return cureLoneProperties(text, at) ?? cureLine(text, at, UNREADABLE);
  if (isSwallowed(text, last, at)) return closeQuote(text, [], last.start);
  const hasColon = text[skipBlanks(text, last.firstEnd)] === ':';
  if (!last.ownLine || hasColon) return cureLoneProperties(text, at) ?? cureLine(text, at, UNREADABLE);
  const { start, firstEnd } = last;
  const message = say`A colon is missing: this is neither a key with a value nor an item of a list`;
  if (!canHoldBlockBelow(text, lineStart(text, start))) return cureLine(text, start, message);
  return { repairs: [{ at: firstEnd, insert: ' : ' }], problems: [{ start, end: firstEnd, message }] };
}

/** Something stands where no entry of the collections around it can stand, or behind a value that was complete. */
export function cureIndentation(text: string, context: Context, at: number): Cure | undefined {
  const { last, blockScalar } = context;
  if (blockScalar !== undefined) return cureLeadingBlanks(text, blockScalar, at);
  const line = lineStart(text, at);
  const first = skipBlanks(text, line);
  if (last !== undefined && isSwallowed(text, last, at)) return closeQuote(text, [], last.start);
  if (last?.kind === 'plain' && text[at] === ':' && last.start < line && last.end > line) {
    return last.ownLine ? cureColonMissing(text, context, at) : cureBelowValue(text, last, line);
  }
  if (at > first) {
    const end = Math.max(contentEnd(text, at), at + 1);
    const message = say`This does not belong to the value in front of it`;
    return { repairs: [{ at, end }], problems: [{ start: at, end, message }] };
  }
  const isBelow = last !== undefined && lineStart(text, Math.max(last.end - 1, 0)) === lineAbove(text, line);
  const indent = first - line;
  if (isBelow && last.ownLine && last.kind === 'plain') {
    const above = lineStart(text, last.start);
    const least = indentOf(text, above) + (isItem(text, above) ? 1 : 0);
    if (indent >= least) return cureColonMissing(text, context, at);
  }
  if (context.columns.includes(indent)) return cureMixture(text, line) ?? cureLine(text, at, MISPLACED, true);
  const deeper = context.columns.find((column) => column > indent);
  if (deeper !== undefined) return cureShallow(text, line, deeper - indent);
  if (isBelow && last.ownLine && !isItem(text, lineStart(text, last.start)) && !isBelowBlank(text, line)) {
    const message = say`This value belongs to no key`;
    return {
      repairs: [{ at: last.start, end: last.end }],
      problems: [{ start: last.start, end: last.firstEnd, message }],
    };
  }
  return isBelow && !last.ownLine ? cureBelowValue(text, last, line) : cureLine(text, at, MISPLACED, true);
}

/** A tag or an anchor on a line of its own where a key should stand, with the lines below taken for its key. */
function cureLoneProperties(text: string, at: number): Cure | undefined {
  const above = lineAbove(text, lineStart(text, at));
  if (above === undefined || !'&!'.includes(text.charAt(skipBlanks(text, above)))) return undefined;
  return cureLine(text, above, say`This tag or anchor belongs to nothing`);
}

/** Whether the deeper lines below form one block; otherwise they continue what stands above. */
function canHoldBlockBelow(text: string, line: number): boolean {
  const indent = indentOf(text, line);
  const first = lineBelow(text, line);
  if (first === undefined || indentOf(text, first) <= indent) return true;
  for (let next: number | undefined = first; next !== undefined; next = lineBelow(text, next)) {
    if (indentOf(text, next) <= indent) return true;
    if (indentOf(text, next) < indentOf(text, first)) return false;
  }
  return true;
}

const UNREADABLE = say`This line cannot be read`;
const MISPLACED = say`The indentation of this line fits no entry above it`;

/** A quote that was opened on an earlier line and ends just in front of the place: its true end is missing. */
function isSwallowed(text: string, last: Token, at: number): boolean {
  const line = lineStart(text, at);
  return last.kind === 'quoted' && last.start < line && last.end > line;
}

/**
 * Entries below a key that has its value on its own line. When there are several, that value is what was written last;
 * below a blank line, the entries are those of a key that used to stand there.
 */
function cureBelowValue(text: string, value: Token, line: number): Cure | undefined {
  const below = nextLine(text, value.firstEnd);
  if (below !== lineBelow(text, value.start)) {
    return blankLines(text, below, blockEnd(text, line, indentOf(text, line)), MISPLACED);
  }
  const indent = indentOf(text, line);
  const next = lineBelow(text, line);
  const several = next !== undefined && indentOf(text, next) >= indent;
  if (!several || indent <= indentOf(text, lineStart(text, value.start)))
    return cureLine(text, line, MISPLACED, true);
  const end = Math.min(value.end, line);
  return {
    repairs: [{ at: value.start, end }],
    problems: [
      {
        start: value.start,
        end: value.firstEnd,
        message: say`A key cannot have both this value and the entries below it`,
      },
    ],
  };
}

/**
 * The line is too shallow for the entries in front of it and too deep for those around them: it and what follows
 * belong to the former by all appearances, and are moved there. Nothing is lost that way.
 */
function cureShallow(text: string, line: number, blanks: number): Cure | undefined {
  const intruder = lineBetween(text, line);
  if (intruder !== undefined) {
    return cureLine(
      text,
      skipBlanks(text, intruder),
      say`This line is indented less than those it stands between`,
    );
  }
  const indent = indentOf(text, line);
  const end = blockEnd(text, line, indent);
  const start = blockStart(text, line, indent + 1);
  if (isItem(text, start) !== isItem(text, line)) {
    if (indent === 0) return splitDocument(text, line);
    // Below a blank line a key is missing, so those lines go; else the shorter part.
    const earlier =
      isBelowBlank(text, start) || !(isBelowBlank(text, line) || isLonger(text, start, line, end));
    return earlier ? blankLines(text, start, line, MISPLACED) : blankLines(text, line, end, MISPLACED);
  }
  const first = skipBlanks(text, line);
  const repairs: Repair[] = [];
  for (let at = line; at < end; at = nextLine(text, at)) {
    if (lineEnd(text, at) > at) repairs.push({ at, insert: ' '.repeat(blanks) });
  }
  if (repairs.length * blanks > MAX_SHIFT) return cureLine(text, first, MISPLACED, true);
  return { repairs, problems: [{ start: first, end: contentEnd(text, first), message: MISPLACED }] };
}

const MAX_SHIFT = 50_000;

/**
 * Items and keys in one block: what stands in the middle of the others goes, or what is below a blank line as if its
 * key were missing, or else the shorter part.
 */
function cureMixture(text: string, line: number): Cure | undefined {
  const indent = indentOf(text, line);
  const start = blockStart(text, line, indent);
  const kind = isItem(text, start);
  if (kind === isItem(text, line)) return undefined;
  const last = blockEnd(text, line, indent);
  let end = line;
  while (end < last && (indentOf(text, end) > indent || isItem(text, end) !== kind)) {
    end = lineBelow(text, end) ?? text.length;
  }
  const inside = end < last;
  if (indent === 0 && !inside) return splitDocument(text, line);
  const later = inside || isLonger(text, start, line, end) || isBelowBlank(text, line);
  const message = say`Items of a list and keys cannot stand in one block`;
  return later ? blankLines(text, line, end, message) : blankLines(text, start, line, message);
}

/** A list and a mapping at the top can only be two documents. */
function splitDocument(text: string, line: number): Cure {
  const message = say`A list and a mapping cannot stand in one document`;
  return {
    repairs: [{ at: line, insert: '---\n' }],
    problems: [{ start: line, end: contentEnd(text, line), message }],
  };
}

/** Whether there is more content from `start` to `middle` than from there to `end`. */
function isLonger(text: string, start: number, middle: number, end: number): boolean {
  let balance = 0;
  for (let at = start; at < end; at = nextLine(text, at)) {
    if (!isIdle(text, at)) balance += at < middle ? 1 : -1;
  }
  return balance > 0;
}

/** Blanks the content of all these lines; the message goes to the first of them. */
function blankLines(text: string, start: number, end: number, message: Message): Cure {
  const lines: { at: number; end: number }[] = [];
  for (let at = start; at < end; at = nextLine(text, at)) {
    const first = skipBlanks(text, at);
    if (!isIdle(text, at)) lines.push({ at: first, end: contentEnd(text, first) });
  }
  const [head] = lines;
  return { repairs: lines, problems: head ? [{ start: head.at, end: head.end, message }] : [] };
}

/**
 * The line that makes the entries from `line` on too shallow, if without it they would go on with those above it:
 * a key being typed in the middle of the block of another. A blank line below it or above `line` says that
 * something else is missing.
 */
function lineBetween(text: string, line: number): number | undefined {
  const indent = indentOf(text, line);
  const below = lineBelow(text, line);
  if (below === undefined || indentOf(text, below) < indent) return undefined;
  let at = lineAbove(text, line);
  while (at !== undefined && indentOf(text, at) >= indent) at = lineAbove(text, at);
  if (at === undefined || nextLine(text, at) !== lineBelow(text, at)) return undefined;
  if (isBelowBlank(text, line)) return undefined;
  const intruder = at;
  for (; at !== undefined && (at === intruder || indentOf(text, at) >= indent); at = lineAbove(text, at)) {
    if (indentOf(text, at) === indent) return intruder;
  }
  return undefined;
}

/** Tabs in front of this line and the lines right below it give way to the blanks that the line above calls for. */
export function cureTabs(text: string, at: number): Cure {
  const message = say`Tabs cannot indent in YAML, only spaces can`;
  const line = lineStart(text, at);
  if (skipBlanks(text, line) <= at) {
    return { repairs: [{ at, end: at + 1 }], problems: [{ start: at, end: at + 1, message }] };
  }
  const above = lineAbove(text, line);
  const opens =
    above !== undefined && /(?:[:>|]|(?:^|\s)-)\s*$/.test(text.slice(above, contentEnd(text, above)));
  const base = above === undefined ? 0 : indentOf(text, above) + (opens ? UNIT : 0);
  const repairs: Repair[] = [];
  const problems: Cure['problems'][number][] = [];
  let depth: number | undefined;
  for (let start = line; start < text.length; start = nextLine(text, start)) {
    const first = skipBlanks(text, start);
    const tabs = text.slice(start, first).split('\t').length - 1;
    if (tabs === 0) break;
    depth ??= tabs;
    const blanks = base + (tabs - depth) * UNIT - (first - start);
    if (blanks > 0 && blanks < 1000) repairs.push({ at: start, insert: ' '.repeat(blanks) });
    repairs.push({ at: start, end: first });
    problems.push({ start, end: first, message });
  }
  return { repairs, problems };
}

const UNIT = 2;

/** What stands behind the `|` or `>` and is no part of a header. */
export function cureBlockScalar(text: string, at: number): Cure {
  const end = Math.max(contentEnd(text, at), at + 1);
  const message = say`The text of a block scalar starts on the next line; nothing else can stand here`;
  return { repairs: [{ at, end }], problems: [{ start: at, end, message }] };
}

/** Blank lines at the start of a block scalar that are longer than its indentation: cut in pieces. */
function cureLeadingBlanks(text: string, header: number, at: number): Cure | undefined {
  const repairs: Repair[] = [];
  for (let line = nextLine(text, header); line < at; line = nextLine(text, line)) {
    const end = lineEnd(text, line);
    if (end < at && skipSpaces(text, line) === end && end > line) repairs.push({ at: line, end, fill: '\n' });
  }
  const worst = repairs[0];
  if (worst === undefined || !('end' in worst)) return cureLine(text, at, MISPLACED);
  const message = say`A block scalar cannot start with a blank line that is indented deeper than its text`;
  return { repairs, problems: [{ start: worst.at, end: worst.end, message }] };
}
