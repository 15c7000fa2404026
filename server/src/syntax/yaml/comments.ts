/** What stands between the tokens of a YAML text: blanks, line breaks, indicators and the comments collected here. */
import type { Span } from '../../text/span.js';
import { isBreak, isComment } from './lines.js';

export interface GapReader {
  /** Skips blanks, breaks and comments up to `limit`; each gap must be read once only, since its comments are noted. */
  skip(offset: number, limit?: number): number;
  /** The same within a line. */
  skipInLine(offset: number): number;
  readonly comments: readonly Span[];
}

export function gapReader(text: string): GapReader {
  const comments: Span[] = [];

  function comment(start: number): number {
    let end = start;
    while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
    comments.push({ start, end });
    return end;
  }

  function skip(offset: number, limit = text.length): number {
    let at = offset;
    while (at < limit) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 10 || code === 13 || code === 9) at++;
      else if (code === 35 && isComment(text, at)) at = comment(at);
      else break;
    }
    return at;
  }

  function skipInLine(offset: number): number {
    let at = offset;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
    return isComment(text, at) ? comment(at) : at;
  }

  return { skip, skipInLine, comments };
}
