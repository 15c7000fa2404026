import { tlsOffBy } from '../../facts/tls-switches.js';
import { type Argument, say, sentence, words } from '../../l10n/message.js';
import type { Stage, VariableStep } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { tlsSwitches } from '../shared/tls.js';

const PRICE = say`(servers without a valid certificate are refused)`;

export default defineRule({
  meta: {
    id: 'tls-verification-off',
    practice: 'registries',
    severity: 'warning',
    title: 'Check of TLS certificates is switched off',
    why: 'Encryption without knowing the other side protects from nobody in between: they read the passwords and replace the downloads.',
    advice:
      'Remove the switch. For a server with a private authority, copy its certificate into the image and run `update-ca-certificates`.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [owasp(13), dockerDocs('CA certificates', '/engine/network/ca-certs/')],
    equivalents: [
      'checkov:CKV2_DOCKER_2',
      'checkov:CKV2_DOCKER_3',
      'checkov:CKV2_DOCKER_4',
      'checkov:CKV2_DOCKER_5',
      'checkov:CKV2_DOCKER_6',
      'checkov:CKV2_DOCKER_12',
      'checkov:CKV2_DOCKER_13',
      'checkov:CKV2_DOCKER_14',
      'checkov:CKV2_DOCKER_15',
      'checkov:CKV2_DOCKER_16',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      yield* variablesOf(container, container.environment);
      yield* variablesOf(container, container.build?.args ?? []);
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind === 'env' || step.kind === 'arg') yield* inVariables(stage, step);
        if (step.kind === 'run' || step.kind === 'cmd' || step.kind === 'entrypoint') {
          const { commands } = step.script;
          for (const command of commands) {
            for (const { at, who, undo } of tlsSwitches(command, commands)) {
              yield {
                at,
                message: say`${nameOf(who)} accepts any certificate: whoever is in between can swap what it gets`,
                fixes: () =>
                  undo
                    ? [
                        {
                          title: say`${undo.title} ${PRICE}`,
                          applicability: 'unsafe',
                          edits: undo.edits(stage),
                        },
                      ]
                    : [],
              };
            }
          }
        }
      }
    },
  },
});

function* inVariables(stage: Stage, step: VariableStep): Iterable<Problem> {
  for (const { name, value, place } of step.variables) {
    const who = value.state === 'set' ? tlsOffBy(name, value.value) : undefined;
    if (who === undefined) continue;
    yield {
      at: place,
      message: say`${nameOf(who)} accepts any certificate from here on: whoever is in between can swap what it gets`,
      fixes: () => [
        {
          title: say`Remove \`${name}\` ${PRICE}`,
          applicability: 'unsafe',
          edits: step.variables.length === 1 ? stage.edit.remove(step) : stage.edit.removeWord(place),
        },
      ],
    };
  }
}

function* variablesOf(container: ContainerSpec, variables: ContainerSpec['environment']): Iterable<Problem> {
  for (const { name, value, place, namePlace } of variables) {
    const who = value.state === 'set' ? tlsOffBy(name, value.value) : undefined;
    if (who === undefined) continue;
    yield {
      at: place,
      message: say`${nameOf(who)} in \`${container.name}\` accepts any certificate: whoever is in between changes its traffic`,
      fixes: () =>
        containerFix(container, say`Remove \`${name}\` ${PRICE}`, 'unsafe', [{ remove: namePlace }]),
    };
  }
}

/** Names of programs are code, those of products are not. */
function nameOf(who: string): Argument {
  if (/^[a-z][\w.-]*$/.test(who)) return `\`${who}\``;
  return sentence(words(who));
}
