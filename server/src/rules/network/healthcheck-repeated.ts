import { say } from '../../l10n/message.js';
import { stepsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'healthcheck-repeated',
    practice: 'network',
    severity: 'info',
    title: 'Only the last of several health checks is run',
    why: 'Who reads the first one believes that it is checked, and a service that fails there keeps its traffic.',
    advice: 'Keep one HEALTHCHECK in each stage, and check several things by a script.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [dockerDocs('HEALTHCHECK', '/reference/dockerfile/#healthcheck')],
    equivalents: ['hadolint:DL3012', 'datadog:do_not_use_multiple_healthcheck', 'trivy:DS-0023'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const checks = stepsOf(stage, 'healthcheck').filter((step) => !step.onbuild);
      const last = checks.at(-1);
      for (const step of checks) {
        if (last === undefined || step === last) continue;
        yield {
          at: step.at,
          message: say`This health check is never run: a later one in the stage replaces it`,
          related: [{ at: last.at, message: say`Only this one counts` }],
          fixes: () => [
            {
              title: say`Remove the check that is never run`,
              applicability: 'safe',
              edits: stage.edit.remove(step),
            },
          ],
        };
      }
    },
  },
});
