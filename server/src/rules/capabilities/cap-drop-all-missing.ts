import { normaliseCapability } from '../../facts/capabilities.js';
import type { ImageReference } from '../../facts/image-reference.js';
import { type Fact, isRootUser } from '../../facts/images.js';
import { type Message, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import { hasUnknown, known, setValue } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix, owasp } from '../rule.js';
import { dropsAll } from '../shared/capabilities.js';
import {
  originOf,
  restingOn,
  type RunningImage,
  runningImage,
  startsAsNonRoot,
} from '../shared/image-facts.js';

export default defineRule({
  meta: {
    id: 'cap-drop-all-missing',
    practice: 'capabilities',
    severity: 'info',
    title: 'Container keeps capabilities that it may not need',
    why: 'Docker grants fourteen capabilities by default, among them raw network packets and passing over file permissions: all of them serve an intruder, too.',
    advice:
      'Drop `ALL` and add back what the service needs to start; entrypoints that change user mostly need CHOWN, SETGID and SETUID.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [
      cis('5.4'),
      owasp(3),
      dockerDocs(
        'runtime privilege and capabilities',
        '/engine/containers/run/#runtime-privilege-and-linux-capabilities',
      ),
    ],
    equivalents: ['compose-lint:CL-0006', 'kics:container_capabilities_unrestricted'],
    since: '0.1.0',
  },
  check: {
    *container(container, { stageOf }) {
      if (dropsAll(container) || hasUnknown(container.capDrop)) return;
      yield {
        at: container.namePlace,
        message: say`\`${container.name}\` keeps capabilities that it may not need: \`${container.spelling('capDrop')}\` does not name \`ALL\``,
        missing: say`cap_drop: ALL`,
        fixes: () => dropAll(container, stageOf(container)),
      };
    },
  },
});

function dropAll(container: ContainerSpec, stage: Stage | undefined): readonly Fix[] {
  const added = namesIn(container.capAdd);
  // Dropping does nothing for them.
  if (added.has('ALL') || setValue(container.privileged) === true) return [];
  const dropped = namesIn(container.capDrop);
  const need = needsOf(container, stage);
  const keep = need.capabilities.filter((name) => !dropped.has(name));
  const missing = hasUnknown(container.capAdd) ? [] : keep.filter((name) => !added.has(name));
  const changes: ContainerChange[] = [{ append: 'capDrop', items: ['ALL'] }];
  if (missing.length > 0) changes.push({ append: 'capAdd', items: missing });
  const key = container.spelling('capDrop');
  const title =
    keep.length > 0
      ? say`Add \`${key}: [ALL]\` and keep ${keep.join(', ')} (${need.why})`
      : say`Add \`${key}: [ALL]\` (${need.why})`;
  return restingOn(containerFix(container, title, 'unsafe', changes), need.image, need.fact);
}

function namesIn(list: ContainerSpec['capAdd']): ReadonlySet<string> {
  return new Set(known(list).map(({ value }) => normaliseCapability(value)));
}

interface Need {
  readonly capabilities: readonly string[];
  /** How that is known, or what to check. */
  readonly why: Message;
  readonly image?: ImageReference;
  readonly fact?: Fact<readonly string[]>;
}

/** What the container needs to start the first time and every later time, as far as it is known. */
function needsOf(container: ContainerSpec, stage: Stage | undefined): Need {
  const image = runningImage(container, stage);
  if (image !== undefined) {
    const fact = factFor(container, image);
    if (fact) return { capabilities: fact.value, why: whyOf(fact, image), image: image.reference, fact };
  }
  if (startsAsNonRoot(container, stage))
    return { capabilities: [], why: say`it starts as a user that has none` };
  return { capabilities: [], why: say`check that it still starts` };
}

/** With a user of its own set, a container no longer runs the part of the entrypoint that needs root. */
function factFor({ user }: ContainerSpec, { profile }: RunningImage): Fact<readonly string[]> | undefined {
  const asNonRoot = user.state === 'set' && user.value !== '' && !isRootUser(user.value);
  return asNonRoot ? profile.minimalCapsAsNonRoot : profile.minimalCaps;
}

function whyOf(fact: Fact<readonly string[]>, { reference }: RunningImage): Message {
  return fact.value.length === 0
    ? say`${reference.name} needs none: ${originOf(fact)}`
    : say`${reference.name}: ${originOf(fact)}`;
}
