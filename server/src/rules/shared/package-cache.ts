/** What package managers leave in a layer: their lists and downloads, unless something keeps or takes them out. */
import { type Message, say } from '../../l10n/message.js';
import type { RunStep, Stage } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import { type PackageOperation, packageOperations } from '../../model/package-operations.js';
import { lastOf } from '../../model/stage.js';
import { cleanBundler } from './bundler-cache.js';
import { deletions, isEmptied, isMounted } from './cleanup.js';
import { byStep, rightsOf, stepsBehind, variableIsSet } from './layers.js';

export interface Leftover {
  readonly kind: string;
  /** The calls that leave it. */
  readonly operations: readonly PackageOperation[];
  /** What is left, for messages. */
  readonly what: Message;
  /** A flag for each call that keeps it out. */
  readonly flag: string | undefined;
  /** A command at the end of the RUN that takes it out. */
  readonly command: string | undefined;
}

interface CacheFacts {
  readonly what: Message;
  readonly flag?: string;
  /** Undefined where it cannot be told what to delete. */
  clean?(operation: PackageOperation, step: RunStep, stage: Stage): string | undefined;
  /** Later steps, or the program itself, work from it: it may be deleted only behind the last of them. */
  readonly isUsedLater?: true;
}

/**
 * Managers that are worth a word. Not apt's downloads: images of Debian and Ubuntu come with a hook that deletes them.
 * Not the store of pnpm, whose files are those of the modules, but what it keeps to know them.
 */
const CACHES: ReadonlyMap<string, CacheFacts> = new Map<string, CacheFacts>([
  ['apt', { what: say`package lists`, clean: () => 'rm -rf /var/lib/apt/lists/*' }],
  ['apk', { what: say`package index`, flag: '--no-cache', clean: () => 'rm -rf /var/cache/apk/*' }],
  ['dnf', { what: say`package cache`, clean: ({ manager }) => `${manager.name} clean all` }],
  ['zypper', { what: say`package cache`, clean: () => 'zypper clean --all' }],
  ['pacman', { what: say`package cache`, clean: () => 'pacman -Scc --noconfirm' }],
  ['pip', { what: say`download cache`, flag: '--no-cache-dir' }],
  ['uv', { what: say`download cache`, flag: '--no-cache' }],
  ['npm', { what: say`download cache`, clean: () => 'npm cache clean --force' }],
  ['yarn', { what: say`download cache`, clean: () => 'yarn cache clean' }],
  ['pnpm', { what: say`download cache`, clean: () => 'rm -rf ~/.cache/pnpm' }],
  ['composer', { what: say`download cache`, flag: '--no-cache' }],
  [
    'bundle',
    { what: say`download cache`, clean: (operation, step, stage) => cleanBundler(stage, step, operation) },
  ],
  ['gem', { what: say`download cache`, clean: () => 'rm -rf "$(gem env gemdir)/cache"' }],
  ['go', { what: say`build cache`, clean: () => 'go clean -cache -modcache', isUsedLater: true }],
  [
    'cargo',
    {
      what: say`download cache`,
      clean: () => 'rm -rf "${CARGO_HOME:-$HOME/.cargo}/registry"',
      isUsedLater: true,
    },
  ],
  ['conda', { what: say`package cache`, clean: ({ manager }) => `${manager.name} clean --all --yes` }],
]);

/** What a RUN leaves in its own layer. */
export function leftovers(stage: Stage, step: RunStep): readonly Leftover[] {
  const operations = packageOperations(step);
  if (operations.length === 0) return [];
  return [...CACHES].flatMap(([kind, facts]) => {
    const left = operations.filter(
      (one) => one.manager.kind === kind && leaves(stage, step, one, operations),
    );
    const [first] = left;
    if (first === undefined) return [];
    if (facts.isUsedLater && runsInContainer(stage, kind)) return [];
    const needed = facts.isUsedLater === true && isUsedBehind(stage, step, kind);
    // A flag of the install is no help against the index that an `update` of its own fetches.
    const byFlag = facts.flag !== undefined && left.every((one) => one.action !== 'update');
    const clean = facts.clean?.(first, step, stage);
    const command = clean && rightsOf(first.command) + clean;
    return [
      {
        kind,
        operations: left,
        what: facts.what,
        flag: byFlag ? facts.flag : undefined,
        command: byFlag || needed ? undefined : command,
      },
    ];
  });
}

