/**
 * ARG and ENV while a Dockerfile is read from top to bottom. Three-valued: an ARG without default, and whatever a
 * base image brings, may have any value.
 */
import { type Setting, setTo, unknown, unset } from '../../model/setting.js';
import { expand } from '../../syntax/dockerfile/expand.js';
import type { Place } from '../../text/span.js';

/** Name -> value; undefined = declared, but the value comes from outside. */
export type Scope = ReadonlyMap<string, string | undefined>;

/**
 * The value of a word after replacing variables. An undeclared variable is unknown too: a base image may define it;
 * its default (`${X:-d}`) counts, because that is what a plain build gives.
 */
export function resolveWord(written: string, at: Place, scope: Scope, escape: '\\' | '`'): Setting<string> {
  if (!written.includes('$') && !written.includes(escape)) return setTo(written, at);
  const { value, missing } = expand(written, (name) => scope.get(name), escape);
  return missing.length > 0 ? unknown(at, `\`${missing[0]}\` has no value here`) : setTo(value, at);
}

export function resolveOptional(
  written: string | undefined,
  at: Place,
  scope: Scope,
  escape: '\\' | '`',
): Setting<string> {
  return written === undefined ? unset(at) : resolveWord(written, at, scope, escape);
}
