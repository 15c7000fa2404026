/**
 * A container as it would be started, whatever file says so: a Compose service, later a `docker run` line, a
 * devcontainer or a running container. Field names are those of the Compose Specification in camel case.
 */
import type { Message } from '../l10n/message.js';
import type { Edit } from '../text/edit.js';
import type { Place } from '../text/span.js';
import type { BuildReference } from './build-reference.js';
import type { SectionContent } from './project.js';
import type { Setting } from './setting.js';

/** Settings with one value. */
export interface ContainerFields {
  /** Image reference as Compose would use it. */
  image: string;
  user: string;
  privileged: boolean;
  readOnly: boolean;
  /** Bytes; 0 or less means unlimited. */
  memory: number;
  /** Bytes. */
  memoryReservation: number;
  /** Bytes, memory included; -1 means unlimited. */
  memorySwap: number;
  /** Number of CPUs; 0 means unlimited. */
  cpus: number;
  /** 0 or -1 means unlimited. */
  pids: number;
  /** `bridge`, `host`, `none`, `service:x`, `container:x` or a network's name. */
  networkMode: string;
  pid: string;
  ipc: string;
  uts: string;
  userns: string;
  cgroup: string;
  cgroupParent: string;
  /** `no`, `always`, `unless-stopped`, `on-failure`, `on-failure:5`; a policy of `deploy` in the same words. */
  restart: string;
  pullPolicy: string;
  oomKillDisable: boolean;
  /** Bytes. */
  shmSize: number;
  init: boolean;
  logDriver: string;
  useApiSocket: boolean;
  containerName: string;
  healthcheck: HealthCheck;
}

/** Settings that are lists of words. */
export interface ContainerLists {
  capAdd: string;
  capDrop: string;
  securityOpt: string;
  groupAdd: string;
  /** `path` or `path:options`. */
  tmpfs: string;
  extraHosts: string;
  dns: string;
  profiles: string;
  /** What the container may do with devices, whatever their names: `c 189:* rmw`. */
  deviceCgroupRules: string;
}

export interface HealthCheck {
  /** `disable: true`, `NONE`. */
  readonly disabled: boolean;
  /** The words after `CMD`, or the one shell text after `CMD-SHELL`; empty when the image's check stays. */
  readonly test: readonly string[];
  readonly shell: boolean;
  /** Where the command starts, when it is written. */
  readonly command?: Place;
}