/** The program is built when the container starts, from what the cache holds. */
function runsInContainer(stage: Stage, kind: string): boolean {
  return (['entrypoint', 'cmd'] as const).some((one) =>
    lastOf(stage, one)?.script.commands.some(
      ({ program }) => program === kind || /^(?:air|reflex)$/.test(program),
    ),
  );
}

function isUsedBehind(stage: Stage, step: RunStep, kind: string): boolean {
  return stepsBehind(stage, step).some(
    (one) => one.kind === 'run' && packageOperations(one).some(({ manager }) => manager.kind === kind),
  );
}

function leaves(
  stage: Stage,
  step: RunStep,
  operation: PackageOperation,
  all: readonly PackageOperation[],
): boolean {
  const { manager, action, index, opaque } = operation;
  if (opaque || !fetches(operation) || operation.flag(['--no-network', '--no-index', '--offline']))
    return false;
  const own = manager.kind === 'apt' ? manager.indexes : [...manager.caches, ...manager.indexes];
  if (own.some((folder) => isEmptied(step, folder, index) || isMounted(step, folder))) return false;
  if (manager.family !== 'system') {
    if (step.mounts.some((mount) => mount.type === 'cache')) return false;
    if (isEmptied(step, '~/.cache', index) && manager.caches.some((folder) => folder.startsWith('~/.cache')))
      return false;
    if (manager.kind === 'bundle' && deletions(step).some(({ path }) => /bundle/i.test(path ?? '')))
      return false;
    // The folder is named by a variable or by a command: `$CARGO_HOME/registry`, `$(gem env gemdir)/cache`.
    const named = NAMED_FOLDERS[manager.kind];
    if (named && deletions(step).some((one) => one.index > index && named.test(one.path ?? ''))) return false;
    if (cacheIsConfigured(stage, step, operation)) return false;
  }
  if (manager.kind === 'apt') return action === 'update' && !cleansLists(all, index);
  if (operation.flag(manager.noCache) !== undefined) return false;
  return (lastCleans(all).get(manager.kind) ?? -1) <= index;
}

/** By manager: the number of the last command that empties its cache. */
const lastCleans = oncePer(
  (all: readonly PackageOperation[]): ReadonlyMap<string, number> =>
    lastNumbers(
      all.filter(({ action }) => action === 'clean'),
      ({ manager }) => manager.kind,
    ),
);

/** By word: the number of the last command with it. */
const lastVerbs = oncePer(
  (all: readonly PackageOperation[]): ReadonlyMap<string, number> =>
    lastNumbers(all, ({ verb }) => verb.value),
);

function lastNumbers(
  all: readonly PackageOperation[],
  keyOf: (operation: PackageOperation) => string,
): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const one of all) last.set(keyOf(one), Math.max(one.index, last.get(keyOf(one)) ?? -1));
  return last;
}

const NAMED_FOLDERS: Readonly<Record<string, RegExp>> = {
  pnpm: /pnpm/i,
  gem: /\bgem|bundle|\/cache/i,
  go: /gopath|gocache|gomodcache|\/go(?:\/|$|-build)/i,
  cargo: /cargo/i,
};

/** `apt-get distclean` deletes the lists; `apt-get clean` does not. */
function cleansLists(all: readonly PackageOperation[], behind: number): boolean {
  return (lastVerbs(all).get('distclean') ?? -1) > behind;
}

