import { declaresVolumes } from '../../facts/images.js';
import { enumerated, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import { hasUnknown, known, setValue } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix, owasp } from '../rule.js';
import { originOf, restingOn, runningImage } from '../shared/image-facts.js';
import { tmpfsEntry } from '../shared/tmpfs.js';

export default defineRule({
  meta: {
    id: 'root-filesystem-writable',
    practice: 'privileges',
    severity: 'info',
    title: 'Root file system of the container is writable',
    why: 'An intruder can replace programs of the container, plant tools and keep them there until it is created anew.',
    advice:
      'Make it read-only, with a tmpfs for scratch files and volumes for data. `docker diff` shows what a container writes.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [
      cis('5.13'),
      owasp(8),
      dockerDocs('read_only', '/reference/compose-file/services/#read_only'),
    ],
    equivalents: ['compose-lint:CL-0007', 'semgrep:writable-filesystem-service'],
    since: '0.1.0',
  },
  check: {
    *container(container, { stageOf }) {
      const { readOnly } = container;
      if (readOnly.state === 'unknown' || (readOnly.state === 'set' && readOnly.value)) return;
      const image = runningImage(container, stageOf(container));
      // Nothing to be done in this file about an image that cannot run like this.
      if (image?.profile.readOnly?.value.readOnly === false) return;
      const key = container.spelling('readOnly');
      yield {
        // To say `false` says no more than to say nothing.
        at: container.namePlace,
        message:
          readOnly.state === 'set'
            ? say`Programs of \`${container.name}\` can be replaced by an intruder: \`${key}\` is off`
            : say`Programs of \`${container.name}\` can be replaced by an intruder: \`${key}\` is not set`,
        missing: say`read-only root file system`,
        fixes: () => makeReadOnly(container, stageOf(container)),
      };
    },
  },
});

function makeReadOnly(container: ContainerSpec, stage: Stage | undefined): readonly Fix[] {
  const key = container.spelling('readOnly');
  const image = runningImage(container, stage);
  const fact = image?.profile.readOnly;
  const tmpfs = (fact?.value.tmpfs ?? ['/tmp']).filter((path) => !isCovered(container, path));
  const declared = image && declaresVolumes(image.profile) ? (image.profile.volumes?.value ?? []) : [];
  const volumes = (fact?.value.volumes ?? []).filter(
    (path) => !isCovered(container, path) && !declared.some((volume) => holds(volume, path)),
  );
  const changes: ContainerChange[] = [{ set: 'readOnly', value: true }];
  if (tmpfs.length > 0) changes.push({ append: 'tmpfs', items: tmpfs });
  if (volumes.length > 0) changes.push({ append: 'mounts', items: volumes });
  const extras = [
    ...(tmpfs.length > 0 ? [say`tmpfs on ${tmpfs.join(', ')}`] : []),
    ...(volumes.length > 0 ? [say`a volume on ${volumes.join(', ')}`] : []),
  ];
  const origin =
    image && fact ? say`${image.reference.name}: ${originOf(fact)}` : say`check what else it writes`;
  const title =
    extras.length > 0
      ? say`Add \`${key}: true\` with ${enumerated(extras)} (${origin})`
      : say`Add \`${key}: true\` (${origin})`;
  return restingOn(containerFix(container, title, 'unsafe', changes), image?.reference, fact);
}

/** Whether a mount or tmpfs at the path or above it is there already; an unknown one may be it. */
function isCovered(container: ContainerSpec, path: string): boolean {
  if (hasUnknown(container.tmpfs)) return true;
  const targets = [
    ...known(container.tmpfs).map((entry) => tmpfsEntry(entry.value).path),
    ...container.mounts.map((mount) => setValue(mount.target)),
  ];
  return targets.some((target) => target === undefined || holds(target, path));
}

function holds(parent: string, path: string): boolean {
  const folder = parent.replace(/\/+$/, '');
  return path === folder || path.startsWith(`${folder}/`);
}
