/**
 * Variables in Compose values: `$V`, `${V}`, `${V:-d}`, `${V-d}`, `${V:?e}`, `${V?e}`, `${V:+r}`, `${V+r}`, `$$`, nested.
 * Follows compose-go's template package; three-valued, because a variable may come from the shell that runs Compose.
 */

import { say } from '../../l10n/message.js';
import type { Message } from '../../l10n/message.js';
import type { Literal } from '../../model/container.js';

export interface Interpolated {
  /** The text after replacement; unknown variables leave nothing. */
  readonly text: string;
  /** Names of variables that have neither a value nor a default. */
  readonly missing: readonly string[];
  /** A variable was replaced by a default or a value of the environment file. */
  readonly replaced: boolean;
  /** Why the text is not a valid template: Compose refuses the file. */
  readonly error?: Message;
  /** A variable that the text demands, `${V:?message}`, and that has no value. */
  readonly required?: { readonly name: string; readonly message: string };
}

export type Lookup = (name: string) => string | undefined;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const MAX_DEPTH = 50;
/** UTF-16 units of one text after replacement. */
const MAX_LENGTH = 1_000_000;
/** What a message shows of a text. */
const SHOWN = 40;

/** Replaces the variables of one scalar. `lookup` answers from .env files only, never from the ambient shell. */
export function interpolate(template: string, lookup: Lookup): Interpolated {
  if (!template.includes('$')) return { text: template, missing: [], replaced: false };
  const state: State = { missing: [], replaced: false, error: undefined, required: undefined };
  const text = expand(template, lookup, state, 0);
  const { missing, replaced, error, required } = state;
  return { text, missing, replaced, ...(error !== undefined && { error }), ...(required && { required }) };
}

/** What of a text stands in the file itself: see {@link Literal}. */
export function literalOf(template: string): Literal {
  if (!template.includes('$')) return { text: template, partial: false, defaultOf: undefined };
  const { text, missing } = interpolate(template, () => undefined);
  const isWhole = template.startsWith('${') && closingBrace(template, 1) === template.length - 1;
  const defaultOf = isWhole ? /^\$\{([A-Za-z_]\w*):?-/.exec(template)?.[1] : undefined;
  return { text, partial: missing.length > 0, defaultOf };
}

interface State {
  missing: string[];
  replaced: boolean;
  error: Message | undefined;
  required: { readonly name: string; readonly message: string } | undefined;
}

function expand(template: string, lookup: Lookup, state: State, depth: number): string {
  if (depth > MAX_DEPTH) {
    state.error ??= say`variables are nested too deeply`;
    return '';
  }
  let result = '';
  let i = 0;
  while (i < template.length) {
    if (result.length > MAX_LENGTH) {
      state.error ??= say`variables stand for more text than can be read`;
      return '';
    }
    const dollar = template.indexOf('$', i);
    if (dollar < 0) return result + template.slice(i);
    result += template.slice(i, dollar);
    const next = template[dollar + 1];
    if (next === '$') {
      result += '$';
      i = dollar + 2;
    } else if (next === '{') {
      const close = closingBrace(template, dollar + 1);
      if (close < 0) {
        state.error ??= say`\`${shown(template.slice(dollar))}\` has no closing brace`;
        return result;
      }
      result += braced(template.slice(dollar + 2, close), lookup, state, depth);
      i = close + 1;
    } else {
      NAME.lastIndex = dollar + 1;
      const name = NAME.exec(template)?.[0];
      if (name === undefined) {
        result += '$';
        i = dollar + 1;
      } else {
        result += plain(name, lookup, state);
        i = dollar + 1 + name.length;
      }
    }
  }
  return result;
}

function plain(name: string, lookup: Lookup, state: State): string {
  const value = lookup(name);
  if (value === undefined) state.missing.push(name);
  else state.replaced = true;
  return value ?? '';
}

function braced(body: string, lookup: Lookup, state: State, depth: number): string {
  NAME.lastIndex = 0;
  const name = NAME.exec(body)?.[0];
  const operator = name === undefined ? undefined : /^(:?[-?+])/.exec(body.slice(name.length))?.[1];
  if (name === undefined || (operator === undefined && name.length !== body.length)) {
    state.error ??= say`\`\${${shown(body)}}\` is not a variable that Compose understands`;
    return '';
  }
  if (operator === undefined) return plain(name, lookup, state);

  const argument = body.slice(name.length + operator.length);
  const value = lookup(name);
  const present = value !== undefined && (operator.length === 1 || value !== '');
  switch (operator.at(-1)) {
    case '-':
      state.replaced = true;
      return present ? (value ?? '') : expand(argument, lookup, state, depth + 1);
    case '+':
      if (!present) {
        // Whether the shell sets it is not known, and both answers are possible.
        if (value === undefined) state.missing.push(name);
        return '';
      }
      state.replaced = true;
      return expand(argument, lookup, state, depth + 1);
    default:
      if (present) state.replaced = true;
      else {
        state.missing.push(name);
        state.required ??= { name, message: expand(argument, lookup, { ...state, missing: [] }, depth + 1) };
      }
      return value ?? '';
  }
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Offset of the brace that closes the one at `open`, counting nested ones; -1 when there is none. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
    else if (text[i] === '\n') return -1;
  }
  return -1;
}
