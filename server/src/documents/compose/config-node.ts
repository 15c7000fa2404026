/**
 * A Compose configuration as data, with the place of every part: aliases and merge keys resolved, variables replaced.
 * The readers below see only this, so it does not matter to them from how many files a value came together.
 */
import type { Message } from '../../l10n/message.js';
import type { Origin } from '../../model/setting.js';
import type { Place } from '../../text/span.js';

export type ConfigNode = ConfigScalar | ConfigMap | ConfigList;

interface ConfigBase {
  /** The value as written, in the file where it is written. */
  readonly place: Place;
  /** Set when the value reached its parent by an anchor, `extends`, another file … */
  readonly origin?: Origin;
  /** URI of the folder from which paths in this value start, when it is not the project's. */
  readonly folder?: string;
  /** Compose's own tags: take the key away, or replace instead of merging. */
  readonly tag?: MergeTag;
}

export type MergeTag = 'reset' | 'override';

export interface ConfigScalar extends ConfigBase {
  readonly kind: 'scalar';
  /** After replacing variables, with the type YAML gives it; null for an empty value. */
  readonly value: string | number | boolean | null;
  /** The same as text; '' for null. */
  readonly text: string;
  /** As written, quotes removed, variables kept. */
  readonly written: string;
  /** Why the value cannot be told: "`TAG` has no value". */
  readonly unknown?: Message;
  /** With `unknown`: not for want of a value, but because Compose refuses what is written: `${TAG:=x}`. */
  readonly invalid?: true;
  /** Written without quotes on one line. */
  readonly plain: boolean;
  /** Written as a block scalar: `|` or `>`. */
  readonly block: boolean;
  /** The same value in an earlier file, or in a service that is extended: it would hold if this one went. */
  readonly shadows?: ConfigScalar;
}

export interface ConfigEntry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: ConfigNode;
  readonly origin?: Origin;
}

export interface ConfigMap extends ConfigBase {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ConfigEntry>;
  /** Why keys may be missing here: an alias without anchor, a file that was not loaded. Empty = all is known. */
  readonly incomplete: readonly Message[];
  /** Came together from several files as a list of `K=V`, though it is shown as a mapping: its keys cannot be reset. */
  readonly joined?: true;
}

export interface ConfigList extends ConfigBase {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
}

export function child(node: ConfigNode | undefined, key: string): ConfigNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

export function entriesOf(node: ConfigNode | undefined): readonly ConfigEntry[] {
  return node?.kind === 'map' ? [...node.entries.values()] : [];
}

/** The items of a list; a single scalar counts as a list of one, as Compose allows in many places. */
export function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
  if (node === undefined || node.kind === 'map') return [];
  if (node.kind === 'list') return node.items;
  return node.value === null && node.unknown === undefined ? [] : [node];
}

/** Nothing was written, or only `~`. */
export function isNull(node: ConfigNode | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null && node.unknown === undefined);
}
