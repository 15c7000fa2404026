/** What differs from Compose's loader on purpose, or because of the machine on which it was asked. */
import type { Difference } from './compare.js';

export interface Expected {
  readonly reason: string;
  covers(difference: Difference): boolean;
}

export const expected: readonly Expected[] = [
  {
    reason: 'a path outside the project, which was asked for in another folder',
    covers({ theirs, ours }) {
      if (typeof ours !== 'string' || typeof theirs !== 'string' || !ours.startsWith('$TREES/')) return false;
      return theirs.endsWith(ours.slice('$TREES'.length));
    },
  },
  {
    reason: "PATH of the loader's shell; variables of a shell are never read here",
    covers({ path, theirs, ours }) {
      if (path.at(-1) !== 'PATH' || typeof ours !== 'string' || typeof theirs !== 'string') return false;
      return ours.endsWith(':') && theirs.startsWith(ours) && theirs.length > ours.length;
    },
  },
  {
    reason: "a text that starts with an empty line; the loader's writer loses the indentation behind it",
    covers({ theirs, ours }) {
      if (typeof ours !== 'string' || typeof theirs !== 'string' || !theirs.startsWith('\n')) return false;
      const indent = /^\n( +)/.exec(ours)?.[1];
      return indent !== undefined && ours.replaceAll(`\n${indent}`, '\n') === theirs;
    },
  },
];
