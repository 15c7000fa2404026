import { allCapabilities, capability, normaliseCapability } from '../../facts/capabilities.js';
import { say } from '../../l10n/message.js';
import type { ShellCommand } from '../../model/build.js';
import { commandsOf, runsOf } from '../../model/stage.js';
import { cis, defineRule } from '../rule.js';

export default defineRule({
  meta: {
    id: 'setcap-in-image',
    practice: 'capabilities',
    severity: 'info',
    title: 'File of the image is given a strong capability',
    why: 'Every user of the container who starts the file gets the capability, and containers that drop it cannot start the file at all.',
    advice:
      'Give the capability to the container that needs it, with `cap_add`, and leave the file as it is.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [cis('4.8'), cis('5.4')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.reachable) return;
      for (const command of runsOf(stage).flatMap(commandsOf)) {
        const grant = command.program === 'setcap' ? strongGrant(command) : undefined;
        if (grant === undefined) continue;
        yield {
          at: grant.at,
          message: say`Whoever starts the file gets \`${grant.names.join('`, `')}\`; it does not start where that is dropped`,
        };
      }
    },
  },
});

/** The capabilities beyond Docker's default set that `cap_x,cap_y+eip` gives. */
function strongGrant(command: ShellCommand) {
  const clause = command.args.find((word) => /[=+]/.test(word.value) && !word.value.startsWith('/'));
  if (clause === undefined) return undefined;
  const names = clause.value.split(/\s+/).flatMap((part) => {
    const [, list = '', flags = ''] = /^([^=+-]*)(.*)$/.exec(part) ?? [];
    // A list of none stands for all, and without a letter behind the sign nothing is given.
    if (!/[=+][eip]*[ep]/.test(flags)) return [];
    return list === '' || /^(?:cap_)?all$/i.test(list) ? ['ALL'] : list.split(',').map(normaliseCapability);
  });
  const strong = names.filter((name) => {
    const fact = capability(name);
    return fact !== undefined && !fact.dockerDefault && (name === 'ALL' || allCapabilities.includes(name));
  });
  return strong.length === 0 ? undefined : { at: clause.span, names: strong };
}
