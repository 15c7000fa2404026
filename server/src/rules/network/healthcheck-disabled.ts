import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'healthcheck-disabled',
    practice: 'network',
    severity: 'info',
    title: 'Health check is switched off',
    why: 'A service that hangs, or was replaced by something else, keeps its traffic: nobody notices until users do.',
    advice: 'Keep the check of the image, or replace it by one that fits.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [cis('5.27'), dockerDocs('HEALTHCHECK', '/reference/dockerfile/#healthcheck')],
    equivalents: ['kics:healthcheck_not_set'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { healthcheck } = container;
      if (healthcheck.state !== 'set') return;
      const { disabled, shell, test } = healthcheck.value;
      // Only as an item of a list the word switches the check off.
      const isCommand = shell && test.length === 1 && test[0]?.trim() === 'NONE';
      if (!disabled && !isCommand) return;
      yield {
        at: healthcheck.span,
        message: isCommand
          ? say`\`NONE\` is run as a command here: \`${container.name}\` stays unhealthy, and nothing tells when it hangs`
          : say`The health check of \`${container.name}\` is switched off: a hanging service keeps its traffic`,
        fixes: () =>
          containerFix(container, say`Use the image's own health check (dependants wait for it)`, 'unsafe', [
            { remove: healthcheck.span },
          ]),
      };
    },
    *stage(stage) {
      if (!stage.ships) return;
      for (const step of stage.steps) {
        if (step.kind !== 'healthcheck' || !step.none) continue;
        yield {
          at: step.at,
          message: say`The health check of the base image is switched off: a hanging service keeps its traffic`,
          fixes: () => [
            {
              title: say`Remove \`HEALTHCHECK NONE\` (the check of the base image runs again)`,
              applicability: 'unsafe',
              edits: stage.edit.remove(step),
            },
          ],
        };
      }
    },
  },
});
