/**
 * ARG and ENV while a Dockerfile is read from top to bottom. Three-valued: an ARG without default, and whatever a
 * base image brings, may have any value.
 */
import { say } from '../../l10n/message.js';
import { type Setting, setTo, unknown, unset } from '../../model/setting.js';
import { expand, UNKNOWN } from '../../syntax/dockerfile/expand.js';
import type { Place } from '../../text/span.js';

/** Name -> value; undefined = declared, but the value comes from outside. */
export type Scope = Pick<ReadonlyMap<string, string | undefined>, 'get'>;

/**
 * The value of a word after replacing variables. A variable without a known value makes it unknown, except where the
 * word gives a default (`${X:-d}`): that is what a plain build takes.
 */
export function resolveWord(
  written: string,
  at: Place,
  scope: Scope,
  escapeChar: '\\' | '`',
): Setting<string> {
  if (!/[$'"]/.test(written) && !written.includes(escapeChar)) return setTo(written, at);
  const lookup = (name: string) => scope.get(name) ?? (isPlainReference(written, name) ? UNKNOWN : undefined);
  const { value, complete, names, problem } = expand(written, lookup, escapeChar);
  if (problem !== undefined) return unknown(at, problem);
  const missing = names.find((name) => scope.get(name) === undefined);
  return complete ? setTo(value, at) : unknown(at, say`\`${missing ?? ''}\` has no value here`);
}

export function resolveOptional(
  written: string | undefined,
  at: Place,
  scope: Scope,
  escapeChar: '\\' | '`',
): Setting<string> {
  return written === undefined ? unset(at) : resolveWord(written, at, scope, escapeChar);
}

/** `$NAME` or `${NAME}` somewhere in the word: nothing says what to take when it has no value. */
function isPlainReference(written: string, name: string): boolean {
  if (written.includes(`\${${name}}`)) return true;
  const behind = written.split(`$${name}`).slice(1);
  return behind.some((rest) => !/^\w/.test(rest));
}
