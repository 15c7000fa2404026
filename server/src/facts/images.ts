// What is known of images: users, capabilities, writable paths, ports, health checks, tools. Every value says where it
// comes from and how sure it is; an image or a field that is not known is absent, never guessed.
import data from './data/images.json';
import { factKey, type ImageReference } from './image-reference.js';
import { type TagShape, tagMatches, tagShape } from './tag-shape.js';

/** A value with its origin. */
export interface Fact<T> {
  readonly value: T;
  /** `derived`: read from the file named in `source`. `reported`: stated by people on the page named there. */
  readonly confidence: 'derived' | 'reported';
  /** `owner/repository:path` or an address. */
  readonly source: string;
  /** What else to know, a phrase. */
  readonly note?: string;
  /** What was not verified. */
  readonly doubt?: string;
  /** What the value is needed for. */
  readonly why?: string;
}

export interface ImageUser {
  readonly name: string;
  /** Absent where the image takes the first free id. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface PrivilegeDrop {
  /** The user that the service ends up with. */
  readonly to: string;
  /** How: `gosu`, `setpriv`, or a phrase. */
  readonly tool: string;
  /** False when a master process stays root and only its workers switch (nginx, httpd, php-fpm). */
  readonly whole: boolean;
}

export interface ReadOnlyNeeds {
  /** False: the image is known to fail with a read-only root file system. */
  readonly readOnly: boolean;
  /** Paths that must be a tmpfs then. */
  readonly tmpfs: readonly string[];
  /** Paths that must be volumes then. */
  readonly volumes: readonly string[];
}

export interface HealthCheck {
  /** Compose form, `CMD` or `CMD-SHELL` first; `$` is written `$$` as Compose wants it. Absent: the image has its own. */
  readonly test?: readonly string[];
  /** The image brings a HEALTHCHECK. */
  readonly builtin: boolean;
  /** The test works only after the user has confirmed a path, a port or a setting; see the note. */
  readonly adapt?: boolean;
}

/** `busybox`: the small applet, without GNU options. A tool that is not listed is unknown. */
export type ImageTools = Readonly<Partial<Record<'curl' | 'wget', boolean | 'busybox'>>>;

interface Fields {
  /** The user when none is set: a name, `uid` or `uid:gid`; see {@link isRootUser}. */
  readonly defaultUser: string;
  /** False, or how the entrypoint leaves root. */
  readonly dropsPrivileges: false | PrivilegeDrop;
  /** A user that exists in the image and may be named in `USER` or `user:`. */
  readonly nonRootUser: ImageUser;
  /** True: no application user exists; one must be created. */
  readonly noNonRootUser: boolean;
  /** An image of the same thing that runs as non-root, `<v>` standing for the version; port: where it listens then. */
  readonly nonRootAlternative: { readonly image: string; readonly port?: number };
  /** `cap_add` for the default entrypoint after `cap_drop: [ALL]`, for the first and every later start. */
  readonly minimalCaps: readonly string[];
  /** The same when `user:` is the non-root user. */
  readonly minimalCapsAsNonRoot: readonly string[];
  /** Capabilities for features that not everybody uses. */
  readonly optionalCaps: readonly string[];
  readonly readOnly: ReadOnlyNeeds;
  /** EXPOSE: `5432/tcp`. */
  readonly ports: readonly string[];
  /** Paths that hold data. */
  readonly volumes: readonly string[];
  readonly healthcheck: HealthCheck;
  readonly tools: ImageTools;
  /** False: no shell in the image. */
  readonly shell: boolean;
  /** Smaller variants, `<v>` standing for the version; `final:` in front: for the last stage of a build only. */
  readonly smaller: readonly string[];
  /** Normally a build stage, not something to run. */
  readonly buildOnly: boolean;
  /** The Docker socket belongs to the job of the image: always, or usually. */
  readonly hostSocket: 'required' | 'usual';
  readonly requiresPrivileged: boolean;
  /** Host access that the documentation of the image asks for: `/:/host:ro`, `pid: host`. */
  readonly expectedHostAccess: readonly string[];
  /** The image is known to have trouble with no-new-privileges. */
  readonly noNewPrivileges: 'may-break';
}

/** What is known of one image for one tag. */
export type ImageProfile = { readonly [F in keyof Fields]?: Fact<Fields[F]> } & {
  /** The repository the facts were collected for, as in {@link factKey}; `*` at the end: all below. */
  readonly image: string;
};

export const imageSource = { source: data.source, date: data.retrieved } as const;

// The cells of the table, as scripts/facts/images.ts writes them.
interface Extras {
  readonly c?: 1;
  readonly n?: string;
  readonly d?: string;
  readonly w?: string;
}
type Cell = readonly [unknown, number, Extras?];
type Cells = Readonly<Record<string, Cell | null>>;
interface ImageRecord {
  readonly image: string;
  readonly aliases?: readonly string[];
  readonly inherits?: string;
  readonly sources: readonly string[];
  readonly facts: Cells;
  readonly variants?: readonly (readonly [string, Cells])[];
}

// TypeScript would infer a union of 120 object types here; the refresh script and the shape test check the form.
const records = data.images as unknown as readonly ImageRecord[];
const byName: ReadonlyMap<string, ImageRecord> = new Map(
  records.flatMap((record) => [record.image, ...(record.aliases ?? [])].map((name) => [name, record])),
);

