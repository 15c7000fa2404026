import { type Message, say } from '../../l10n/message.js';
import type { CopyStep, Stage } from '../../model/build.js';
import { allSteps, copiesOf, rootOf } from '../../model/stage.js';
import type { Place } from '../../text/span.js';
import { defineRule, dockerDocs, type Problem } from '../rule.js';
import { baseReferenceOf } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'user-unresolvable',
    practice: 'non-root',
    severity: 'warning',
    title: 'User is named where no list of users exists',
    why: 'The build or the start fails, and the quick way out is to run as root.',
    advice: 'Use numbers, or copy `/etc/passwd` and `/etc/group` into the stage.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['manual'],
    references: [dockerDocs('USER', '/reference/dockerfile/#user')],
    equivalents: ['tally:tally/named-identity-in-passwdless-stage'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const known = knownUsers(stage);
      if (known === undefined) return;
      const isUnknown = (user: string) => !known.has(user) && !/^\d+$/.test(user) && user !== '';
      for (const step of stage.steps) {
        const [word] = step.kind === 'user' ? step.words : [];
        const name = word?.value.state === 'set' ? word.value.value.split(':')[0] : undefined;
        if (word && name !== undefined && isUnknown(name))
          yield problem(stage, name, word.place, say`starting it`);
      }
      for (const step of copiesOf(stage)) {
        const flag = step.flags.find((one) => one.name === 'chown');
        const name = flag?.value.state === 'set' ? flag.value.value.split(':')[0] : undefined;
        if (flag && name !== undefined && isUnknown(name))
          yield problem(stage, name, flag.valuePlace, say`this step`);
      }
    },
  },
});

function problem(stage: Stage, name: string, at: Place, what: Message): Problem {
  const { base } = rootOf(stage);
  const numbers = '10001:10001';
  return {
    at,
    message: say`\`${base.written}\` has no user \`${name}\` and gets none: ${what} fails`,
    fixes: () => [
      {
        title: say`Use the numbers of the user and its group…`,
        applicability: 'manual',
        edits: stage.edit
          .replace(at, numbers)
          .map((edit) => ({ ...edit, placeholder: { start: 0, end: numbers.length } })),
      },
    ],
  };
}

const NONE: ReadonlySet<string> = new Set(['root']);
/** What every distroless image lists. */
const DISTROLESS: ReadonlySet<string> = new Set(['root', 'nobody', 'nonroot']);

/** All users of an image without shell; undefined when others may be there. */
function knownUsers(stage: Stage): ReadonlySet<string> | undefined {
  const { base } = rootOf(stage);
  const distroless = /^distroless\//.test(baseReferenceOf(stage)?.repository ?? '');
  if (!base.scratch && !distroless) return undefined;
  const steps = allSteps(stage);
  if (steps.some((step) => step.kind === 'run')) return undefined;
  const bringsUsers = steps.some(
    (step) => (step.kind === 'copy' || step.kind === 'add') && mayHoldPasswd(step),
  );
  return bringsUsers ? undefined : base.scratch ? NONE : DISTROLESS;
}

/** A copy of `/etc/passwd`, of `/etc`, or of something unseen into the root folder. */
function mayHoldPasswd({ kind, sources, destination, from }: CopyStep): boolean {
  const target = destination?.value.state === 'set' ? destination.value.value : undefined;
  if (target === undefined) return true;
  if (/^\/?etc(?:\/|$)/.test(target)) return true;
  if (!/^(?:\/|\.\/?|\/\.)$/.test(target)) return false;
  const wide = (path: string) =>
    /\/$|^\.$|\*|(?:^|\/)(?:etc|rootfs|root-?fs|passwd)$/.test(path) || !/\.\w+$|\/\w/.test(path);
  return kind === 'add' || (from !== undefined && sources.some(({ written }) => wide(written)));
}
