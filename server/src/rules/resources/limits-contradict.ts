import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { setValue } from '../../model/setting.js';
import type { Place } from '../../text/span.js';
import { cis, defineRule, dockerDocs, type Problem } from '../rule.js';

export default defineRule({
  meta: {
    id: 'limits-contradict',
    practice: 'resources',
    severity: 'warning',
    title: 'Limits of one container contradict each other',
    why: 'Nobody can tell which limit was meant, and Compose or the daemon refuses to start the container.',
    advice: 'Write each limit in one place only, and keep reservation, limit and swap in that order of size.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [
      cis('5.11'),
      dockerDocs('Compose deploy specification', '/reference/compose-file/deploy/#resources'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const { names, place, other } of container.limitConflicts) {
        const [own, block] = names;
        yield {
          at: place,
          message:
            other === undefined
              ? say`\`${own}\` is set, \`${block}\` is not: Compose refuses \`${container.name}\``
              : say`\`${own}\` and \`${block}\` differ: Compose does not start \`${container.name}\``,
          ...(other && { related: [{ at: other, message: say`\`${block}\` says this` }] }),
        };
      }
      yield* order(container);
    },
  },
});

/** The daemon wants reservation ≤ memory ≤ memory with swap; 0 and less mean "not limited". */
function* order(container: ContainerSpec): Iterable<Problem> {
  const { memory, memoryReservation, memorySwap } = container;
  const limit = setValue(memory) ?? 0;
  if (limit <= 0 || memory.state !== 'set') return;
  const reserved = setValue(memoryReservation);
  if (reserved !== undefined && reserved > limit && memoryReservation.state === 'set') {
    yield tooFar(
      memoryReservation.span,
      say`More memory is reserved for \`${container.name}\` than its limit allows: the daemon refuses it`,
      memory.span,
    );
  }
  const swap = setValue(memorySwap);
  if (swap !== undefined && swap > 0 && swap < limit && memorySwap.state === 'set') {
    yield tooFar(
      memorySwap.span,
      say`Memory and swap together are less than the memory limit of \`${container.name}\`: the daemon refuses it`,
      memory.span,
    );
  }
}

function tooFar(at: Place, message: Message, limit: Place): Problem {
  return { at, message, related: [{ at: limit, message: say`The memory limit` }] };
}
