/** Services and stages in a few words, for what is drawn into the text beside them. */
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import { type Message, say } from '../l10n/message.js';
import type { Stage } from '../model/build.js';
import type { ContainerSpec } from '../model/container.js';
import type { Section } from '../model/document.js';
import type { RunsAs } from '../rules/shared/users.js';

/** The services that are first named in this document; parts of them in other files are not shown twice. */
export function ownContainers({ document }: Analysis): readonly ContainerSpec[] {
  return document.containers.filter(
    ({ namePlace, provider }) => namePlace.file === undefined && provider.state !== 'set',
  );
}

/** The stages of this document that end up as images. */
export function shippingStages({ document }: Analysis): readonly Stage[] {
  return document.builds.flatMap(({ stages }) =>
    stages.filter(({ ships, at }) => ships && at.file === undefined),
  );
}

/** Findings of one service or stage that nobody accepted. */
export function openFindings(
  { findings }: Analysis,
  { kind, name }: Pick<Section, 'kind' | 'name'>,
): readonly Finding[] {
  return findings.filter(
    ({ section, suppressed }) => suppressed === undefined && section?.kind === kind && section.name === name,
  );
}

/**
 * The user that the program ends up with: `root`, `101:101`; undefined when it cannot be told. A process that only
 * starts as root counts as the user that it switches to.
 */
export function userWord({ root, user, leaves }: RunsAs): string | Message | undefined {
  if (root === undefined) return undefined;
  if (!root) return user === undefined ? NOT_ROOT : plain(user);
  if (!leaves?.whole) return 'root';
  return leaves.to === undefined ? ROOT_AT_FIRST : plain(leaves.to);
}

export const NOT_ROOT = say`not root`;
export const ROOT_AT_FIRST = say`root at first`;

const LONGEST = 24;

/** A text of the file as part of a label: on one line, not too long, without what editors draw as an icon. */
export function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\$\(/g, '(').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).trimEnd()}…`;
}
