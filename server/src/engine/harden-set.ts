/**
 * What "Harden" and `fix --unsafe` do: named steps that the setting `harden` chooses from. The one table behind the
 * setting, the file of configuration, its schema and both ways of hardening.
 */

export interface HardenStep {
  /** As it is written in the setting. */
  readonly name: string;
  /** What it does, as the end of a sentence. */
  readonly title: string;
  /** Ids of the rules whose fixes it makes. The last step has those that no other one names. */
  readonly rules: readonly string[];
}

export const HARDEN_STEPS: readonly HardenStep[] = [
  {
    name: 'no-new-privileges',
    title: 'programs cannot gain privileges',
    rules: ['no-new-privileges-missing', 'no-new-privileges-off'],
  },
  {
    name: 'capabilities',
    title: 'all capabilities are dropped but those that the image is known to need',
    rules: ['cap-drop-all-missing', 'cap-add-default', 'cap-add-bounded', 'cap-unknown'],
  },
  {
    name: 'limits',
    title: 'memory and CPU are limited',
    rules: ['memory-limit-missing', 'cpu-limit-missing', 'limit-unbounded'],
  },
  { name: 'pids', title: 'the number of processes is limited', rules: ['pids-limit-missing'] },
  {
    name: 'read-only',
    title: 'the root file system is read-only, with a tmpfs where the image writes',
    rules: ['root-filesystem-writable', 'tmpfs-exec', 'tmpfs-unbounded'],
  },
  {
    name: 'ports',
    title: 'ports are published on 127.0.0.1 only, except 80 and 443',
    rules: ['port-on-all-interfaces', 'port-remote-admin', 'port-debug'],
  },
  { name: 'logging', title: 'logs are rotated', rules: ['log-size-unbounded', 'logging-disabled'] },
  {
    name: 'health-check',
    title: 'a health check that the image is known to have',
    rules: ['healthcheck-missing', 'healthcheck-disabled', 'image-healthcheck-missing'],
  },
  {
    name: 'user',
    title: 'an unprivileged user that the image is known to have',
    rules: ['service-user-missing', 'service-user-root', 'user-missing', 'user-root', 'user-never-used'],
  },
  {
    name: 'other',
    title:
      'every other finding that can be mended: privileges that are given, the Docker socket, tags, secrets',
    rules: [],
  },
];

const OTHER = 'other';
const STEP_OF: ReadonlyMap<string, string> = new Map(
  HARDEN_STEPS.flatMap(({ name, rules }) => rules.map((rule): [string, string] => [rule, name])),
);

/** Everything. */
export const WHOLE_SET: ReadonlySet<string> = new Set(HARDEN_STEPS.map(({ name }) => name));

/** Whether the fixes of a rule are among what the chosen steps do. */
export function isHardening(rule: string, chosen: ReadonlySet<string>): boolean {
  return chosen.has(STEP_OF.get(rule) ?? OTHER);
}
