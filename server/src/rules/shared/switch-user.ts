/** Fixes that let an image run as somebody else than root: a user of the base image, a new one, or a bare number. */
import { type Distribution, distributionOf } from '../../facts/distribution.js';
import type { Fact, ImageUser } from '../../facts/images.js';
import { isAlwaysRoot, startsOnlyAsRoot } from '../../facts/root-programs.js';
import { lacksUserTools } from '../../facts/system-images.js';
import { type Message, say } from '../../l10n/message.js';
import type { Stage, Step } from '../../model/build.js';
import { allSteps, chainOf, lastOf, rootOf } from '../../model/stage.js';
import type { Fix } from '../rule.js';
import { askingFor } from './asking.js';
import { createdUsers } from './created-users.js';
import { restingOn } from './image-facts.js';
import { ownCopies } from './own-copies.js';
import { baseProfileOf, baseReferenceOf, imageRunsAs, isRoot, stageRunsAs } from './users.js';

const UID = 10001;
const PRICE = say`(the program can no longer write what root owns)`;
const OWNS = say`(it can then change its own program)`;

/** The distribution of a stage: what its steps install with, then what the base image's name says. */
export function stageDistribution(stage: Stage): Distribution | undefined {
  if (rootOf(stage).base.scratch) return 'scratch';
  if (stage.user.state === 'set' && /^Container(?:User|Administrator)$/i.test(stage.user.value))
    return 'windows';
  const reference = baseReferenceOf(stage);
  return (reference && distributionOf(reference)) ?? usedPackageManager(stage);
}

const PACKAGE_MANAGERS: ReadonlyMap<string, Distribution> = new Map([
  ['apt-get', 'debian'],
  ['apt', 'debian'],
  ['apk', 'alpine'],
  ['dnf', 'redhat'],
  ['yum', 'redhat'],
  ['microdnf', 'redhat'],
  ['tdnf', 'photon'],
  ['zypper', 'suse'],
  ['pacman', 'arch'],
]);

