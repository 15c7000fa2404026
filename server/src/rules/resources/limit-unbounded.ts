import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { isUnlimited, type Limit, limitChange } from '../shared/limits.js';

const MIB = 1024 * 1024;

export default defineRule({
  meta: {
    id: 'limit-unbounded',
    practice: 'resources',
    severity: 'warning',
    title: 'Limit is written that limits nothing',
    why: 'Zero and negative values switch a limit off: the file looks as if the container were kept in bounds, and one leak still takes the whole host.',
    advice: 'Write the amount that the container needs at its peak, also as the default of a variable.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    options: {
      memory: { default: 512, description: 'Memory limit that the quick fix writes, in MiB.' },
      cpus: { default: 1, description: 'Number of CPUs that the quick fix writes.' },
      pids: { default: 256, description: 'Number of processes that the quick fix writes.' },
    },
    references: [
      cis('5.11'),
      owasp(7),
      dockerDocs('resource constraints', '/engine/containers/resource_constraints/'),
    ],
    equivalents: ['compose-lint:CL-0026', 'kics:pids_limit_not_set'],
    since: '0.1.0',
  },
  check: {
    *container(container, { options }) {
      yield* limit(
        container,
        'memory',
        say`all memory of the host`,
        options.memory * MIB,
        `${options.memory}m`,
      );
      yield* limit(container, 'cpus', say`all CPUs of the host`, options.cpus, `${options.cpus}`);
      yield* limit(container, 'pids', say`every process slot of the host`, options.pids, `${options.pids}`);
      yield* swap(container);
      yield* oomKill(container);
      yield* ulimits(container);
    },
  },
});

function* limit(
  container: ContainerSpec,
  field: Limit,
  all: Message,
  amount: number,
  written: string,
): Iterable<Problem> {
  const value = container[field];
  if (value.state === 'unset' || !isUnlimited(container, field)) return;
  yield {
    at: value.span,
    message:
      value.state === 'unknown'
        ? say`This is no amount, so no limit is in force: \`${container.name}\` does not start like this`
        : say`This value means no limit: \`${container.name}\` may use ${all}`,
    fixes: () =>
      containerFix(
        container,
        say`Set \`${container.spelling(field)}: ${written}\` (the container gets no more)`,
        'unsafe',
        [limitChange(container, field, amount, written)],
      ),
  };
}

function* swap(container: ContainerSpec): Iterable<Problem> {
  const { memorySwap } = container;
  if (memorySwap.state !== 'set' || memorySwap.value >= 0) return;
  yield {
    at: memorySwap.span,
    message: say`\`${container.name}\` may fill the swap of the host: its memory limit only makes it slow`,
    fixes: () =>
      containerFix(container, say`Remove it (swap is limited to the size of the memory limit)`, 'unsafe', [
        { remove: memorySwap.span },
      ]),
  };
}

function* oomKill(container: ContainerSpec): Iterable<Problem> {
  const { oomKillDisable, memory } = container;
  if (oomKillDisable.state !== 'set' || !oomKillDisable.value) return;
  const limited = memory.state === 'set' && memory.value > 0;
  yield {
    at: oomKillDisable.span,
    message: limited
      ? say`\`${container.name}\` is not killed above its memory limit: it hangs instead`
      : say`\`${container.name}\` has no memory limit and is spared when memory runs out: others on the host die`,
    fixes: () =>
      containerFix(
        container,
        say`Remove it (the container is killed when it takes too much memory)`,
        'unsafe',
        [{ remove: oomKillDisable.span }],
      ),
  };
}

/** `memlock` is left out: search engines ask for it, and a memory limit, which has a rule of its own, bounds it too. */
function* ulimits(container: ContainerSpec): Iterable<Problem> {
  for (const { name, soft, hard, place } of container.ulimits) {
    const unlimited = [soft, hard].some((value) => value.state === 'set' && value.value < 0);
    if (!unlimited || name === 'memlock') continue;
    yield {
      at: place,
      severity: 'info',
      message: say`\`${container.name}\` has no bound for \`${name}\`: a runaway program takes what the host has`,
      fixes: () =>
        containerFix(container, say`Remove \`${name}\` (the daemon's own value applies)`, 'unsafe', [
          { remove: place },
        ]),
    };
  }
}