/** Everything known of the image and its tag; undefined for an unknown repository. */
export function imageProfile(reference: ImageReference): ImageProfile | undefined {
  const record = findRecord(factKey(reference));
  if (record === undefined) return undefined;
  const tag = tagShape(reference.tag ?? '');
  const origin = record.inherits === undefined ? undefined : byName.get(record.inherits);
  const inherited = origin === undefined ? [] : variantsOf(origin, tag, false);
  const own = variantsOf(record, tag, true);
  const made = profiles.get(record) ?? new Map<string, ImageProfile>();
  profiles.set(record, made);
  const key = `${inherited.join()} ${own.join()}`;
  let profile = made.get(key);
  if (profile === undefined) {
    const facts = {
      ...(origin === undefined ? {} : factsOf(origin, inherited)),
      ...factsOf(record, own),
    };
    profile = { ...withoutEmpty(facts), image: record.image };
    made.set(key, profile);
  }
  return profile;
}

/** The profiles that were asked for, by the variants that apply: no more than the constant table allows. */
const profiles = new WeakMap<ImageRecord, Map<string, ImageProfile>>();

/** Which of the variants of a record hold for a tag. */
function variantsOf({ variants = [] }: ImageRecord, tag: TagShape, self: boolean): readonly number[] {
  return variants.flatMap(([when], index) => (tagMatches(when, tag, self) ? [index] : []));
}

/** True, false, or undefined when it is not known whether the image brings the tool. Busybox applets count. */
export function hasTool(reference: ImageReference, tool: string): boolean | undefined {
  const profile = imageProfile(reference);
  if (tool === 'sh' || tool === 'bash' || tool === 'ash')
    return profile?.shell?.value === false ? false : undefined;
  if (tool !== 'curl' && tool !== 'wget') return undefined;
  const found = profile?.tools?.value[tool];
  if (found === false && alpineUnchecked(reference)) return tool === 'wget' ? true : undefined;
  return found === undefined ? undefined : found !== false;
}

/** An Alpine tag of an image whose tools were read from another variant: busybox is there, the rest is not known. */
function alpineUnchecked(reference: ImageReference): boolean {
  const tag = tagShape(reference.tag ?? '');
  if (!tagMatches('alpine', tag, true)) return false;
  const record = findRecord(factKey(reference));
  return !(record?.variants ?? []).some(([when, cells]) => /^alpine/.test(when) && 'tools' in cells);
}

/** True for `root`, `0`, `0:0`, `root:root` and the administrator of Windows images. Expects a user, not a variable. */
export function isRootUser(user: string): boolean {
  const name = user.trim().split(':')[0] ?? '';
  return name === 'root' || /^0+$/.test(name) || /^ContainerAdministrator$/i.test(name);
}

/** Whether the image starts as root when no user is set; undefined when it is not known. */
export function startsAsRoot(reference: ImageReference): boolean | undefined {
  const user = imageProfile(reference)?.defaultUser?.value;
  return user === undefined ? undefined : isRootUser(user);
}

/** Images whose Dockerfile declares all of `volumes`, in every version. */
const DECLARING = new Set(
  ['postgres', 'mysql', 'mariadb', 'mongo', 'wordpress'].map((name) => `library/${name}`),
);

/** Whether each of the image's `volumes` is one even when nobody names it: Docker then makes one without a name. */
export function declaresVolumes({ image }: ImageProfile): boolean {
  return DECLARING.has(image);
}

/** All repositories with a profile, for tests and completion. */
export const profiledImages: readonly string[] = [...byName.keys()];

function findRecord(key: string): ImageRecord | undefined {
  const exact = byName.get(key);
  if (exact !== undefined) return exact;
  for (let slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
    const below = byName.get(`${key.slice(0, slash)}/*`);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Later conditions win, so the more special ones stand last in the table. An undefined fact was taken away. */
function factsOf(
  record: ImageRecord,
  variants: readonly number[],
): Record<string, Fact<unknown> | undefined> {
  const found: Record<string, Fact<unknown> | undefined> = {};
  const apply = (cells: Cells): void => {
    for (const [field, cell] of Object.entries(cells))
      found[field] = cell === null ? undefined : fact(cell, record.sources);
  };
  apply(record.facts);
  for (const index of variants) apply(record.variants?.[index]?.[1] ?? {});
  return found;
}

function fact(cell: Cell, sources: readonly string[]): Fact<unknown> {
  const [value, source, extras] = cell;
  return {
    value,
    confidence: extras?.c === 1 ? 'reported' : 'derived',
    source: sources[source] ?? '',
    ...(extras?.n === undefined ? {} : { note: extras.n }),
    ...(extras?.d === undefined ? {} : { doubt: extras.d }),
    ...(extras?.w === undefined ? {} : { why: extras.w }),
  };
}

function withoutEmpty(facts: Readonly<Record<string, Fact<unknown> | undefined>>): Partial<ImageProfile> {
  // The values have the types that Fields promises because the refresh script reads each field by its name.
  return Object.fromEntries(
    Object.entries(facts).filter(([, one]) => one !== undefined),
  ) as Partial<ImageProfile>;
}
