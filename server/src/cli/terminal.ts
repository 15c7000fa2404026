/** How standard output is written to: with colours or without, and how wide. */
import { makeStyle, type Style } from '../report/plain-text.js';
import type { Arguments } from './arguments.js';
import type { CliIo, Sink } from './io.js';

/** The style of standard output. https://no-color.org: any non-empty NO_COLOR means no. */
export function outputStyle({ options }: Arguments, { stdout, env }: CliIo): Style {
  const choice = options.get('color')?.[0] ?? 'auto';
  const automatic = stdout.isTerminal && !env.NO_COLOR && env.TERM !== 'dumb';
  return makeStyle(choice === 'auto' ? automatic : choice === 'always');
}

const NARROWEST = 40;
/** For files and pipes, and the most that prose fills on a wide terminal. */
const COMFORTABLE = 110;

/** Columns to fill. */
export function outputWidth({ isTerminal, columns }: Sink): number {
  return isTerminal && columns ? Math.max(NARROWEST, Math.min(columns, COMFORTABLE)) : COMFORTABLE;
}
