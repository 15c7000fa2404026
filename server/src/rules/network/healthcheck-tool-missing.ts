import { hasTool } from '../../facts/images.js';
import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import { allSteps, chainOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { otherServiceChecks, TOOLS, toolOf } from '../shared/health-service.js';
import { otherChecks } from '../shared/health-tool.js';
import { imageOfContainer, imageOfStage } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'healthcheck-tool-missing',
    practice: 'network',
    severity: 'warning',
    title: 'Health check calls a tool that the image lacks',
    why: 'The check fails for ever: the container counts as unhealthy, what depends on it never starts, and real failures drown.',
    advice: 'Use a tool that the image has, often the client of the service itself, or install the tool.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [dockerDocs('HEALTHCHECK', '/reference/dockerfile/#healthcheck')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { healthcheck } = container;
      const site = imageOfContainer(container);
      if (healthcheck.state !== 'set' || site === undefined) return;
      const check = healthcheck.value;
      const tool = toolOf(check);
      if (tool === undefined || hasTool(site.reference, tool) !== false) return;
      yield {
        at: check.command ?? healthcheck.span,
        message: say`\`${site.text}\` has no \`${tool}\`: the health check of \`${container.name}\` always fails`,
        fixes: () => otherServiceChecks(container, check, tool, site),
      };
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'healthcheck' || step.none) continue;
        for (const command of step.script.commands) {
          const tool = TOOLS.find((one) => one === command.program);
          if (tool === undefined || !missingTools(stage).has(tool)) continue;
          yield {
            at: command.programWord?.span ?? step.at,
            message: say`The base image has no \`${tool}\`, and nothing here installs it: the health check always fails`,
            fixes: () => otherChecks(stage, step, command),
          };
          break;
        }
      }
    },
  },
});

const missingTools = oncePer(
  (stage: Stage): ReadonlySet<string> => new Set(TOOLS.filter((tool) => lacks(stage, tool))),
);

/** The base is known to lack it, and no step names it: neither a package to install nor a file to copy. */
function lacks(stage: Stage, tool: string): boolean {
  const image = imageOfStage(chainOf(stage)[0] ?? stage);
  if (image === undefined || hasTool(image.reference, tool) !== false) return false;
  return !allSteps(stage).some((step) => {
    if (step.kind === 'run')
      return (
        step.shell !== 'posix' ||
        !step.script.complete ||
        step.script.commands.some((command) =>
          command.args.some(({ value }) => value.includes(tool) || value.includes('$')),
        )
      );
    if (step.kind === 'copy' || step.kind === 'add')
      return [...step.sources, step.destination].some(
        (word) => word?.written.includes(tool) || /\bbin\b/.test(word?.written ?? ''),
      );
    return false;
  });
}
