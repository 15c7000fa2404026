import { normaliseCapability } from '../../facts/capabilities.js';
import { say } from '../../l10n/message.js';
import { hasUnknown, known } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs } from '../rule.js';
import { addedCapabilities, dropsAll } from '../shared/capabilities.js';

export default defineRule({
  meta: {
    id: 'cap-add-default',
    practice: 'capabilities',
    severity: 'info',
    title: 'Added capability is granted anyway',
    why: 'The list looks as if the container had only these capabilities; without dropping the others first it has all fourteen of the default set.',
    advice: 'Add `cap_drop: [ALL]`, which makes the list mean what it says, or remove the entry.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe', 'unsafe'],
    references: [
      cis('5.4'),
      dockerDocs(
        'runtime privilege and capabilities',
        '/engine/containers/run/#runtime-privilege-and-linux-capabilities',
      ),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      if (dropsAll(container) || hasUnknown(container.capDrop)) return;
      const dropped = new Set(known(container.capDrop).map(({ value }) => normaliseCapability(value)));
      for (const { name, fact, setting } of addedCapabilities(container, (one) => !dropped.has(one))) {
        if (!fact.dockerDefault) continue;
        yield {
          at: setting.span,
          message: say`Docker grants \`${name}\` anyway: adding it changes nothing for \`${container.name}\``,
          fixes: () => [
            ...containerFix(
              container,
              say`Add \`${container.spelling('capDrop')}: [ALL]\` (only the listed ones stay)`,
              'unsafe',
              [{ append: 'capDrop', items: ['ALL'] }],
            ),
            ...containerFix(container, say`Remove \`${setting.value.trim()}\``, 'safe', [
              { remove: setting.span },
            ]),
          ],
        };
      }
    },
  },
});
