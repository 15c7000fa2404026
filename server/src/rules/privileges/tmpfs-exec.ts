import { listed, say } from '../../l10n/message.js';
import type { ContainerChange, ContainerSpec } from '../../model/container.js';
import { known, setValue } from '../../model/setting.js';
import { containerFix, defineRule, dockerDocs, type Problem } from '../rule.js';
import { tmpfsEntry, tmpfsText } from '../shared/tmpfs.js';

export default defineRule({
  meta: {
    id: 'tmpfs-exec',
    practice: 'privileges',
    severity: 'warning',
    title: 'Memory file system allows programs, setuid bits or devices',
    why: 'Docker mounts a tmpfs noexec, nosuid and nodev. Without that, the place that everyone may write to is where an intruder starts his own tools.',
    advice: 'Leave the defaults; put programs that must run into the image or on a volume of their own.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [dockerDocs('tmpfs mounts', '/engine/storage/tmpfs/')],
    equivalents: ['compose-lint:CL-0022'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const { value, span } of known(container.tmpfs)) {
        const entry = tmpfsEntry(value);
        const loose = looseOptions(entry.options);
        if (loose.length === 0) continue;
        const options = entry.options.filter((option) => !loose.some((one) => one === option));
        yield problem(container, entry.path, loose, span, [
          { replace: span, text: tmpfsText({ path: entry.path, options }) },
        ]);
      }
      for (const mount of container.mounts) {
        const loose = mount.kind === 'tmpfs' ? looseOptions(mount.options) : [];
        if (loose.length > 0) yield problem(container, setValue(mount.target), loose, mount.place, []);
      }
    },
  },
});

type Loose = keyof typeof EFFECT;

/** Options that are in force and lift a protection: of `exec,noexec` the last one counts. */
function looseOptions(options: readonly string[]): readonly Loose[] {
  return (['exec', 'suid', 'dev'] as const).filter(
    (option) => options.lastIndexOf(option) > options.lastIndexOf(`no${option}`),
  );
}

const EFFECT = {
  exec: say`start programs`,
  suid: say`use setuid programs`,
  dev: say`open devices`,
};

function problem(
  container: ContainerSpec,
  path: string | undefined,
  loose: readonly Loose[],
  at: Problem['at'],
  changes: readonly ContainerChange[],
): Problem {
  const readOnly = setValue(container.readOnly) === true;
  const effects = listed(loose.map((option) => EFFECT[option]));
  const place = path === undefined ? say`a tmpfs` : `\`${path}\``;
  return {
    at,
    // Scripts run without it, too; setuid programs and devices give more rights than the container has.
    severity: loose.some((option) => option !== 'exec') ? 'warning' : 'info',
    message: readOnly
      ? say`\`${container.name}\` may ${effects} from ${place}, which undoes its read-only root file system`
      : say`\`${container.name}\` may ${effects} from ${place}`,
    fixes: () =>
      containerFix(
        container,
        say`Remove ${loose.map((option) => `\`${option}\``).join(', ')} (programs there no longer start)`,
        'unsafe',
        changes,
      ),
  };
}
