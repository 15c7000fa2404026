import type { Edit } from '../text/edit.js';
import type { Place } from '../text/span.js';
import type { ContainerSpec, Variable } from './container.js';
import type { Setting } from './setting.js';

/** Containers that are started together: a Compose project. */
export interface ProjectSpec {
  readonly name: Setting<string>;
  /** The obsolete top-level `version`, with the place of its key. */
  readonly version: Setting<string>;
  /** A service says what only a Swarm obeys: the file is for `docker stack deploy`. */
  readonly forSwarm: boolean;
  readonly containers: readonly ContainerSpec[];
  readonly networks: readonly NetworkSpec[];
  readonly volumes: readonly VolumeSpec[];
  readonly secrets: readonly SecretSpec[];
  /** Of the key under which the containers of this document stand. */
  readonly servicesKey: Place | undefined;
  /** Files beside the project with values of its containers; empty when nobody looked. */
  readonly valueFiles: readonly ValueFile[];
  readonly edit: ProjectEditor;
}

export interface NetworkSpec {
  readonly name: string;
  /** What the daemon knows it by, when that is written: `name`, also that of `external`. */
  readonly realName: Setting<string>;
  readonly internal: Setting<boolean>;
  readonly external: Setting<boolean>;
  readonly driver: Setting<string>;
  readonly place: Place;
}

export interface VolumeSpec {
  readonly name: string;
  readonly external: Setting<boolean>;
  readonly driver: Setting<string>;
  readonly driverOptions: readonly Variable[];
  readonly place: Place;
}

export interface SecretSpec {
  readonly name: string;
  readonly file: Setting<string>;
  readonly environment: Setting<string>;
  readonly place: Place;
}

/** A file that variables or a secret of containers are read from. */
export interface ValueFile {
  readonly kind: 'variables' | 'secret';
  /** As written. */
  readonly path: string;
  readonly place: Place;
  /** Its variables; none for a secret, which is all of the file. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether Git leaves it out; undefined outside of a repository. */
  readonly ignored: boolean | undefined;
}

export interface ProjectEditor {
  /** Removes the top-level key at this place with its value. */
  removeKey(at: Place): readonly Edit[] | undefined;
  /** Removes the entry of a top-level section whose name stands at this place; the section goes with its last one. */
  removeEntry(at: Place): readonly Edit[] | undefined;
  /** Adds an entry to a top-level section, creating the section at the end of the file when it is missing. */
  addToSection(
    section: 'networks' | 'volumes' | 'secrets' | 'services',
    name: string,
    content: SectionContent,
  ): readonly Edit[] | undefined;
  /** The keys of each container, also those that it takes from a block of the file. */
  writtenKeys(): KeysByEntry;
  /** Says once what containers got alike since they had these keys. Undefined where that would not be shorter. */
  shareAdded(before: KeysByEntry, name: string): CommonPart | undefined;
}

export type KeysByEntry = ReadonlyMap<string, ReadonlySet<string>>;

/** A block that several containers take settings from. */
export interface CommonPart {
  readonly edits: readonly Edit[];
  /** Its top-level key: `x-hardening`. */
  readonly block: string;
  readonly isNew: boolean;
  readonly keys: readonly string[];
  /** Names of the containers. */
  readonly entries: readonly string[];
}

/** New content of a section: a value, a list of words or named parts. `{ map: new Map() }` is an entry without content. */
export type SectionContent =
  | { readonly scalar: string }
  | { readonly list: readonly string[] }
  | { readonly map: ReadonlyMap<string, SectionContent> };
