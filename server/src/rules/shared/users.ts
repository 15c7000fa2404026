/** Who a container runs as: what USER, `user`, the base image and the start command say together. */
import { distributionOf } from '../../facts/distribution.js';
import { type ImageReference, parseImageReference } from '../../facts/image-reference.js';
import { type ImageProfile, imageProfile, isRootUser } from '../../facts/images.js';
import { isBareSystem, namedNonRoot } from '../../facts/system-images.js';
import { type Message, say, words } from '../../l10n/message.js';
import type { CommandStep, ShellCommand, Stage } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { oncePer } from '../../model/once-per.js';
import { allSteps, lastOf, rootOf } from '../../model/stage.js';

/** `root`, `0`, `0:0`, `root:app`, the administrators of Windows. Expects a value, not a variable. */
export function isRoot(user: string): boolean {
  return isRootUser(user) || /^(?:nt authority\\)?(?:system|administrator)$/i.test(user.trim());
}

/** How a process that starts as root leaves it. */
export interface Leaves {
  /** The user it ends up with, when that is known. */
  readonly to: string | undefined;
  /** `gosu`, or a phrase. */
  readonly tool: string;
  /** False when a master process stays root and only its workers switch. */
  readonly whole: boolean;
  /** The base image does it, not something that this build adds. */
  readonly ofBase: boolean;
}

export interface RunsAs {
  /** Undefined: it cannot be told. */
  readonly root: boolean | undefined;
  /** As written or as known of the image; undefined when nobody knows. */
  readonly user: string | undefined;
  /** Set when it starts as root, or may, but does not stay it. */
  readonly leaves: Leaves | undefined;
}

const UNKNOWN: RunsAs = { root: undefined, user: undefined, leaves: undefined };
const ROOT: RunsAs = { root: true, user: 'root', leaves: undefined };

/** The user of an image that is started without further ado. */
export function imageRunsAs(reference: ImageReference | undefined): RunsAs {
  if (reference === undefined) return UNKNOWN;
  if (distributionOf(reference) === 'windows') return windowsRunsAs(reference);
  const profile = imageProfile(reference);
  const user = profile?.defaultUser?.value;
  if (user !== undefined) {
    if (!isRoot(user)) return { root: false, user, leaves: undefined };
    return namedNonRoot(reference) ? UNKNOWN : { root: true, user, leaves: leavesOf(profile) };
  }
  if (namedNonRoot(reference)) return { root: false, user: undefined, leaves: undefined };
  return isBareSystem(reference) ? ROOT : UNKNOWN;
}

/** Nano Server starts as an ordinary user, everything bigger as the administrator. */
function windowsRunsAs({ repository, tag }: ImageReference): RunsAs {
  const text = `${repository}:${tag ?? ''}`;
  if (/nanoserver/.test(text)) return { root: false, user: 'ContainerUser', leaves: undefined };
  return /servercore|windows\/server|\bwindows:|framework/.test(text)
    ? { root: true, user: 'ContainerAdministrator', leaves: undefined }
    : UNKNOWN;
}

/** The image outside this build that the stage goes back to; undefined for scratch and for what is no reference. */
export function baseReferenceOf(stage: Stage): ImageReference | undefined {
  const { base } = rootOf(stage);
  return base.scratch || base.image.state !== 'set' ? undefined : parseImageReference(base.image.value);
}

/** What is known of the image that the stage goes back to. */
export function baseProfileOf(stage: Stage): ImageProfile | undefined {
  const reference = baseReferenceOf(stage);
  return reference && imageProfile(reference);
}

/** The user that the stage's image starts with, USER and base image together. */
export function stageRunsAs(stage: Stage): RunsAs {
  return runsAsAfter(stage, stage.user);
}

/** The same with another user: what holds at one of its steps. */
export function runsAsAfter(stage: Stage, user: Stage['user']): RunsAs {
  if (user.state === 'unknown') return UNKNOWN;
  const base = rootOf(stage).base.scratch ? ROOT : imageRunsAs(baseReferenceOf(stage));
  if (user.state === 'set') {
    const root = isRoot(user.value);
    return { root, user: user.value, leaves: root ? stageLeaves(stage, base) : undefined };
  }
  return base.root === false ? base : { ...base, leaves: stageLeaves(stage, base) };
}