/** Whether the call brings something from the network. */
function fetches({ manager, action, command, verb }: PackageOperation): boolean {
  if (manager.family === 'system')
    return action === 'install' || action === 'update' || action === 'upgrade' || action === 'dist-upgrade';
  if (manager.kind === 'go' || manager.kind === 'cargo')
    return action === 'install' || verb.value === 'build' || verb.value === 'test';
  if (action !== 'install') return false;
  if (manager.kind === 'yarn') return !isBerry(command.args.map((word) => word.value));
  return verb.value !== 'download' && verb.value !== 'python';
}

/** Yarn from version 2 on may run the packages out of its cache. */
function isBerry(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--immutable' || arg === 'workspaces' || arg === '--inline-builds');
}

const OWN_VARIABLES: Readonly<Record<string, RegExp>> = {
  pip: /^PIP_(?:NO_)?CACHE_DIR$/i,
  uv: /^UV_(?:NO_CACHE|CACHE_DIR)$/,
  npm: /^npm_config_cache$/i,
  yarn: /^YARN_(?:CACHE_FOLDER|ENABLE_GLOBAL_CACHE|GLOBAL_FOLDER|VERSION)$/,
  pnpm: /^(?:npm_config_(?:store_dir|cache_dir)|PNPM_STORE_DIR|XDG_CACHE_HOME)$/i,
  composer: /^COMPOSER_(?:CACHE_DIR|NO_CACHE|HOME)$/,
  go: /^GO(?:MOD)?CACHE$/,
};

/** A variable or a command before it says where the cache goes, or that there is none. */
function cacheIsConfigured(stage: Stage, step: RunStep, { manager, command }: PackageOperation): boolean {
  const names = OWN_VARIABLES[manager.kind];
  if (names !== undefined && variableIsSet(stage, step, command, (name) => names.test(name))) return true;
  if (manager.kind === 'yarn') return yarnIsSet(stage, step);
  return manager.kind === 'pip' && pipIsSet(stage, step);
}

const yarnIsSet = byStep((step) => {
  if (step.kind === 'copy' || step.kind === 'add')
    return step.sources.some(({ written }) => /(?:^|\/)\.yarn/.test(written));
  return (
    step.kind === 'run' &&
    step.script.commands.some(
      ({ program, args }) => program === 'corepack' || (program === 'yarn' && args[0]?.value === 'set'),
    )
  );
});

const pipIsSet = byStep((step) => {
  if (step.kind === 'copy' || step.kind === 'add') return /pip\.conf$/.test(step.destination?.written ?? '');
  return (
    step.kind === 'run' &&
    step.script.commands.some(
      ({ program, args }) =>
        /^pip/.test(program) &&
        args[0]?.value === 'config' &&
        args.some(({ value }) => value.includes('cache')),
    )
  );
});

/** Whether the RUN takes leftovers of this kind away, whoever left them, and does nothing of that kind besides. */
export function onlyCleans(step: RunStep, kind: string): boolean {
  const operations = packageOperations(step).filter((one) => one.manager.kind === kind);
  if (operations.some((one) => one.action !== 'clean' && one.action !== 'remove')) return false;
  if (operations.some((one) => one.action === 'clean' && (kind !== 'apt' || one.verb.value === 'distclean')))
    return true;
  return deletions(step).some(
    ({ path }) => path !== undefined && (FOLDERS[kind] ?? []).some((folder) => path.startsWith(folder)),
  );
}

/** The kinds of managers whose leftovers the RUN takes away. */
export function cleanedKinds(step: RunStep): readonly string[] {
  return [...CACHES.keys()].filter((kind) => onlyCleans(step, kind));
}

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  apt: ['/var/lib/apt'],
  apk: ['/var/cache/apk'],
  dnf: ['/var/cache/yum', '/var/cache/dnf'],
  zypper: ['/var/cache/zypp'],
  pacman: ['/var/cache/pacman'],
  pip: ['~/.cache'],
  npm: ['~/.npm'],
  yarn: ['/usr/local/share/.cache', '~/.cache/yarn'],
  conda: ['/opt/conda/pkgs'],
};
