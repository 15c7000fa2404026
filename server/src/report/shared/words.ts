/** Words that several formats use. */
import type { PracticeState } from '../../engine/score.js';
import type { FileProblem } from '../lint-run.js';

export const STATE_WORDS: Readonly<Record<PracticeState, string>> = {
  danger: 'danger',
  attention: 'attention',
  ok: 'nothing found',
  unknown: 'not fully checked',
};

export const PROBLEM_WORDS: Readonly<Record<FileProblem['kind'], string>> = {
  syntax: 'syntax error',
  incomplete: 'not read',
  crash: 'rule failed',
  unreadable: 'unreadable',
};

export interface Segment {
  readonly text: string;
  readonly isCode: boolean;
}

/** A message or an advice cut at its backquotes. A name that holds one itself makes odd parts, but loses nothing. */
export function segments(text: string): readonly Segment[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`')
        ? { text: part.slice(1, -1), isCode: true }
        : { text: part, isCode: false },
    );
}
