import { say } from '../../l10n/message.js';
import type { ContainerChange, ContainerSpec, Mount } from '../../model/container.js';
import { known, setValue } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix, type Problem } from '../rule.js';
import { lacksLimit } from '../shared/limits.js';
import { tmpfsEntry } from '../shared/tmpfs.js';

const MIB = 1024 * 1024;

export default defineRule({
  meta: {
    id: 'tmpfs-unbounded',
    practice: 'resources',
    severity: 'info',
    title: 'Memory file system has no bound',
    why: 'A tmpfs without a size may grow to half of the memory of the host: one upload or a runaway log there starves everything else.',
    advice:
      'Give every tmpfs a `size`, or the container a memory limit: what lies in a tmpfs counts towards it.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['unsafe'],
    options: {
      size: { default: 64, description: 'Size that the quick fix writes, in MiB.' },
      shm: { default: 1024, description: 'Size of /dev/shm that is still accepted, in MiB.' },
    },
    references: [cis('5.11'), dockerDocs('tmpfs mounts', '/engine/storage/tmpfs/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container, { options }) {
      // A memory limit bounds all of it.
      if (!lacksLimit(container, 'memory')) return;
      const size = options.size * MIB;
      for (const entry of known(container.tmpfs)) {
        const { path, options: words } = tmpfsEntry(entry.value);
        if (words.some(isSize)) continue;
        const text = `${path}:${[...words, `size=${options.size}m`].join(',')}`;
        yield unbounded(container, path, entry.span, options.size, [{ replace: entry.span, text }]);
      }
      for (const mount of container.mounts) {
        if (mount.kind !== 'tmpfs' || mount.options.some(isSize)) continue;
        yield unbounded(container, targetOf(mount), mount.place, options.size, [
          { tmpfsSize: mount, bytes: size },
        ]);
      }
      const shm = container.shmSize;
      if (shm.state === 'set' && shm.value > options.shm * MIB) {
        yield {
          at: shm.span,
          message: say`\`${container.name}\` may hold ${Math.round(shm.value / MIB)} MiB in /dev/shm without any memory limit`,
        };
      }
    },
  },
});

function unbounded(
  container: ContainerSpec,
  path: string,
  at: Problem['at'],
  mebibytes: number,
  changes: readonly ContainerChange[],
): Problem {
  return {
    at,
    message: say`\`${path}\` of \`${container.name}\` may grow to half of the memory of the host`,
    fixes: (): readonly Fix[] =>
      containerFix(
        container,
        say`Limit \`${path}\` to ${mebibytes} MiB (writing more fails)`,
        'unsafe',
        changes,
      ),
  };
}

const isSize = (option: string) => /^(?:size|nr_blocks)=/.test(option);

function targetOf(mount: Mount): string {
  return setValue(mount.target) ?? 'this tmpfs';
}
