import { nearestCapability } from '../../facts/capabilities.js';
import { say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { known, type SetSetting } from '../../model/setting.js';
import { cis, containerFix, defineRule, dockerDocs, type Problem } from '../rule.js';
import { isCapabilityName } from '../shared/capabilities.js';

export default defineRule({
  meta: {
    id: 'cap-unknown',
    practice: 'capabilities',
    severity: 'warning',
    title: 'Name is not a capability',
    why: 'Docker refuses to start a container with such a name, and other tools may skip it: what was to be dropped stays.',
    advice: 'Write the name as the kernel has it, with or without `CAP_`; `ALL` stands alone.',
    presence: 'presence',
    profile: 'essential',
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
      for (const setting of known(container.capDrop)) yield* misspelt(container, setting, 'safe');
      // A guess must not hand out rights by itself.
      for (const setting of known(container.capAdd)) yield* misspelt(container, setting, 'unsafe');
    },
  },
});

function* misspelt(
  container: ContainerSpec,
  { value, span }: SetSetting<string>,
  applicability: 'safe' | 'unsafe',
): Iterable<Problem> {
  const written = value.trim();
  if (written === '' || isCapabilityName(written)) return;
  const meant = nearestCapability(written);
  yield {
    at: span,
    message: say`\`${written}\` is not a capability: Docker does not start \`${container.name}\``,
    fixes: () =>
      meant === undefined
        ? []
        : containerFix(
            container,
            applicability === 'safe'
              ? say`Use \`${meant}\``
              : say`Use \`${meant}\` (grants it to the container)`,
            applicability,
            [{ replace: span, text: meant }],
          ),
  };
}
