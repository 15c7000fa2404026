/** The settings of open documents: asked for once per document, forgotten when the editor says that something changed. */

import { isRecord } from '../engine/read-config.js';
import type { AnyRule } from '../rules/rule.js';
import { readSettings, type Settings } from './settings.js';

export interface SettingsSource {
  readonly rules: readonly AnyRule[];
  /** Asks the editor for what stands below `bulkhead` for a document, or for none; undefined when it cannot be asked. */
  readonly ask: ((uri: string | undefined) => Promise<unknown>) | undefined;
  /** What an editor that cannot be asked sent when it connected. */
  readonly given: unknown;
  /** Puts what the project says over the settings of a document. Never rejects. */
  readonly refine?: (uri: string, settings: Settings) => Promise<Settings>;
  log(message: string): void;
}

export interface SettingsStore {
  /** Never rejects. The promise of one document stays the same object until its settings change. */
  of(uri: string): Promise<Settings>;
  /** The same, without keeping it: for files that are not open; undefined: for what concerns no file. */
  once(uri: string | undefined): Promise<Settings>;
  forget(uri: string): void;
  /** Everything may have changed. `sent` is what the editor's notification carried. */
  reset(sent: unknown): void;
}

export function settingsStore(source: SettingsSource): SettingsStore {
  const known = new Map<string, Promise<Settings>>();
  const complained = new Set<string>();
  let given = source.given;

  async function once(uri: string | undefined): Promise<Settings> {
    const { settings, complaints } = readSettings(await ask(uri), source.rules);
    for (const complaint of complaints) {
      if (!complained.has(complaint)) source.log(`Setting bulkhead.${complaint}; ignored`);
      complained.add(complaint);
    }
    return uri === undefined || !source.refine ? settings : source.refine(uri, settings);
  }

  async function ask(uri: string | undefined): Promise<unknown> {
    if (source.ask === undefined) return given;
    try {
      return await source.ask(uri);
    } catch {
      source.log('The editor did not answer a question for settings; the defaults are used');
      return undefined;
    }
  }

  return {
    once,
    of(uri) {
      const before = known.get(uri);
      if (before) return before;
      const settings = once(uri);
      known.set(uri, settings);
      return settings;
    },
    forget: (uri) => known.delete(uri),
    reset(sent) {
      known.clear();
      if (isRecord(sent)) given = 'bulkhead' in sent ? sent.bulkhead : sent;
    },
  };
}
