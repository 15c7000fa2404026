import { say } from '../../l10n/message.js';
import { cis, containerFix, defineRule, dockerDocs } from '../rule.js';

const OFF = /^(?:0|false|no|off)$/i;

export default defineRule({
  meta: {
    id: 'content-trust-off',
    practice: 'images',
    severity: 'warning',
    title: 'Signature check of images is switched off',
    why: 'Pulls accept any image under the name, signed or not: a tampered one goes unnoticed.',
    advice: 'Remove the switch; without it the setting of the machine decides.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('4.5'), dockerDocs('content trust', '/engine/security/trust/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const variable of container.environment) {
        if (
          variable.name !== 'DOCKER_CONTENT_TRUST' ||
          variable.value.state !== 'set' ||
          !OFF.test(variable.value.value)
        )
          continue;
        yield {
          at: variable.place,
          message: say`\`${container.name}\` accepts unsigned images when it calls Docker`,
          fixes: () =>
            containerFix(container, say`Remove the switch (pulls of unsigned images may fail)`, 'unsafe', [
              { remove: variable.namePlace },
            ]),
        };
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind === 'env' || step.kind === 'arg') {
          const variable = step.variables.find(
            ({ name, value }) =>
              name === 'DOCKER_CONTENT_TRUST' && value.state === 'set' && OFF.test(value.value),
          );
          if (!variable) continue;
          yield {
            at: variable.place,
            message: say`Everything that calls Docker in this image accepts unsigned images`,
            fixes: () => [
              {
                title: say`Remove the switch (pulls of unsigned images may fail)`,
                applicability: 'unsafe',
                edits:
                  step.variables.length === 1
                    ? stage.edit.remove(step)
                    : stage.edit.removeWord(variable.place),
              },
            ],
          };
        } else if (step.kind === 'run') {
          for (const command of step.script.commands) {
            const word = [...command.assignments, ...(command.program === 'export' ? command.args : [])].find(
              ({ value }) =>
                value.startsWith('DOCKER_CONTENT_TRUST=') && OFF.test(value.slice(value.indexOf('=') + 1)),
            );
            if (word !== undefined)
              yield {
                at: word.span,
                message: say`What calls Docker in this step accepts unsigned images`,
                fixes: () => [
                  {
                    title: say`Remove the switch (pulls of unsigned images may fail)`,
                    applicability: 'unsafe',
                    edits: stage.edit.removeWord(word.span),
                  },
                ],
              };
            const flag = command.args.find(
              ({ value }) => value === '--disable-content-trust' || value === '--disable-content-trust=true',
            );
            if (flag === undefined || !['docker', 'buildx'].includes(command.program)) continue;
            yield {
              at: flag.span,
              message: say`This command accepts images without a valid signature`,
              fixes: () => [
                {
                  title: say`Remove \`--disable-content-trust\` (unsigned images are refused)`,
                  applicability: 'unsafe',
                  edits: stage.edit.removeWord(flag.span),
                },
              ],
            };
          }
        }
      }
    },
  },
});