function usedPackageManager(stage: Stage): Distribution | undefined {
  for (const step of allSteps(stage)) {
    if (step.kind !== 'run') continue;
    for (const { program } of step.script.commands) {
      const found = PACKAGE_MANAGERS.get(program);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** What USER is to say, and the instructions that must stand before it. */
interface Plan {
  readonly user: string;
  readonly before: readonly string[];
  readonly title: Message;
  /** The same with the copied files as the user's own. */
  readonly owningTitle?: Message;
  /** Of a user that is not there before these instructions: how COPY may name it. */
  readonly numbers?: string;
  /** Nobody here knows whether the user fits. */
  readonly guess?: true;
  /** What says that the user is there. */
  readonly fact?: Fact<unknown>;
}

/** Ends the stage with another user than root; none when that would surely keep the image from starting. */
export function switchUserFixes(stage: Stage): readonly Fix[] {
  const { leaves } = stageRunsAs(stage);
  // A tool that this build installs to leave root needs root to start with.
  if (startsBelowRootsHome(stage) || leaves?.ofBase === false) return [];
  if (needsRoot(stage) || alwaysRoot(stage) !== undefined) return [];
  if (!worksAs(stage)) return unprivilegedImageFix(stage);
  const plan = planOf(stage);
  const fix = switchFix(stage, plan);
  const { owningTitle } = plan;
  const owned = owningTitle === undefined ? [] : ownCopies(stage, plan.user, plan.numbers);
  const fixes =
    owningTitle === undefined || owned.length === 0
      ? [fix]
      : [fix, { ...fix, title: owningTitle, edits: [...fix.edits, ...owned] }];
  return restingOn(fixes, baseReferenceOf(stage), plan.fact);
}

/** What is started has to be root, or to be configured for another user. */
function needsRoot(stage: Stage): boolean {
  return (['entrypoint', 'cmd'] as const).some((kind) =>
    lastOf(stage, kind)?.script.commands.some(
      ({ program, args }) =>
        startsOnlyAsRoot(program) &&
        // The server of busybox, which Alpine has, needs nothing.
        !(program === 'httpd' && args.some(({ value }) => /^-\w*f/.test(value)) && isSmall(stage)),
    ),
  );
}

/** What is started and can be nothing but root, as code: a manager of the whole system, or what the base image is for. */
export function alwaysRoot(stage: Stage): string | undefined {
  const own = (['entrypoint', 'cmd'] as const).flatMap((kind) => lastOf(stage, kind) ?? []);
  const [program] = own.flatMap(({ script }) => script.commands.slice(0, 1)).map((one) => one.program);
  if (program !== undefined) return isAlwaysRoot(program) ? program : undefined;
  const { base } = rootOf(stage);
  return baseProfileOf(stage)?.requiresPrivileged?.value ? base.written : undefined;
}

function isSmall(stage: Stage): boolean {
  return /^(?:alpine|busybox)$/.test(stageDistribution(stage) ?? '');
}

function switchFix(stage: Stage, { title, before, user, guess }: Plan): Fix {
  const instructions = [...before, `USER ${user}`];
  const end = startOfCommands(stage);
  const own = replaceableUser(stage);
  const edits =
    own === undefined
      ? end === undefined
        ? stage.edit.append(instructions)
        : stage.edit.insertBefore(end, instructions)
      : [
          ...(before.length > 0 ? stage.edit.insertBefore(own.step, before) : []),
          ...stage.edit.replace(own.at, user),
        ];
  return guess
    ? { title, applicability: 'manual', edits: edits.map((edit) => askingFor(user, edit)) }
    : { title, applicability: 'unsafe', edits };
}

/** The publisher's own image for the same server without root, where this build only adds files. */
function unprivilegedImageFix(stage: Stage): readonly Fix[] {
  const { base } = rootOf(stage);
  const reference = baseReferenceOf(stage);
  const other = baseProfileOf(stage)?.nonRootAlternative?.value;
  if (other === undefined || reference === undefined || reference.digest !== undefined) return [];
  if (base.image.state !== 'set' || base.written !== base.image.value || other.image.includes('<v>'))
    return [];
  if (allSteps(stage).some(({ kind }) => kind === 'run' || kind === 'user')) return [];
  const { name } = reference.spans;
  const at = { start: base.at.start + name.start, end: base.at.start + name.end };
  return [
    {
      title:
        other.port === undefined
          ? say`Use \`${other.image}\`, which runs without root`
          : say`Use \`${other.image}\`, which runs without root (it listens on ${other.port})`,
      applicability: 'unsafe',
      edits: stage.edit.replace(at, other.image),
    },
  ];
}

function planOf(stage: Stage): Plan {
  const reference = baseReferenceOf(stage);
  const base = imageRunsAs(reference);
  const earlier = earlierUser(stage) ?? (base.root === false ? base.user : undefined);
  if (earlier !== undefined) return existing(stage, earlier);
  const created = createdUsers(stage).at(-1);
  if (created !== undefined) return existing(stage, created.name);

  const distribution = stageDistribution(stage);
  // Windows knows no `--chown`.
  if (distribution === 'windows') {
    const { owningTitle: _, ...plan } = existing(stage, 'ContainerUser');
    return plan;
  }
  const profile = baseProfileOf(stage);
  const user = profile?.nonRootUser?.value;
  // The account `ubuntu` comes and goes with the release, and belongs to a person who logs in.
  if (user !== undefined && user.name !== 'ubuntu')
    return {
      ...existing(stage, distribution === 'distroless' ? numeric(user) : user.name),
      ...(profile?.nonRootUser && { fact: profile.nonRootUser }),
    };

  const numbers = `${UID}:${UID}`;
  if (!rootOf(stage).base.scratch && base.root === undefined)
    return {
      user: numbers,
      before: [],
      title: say`Add \`USER\` with a user of the base image…`,
      guess: true,
    };
  const able = reference !== undefined && !lacksUserTools(reference) && isPosix(stage);
  const command = able ? creation(distribution) : undefined;
  if (command === undefined) return existing(stage, numbers);
  return {
    user: 'app',
    before: [`RUN ${command}`],
    title: say`Create the user \`app\` and add \`USER app\` ${PRICE}`,
    owningTitle: say`Create the user \`app\`, add \`USER app\` and let it own what is copied ${OWNS}`,
    numbers,
  };
}

/** The last USER that is not root: the one to go back to. */
function earlierUser(stage: Stage): string | undefined {
  return allSteps(stage)
    .flatMap((step) => (step.kind === 'user' && !step.onbuild ? step.words.slice(0, 1) : []))
    .findLast(({ value }) => value.state === 'set' && !isRoot(value.value))?.written;
}

/** `stage`: whether a USER is added or another one changed shows there. */
function existing(stage: Stage, user: string): Plan {
  const isChanged = replaceableUser(stage) !== undefined;
  return {
    user,
    before: [],
    title: isChanged ? say`Change it to \`USER ${user}\` ${PRICE}` : say`Add \`USER ${user}\` ${PRICE}`,
    owningTitle: isChanged
      ? say`Change it to \`USER ${user}\` and let it own what is copied ${OWNS}`
      : say`Add \`USER ${user}\` and let it own what is copied ${OWNS}`,
  };
}

function numeric({ name, uid, gid }: ImageUser): string {
  return uid === undefined ? name : `${uid}:${gid ?? uid}`;
}

/** Servers whose master process opens files and ports as root fail under another user, unless their image is made for it. */
function worksAs(stage: Stage): boolean {
  const profile = baseProfileOf(stage);
  const leaves = profile?.dropsPrivileges?.value;
  if (!leaves) return true;
  if (leaves.whole) return profile?.minimalCapsAsNonRoot !== undefined;
  return (baseReferenceOf(stage)?.tag ?? '').split('-').includes('fpm');
}

function creation(distribution: Distribution | undefined): string | undefined {
  switch (distribution) {
    case 'debian':
    case 'ubuntu':
      return `useradd --uid ${UID} --user-group --no-create-home --shell /usr/sbin/nologin app`;
    case 'redhat':
      return `useradd --uid ${UID} --user-group --no-create-home --shell /sbin/nologin app`;
    case 'arch':
      return `useradd --uid ${UID} --user-group --no-create-home --shell /usr/bin/nologin app`;
    case 'alpine':
    case 'wolfi':
    case 'busybox':
      return `addgroup -S -g ${UID} app && adduser -S -D -H -u ${UID} -G app app`;
    default:
      return undefined;
  }
}

function isPosix(stage: Stage): boolean {
  return chainOf(stage).every((one) =>
    one.steps.every((step) => step.kind !== 'run' || step.shell === 'posix' || step.shell === 'unknown'),
  );
}

/** Steps that may need root, or make what the image's user finds. */
const WORK: ReadonlySet<Step['kind']> = new Set(['run', 'copy', 'add', 'workdir', 'user', 'other']);

function ownSteps(stage: Stage): readonly Step[] {
  return stage.steps.filter((step) => !step.onbuild);
}

/** The first CMD or ENTRYPOINT behind everything that may need root. */
function startOfCommands(stage: Stage): Step | undefined {
  const own = ownSteps(stage);
  const last = own.findLastIndex(({ kind }) => WORK.has(kind));
  return own.find(({ kind }, index) => index > last && (kind === 'cmd' || kind === 'entrypoint'));
}

/** The stage's last USER, when no step behind it needs the user it names. */
function replaceableUser(stage: Stage) {
  const step = ownSteps(stage).findLast(({ kind }) => WORK.has(kind));
  const [word] = step?.kind === 'user' ? step.words : [];
  return step === undefined || word === undefined ? undefined : { step, at: word.place };
}

/** Only root may enter /root: what lies or starts there is out of reach for anybody else. */
function startsBelowRootsHome(stage: Stage): boolean {
  if (rootOf(stage).base.scratch) return false;
  return allSteps(stage).some((step) => {
    switch (step.kind) {
      case 'workdir':
        return step.words.some(({ written }) => isBelow(written));
      case 'copy':
      case 'add':
        return step.destination !== undefined && isBelow(step.destination.written);
      case 'env':
        return step.variables.some(
          ({ name, written }) => name === 'PATH' && /(?:^|:)\/root\//.test(written ?? ''),
        );
      case 'cmd':
      case 'entrypoint':
        return step.words.some(({ written }) => isBelow(written));
      default:
        return false;
    }
  });
}

function isBelow(path: string): boolean {
  return /^["']?\/root(?:\/|$)/.test(path);
}
