/**
 * Reading on behind syntax errors: js-yaml stops at the first one, so the place is repaired in a copy of the text and
 * the copy is read again. Offsets of the copy lead back to the source. Effort is bounded; a text that keeps failing is
 * cut off where reading stopped.
 */
import type { Event } from 'js-yaml';
import { say } from '../../l10n/message.js';
import { sourceText } from '../../text/source-text.js';
import type { Span } from '../../text/span.js';
import { readEvents } from './events.js';
import { isBreak, lineStart } from './lines.js';
import { applyRepairs, sourceOffset, unpatched } from './patch.js';
import { type Cure, cureBluntly, cureFor, cureMarks } from './cure.js';
import type { YamlProblem } from './tree.js';

export interface TolerantReading {
  /** The text that the events belong to. */
  readonly read: string;
  readonly events: readonly Event[];
  /** From offsets of `read` to those of the source; undefined when they are the same. */
  readonly toSource: ((offset: number) => number) | undefined;
  /** In order of place, one at most for a line. */
  readonly problems: readonly YamlProblem[];
  readonly complete: boolean;
}

const MAX_PASSES = 250;
/** Characters that all passes together may cost: so many times the text, and some more for short texts. */
const MAX_READINGS = 8;
const SPARE_CHARACTERS = 2_000_000;
/** Characters that repairs may insert: as many as the text has, and some more. */
const SPARE_INSERTIONS = 100_000;
/** Repairs tried for errors on one line before the line is blanked, and then the lines above it. */
const PATIENCE = 10;

export function readTolerantly(source: string): TolerantReading {
  const first = readEvents(source);
  if ('events' in first) {
    return { read: source, events: first.events, toSource: undefined, problems: [], complete: true };
  }

  let patched = unpatched(source);
  let complete = true;
  let failedAt = first.failure.at;
  let budget = SPARE_CHARACTERS + MAX_READINGS * source.length;
  const problems: YamlProblem[] = [];
  const tries = new Map<number, number>();

  apply(cureMarks(source));
  for (let pass = 0; pass < MAX_PASSES && budget > 0; pass++) {
    const reading = readEvents(patched.text);
    if ('events' in reading) return result(patched.text, reading.events);
    failedAt = reading.failure.at;
    // Reading stops at the error, but js-yaml goes through all lines for its message, and the repair copies them.
    budget -= failedAt + patched.text.length / 2;
    const line = lineStart(source, sourceOffset(patched, failedAt));
    const tried = tries.get(line) ?? 0;
    tries.set(line, tried + 1);
    const fine = tried < PATIENCE ? cureFor(patched.text, reading.failure) : undefined;
    const cure = fine ?? cureBluntly(patched.text, failedAt);
    if (cure === undefined) break;
    apply(cure);
    if (patched.text.length > 2 * source.length + SPARE_INSERTIONS) break;
  }
  return cutOff();

  function apply({ repairs, problems: found, loss }: Cure): void {
    for (const { start, end, message } of found) {
      const at = onOneLine(source, sourceOffset(patched, start), sourceOffset(patched, end));
      problems.push({ at, message });
    }
    if (loss) complete = false;
    patched = applyRepairs(patched, repairs);
  }

  function result(read: string, events: readonly Event[]): TolerantReading {
    const toSource = patched.insertions.length > 0 ? (at: number) => sourceOffset(patched, at) : undefined;
    return { read, events, toSource, problems: onePerLine(source, problems), complete };
  }

  /** Keeps what stands in front of the last error, back to the start of a line where it can be read. */
  function cutOff(): TolerantReading {
    complete = false;
    const at = onOneLine(source, sourceOffset(patched, failedAt), source.length);
    problems.push({ at, message: say`Nothing from this line on could be read: there are too many errors` });
    let cut = lineStart(patched.text, failedAt);
    for (let i = 0; i < 4 && cut > 0; i++) {
      const read = patched.text.slice(0, cut);
      const reading = readEvents(read);
      if ('events' in reading) return result(read, reading.events);
      cut = topLevelLine(patched.text, Math.min(cut - 1, reading.failure.at));
    }
    return result('', []);
  }
}

/** Start of the last line at or before `offset` that is not indented. */
function topLevelLine(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0 && /[\s#]/.test(text.charAt(start))) start = lineStart(text, start - 1);
  return start;
}

/** The part of the span on its first line; never empty, unless the text has no character there or in front of it. */
function onOneLine(text: string, from: number, to: number): Span {
  let start = Math.min(from, text.length);
  while (start > 0 && (start === text.length || isBreak(text.charCodeAt(start)))) {
    start--;
    if (!isBreak(text.charCodeAt(start))) break;
  }
  let end = start;
  while (end < text.length && end < Math.max(to, start + 1) && !isBreak(text.charCodeAt(end))) end++;
  return { start, end };
}

function onePerLine(text: string, problems: readonly YamlProblem[]): readonly YamlProblem[] {
  const { lineAt } = sourceText(text);
  const lines = new Set<number>();
  const kept = problems.filter(({ at }) => {
    const line = lineAt(at.start);
    if (lines.has(line)) return false;
    lines.add(line);
    return true;
  });
  return kept.sort((a, b) => a.at.start - b.at.start);
}