export interface Mount {
  readonly kind: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'image' | 'cluster' | 'unknown';
  /** As written after interpolation: a path, the name of a volume; undefined for an anonymous volume. */
  readonly source: Setting<string>;
  /** The source with its variables as written; undefined when there is none. */
  readonly writtenSource: string | undefined;
  readonly target: Setting<string>;
  /**
   * The path on the host that is reached: of a bind, or of a volume whose driver options make it a bind.
   * Unset for real volumes; unknown when a variable hides it. Relative paths stay as written.
   */
  readonly hostPath: Setting<string>;
  readonly readOnly: boolean;
  /** `shared`, `rslave` …; undefined when not given. */
  readonly propagation: Setting<string>;
  /** Options of a short form, or of a tmpfs: `rw`, `z`, `size=64m`, `exec`. */
  readonly options: readonly string[];
  /** The whole entry, or its first line when it is longer. */
  readonly place: Place;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface PortBinding {
  /** Host address as written; unset = every address of the host. */
  readonly hostAddress: Setting<string>;
  /** Unset = a random port of the host. 0 is random too. */
  readonly published: Setting<PortRange>;
  readonly target: Setting<PortRange>;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  /** As the user wrote it, for messages: `8080:80`. */
  readonly text: string;
  /** What of the entry is to change: all of a short one, the published port of a long one. */
  readonly place: Place;
  /** Where the entry starts: all of a short one, the first key of a long one with its value. */
  readonly head: Place;
  /** Why the entry is not a port, when it is malformed: "70000 is above 65535". */
  readonly invalid?: Message;
  /** YAML 1.1 tools read this unquoted entry as a number in base 60. */
  readonly base60: boolean;
}

/** A text as far as it stands in the file itself, whatever values its variables get. */
export interface Literal {
  /** Variables without default are left out, escapes are undone, a default stands for its variable. */
  readonly text: string;
  /** A variable without default is part of it. */
  readonly partial: boolean;
  /** The variable whose default is the whole text: `${NAME:-text}`. */
  readonly defaultOf: string | undefined;
}

/** A word of a command. */
export interface CommandWord {
  readonly value: Setting<string>;
  readonly literal: Literal;
  readonly place: Place;
}

/** One variable of `environment`, `build.args` or `labels`. */
export interface Variable {
  readonly name: string;
  readonly namePlace: Place;
  /** Unset: passed through from the shell that starts the container. */
  readonly value: Setting<string>;
  /** The value as written, before variables are replaced; undefined when there is none. */
  readonly written: string | undefined;
  /** What of the value stands in the file; undefined when there is none. */
  readonly literal: Literal | undefined;
  readonly place: Place;
}

export interface Device {
  readonly hostPath: string;
  readonly target: string;
  /** `rwm` when not given. */
  readonly permissions: string;
  readonly place: Place;
}

export interface Ulimit {
  readonly name: string;
  readonly soft: Setting<number>;
  readonly hard: Setting<number>;
  readonly place: Place;
}

/** A limit that is written in two places which do not agree: the container cannot be started. */
export interface LimitConflict {
  readonly field: 'memory' | 'memoryReservation' | 'cpus' | 'pids';
  /** The words for both places: `mem_limit` and `deploy.resources.limits.memory`. */
  readonly names: readonly [string, string];
  readonly place: Place;
  /** Undefined: the block that must repeat the limit does not hold it. */
  readonly other: Place | undefined;
}

/** A secret or config given to the container. */
export interface Grant {
  readonly source: string;
  readonly target: string | undefined;
  /** Octal text as the container sees it, `0444`. */
  readonly mode: string | undefined;
  /** The value of the mode. */
  readonly modePlace: Place | undefined;
  readonly place: Place;
}

/** A command that is run at a point of the container's life. */
export interface Hook {
  /** The user's own word: `post_start`. */
  readonly key: string;
  /** In the container itself, or in one of its own that gets none of its restrictions. */
  readonly inside: boolean;
  /** Unset: the container's. */
  readonly user: Setting<string>;
  readonly privileged: Setting<boolean>;
  readonly environment: readonly Variable[];
  /** The words of its command. */
  readonly words: readonly CommandWord[];
}

/** All volumes of another container, mounted at the same paths. */
export interface SharedMounts {
  /** Name of the other container in the project; undefined for one outside of it. */
  readonly from: string | undefined;
  readonly place: Place;
}

export type ContainerSettings = { readonly [F in keyof ContainerFields]: Setting<ContainerFields[F]> } & {
  readonly [L in keyof ContainerLists]: readonly Setting<ContainerLists[L]>[];
};

/**
 * What a fix wants, in words of the model. Several wishes for one container are turned into one set of edits, so
 * that two of them never create the same parent key twice.
 */
export type ContainerChange =
  | {
      [F in keyof ContainerFields]: { readonly set: F; readonly value: ContainerFields[F] };
    }[keyof ContainerFields]
  | { readonly append: keyof ContainerLists | 'mounts'; readonly items: readonly string[] }
  /** Removes the entry or key that stands at this place: a setting's or variable's. */
  | { readonly remove: Place }
  /** Removes a mount, whatever form it is written in. */
  | { readonly removeMount: Mount }
  /** The same of a port. */
  | { readonly removePort: PortBinding }
  /**
   * Replaces a scalar's value, keeping its quotes: a setting's, mount's or variable's own place. A value that is the
   * default of a variable is replaced there, and the variable stays.
   */
  | {
      readonly replace: Place;
      readonly text: string;
      readonly placeholder?: string;
      /** A number is meant, which needs no quotes where none are. */
      readonly number?: true;
    }
  /** Replaces the value of an environment variable, label or build argument, in its list or map form. */
  | { readonly setVariable: Variable; readonly value: string; readonly placeholder?: string }
  /** Gives a variable, label or build argument another name and value. */
  | { readonly renameVariable: Variable; readonly name: string; readonly value: string }
  /** Takes the value from a variable of whoever starts the container; without it, the start fails with a reason. */
  | { readonly fromEnvironment: Variable; readonly variable: string }
  /** A further environment variable. */
  | { readonly addVariable: string; readonly value: string }
  /** A further word of the command it has. */
  | { readonly addArgument: string }
  /** Gives the container a network beside those it has, a secret, or a service that is started before it. */
  | { readonly attach: 'network' | 'secret' | 'service'; readonly name: string }
  /** Puts a container that names no networks on this one instead of the default one. */
  | { readonly moveTo: string }
  /** An entry of the project that the container needs; nothing to do when it is there already. */
  | {
      readonly addToProject: 'networks' | 'volumes' | 'secrets' | 'services';
      readonly name: string;
      readonly content: SectionContent;
    }
  | { readonly bindPort: PortBinding; readonly address: string }
  | { readonly mountReadOnly: Mount }
  /** Takes away the mount's propagation: mounts below it are no longer shared with the host. */
  | { readonly privateMount: Mount }
  /** Bounds a tmpfs written in the form that takes its size as a number of bytes. */
  | { readonly tmpfsSize: Mount; readonly bytes: number }
  /** Log rotation of the current driver. */
  | { readonly logOptions: Readonly<Record<string, string>> }
  /** Puts a literal in quotes. */
  | { readonly quote: Place };

/** Writes changes in the spelling of the file that the container was read from. */
export interface ContainerEditor {
  /** Undefined when one of the changes cannot be expressed exactly at this place. */
  apply(changes: readonly ContainerChange[]): ContainerEdits | undefined;
}

export interface ContainerEdits {
  readonly edits: readonly Edit[];
  /** Other containers that change as well, because they share an anchor with this one. */
  readonly alsoChanges: readonly string[];
  /** Names of other files that change as well, because they say the same. */
  readonly alsoIn: readonly string[];
}

export interface ContainerSpec extends ContainerSettings {
  /** For reports, never for branching in a rule. */
  readonly origin: 'compose' | 'docker-run' | 'devcontainer';
  readonly name: string;
  readonly namePlace: Place;
  /** The image with its variables as written; undefined when none is named. */
  readonly writtenImage: string | undefined;
  readonly mounts: readonly Mount[];
  readonly ports: readonly PortBinding[];
  /** Container ports that are announced without being published, as written. */
  readonly expose: readonly Setting<string>[];
  readonly environment: readonly Variable[];
  /** Files that give more variables, as written. */
  readonly envFiles: readonly Setting<string>[];
  readonly labels: readonly Variable[];
  readonly devices: readonly Device[];
  readonly hooks: readonly Hook[];
  readonly mountsFrom: readonly SharedMounts[];
  readonly ulimits: readonly Ulimit[];
  readonly limitConflicts: readonly LimitConflict[];
  readonly secrets: readonly Grant[];
  readonly configs: readonly Grant[];
  readonly logOptions: ReadonlyMap<string, Setting<string>>;
  /** Words of the command; one word when it was written as one string. */
  readonly command: Setting<readonly string[]>;
  readonly entrypoint: Setting<readonly string[]>;
  /** The words of entrypoint and command, each with its place. */
  readonly startWords: readonly CommandWord[];
  /** Names of the networks it is attached to; empty = the default network. */
  readonly networks: readonly Setting<string>[];
  readonly dependsOn: readonly string[];
  /** Undefined when the container runs a ready image. */
  readonly build: BuildReference | undefined;
  /** Runs something else than a container (Compose `provider`). */
  readonly provider: Setting<string>;
  /** Texts of other containers that it starts from (Compose `extends`): what they say is theirs to answer for. */
  readonly madeOf?: readonly Place[];
  /** Nothing of it stands in the document under analysis, so no finding about it does. */
  readonly outside?: boolean;
  /** A part of the definition could not be read (an `extends` into a file not loaded …); absence proves nothing then. */
  readonly incomplete: readonly Message[];
  readonly edit: ContainerEditor;
  /** The user's own word for a setting, as it stands in this file or would be written here: `mem_limit`, `--memory`. */
  spelling(field: keyof ContainerFields | keyof ContainerLists | 'mounts' | 'ports' | 'logOptions'): string;
}
