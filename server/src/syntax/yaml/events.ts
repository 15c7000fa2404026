/** The border to js-yaml: its parser throws at the first error, nothing else in this folder does. */
import { type Event, parseEvents, YAMLException } from 'js-yaml';

export interface Failure {
  /** js-yaml's own words; they tell kinds of errors apart and are never shown. */
  readonly reason: string;
  /** Offset at which the parser stopped, at most the length of the text. */
  readonly at: number;
}

export type Reading = { readonly events: readonly Event[] } | { readonly failure: Failure };

/** Flat events with offsets into `text`, or where and why reading them failed. */
export function readEvents(text: string): Reading {
  try {
    return { events: parseEvents(text, {}) };
  } catch (error) {
    if (!(error instanceof YAMLException)) return { failure: { reason: 'unknown', at: 0 } };
    return { failure: { reason: error.reason, at: Math.min(error.mark?.position ?? 0, text.length) } };
  }
}