/** The user of a container. `stage`: what its image is built from, when that is known. */
export function containerRunsAs(container: ContainerSpec, stage: Stage | undefined): RunsAs {
  const { user, entrypoint } = container;
  if (user.state === 'unknown') return UNKNOWN;
  // An entrypoint of its own replaces the one that would leave root.
  const made = {
    ...imageOfRunsAs(container, stage),
    ...(entrypoint.state === 'unset' ? {} : { leaves: undefined }),
  };
  if (user.state === 'set' && user.value !== '') {
    const root = isRoot(user.value);
    return { root, user: user.value, leaves: root ? made.leaves : undefined };
  }
  // What was not read may set a user.
  return container.incomplete.length > 0 ? UNKNOWN : made;
}

/** The user of the container's image, whatever the container itself asks for. */
export function imageOfRunsAs({ build, image }: ContainerSpec, stage: Stage | undefined): RunsAs {
  if (build !== undefined) return stage === undefined ? UNKNOWN : stageRunsAs(stage);
  return imageRunsAs(image.state === 'set' ? parseImageReference(image.value) : undefined);
}

/** `su-exec, only when started as root` -> `su-exec`: the remark is told where the image is looked at. */
export function withoutRemark(tool: string): string {
  return tool.replace(/(?:, only| \().*$/, '');
}

/** Behind "the image starts as root and", or alone when only workers leave it. */
export function describeLeaves({ to, tool, whole }: Leaves): Message {
  if (!whole)
    return to === undefined ? say`only its workers switch` : say`only its workers switch to \`${to}\``;
  const name = withoutRemark(tool);
  const by = /^[\w-]+$/.test(name) ? `\`${name}\`` : words(name);
  return to === undefined ? say`relies on ${by} to switch` : say`relies on ${by} to switch to \`${to}\``;
}

function leavesOf(profile: ImageProfile | undefined): Leaves | undefined {
  const leaves = profile?.dropsPrivileges?.value;
  return leaves ? { to: leaves.to, tool: leaves.tool, whole: leaves.whole, ofBase: true } : undefined;
}

const TOOLS = /^(?:gosu|su-exec|setpriv|s6-setuidgid|s6-applyuidgid|setuidgid|chpst|su|runuser|sudo|capsh)$/;
/** Names of what images bring in to leave root at the start: a package, a download, a copied file. */
const BROUGHT_IN = /(?:^|[\s/=:"'-])(gosu|su-exec|setpriv|setuidgid|s6-overlay|chpst)(?:$|[\s/:@"'_-])/;

/** What the start command, or a tool that was installed for it, says about leaving root. */
function stageLeaves(stage: Stage, base: RunsAs): Leaves | undefined {
  const entrypoint = lastOf(stage, 'entrypoint');
  const started = [entrypoint, lastOf(stage, 'cmd')].flatMap((step) => commandsOf(step));
  for (const command of started) {
    const tool = [command.program, ...command.wrappers].find((name) => TOOLS.test(name));
    if (tool !== undefined) return { to: undefined, tool, whole: true, ofBase: false };
  }
  const tool = broughtIn(stage);
  if (tool !== undefined) return { to: undefined, tool, whole: true, ofBase: false };
  const keepsEntrypoint =
    entrypoint === undefined || entrypoint.words.some(({ written }) => /docker-entrypoint/.test(written));
  return keepsEntrypoint ? base.leaves : undefined;
}

function commandsOf(step: CommandStep | undefined): readonly ShellCommand[] {
  return step?.script.commands ?? [];
}

const broughtIn = oncePer((stage: Stage): string | undefined => {
  for (const step of allSteps(stage)) {
    const texts =
      step.kind === 'run'
        ? step.script.commands.flatMap(({ words }) => words.map(({ value }) => value))
        : step.kind === 'copy' || step.kind === 'add'
          ? [
              step.from?.written ?? '',
              ...step.sources.map(({ written }) => written),
              ...step.inline.map(({ text }) => text),
            ]
          : [];
    for (const text of texts) {
      const tool = BROUGHT_IN.exec(text)?.[1];
      if (tool !== undefined) return tool;
    }
  }
  return undefined;
});
