import { type SecretValue, secretValue } from '../../facts/secret-values.js';
import { credentialsInUrl, secretName } from '../../facts/secrets.js';
import { type Argument, say } from '../../l10n/message.js';
import type { Stage, VariableStep } from '../../model/build.js';
import { cis, defineRule, dockerDocs, type Fix, type Problem } from '../rule.js';
import { buildSecretFix } from '../shared/build-secret.js';
import { inImage } from '../shared/layers.js';

type Variable = VariableStep['variables'][number];

export default defineRule({
  meta: {
    id: 'secret-in-env',
    practice: 'registries',
    severity: 'warning',
    title: 'Secret is set with ENV or ARG',
    why: 'ENV is stored in the image and handed to every process; ARG values stay in its history and provenance. Whoever may pull the image has the secret.',
    advice:
      'Pass secrets of the build with `RUN --mount=type=secret`, those of the program when the container starts; change what was published.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [
      cis('4.10'),
      dockerDocs('build secrets', '/build/building/secrets/'),
      dockerDocs('SecretsUsedInArgOrEnv', '/reference/build-checks/secrets-used-in-arg-or-env/'),
    ],
    equivalents: [
      'buildkit:SecretsUsedInArgOrEnv',
      'sonar:S6472',
      'trivy:DS-0031',
      'hadolint:DL3064',
      'semgrep:secret-in-build-arg',
      'tally:tally/ruby/secrets-in-arg-or-env',
      'tally:tally/ruby/prefer-secret-mounts-for-build-credentials',
    ],
    since: '0.1.0',
  },
  check: {
    *build({ globalArgs, stages }) {
      const taken = new Set(
        stages.flatMap(({ steps }) =>
          steps.flatMap((step) => (step.kind === 'arg' ? step.variables.map(({ name }) => name) : [])),
        ),
      );
      for (const { variables } of globalArgs) {
        for (const variable of variables) {
          const secret = literalSecret(variable);
          // It is reported where a stage takes it; without a value it goes nowhere.
          if (secret === undefined || secret.kind === 'template' || taken.has(variable.name)) continue;
          yield {
            at: variable.namePlace,
            message: say`${nameOf(variable, secret)} stands in the Dockerfile: everyone who reads the file has it`,
          };
        }
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'env' && step.kind !== 'arg' && step.kind !== 'label') continue;
        for (const variable of step.variables) {
          const secret = step.kind === 'label' ? literalSecret(variable, '') : secretOf(variable, step.kind);
          if (secret !== undefined) yield problem(stage, step, variable, secret);
        }
      }
    },
  },
});

/** What the value is, as far as it stands in the file; credentials in addresses have a rule of their own. */
function literalSecret({ name, value }: Variable, as = name): SecretValue | undefined {
  if (value.state !== 'set' || credentialsInUrl(value.value) !== undefined) return undefined;
  return secretValue(as, value.value);
}

function secretOf(variable: Variable, kind: 'env' | 'arg'): SecretValue | undefined {
  const { name, value, written } = variable;
  const literal = literalSecret(variable);
  if (literal !== undefined) return literal;
  if (!secretName(name)) return undefined;
  // `ARG TOKEN` waits for its value, `ENV TOKEN=$TOKEN` bakes in the one of the build.
  const isEmpty = written === undefined || written === '';
  if (kind === 'arg') return isEmpty || value.state === 'unknown' ? { kind: 'plain' } : undefined;
  return value.state === 'unknown' && /^\$\{?\w+\}?$/.test(written ?? '') ? { kind: 'plain' } : undefined;
}

function problem(stage: Stage, step: VariableStep, variable: Variable, secret: SecretValue): Problem {
  const shipped = inImage(stage);
  const what = nameOf(variable, secret);
  const argument = () =>
    shipped
      ? say`${what} stays in the history of the image: everyone who pulls it has it`
      : say`${what} stays in the build cache and in the provenance of the image`;
  const value = () =>
    shipped
      ? say`${what} is baked into the image: everyone who pulls it has it`
      : say`${what} is stored in the build cache, and every process of this stage gets it`;
  const mild = secret.kind === 'template' || (!shipped && secret.kind !== 'token');
  return {
    at: variable.namePlace,
    ...(secret.kind === 'token' && shipped && { severity: 'error' }),
    ...(mild && { severity: 'info' }),
    message: step.kind === 'arg' ? argument() : value(),
    fixes: () => fixes(stage, step, variable),
  };
}

function nameOf({ name }: Variable, { kind, token }: SecretValue): Argument {
  if (kind === 'token') return say`What looks like a \`${token ?? ''}\` in \`${name}\``;
  return kind === 'weak' ? say`The guessable \`${name}\`` : `\`${name}\``;
}

function fixes(stage: Stage, step: VariableStep, variable: Variable): readonly Fix[] {
  const { name, place } = variable;
  if (step.kind === 'arg') return buildSecretFix(stage, step, name);
  if (step.kind === 'label') return [];
  return [
    {
      title: say`Remove it (give it when the container starts: \`docker run -e ${name}\`)…`,
      applicability: 'manual',
      edits: step.variables.length === 1 ? stage.edit.remove(step) : stage.edit.removeWord(place),
    },
  ];
}
