/**
 * ARG and ENV while a Dockerfile is read from top to bottom. Three-valued: an ARG without default, and whatever a
 * base image brings, may have any value.
 */
import { type Message, say } from '../../l10n/message.js';
import { type Setting, setTo, unknown, unset } from '../../model/setting.js';
import { type ExpansionRoom, expand, expansionRoom, UNKNOWN } from '../../syntax/dockerfile/expand.js';
import { once } from '../../text/once.js';
import type { Place } from '../../text/span.js';

/** The variables at one place of a file. */
export interface Scope {
  /** Undefined = declared, but the value comes from outside; or not declared. */
  get(name: string): string | undefined;
  readonly meter: VariableMeter;
}

/** One for each file: how much its variables stand for. */
export interface VariableMeter {
  readonly room: ExpansionRoom;
  /** The first word that was not read since it stands for too much. */
  excessive: { readonly at: Place; readonly why: Message } | undefined;
}

export function variableMeter(): VariableMeter {
  return { room: expansionRoom(), excessive: undefined };
}

/** Variables that may be declared, on top of those of the stage before. */
export class Variables implements Scope {
  readonly meter: VariableMeter;
  readonly #own = new Map<string, string | undefined>();
  readonly #below: Variables | undefined;

  /** `below` is not declared anything any more. */
  constructor(meter: VariableMeter, below?: Variables) {
    this.meter = meter;
    // Thousands of stages on each other mostly declare nothing: those are not passed through.
    this.#below = below?.isEmpty ? below.#below : below;
  }

  get isEmpty(): boolean {
    return this.#own.size === 0;
  }

  set(name: string, value: string | undefined): void {
    this.#own.set(name, value);
  }

  get(name: string): string | undefined {
    for (let scope: Variables | undefined = this; scope !== undefined; scope = scope.#below)
      if (scope.#own.has(name)) return scope.#own.get(name);
    return undefined;
  }

  /** Those declared here. */
  get own(): ReadonlyMap<string, string | undefined> {
    return this.#own;
  }
}

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
  const plain = once(() => plainReferences(written));
  const lookup = (name: string) => scope.get(name) ?? (plain().has(name) ? UNKNOWN : undefined);
  const { value, complete, names, problem, excessive } = expand(
    written,
    lookup,
    escapeChar,
    scope.meter.room,
  );
  if (problem !== undefined && excessive) scope.meter.excessive ??= { at, why: problem };
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

/** The names in `$NAME` or `${NAME}` of a word: nothing says what to take when they have no value. */
function plainReferences(written: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, braced, bare] of written.matchAll(REFERENCE)) {
    const name = braced ?? bare;
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** Looks ahead only, so that one reference may stand in another. */
const REFERENCE = /\$(?=\{([^{}]*)\}|([0-9]+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*)(?!\w))/gu;
