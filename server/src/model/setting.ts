import type { Message } from '../l10n/message.js';
import type { Place } from '../text/span.js';

/**
 * One setting and where it stands. `unset` carries the place where its absence shows, so no finding has to invent one.
 * `unknown` means that something was written whose value cannot be told (`${VAR}` without a value, a file that was
 * not loaded): rules stay silent about it.
 */
export type Setting<T> =
  | { readonly state: 'set'; readonly value: T; readonly span: Place; readonly origin?: Origin }
  | { readonly state: 'unset'; readonly anchor: Place }
  | {
      readonly state: 'unknown';
      readonly span: Place;
      readonly reason?: Message;
      /** What is written can never be a value here: whoever runs the file gets an error. */
      readonly invalid?: true;
    };

/** How a value came to its subject when it was not written there itself. */
export interface Origin {
  readonly kind:
    | 'anchor'
    | 'extends'
    | 'include'
    | 'override'
    | 'stage'
    | 'base-image'
    | 'variable'
    | 'dockerfile'
    | 'env-file';
  /** The place that pulled the value in: the alias, the `extends` key, the `${VAR}`. */
  readonly at?: Place;
  /** Word for messages: the anchor's, service's, stage's or variable's name. */
  readonly name: string;
}

export type SetSetting<T> = Extract<Setting<T>, { state: 'set' }>;

export function setTo<T>(value: T, span: Place, origin?: Origin): Setting<T> {
  return origin === undefined ? { state: 'set', value, span } : { state: 'set', value, span, origin };
}

export function unset<T>(anchor: Place): Setting<T> {
  return { state: 'unset', anchor };
}

export function unknown<T>(span: Place, reason?: Message): Setting<T> {
  return reason === undefined ? { state: 'unknown', span } : { state: 'unknown', span, reason };
}

/** Something that can never be a value here, `mem_limit: lots`. */
export function invalid<T>(span: Place, reason: Message): Setting<T> {
  return { state: 'unknown', span, reason, invalid: true };
}

/** The value when it is set, otherwise undefined: for rules that only care about what is surely there. */
export function setValue<T>(setting: Setting<T>): T | undefined {
  return setting.state === 'set' ? setting.value : undefined;
}

/** Where the setting, its absence or the unknown value shows. */
export function placeOf(setting: Setting<unknown>): Place {
  return setting.state === 'unset' ? setting.anchor : setting.span;
}

/** The items that are surely there, each with its place. */
export function known<T>(items: readonly Setting<T>[]): readonly SetSetting<T>[] {
  return items.filter((item): item is SetSetting<T> => item.state === 'set');
}

/** Whether a list holds an item whose value cannot be told; then nothing can be said about what is missing in it. */
export function hasUnknown(items: readonly Setting<unknown>[]): boolean {
  return items.some((item) => item.state === 'unknown');
}
